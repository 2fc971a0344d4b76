using Live800.Domain.Conversations;
using Live800.Portal.Data;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Live800.Portal.Realtime;

/// <summary>What the portal knows about this moment: who is on the sites, who is in, who types, and who must hear of a change.</summary>
public static class RealtimeFeature
{
    public static WebApplicationBuilder AddRealtime(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(Moments.Default);
        _ = builder.Services
            .AddSingleton<TrailWriter>()
            .AddSingleton(services => new VisitorPasses(services.GetRequiredService<PortalFiles>().Key("visitor-pass"), services.GetRequiredService<ErasedVisitors>()))
            .AddSingleton<ErasedVisitors>()
            .AddSingleton<PortalEvents>()
            .AddSingleton<TypingBoard>()
            .AddSingleton<AgentPresence>()
            .AddSingleton<LiveVisits>()
            .AddSingleton<VisitorStreams>()
            .AddSweep<TypingBoard>(Sweeper.Tick, (typing, now) => typing.Sweep(now))
            .AddSweep<AgentPresence>(Sweeper.Tick, (presence, now) => presence.Sweep(now))
            .AddSingleton<Sweeper>()
            .AddHostedService(services => services.GetRequiredService<Sweeper>());
        return builder;
    }
}
