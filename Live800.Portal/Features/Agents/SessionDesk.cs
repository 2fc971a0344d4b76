using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Agents;

/// <summary>A sign-in of one browser, as its owner or an administrator reads it.</summary>
/// <param name="Device">Browser and system in words; nothing where they are not known.</param>
public sealed record SessionLine(SessionId Id, string? Device, string Address, DateTimeOffset StartedAt, DateTimeOffset? LastUsedAt, bool IsThis);

/// <summary>The sign-ins of an agent, and the zone in which their times are shown.</summary>
public sealed record SessionList(IReadOnlyList<SessionLine> Lines, TimeZoneInfo Zone);

/// <summary>
/// Sign-ins: one's own to read and to end, and an administrator's way to sign an agent out from afar (rule 1). What is ended closes its open pages at once; the seat it held is free. Sign-ins
/// of others are simply not there.
/// </summary>
public sealed class SessionDesk(
    IDbContextFactory<PortalDbContext> contexts,
    WriteQueue<PortalDbContext> writes,
    SignInSightings sightings,
    SignInDesk signIn,
    SeatRoster seats,
    ConversationDesk conversations,
    AgentPresence presence,
    PortalEvents events,
    Moments moments,
    TimeProvider clock)
{
    /// <summary>The sign-ins of an agent of the company that have not ended, the last used first; none for somebody else's.</summary>
    public async Task<SessionList> ReadAsync(CurrentAgent by, AgentId agent, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var zone = (await context.Companies.AsNoTracking().SingleAsync(row => row.Id == by.CompanyId, cancellation)).Zones.ZoneAt(now);
        if ((agent != by.AgentId && !by.May(Permission.Agents)) || !await context.Agents.AnyAsync(row => row.CompanyId == by.CompanyId && row.Id == agent, cancellation)) return new SessionList([], zone);
        var rows = await context.Set<SignInSession>().AsNoTracking().Where(row => row.AccountId == agent.Value).ToListAsync(cancellation);
        var here = by.SessionId;
        var lines =
            from row in rows
            where !row.IsOver(now)
            let used = sightings.SeenAt(row.Id) ?? row.LastUsedAt
            let isThis = row.Id == here
            orderby isThis descending, used ?? row.StartedAt descending
            select new SessionLine(row.Id, DeviceWords.Of(row.Device), row.Address, row.StartedAt, used, isThis);
        return new SessionList([.. lines], zone);
    }

    /// <summary>Ends another sign-in of one's own. Refusal: SessionUnknown (somebody else's, ended already, or the one that asks).</summary>
    public async Task<Outcome> EndAsync(CurrentAgent current, SessionId session, CancellationToken cancellation = default)
    {
        if (session == current.SessionId) return Refusal.SessionUnknown;
        var ended = await writes.RunAsync(
            (context, token) => context.Set<SignInSession>().Where(row => row.Id == session && row.AccountId == current.AgentId.Value).ExecuteDeleteAsync(token), cancellation);
        if (ended == 0) return Refusal.SessionUnknown;
        await seats.LeaveAsync(current.CompanyId, current.AgentId, session, cancellation);
        signIn.Tell(current);
        return Outcome.Done;
    }

    /// <summary>Ends all sign-ins of one's own but this one, and says how many there were.</summary>
    public async Task<int> EndOthersAsync(CurrentAgent current, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var held = await seats.FindAsync(current.CompanyId, current.AgentId, cancellation);
        var ended = await writes.RunAsync(
            async (context, token) =>
            {
                var gone = await context.Set<SignInSession>().Where(row => row.AccountId == current.AgentId.Value && row.Id != current.SessionId).ExecuteDeleteAsync(token);
                if (gone > 0) _ = context.Add(AuditEntry.Of(current, AuditAction.OtherSessionsEnded, InviteDesk.Detail(current, current.AgentName), now));
                return gone;
            },
            cancellation);
        if (ended == 0) return 0;
        if (held is not null && held.SessionId != current.SessionId) await seats.LeaveAsync(current.CompanyId, current.AgentId, held.SessionId, cancellation);
        signIn.Tell(current);
        return ended;
    }

    /// <summary>
    /// Who looks after the agents signs one out everywhere: his pages close at once, his seat is free and his conversations wait for somebody else, free of charge, as when his seat is released (rule 3.8).
    /// He may sign in again. Refusals: NotAllowed, MoreRightsThanYours, AgentUnknown, SignOutOfOneself, SessionUnknown (he is signed in nowhere).
    /// </summary>
    public async Task<Outcome> SignOutAsync(CurrentAgent by, AgentId id, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var returned = new List<Conversation>();
        var outcome = await writes.RunAsAsync(
            by.CompanyId,
            by.AgentId,
            Permission.Agents,
            async (context, token) =>
            {
                if (await context.Agents.AsNoTracking().SingleOrDefaultAsync(row => row.CompanyId == by.CompanyId && row.Id == id, token) is not { } agent) return Refusal.AgentUnknown;
                if (id == by.AgentId) return Refusal.SignOutOfOneself;
                var acting = await context.MayActOnAsync(by.AgentId, agent, token);
                if (acting.IsRefused) return acting;
                if (await context.Set<SignInSession>().Where(session => session.AccountId == id.Value).ExecuteDeleteAsync(token) == 0) return Refusal.SessionUnknown;
                var plan = await context.SeatPlans.SingleAsync(row => row.CompanyId == by.CompanyId, token);
                // Whoever holds no seat lost it before, and his conversations stayed his by the rule for that; signed out from afar he can not come back to them.
                _ = plan.Release(id);
                returned = await ConversationDesk.LeaveAllAsync(context, by.CompanyId, id, now, moments, token);
                _ = context.Add(AuditEntry.Of(by, AuditAction.AgentSignedOut, InviteDesk.Detail(by, agent.Name), now));
                return Outcome.Done;
            },
            cancellation);
        if (outcome.IsRefused) return outcome;
        presence.HasLeft(by.CompanyId, id);
        events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Agents, id.Value));
        events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Seats, id.Value));
        foreach (var conversation in returned) conversations.Tell(conversation);
        return outcome;
    }
}
