using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Features.Hours;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Groups;

/// <summary>A waiting line of a company: a group's, or the whole company's (4).</summary>
/// <param name="Agents">Whose line it is; nothing is everybody's.</param>
public sealed record RequestLine(GroupId? Group, RoutingWay Way, IReadOnlySet<AgentId>? Agents)
{
    public bool Has(AgentId agent) => Agents?.Contains(agent) != false;

    /// <summary>Whether it is within its hours and somebody of it is in as online or busy, in a seat that is not surplus.</summary>
    public bool IsAnyoneIn(CompanyHours hours, AgentPresence presence, CompanyId company, DateTimeOffset now) => hours.IsOpen(now, Group) && presence.In(company, now).Any(agent => agent.IsReachable && Has(agent.Agent));

    public static RequestLine Of(Group group) => new(group.Id, group.Way, group.Members.Select(member => member.AgentId).ToHashSet());

    public static RequestLine OfCompany(CompanyRouting routing) => new(null, routing.Way, null);
}
