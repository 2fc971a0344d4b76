namespace Live800.Portal.Features.Cards;

/// <summary>Cards 名片: what a company knows of the people who come (S2.14, S2.15).</summary>
public static class CardsFeature
{
    public static WebApplicationBuilder AddCards(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddCards();
        // After the visits of the last run were put back: their names are read then.
        _ = builder.Services.AddHostedService(services => services.GetRequiredService<LiveCards>());
        return builder;
    }

    /// <summary>The cards' download.</summary>
    public static WebApplication MapCards(this WebApplication app)
    {
        CardEndpoints.Map(app);
        return app;
    }

    /// <summary>Without what runs by itself: for tests.</summary>
    internal static IServiceCollection AddCards(this IServiceCollection services) => services
        .AddSingleton<CardDesk>()
        .AddSingleton<CardQueries>()
        .AddSingleton<LiveCards>()
        .AddScoped<CardDrafts>();
}
