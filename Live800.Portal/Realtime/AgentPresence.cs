using System.Collections.Concurrent;
using Live800.Domain.Companies;
using Live800.Domain.Shared;

namespace Live800.Portal.Realtime;

/// <summary>One agent who holds a seat.</summary>
/// <param name="AliveUntil">The seat's grace: without a renewal the agent counts as gone from then on.</param>
/// <param name="IsSurplus">Over the number of seats: takes no new conversations (3.9).</param>
public sealed record PresentAgent(AgentId Agent, AgentStatus Status, DateTimeOffset AliveUntil, bool IsSurplus)
{
    /// <summary>Whether his browser was there at the last sign of life; after a restart not before the first one.</summary>
    public bool IsConnected { get; init; } = true;

    /// <summary>Whether visitors see the icon online because of this agent (S1.2, 3.6): in, online or busy, not surplus.</summary>
    public bool IsReachable => !IsSurplus && Status is AgentStatus.Online or AgentStatus.Busy;
}

/// <summary>
/// Which agents are in and with which status. Being in follows the seat: the seat roster reports every lease taken, renewed and left,
/// and an agent whose lease is not renewed is gone by the clock alone.
/// </summary>
public sealed class AgentPresence(PortalEvents events)
{
    private readonly ConcurrentDictionary<CompanyId, ConcurrentDictionary<AgentId, PresentAgent>> _companies = new();

    /// <summary>The agent took or renewed a seat that lives until <paramref name="aliveUntil"/>. The status survives a renewal.</summary>
    /// <param name="isConnected">His browser said so; not where a seat of the last run is only taken up again.</param>
    /// <param name="arriving">What somebody shows who was not in; online without.</param>
    public void IsIn(CompanyId company, AgentId agent, DateTimeOffset aliveUntil, bool isSurplus, DateTimeOffset now, bool isConnected = true, AgentStatus? arriving = null)
    {
        PresentAgent? before = null;
        var after = Of(company).AddOrUpdate(
            agent,
            _ => new PresentAgent(agent, arriving ?? AgentStatus.Online, aliveUntil, isSurplus) { IsConnected = isConnected },
            (_, present) =>
            {
                before = present;
                return present with { Status = now >= present.AliveUntil && arriving is { } status ? status : present.Status, AliveUntil = aliveUntil, IsSurplus = isSurplus, IsConnected = isConnected || present.IsConnected };
            });
        if (before is null || now >= before.AliveUntil || before.IsSurplus != after.IsSurplus || before.IsConnected != after.IsConnected)
            Tell(company, agent);
    }

    /// <summary>The agent's browser is out of reach for now; the seat lives on. Ignored for an agent who is not in.</summary>
    public void LoseConnection(CompanyId company, AgentId agent)
    {
        while (_companies.TryGetValue(company, out var agents) && agents.TryGetValue(agent, out var present) && present.IsConnected)
        {
            if (agents.TryUpdate(agent, present with { IsConnected = false }, present))
                return;
        }
    }

    /// <summary>The agent chose another status; ignored for an agent who is not in.</summary>
    public void ChangeStatus(CompanyId company, AgentId agent, AgentStatus status)
    {
        if (!_companies.TryGetValue(company, out var agents))
            return;
        while (agents.TryGetValue(agent, out var present))
        {
            if (present.Status == status)
                return;
            if (!agents.TryUpdate(agent, present with { Status = status }, present))
                continue;
            Tell(company, agent);
            return;
        }
    }

    /// <summary>The agent gave the seat up or lost it.</summary>
    public void HasLeft(CompanyId company, AgentId agent)
    {
        if (_companies.TryGetValue(company, out var agents) && agents.TryRemove(agent, out _))
            Tell(company, agent);
    }

    /// <summary>The agents who are in now, in the order of their ids.</summary>
    public IReadOnlyList<PresentAgent> In(CompanyId company, DateTimeOffset now) =>
        _companies.TryGetValue(company, out var agents)
            ? [.. agents.Values.Where(agent => now < agent.AliveUntil).OrderBy(agent => agent.Agent.Value)]
            : [];

    /// <summary>How many agents are in now, all companies together.</summary>
    public int CountIn(DateTimeOffset now) => _companies.Values.Sum(agents => agents.Values.Count(agent => now < agent.AliveUntil));

    /// <summary>The status of one agent, or null when he is not in.</summary>
    public AgentStatus? StatusOf(CompanyId company, AgentId agent, DateTimeOffset now) =>
        _companies.TryGetValue(company, out var agents) && agents.TryGetValue(agent, out var present) && now < present.AliveUntil
            ? present.Status
            : null;

    /// <summary>Whether at least one agent can be reached by visitors. Hours are not asked: <c>Answering</c> says whether anybody answers.</summary>
    public bool IsAnyoneReachable(CompanyId company, DateTimeOffset now)
    {
        if (!_companies.TryGetValue(company, out var agents))
            return false;
        foreach (var (_, agent) in agents)
        {
            if (agent.IsReachable && now < agent.AliveUntil)
                return true;
        }

        return false;
    }

    /// <summary>Whether visitors can reach this agent.</summary>
    public bool IsReachable(CompanyId company, AgentId agent, DateTimeOffset now) =>
        _companies.TryGetValue(company, out var agents) && agents.TryGetValue(agent, out var present) && present.IsReachable && now < present.AliveUntil;

    /// <summary>Tells about agents whose seat's grace ran out. Called by the sweeper; being in never waits for it.</summary>
    internal void Sweep(DateTimeOffset now)
    {
        foreach (var (company, agents) in _companies)
        {
            foreach (var (id, agent) in agents)
            {
                if (now < agent.AliveUntil || !agents.TryRemove(KeyValuePair.Create(id, agent)))
                    continue;
                events.Publish(new PortalEvent(company, PortalTopic.Seats, id.Value));
                Tell(company, id);
            }
        }
    }

    private ConcurrentDictionary<AgentId, PresentAgent> Of(CompanyId company) =>
        _companies.GetOrAdd(company, _ => new ConcurrentDictionary<AgentId, PresentAgent>());

    private void Tell(CompanyId company, AgentId agent) => events.Publish(new PortalEvent(company, PortalTopic.Agents, agent.Value));
}
