using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Hours;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Groups;

/// <summary>Everything a company's requests are given out by, at one instant: its lines, who is in, who has room (4).</summary>
internal sealed class RoutingSituation
{
    private readonly Dictionary<GroupId, RequestLine> _groups;
    private readonly RequestLine _company;
    private readonly IReadOnlyList<RoutingCandidate> _agents;
    private readonly CompanyHours _hours;
    private readonly AgentPresence _presence;
    private readonly CompanyId _companyId;
    private readonly DateTimeOffset _now;

    private RoutingSituation(
        CompanyId companyId, IEnumerable<Group> groups, CompanyRouting routing, IReadOnlyList<RoutingCandidate> agents, Entitlement entitlement, CompanyHours hours, AgentPresence presence, DateTimeOffset now)
    {
        (_companyId, _agents, _hours, _presence, _now, HasAnswers) = (companyId, agents, hours, presence, now, entitlement.HasAnswers);
        _groups = groups.ToDictionary(group => group.Id, RequestLine.Of);
        _company = RequestLine.OfCompany(routing);
    }

    public bool HasAnswers { get; }

    public static async Task<RoutingSituation> ReadAsync(
        PortalDbContext context, CompanyId companyId, CompanyHours hours, AgentPresence presence, Entitlement entitlement, Moments moments, DateTimeOffset now, CancellationToken cancellation)
    {
        var groups = await context.Groups.AsNoTracking().Where(group => group.CompanyId == companyId && group.RemovedAt == null).ToListAsync(cancellation);
        var routing = await context.CompanyRoutings.AsNoTracking().SingleOrDefaultAsync(row => row.CompanyId == companyId, cancellation) ?? new CompanyRouting(companyId);
        var plan = await context.SeatPlans.AsNoTracking().SingleOrDefaultAsync(row => row.CompanyId == companyId, cancellation);
        var surplus = plan?.Surplus(entitlement, now, moments).Select(lease => lease.AgentId).ToHashSet() ?? [];
        var talking = await context.TalkingAsync(companyId, cancellation);
        var online = presence.In(companyId, now).Where(agent => agent is { Status: AgentStatus.Online, IsConnected: true }).Select(agent => agent.Agent).ToHashSet();
        var agents = new List<RoutingCandidate>();
        foreach (var lease in plan?.Held(now, moments) ?? [])
        {
            // Connected, not surplus, and neither busy, away nor invisible.
            if (now - lease.RenewedAt > moments.SeatSilentAfter || surplus.Contains(lease.AgentId) || !online.Contains(lease.AgentId)) continue;
            var agent = lease.AgentId;
            var given = await context.AutoAccepts.AsNoTracking().Where(row => row.CompanyId == companyId && row.AgentId == agent).OrderByDescending(row => row.At).Select(row => (DateTimeOffset?)row.At).FirstOrDefaultAsync(cancellation);
            agents.Add(new RoutingCandidate(agent, talking.GetValueOrDefault(agent), routing.MostOf(agent), given));
        }

        return new RoutingSituation(companyId, groups, routing, agents, entitlement, hours, presence, now);
    }

    /// <summary>
    /// The line a waiting request is looked for in, and whether it leaves its group for it: because the group is gone, or it is closed or nobody of it is in while somebody else of the company is.
    /// </summary>
    public (RequestLine Line, bool Falls) LineOf(Conversation waiting)
    {
        if (waiting.GroupId is not { } id) return (_company, false);
        if (!_groups.TryGetValue(id, out var line)) return (_company, true);
        return line.IsAnyoneIn(_hours, _presence, _companyId, _now) || !_company.IsAnyoneIn(_hours, _presence, _companyId, _now) ? (line, false) : (_company, true);
    }

    /// <summary>Whether a line is within its hours: outside of them nothing is given out by itself (5).</summary>
    public bool IsOpen(RequestLine line) => _hours.IsOpen(_now, line.Group);

    /// <summary>Who of a line could be given one, full or not.</summary>
    public IEnumerable<RoutingCandidate> CandidatesOf(RequestLine line) => _agents.Where(agent => line.Has(agent.Agent));
}
