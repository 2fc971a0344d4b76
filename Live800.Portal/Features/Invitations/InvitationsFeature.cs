using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Invitations;

public static class InvitationsFeature
{
    public static WebApplicationBuilder AddInvitations(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddInvitations();
        _ = builder.Services.AddSweep<AutomaticInvitations>(TimeSpan.FromSeconds(2), (invitations, _, cancellation) => invitations.SweepAsync(cancellation));
        return builder;
    }

    internal static IServiceCollection AddInvitations(this IServiceCollection services) => services.AddSingleton<RuleDesk>().AddSingleton<RuleQueries>().AddSingleton<AutomaticInvitations>();
}
