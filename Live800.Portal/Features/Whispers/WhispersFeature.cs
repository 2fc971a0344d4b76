namespace Live800.Portal.Features.Whispers;

public static class WhispersFeature
{
    public static WebApplicationBuilder AddWhispers(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddWhispers();
        return builder;
    }

    internal static IServiceCollection AddWhispers(this IServiceCollection services) => services.AddSingleton<WhisperDesk>().AddSingleton<WhisperQueries>();
}
