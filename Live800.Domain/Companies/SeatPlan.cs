using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>
/// Who holds the seats of a company (S1.1, rules 3.8 and 3.9). Decided on the stored row under its <see cref="Version"/>, never by a lock in memory.
/// Only living leases count; dead ones are swept when somebody takes a seat.
/// </summary>
public sealed class SeatPlan
{
    private readonly List<SeatLease> _leases = [];

    private SeatPlan()
    {
    }

    /// <summary>An empty plan for a new company.</summary>
    public SeatPlan(CompanyId company)
    {
        CompanyId = company;
    }

    /// <summary>The company; one plan each.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>All stored leases, dead ones too.</summary>
    public IReadOnlyList<SeatLease> Leases => _leases;

    /// <summary>The seats held now, the longest-held first.</summary>
    public IReadOnlyList<SeatLease> Held(DateTimeOffset now, Moments moments) =>
        [.. _leases.Where(l => l.IsAliveAt(now, moments)).OrderBy(l => l.TakenAt).ThenBy(l => l.AgentId.Value)];

    /// <summary>The living lease of an agent, or nothing.</summary>
    public SeatLease? HeldBy(AgentId agent, DateTimeOffset now, Moments moments) =>
        _leases.Find(l => l.AgentId == agent && l.IsAliveAt(now, moments));

    /// <summary>
    /// Takes a seat for an agent's workspace (rule 3.8). The same session gets the seat it has; another session of the same agent is asked
    /// "move here?" and with <paramref name="moveHere"/> takes the seat over. Refusals: SeatsFull, SeatHeldElsewhere.
    /// </summary>
    public Outcome<SeatLease> TryTake(AgentId agent, SessionId session, Entitlement entitlement, DateTimeOffset now, bool moveHere, Moments moments)
    {
        var held = HeldBy(agent, now, moments);
        if (held is not null)
        {
            if (held.SessionId != session && !moveHere)
            {
                return Refusal.SeatHeldElsewhere;
            }

            held.SessionId = session;
            held.RenewedAt = now > held.RenewedAt ? now : held.RenewedAt;
            Version++;
            return held;
        }

        if (entitlement.Seats is { } seats && Held(now, moments).Count >= seats)
        {
            return Refusal.SeatsFull;
        }

        _leases.RemoveAll(l => l.AgentId == agent || !l.IsAliveAt(now, moments));
        var lease = new SeatLease(agent, session, now);
        _leases.Add(lease);
        Version++;
        return lease;
    }

    /// <summary>A sign of life of a workspace. Refusals: SeatMoved (another browser has it), SeatLost (grace over or released).</summary>
    public Outcome<SeatLease> Renew(AgentId agent, SessionId session, DateTimeOffset now, Moments moments)
    {
        var held = HeldBy(agent, now, moments);
        if (held is null)
        {
            return Refusal.SeatLost;
        }

        if (held.SessionId != session)
        {
            return Refusal.SeatMoved;
        }

        held.RenewedAt = now > held.RenewedAt ? now : held.RenewedAt;
        Version++;
        return held;
    }

    /// <summary>The workspace is closed by its session (sign-out): the seat is free at once. A session that does not hold it changes nothing.</summary>
    public bool Leave(AgentId agent, SessionId session)
    {
        var left = _leases.RemoveAll(l => l.AgentId == agent && l.SessionId == session) > 0;
        Version += left ? 1 : 0;
        return left;
    }

    /// <summary>An administrator takes the seat away; the agent's conversations go back to the group at no cost (rule 3.8).</summary>
    public bool Release(AgentId agent)
    {
        var released = _leases.RemoveAll(l => l.AgentId == agent) > 0;
        Version += released ? 1 : 0;
        return released;
    }

    /// <summary>The held seats beyond those in force, the latest taken first (rule 3.9).</summary>
    public IReadOnlyList<SeatLease> Surplus(Entitlement entitlement, DateTimeOffset now, Moments moments)
    {
        if (entitlement.Seats is not { } seats)
        {
            return [];
        }

        var held = Held(now, moments);
        return [.. held.Skip((int)Math.Min(seats, held.Count)).Reverse()];
    }

    /// <summary>Whether an agent's workspace is beyond the seats in force: it takes no new conversations (rule 3.9).</summary>
    public bool IsSurplus(AgentId agent, Entitlement entitlement, DateTimeOffset now, Moments moments) =>
        Surplus(entitlement, now, moments).Any(l => l.AgentId == agent);

    /// <summary>
    /// Follows a smaller number of seats (rule 3.9): notices which workspaces are surplus, ends those whose last conversation is over and those
    /// that had none for 15 minutes, and returns the ended ones. Nobody in a conversation is cut off.
    /// </summary>
    /// <param name="talking">The agents with an open conversation.</param>
    public IReadOnlyList<SeatLease> Shrink(Entitlement entitlement, IReadOnlySet<AgentId> talking, DateTimeOffset now, Moments moments)
    {
        var surplus = Surplus(entitlement, now, moments);
        var ended = new List<SeatLease>();
        var changed = false;
        foreach (var lease in _leases)
        {
            if (!surplus.Contains(lease))
            {
                changed |= lease.SurplusSince is not null;
                lease.SurplusSince = null;
                lease.HasTalkedSinceSurplus = false;
                continue;
            }

            changed |= lease.SurplusSince is null;
            lease.SurplusSince ??= now;
            if (talking.Contains(lease.AgentId))
            {
                changed |= !lease.HasTalkedSinceSurplus;
                lease.HasTalkedSinceSurplus = true;
            }
            else if (lease.HasTalkedSinceSurplus || now >= lease.SurplusSince + moments.SurplusEndsAfter)
            {
                ended.Add(lease);
            }
        }

        _leases.RemoveAll(ended.Contains);
        Version += changed || ended.Count > 0 ? 1 : 0;
        return ended;
    }

    /// <summary>
    /// Time in which the server was down does not count (rule 3.8): what was alive at the last stored instant gets its life from the start on.
    /// </summary>
    public void Resume(DateTimeOffset lastStored, DateTimeOffset start, Moments moments)
    {
        foreach (var lease in _leases.Where(l => l.IsAliveAt(lastStored, moments) && l.RenewedAt < start))
        {
            lease.RenewedAt = start;
            Version++;
        }
    }
}
