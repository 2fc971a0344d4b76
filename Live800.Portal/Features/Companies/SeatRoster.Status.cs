using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Workspace;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Identity;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Companies;

// What an agent in his seat shows (4).
public sealed partial class SeatRoster
{
    /// <summary>
    /// The agent shows another status (4): stored first, so that a restart gives no visitors to somebody who is away. It lasts as long as the sign-in. Refusals: SeatLost (who is not in shows none),
    /// SeatMoved (another browser has his seat), NotAllowed (being invisible is a right, S2.17).
    /// </summary>
    public async Task<Outcome> ShowAsync(CompanyId companyId, AgentId agent, SessionId session, AgentStatus status, CancellationToken cancellation = default)
    {
        var shown = await writes.RunAsync(
            async (context, token) =>
            {
                var seated = Seating.Of(await PlanAsync(context, companyId, token), agent, session, time.GetUtcNow(), moments);
                if (seated.IsRefused) return seated;
                if (status == AgentStatus.Invisible && !await context.MayAsync(companyId, agent, Permission.Invisible, token)) return Refusal.NotAllowed;
                var desk = await DeskAsync(context, companyId, agent, token);
                if (desk is null && status == AgentStatus.Online) return seated;
                if (desk is null) _ = context.Add(desk = new AgentDesk(companyId, agent));
                desk.Set(desk.Settings.Showing(status, session));
                return seated;
            },
            cancellation);
        if (!shown.IsRefused) presence.ChangeStatus(companyId, agent, status);
        return shown;
    }

    // Whoever moves his seat to another browser takes what he shows along.
    private static async Task<AgentStatus> ArrivingAsync(PortalDbContext context, CompanyId companyId, AgentId agent, SessionId? before, SessionId session, CancellationToken cancellation)
    {
        if (await DeskAsync(context, companyId, agent, cancellation) is not { Settings: { Status: { } chosen } settings } desk) return AgentStatus.Online;
        if (chosen.Session == before && before != session) desk.Set(settings.Showing(chosen.Status, session));
        return desk.Settings.StatusOf(session);
    }

    private static Task<AgentDesk?> DeskAsync(PortalDbContext context, CompanyId companyId, AgentId agent, CancellationToken cancellation) =>
        context.AgentDesks.SingleOrDefaultAsync(desk => desk.CompanyId == companyId && desk.AgentId == agent, cancellation);
}
