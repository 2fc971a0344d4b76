namespace Live800.Portal.Features.Hours;

/// <summary>Working hours and holidays, and with them whether anybody can answer.</summary>
public static class HoursFeature
{
    public static WebApplicationBuilder AddHours(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddHours();
        return builder;
    }

    internal static IServiceCollection AddHours(this IServiceCollection services) => services
        .AddSingleton<HoursBoard>()
        .AddSingleton<Answering>()
        .AddSingleton<HoursQueries>()
        .AddSingleton<HoursDesk>();
}
