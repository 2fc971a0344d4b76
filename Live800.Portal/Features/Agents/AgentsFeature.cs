namespace Live800.Portal.Features.Agents;

/// <summary>Agents of a company beyond their accounts: invited by link, imported from a file, as visitors see them, their sign-ins and online times.</summary>
public static class AgentsFeature
{
    public static WebApplicationBuilder AddAgents(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddSingleton<InvitationLetters>().AddSingleton<InviteDesk>().AddSingleton<JoinDesk>();
        _ = builder.Services.AddSingleton<ImportDesk>().AddSingleton<ImportLinks>();
        _ = builder.Services.AddSingleton<SessionDesk>().AddSingleton<FaceDesk>();
        return builder;
    }

    public static WebApplication MapAgents(this WebApplication app)
    {
        ImportEndpoints.Map(app);
        return app;
    }
}
