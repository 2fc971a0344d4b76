namespace Live800.Portal.Features.Platform;

/// <summary>The platform operator's pages.</summary>
public static class PlatformFeature
{
    public static WebApplicationBuilder AddPlatform(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddSingleton<PlatformDesk>();
        _ = builder.Services.AddSingleton<CompanyBook>();
        _ = builder.Services.AddSingleton<RegistrationDesk>();
        _ = builder.Services.AddSingleton<AuditQueries>();
        return builder;
    }

    /// <summary>The clock's page exists in Development only.</summary>
    public static WebApplication MapPlatform(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) _ = app.Map("/platform/clock", () => TypedResults.NotFound()).WithOrder(-1);
        return app;
    }
}
