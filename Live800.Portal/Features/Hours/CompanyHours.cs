using System.Collections.Concurrent;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Hours;

/// <summary>A group with its hours and its agents, as they were read.</summary>
public sealed record GroupHours(OpeningCalendar Calendar, IReadOnlySet<AgentId> Agents);

/// <summary>The working hours of a company and of its groups, as they were read: good until the company changes (5).</summary>
/// <param name="zones">The company's calendar; times are told in its zone.</param>
/// <param name="calendar">The whole company's hours.</param>
/// <param name="groups">Its groups, without removed ones.</param>
public sealed class CompanyHours(ZoneHistory zones, OpeningCalendar calendar, IReadOnlyDictionary<GroupId, GroupHours> groups)
{
    private readonly ConcurrentDictionary<GroupId, (DateTimeOffset From, DateTimeOffset? Next)> _next = new();

    public ZoneHistory Zones => zones;

    /// <summary>A group's hours; one that is unknown or was removed is quietly the whole company (S3.4).</summary>
    public OpeningCalendar Of(GroupId? group) => group is { } id && groups.TryGetValue(id, out var known) ? known.Calendar : calendar;

    /// <summary>Whether the company, or one of its groups, is within its hours.</summary>
    public bool IsOpen(DateTimeOffset now, GroupId? group = null) => Of(group).IsOpen(now);

    /// <summary>When hours end or begin next; nothing when they never do. Looked for once for every stretch.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset now, GroupId? group = null)
    {
        var key = group is { } id && groups.ContainsKey(id) ? id : default;
        if (_next.TryGetValue(key, out var known) && now >= known.From && (known.Next is null || now < known.Next)) return known.Next;
        var next = Of(group).NextChange(now);
        _next[key] = (now, next);
        return next;
    }

    /// <summary>Whether the company, or a group of this agent, is within its hours.</summary>
    public bool IsOpenFor(AgentId agent, DateTimeOffset now) => LinesOf(agent).Any(line => line.IsOpen(now));

    /// <summary>When the hours of the company, or of a group of this agent, end or begin next.</summary>
    public DateTimeOffset? NextChangeFor(AgentId agent, DateTimeOffset now) => GroupsOf(agent).Prepend(null).Select(group => NextChange(now, group)).Where(at => at is not null).Min();

    /// <summary>Within hours, and somebody in as online or busy, in a seat that is not surplus: of the whole company, of a group or this one agent. Whether answers are left is not asked.</summary>
    public bool IsReachable(AgentPresence presence, CompanyId company, DateTimeOffset now, GroupId? group = null, AgentId? agent = null)
    {
        if (agent is { } one) return calendar.IsOpen(now) && presence.IsReachable(company, one, now);
        if (group is { } id && groups.TryGetValue(id, out var known)) return known.Calendar.IsOpen(now) && presence.In(company, now).Any(present => present.IsReachable && known.Agents.Contains(present.Agent));
        return calendar.IsOpen(now) && presence.IsAnyoneReachable(company, now);
    }

    private IEnumerable<GroupId?> GroupsOf(AgentId agent) => groups.Where(group => group.Value.Agents.Contains(agent)).Select(group => (GroupId?)group.Key);

    private IEnumerable<OpeningCalendar> LinesOf(AgentId agent) => GroupsOf(agent).Prepend(null).Select(Of);
}
