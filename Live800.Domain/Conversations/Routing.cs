using Live800.Domain.Companies;
using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

/// <summary>An agent who could be given a request now: in, connected, online, not surplus, of the line's agents.</summary>
/// <param name="Conversations">How many he has.</param>
/// <param name="Most">How many he has at most; nothing is no limit.</param>
/// <param name="LastGiven">When he was given one last; nothing is never.</param>
public readonly record struct RoutingCandidate(AgentId Agent, int Conversations, int? Most, DateTimeOffset? LastGiven)
{
    /// <summary>Whether one more may come to him by itself.</summary>
    public bool HasRoom => Most is not { } most || Conversations < most;
}

/// <summary>Who is given a waiting request (rule 4). The same facts always give the same agent.</summary>
public static class Routing
{
    /// <summary>The agent, or nothing: by hand, or nobody has room. Ties go to who was given one the longest ago, then to the lower id.</summary>
    /// <param name="last">The agent who talked to this visitor last.</param>
    public static AgentId? Choose(RoutingWay way, IEnumerable<RoutingCandidate> candidates, AgentId? last)
    {
        if (way == RoutingWay.ByHand) return null;
        var free = candidates.Where(candidate => candidate.HasRoom).ToList();
        if (way == RoutingWay.LastAgentFirst && last is { } known && free.Exists(candidate => candidate.Agent == known)) return known;
        return free
            .OrderBy(candidate => way == RoutingWay.InTurn ? 0 : candidate.Conversations)
            .ThenBy(candidate => candidate.LastGiven ?? DateTimeOffset.MinValue)
            .ThenBy(candidate => candidate.Agent.Value)
            .Select(candidate => (AgentId?)candidate.Agent)
            .FirstOrDefault();
    }
}
