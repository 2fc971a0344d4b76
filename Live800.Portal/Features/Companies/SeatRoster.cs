using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Groups;
using Live800.Portal.Features.Packages;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Companies;

/// <summary>
/// The seats of the companies (3.8, 3.9): an agent's workspace takes one, renews it, leaves it. Decided on the stored row inside the write; presence follows what was stored.
/// </summary>
public sealed partial class SeatRoster(
    IDbContextFactory<PortalDbContext> contexts,
    WriteQueue<PortalDbContext> writes,
    ConversationDesk conversations,
    AgentPresence presence,
    PortalEvents events,
    PackageDesk packages,
    TimeProvider time,
    Moments moments)
{
    // Who reloads the page or presses "try again" was refused once, not five times: the recommendation counts these rows.
    private static readonly TimeSpan SameRefusal = TimeSpan.FromMinutes(5);

    private readonly SeatSampling _samples = new();
    private readonly SeatStaying _stays = new();

    /// <summary>
    /// Takes a seat for the workspace of a sign-in session, or keeps the one it has. Refusals: SeatsFull (recorded, an agent's repeated tries within five minutes as one), SeatHeldElsewhere (ask "move here?", then call
    /// again with <paramref name="moveHere"/>), AgentUnknown, AgentDisabled.
    /// </summary>
    public Task<Outcome> TakeAsync(CompanyId companyId, AgentId agent, SessionId session, bool moveHere = false, CancellationToken cancellation = default) =>
        TakeAsync(companyId, agent, session, moveHere, recordRefusal: true, cancellation);

    /// <summary>
    /// Waits until a seat is free and takes it. Ends with Done, with another refusal than SeatsFull, or when the caller gives up.
    /// </summary>
    public async Task<Outcome> WaitForAsync(CompanyId companyId, AgentId agent, SessionId session, CancellationToken cancellation)
    {
        using var changed = new SemaphoreSlim(0);
        using var heard = events.Subscribe(companyId, told =>
        {
            if (told.Topic is PortalTopic.Seats or PortalTopic.Entitlement) _ = changed.Release();
        });
        while (true)
        {
            var taken = await TakeAsync(companyId, agent, session, moveHere: false, recordRefusal: false, cancellation);
            if (taken.Refusal != Refusal.SeatsFull) return taken;

            // Told, or at the instant at which the next seat's grace would be over; an interval that begins by date is found within the grace too.
            var next = (await HeldAsync(companyId, cancellation)).Select(lease => lease.RenewedAt + moments.SeatGrace - time.GetUtcNow()).DefaultIfEmpty(moments.SeatGrace).Min();
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var grace = Task.Delay(next > TimeSpan.Zero ? next : TimeSpan.FromMilliseconds(100), time, waiting.Token);
            _ = await Task.WhenAny(grace, changed.WaitAsync(waiting.Token));
            await waiting.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>A sign of life of an open workspace. Refusals: SeatMoved (the agent's other browser has it), SeatLost (grace over, released or ended by 3.9).</summary>
    public async Task<Outcome> RenewAsync(CompanyId companyId, AgentId agent, SessionId session, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        var (refusal, isSurplus, used) = await writes.RunAsync(
            async (context, token) =>
            {
                if (await PlanAsync(context, companyId, token) is not { } plan) return (Refusal.SeatLost, false, 0);
                var lease = plan.Renew(agent, session, now, moments);
                if (lease.IsRefused) return (lease.Refusal, false, 0);
                var held = plan.Held(now, moments).Count;
                await _samples.SeeAsync(context, companyId, held, now, token);
                await _stays.SeeAsync(context, companyId, agent, lease.Value.TakenAt, now, isLast: false, token);
                return (Refusal.None, await IsSurplusAsync(context, plan, agent, now, token), held);
            },
            cancellation);
        if (refusal == Refusal.None)
        {
            _samples.Kept(companyId, used, now);
            NoteIn(companyId, agent, isSurplus);
        }

        return Outcome.FromRefusal(refusal);
    }

    /// <summary>The workspace's session signs out: its seat is free at once. A session that does not hold the seat changes nothing.</summary>
    public async Task LeaveAsync(CompanyId companyId, AgentId agent, SessionId session, CancellationToken cancellation = default)
    {
        var left = await writes.RunAsync(
            async (context, token) =>
            {
                if (await PlanAsync(context, companyId, token) is not { } plan) return false;
                var now = time.GetUtcNow();
                if (plan.HeldBy(agent, now, moments) is { } lease && lease.SessionId == session) await _stays.SeeAsync(context, companyId, agent, lease.TakenAt, now, isLast: true, token);
                return plan.Leave(agent, session);
            },
            cancellation);
        if (left) NoteGone(companyId, agent);
    }

    /// <summary>
    /// Who looks after the agents takes a seat away; the agent's conversations go back to the waiting line, free of charge (3.8).
    /// Refusals: NotAllowed, SeatLost (the agent holds none).
    /// </summary>
    public async Task<Outcome> ReleaseAsync(CompanyId companyId, AgentId by, AgentId agent, CancellationToken cancellation = default)
    {
        var released = await writes.RunAsync<Outcome<List<Conversation>>>(
            async (context, token) =>
            {
                if (!await context.MayAsync(companyId, by, Permission.Agents, token)) return Refusal.NotAllowed;
                if (await PlanAsync(context, companyId, token) is not { } plan || !plan.Release(agent)) return Refusal.SeatLost;
                return await ConversationDesk.LeaveAllAsync(context, companyId, agent, time.GetUtcNow(), moments, token);
            },
            cancellation);
        if (released.IsRefused) return released.WithoutValue();
        NoteGone(companyId, agent);
        foreach (var conversation in released.Value) conversations.Tell(conversation);
        return Outcome.Done;
    }

    /// <summary>
    /// Follows seats that have become fewer, in all companies (3.9): workspaces beyond the limit end with their last conversation, or after 15 minutes without one.
    /// Says how many ended. Called by the sweeper; nobody in a conversation is cut off.
    /// </summary>
    public async Task<int> ShrinkAsync(CancellationToken cancellation = default)
    {
        var ended = 0;
        foreach (var companyId in await WithTooManyAsync(cancellation)) ended += await ShrinkAsync(companyId, cancellation);
        return ended;
    }

    /// <summary>Who holds the seats now, since when, doing what.</summary>
    public async Task<SeatSituation> SituationAsync(CompanyId companyId, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        await using var context = await ReadAsync(cancellation);
        var entitlement = await packages.EntitlementAsync(context, companyId, now, cancellation);
        if (await PlanAsync(context, companyId, cancellation) is not { } plan) return new SeatSituation(entitlement, []);

        var held = plan.Held(now, moments);
        var routing = await context.RoutingAsync(companyId, cancellation);
        var names = await context.Agents
            .Where(agent => agent.CompanyId == companyId)
            .ToDictionaryAsync(agent => agent.Id, agent => (agent.Name, agent.DisplayName), cancellation);
        var talking = await context.Conversations
            .Where(conversation => conversation.CompanyId == companyId && conversation.State == ConversationState.Open)
            .GroupBy(conversation => conversation.AgentId)
            .Select(group => new { Agent = group.Key, Count = group.Count() })
            .ToListAsync(cancellation);
        var counts = talking.Where(row => row.Agent is not null).ToDictionary(row => row.Agent!.Value, row => row.Count);
        var surplus = plan.Surplus(entitlement, now, moments).Select(lease => lease.AgentId).ToList();
        var holders = held.Select(lease => new SeatHolder(
            lease.AgentId,
            names.GetValueOrDefault(lease.AgentId).Name ?? "",
            names.GetValueOrDefault(lease.AgentId).DisplayName ?? "",
            lease.SessionId,
            lease.TakenAt,
            lease.RenewedAt + moments.SeatGrace,
            presence.StatusOf(companyId, lease.AgentId, now) ?? AgentStatus.Online,
            counts.GetValueOrDefault(lease.AgentId),
            surplus.IndexOf(lease.AgentId) + 1,
            !surplus.Contains(lease.AgentId) || counts.GetValueOrDefault(lease.AgentId) > 0 ? null
                : lease.HasTalkedSinceSurplus ? now
                : (lease.SurplusSince ?? now) + moments.SurplusEndsAfter)
        {
            Most = routing.MostOf(lease.AgentId),
        });
        return new SeatSituation(entitlement, [.. holders]);
    }

    /// <summary>How many workspaces were refused since an instant because all seats were taken (3.8).</summary>
    public async Task<int> RefusedAsync(CompanyId companyId, DateTimeOffset since, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        return await context.SeatRefusals.CountAsync(row => row.CompanyId == companyId && row.At >= since, cancellation);
    }

    /// <summary>A tab of the agent lost its connection: until the next sign of life of any of them nothing comes to him by itself (4).</summary>
    public void LoseConnection(CompanyId companyId, AgentId agent) => presence.LoseConnection(companyId, agent);

    /// <summary>The living lease of an agent, or nothing.</summary>
    public async Task<SeatLease?> FindAsync(CompanyId companyId, AgentId agent, CancellationToken cancellation = default) =>
        (await HeldAsync(companyId, cancellation)).FirstOrDefault(lease => lease.AgentId == agent);

    /// <summary>After a restart: presence hears of every seat that is still held.</summary>
    internal async Task ResumeAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var context = await ReadAsync(cancellation);
        foreach (var plan in await context.SeatPlans.Where(plan => plan.Leases.Any()).ToListAsync(cancellation))
        {
            foreach (var lease in plan.Held(now, moments))
            {
                var isSurplus = await IsSurplusAsync(context, plan, lease.AgentId, now, cancellation);
                var status = await ArrivingAsync(context, plan.CompanyId, lease.AgentId, null, lease.SessionId, cancellation);
                presence.IsIn(plan.CompanyId, lease.AgentId, lease.RenewedAt + moments.SeatGrace, isSurplus, now, isConnected: false, status);
            }
        }
    }

    private async Task<Outcome> TakeAsync(CompanyId companyId, AgentId agent, SessionId session, bool moveHere, bool recordRefusal, CancellationToken cancellation)
    {
        var (refusal, isSurplus, status) = await writes.RunAsync(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                if (await context.Agents.AsNoTracking().SingleOrDefaultAsync(row => row.CompanyId == companyId && row.Id == agent, token) is not { } row)
                    return (Refusal.AgentUnknown, false, default(AgentStatus));
                if (row.IsDisabled) return (Refusal.AgentDisabled, false, default);
                if (await context.Companies.AnyAsync(company => company.Id == companyId && company.SuspendedAt != null, token)) return (Refusal.CompanySuspended, false, default);
                if (await PlanAsync(context, companyId, token) is not { } plan) return (Refusal.CompanyUnknown, false, default);
                var before = plan.HeldBy(agent, now, moments)?.SessionId;
                var entitlement = await packages.EntitlementAsync(context, companyId, now, token);
                var taken = plan.TryTake(agent, session, entitlement, now, moveHere, moments);
                if (!taken.IsRefused) await _samples.SeeAsync(context, companyId, plan.Held(now, moments).Count, now, token);
                if (taken.Refusal == Refusal.SeatsFull && recordRefusal
                    && !await context.SeatRefusals.AnyAsync(refusal => refusal.CompanyId == companyId && refusal.AgentId == agent && refusal.At > now - SameRefusal, token))
                {
                    var used = plan.Held(now, moments).Count;
                    _ = context.SeatRefusals.Add(new SeatRefusal(IdSource.Next(now), companyId, agent, used, entitlement.Seats ?? used, now));
                }

                return (
                    taken.Refusal,
                    !taken.IsRefused && plan.IsSurplus(agent, entitlement, now, moments),
                    taken.IsRefused ? default : await ArrivingAsync(context, companyId, agent, before, session, token));
            },
            cancellation);
        if (refusal == Refusal.None)
        {
            NoteIn(companyId, agent, isSurplus, status);
            events.Publish(new PortalEvent(companyId, PortalTopic.Seats, agent.Value));
        }

        return Outcome.FromRefusal(refusal);
    }

    private async Task<int> ShrinkAsync(CompanyId companyId, CancellationToken cancellation)
    {
        var ended = await writes.RunAsync<IReadOnlyList<SeatLease>>(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                if (await PlanAsync(context, companyId, token) is not { } plan) return [];
                var talking = await context.Conversations
                    .Where(conversation => conversation.CompanyId == companyId && conversation.State == ConversationState.Open && conversation.AgentId != null)
                    .Select(conversation => conversation.AgentId!.Value)
                    .Distinct()
                    .ToListAsync(token);
                return plan.Shrink(await packages.EntitlementAsync(context, companyId, now, token), talking.ToHashSet(), now, moments);
            },
            cancellation);
        foreach (var lease in ended) NoteGone(companyId, lease.AgentId);
        return ended.Count;
    }

    /// <summary>Companies with a surplus workspace now, or with one noticed before.</summary>
    private async Task<IReadOnlyList<CompanyId>> WithTooManyAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var found = new List<CompanyId>();
        await using var context = await ReadAsync(cancellation);
        foreach (var plan in await context.SeatPlans.Where(plan => plan.Leases.Any()).ToListAsync(cancellation))
        {
            var hadSome = plan.Leases.Any(lease => lease.SurplusSince is not null);
            var surplus = plan.Surplus(await packages.EntitlementAsync(context, plan.CompanyId, now, cancellation), now, moments);
            if (surplus.Count > 0 || hadSome) found.Add(plan.CompanyId);
        }

        return found;
    }

    private async Task<bool> IsSurplusAsync(PortalDbContext context, SeatPlan plan, AgentId agent, DateTimeOffset now, CancellationToken cancellation) =>
        plan.IsSurplus(agent, await packages.EntitlementAsync(context, plan.CompanyId, now, cancellation), now, moments);

    private async Task<IReadOnlyList<SeatLease>> HeldAsync(CompanyId companyId, CancellationToken cancellation)
    {
        await using var context = await ReadAsync(cancellation);
        return await PlanAsync(context, companyId, cancellation) is { } plan ? plan.Held(time.GetUtcNow(), moments) : [];
    }

    private void NoteIn(CompanyId companyId, AgentId agent, bool isSurplus, AgentStatus? arriving = null)
    {
        var now = time.GetUtcNow();
        presence.IsIn(companyId, agent, now + moments.SeatGrace, isSurplus, now, arriving: arriving);
    }

    private void NoteGone(CompanyId companyId, AgentId agent)
    {
        presence.HasLeft(companyId, agent);
        events.Publish(new PortalEvent(companyId, PortalTopic.Seats, agent.Value));
    }

    private static Task<SeatPlan?> PlanAsync(PortalDbContext context, CompanyId companyId, CancellationToken cancellation) =>
        context.SeatPlans.SingleOrDefaultAsync(plan => plan.CompanyId == companyId, cancellation);

    private async Task<PortalDbContext> ReadAsync(CancellationToken cancellation)
    {
        var context = await contexts.CreateDbContextAsync(cancellation);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }
}
