using Live800.Domain.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Data;

/// <summary>Time in which the server was down does not count (3.8): leases and visits that were alive when it went are alive when it comes back.</summary>
internal static class Downtime
{
    public static async Task GiveBackAsync(
        WriteQueue<PortalDbContext> portal, WriteQueue<TrailDbContext> trail, Moments moments, DateTimeOffset wentAt, DateTimeOffset cameAt, CancellationToken cancellation)
    {
        await portal.RunAsync(
            async (context, token) =>
            {
                foreach (var plan in await context.SeatPlans.Where(plan => plan.Leases.Any()).ToListAsync(token)) plan.Resume(wentAt, cameAt, moments);
            },
            cancellation);
        var aliveSince = wentAt - moments.VisitEndsAfter;
        await trail.RunAsync(
            (context, token) => context.Visits
                .Where(visit => visit.EndedAt == null && visit.LastAliveAt > aliveSince && visit.LastAliveAt < cameAt)
                .ExecuteUpdateAsync(visit => visit.SetProperty(row => row.LastAliveAt, cameAt), token),
            cancellation);
    }
}
