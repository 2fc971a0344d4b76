using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Domain.Workspace;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Hours;
using Live800.Portal.Features.Packages;
using Live800.Portal.Identity;

namespace Live800.Portal.Features.Workspace;

/// <summary>
/// What every page of a signed-in agent knows: who he is, what the company may use, who waits. Read again when it changes and handed down
/// as one record, so that bar, rail and desk never disagree.
/// </summary>
public sealed record DeskFacts(
    CurrentAgent Me,
    CompanyProfile Company,
    EntitlementFacts Packages,
    SeatSituation Seats,
    IReadOnlyList<Conversation> AllWaiting,
    int NewMessages,
    AgentStatus? Status,
    DeskSettings Settings,
    DateTimeOffset ReadAt)
{
    /// <summary>Running conversations this agent has not looked into yet: what came to him by itself (4).</summary>
    public int Unseen { get; init; }

    /// <summary>The working hours of the company and its groups (5).</summary>
    public CompanyHours? Hours { get; init; }

    /// <summary>Whether requests can come to this agent by the clock alone: the company, or a group of his, is within its hours.</summary>
    public bool IsWithinHours => Hours?.IsOpenFor(Me.AgentId, ReadAt) != false;

    /// <summary>The zone in which times are shown: the company's.</summary>
    public TimeZoneInfo Zone => Packages.Zone;

    /// <summary>This agent's seat, or nothing.</summary>
    public SeatHolder? MySeat => Seats.Holders.FirstOrDefault(holder => holder.Agent == Me.AgentId);

    /// <summary>The company's agents by name, to choose one from.</summary>
    public IReadOnlyList<(AgentId Id, string Name)> Agents { get; } = [.. Company.AgentNames.Select(agent => (agent.Key, agent.Value)).OrderBy(agent => agent.Value, StringComparer.CurrentCulture)];

    /// <summary>Who waits for this agent: for a group of his, or for the whole company (4).</summary>
    public IReadOnlyList<Conversation> Waiting { get; } = [.. AllWaiting.Where(waiting => waiting.GroupId is not { } id || Company.Groups.FirstOrDefault(group => group.Id == id)?.Agents.Contains(Me.AgentId) != false)];

    /// <summary>The company's groups, without removed ones.</summary>
    public IReadOnlyList<GroupFacts> Groups { get; } = [.. Company.Groups.Where(group => !group.IsRemoved)];

    /// <summary>A group's name, removed or not; nothing for the whole company.</summary>
    public string? NameOf(GroupId? group) => group is { } id ? Company.Groups.FirstOrDefault(other => other.Id == id)?.Name : null;

    /// <summary>The names of an agent's groups.</summary>
    public string GroupsOf(AgentId agent) => string.Join(" · ", Groups.Where(group => group.Agents.Contains(agent)).Select(group => group.Name));

    public string NameOf(AgentId agent) => Company.AgentNames.GetValueOrDefault(agent, "");
}
