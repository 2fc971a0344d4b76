using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Groups;

/// <summary>Groups of agents, and how requests come to them.</summary>
public static class GroupsFeature
{
    public static WebApplicationBuilder AddGroups(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddGroups();
        _ = builder.Services.AddHostedService(services => services.GetRequiredService<Router>());
        _ = builder.Services.AddSweep<Router>(TimeSpan.FromSeconds(5), (router, _, cancellation) => router.SweepAsync(cancellation));
        return builder;
    }

    internal static IServiceCollection AddGroups(this IServiceCollection services) => services
        .AddSingleton<VisitorSignsQueries>()
        .AddSingleton<GroupQueries>()
        .AddSingleton<GroupDesk>()
        .AddSingleton<Router>();
}
