namespace Live800.Portal.Features.Security;

/// <summary>The second step of signing in, and what a company asks of everybody who signs in.</summary>
public static class SecurityFeature
{
    public static WebApplicationBuilder AddSecurity(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddSingleton<TwoStepDesk>().AddSingleton<PasskeyDesk>().AddSingleton<SecurityDesk>();
        return builder;
    }
}
