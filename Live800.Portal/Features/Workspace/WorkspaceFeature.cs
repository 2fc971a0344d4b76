using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Live800.Portal.Features.Workspace;

/// <summary>The desk an agent works at. What belongs to one open page (its seat, what it shows) is scoped to the circuit.</summary>
public static class WorkspaceFeature
{
    public static WebApplicationBuilder AddWorkspace(this WebApplicationBuilder builder)
    {
        _ = builder.Services
            .AddSingleton<CompanyProfiles>()
            .AddSingleton<StartOffers>()
            .AddSingleton<AgentDesks>()
            .AddSingleton<HistoryReader>()
            .AddScoped<WorkspaceSeat>()
            .AddScoped<DeskState>()
            .AddScoped<DeskMemory>()
            .AddScoped<DeskTabs>()
            .AddScoped<CircuitHandler, SeatCircuitHandler>();
        return builder;
    }

    public static WebApplication MapWorkspace(this WebApplication app)
    {
        TranscriptEndpoint.Map(app);
        HistoryEndpoint.Map(app);
        return app;
    }
}
