using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Visitors;

/// <summary>A page of a visit as the trail 轨迹 shows it (S2.13).</summary>
/// <param name="Stay">How long it was open, so far or altogether.</param>
/// <param name="IsOpen">Whether the visitor has it open now.</param>
public sealed record TrailRow(int Number, string Address, string Title, DateTimeOffset At, TimeSpan Stay, bool IsOpen);

/// <summary>One visit of a visitor, running or over.</summary>
public sealed record VisitRow(VisitId Id, DateTimeOffset StartedAt, DateTimeOffset LastAliveAt, DateTimeOffset? EndedAt, VisitSource Source, string EntryAddress, string EntryTitle, string UserAgent, int Pages, string NetworkAddress = "");

/// <summary>What trail.db knows about visitors. Every question names the company first.</summary>
public sealed class VisitorQueries(IDbContextFactory<TrailDbContext> contexts, LiveVisits visits)
{
    /// <summary>The trail of a visit, newest page first; what is open now is marked and its stay runs.</summary>
    public async Task<IReadOnlyList<TrailRow>> TrailAsync(CompanyId company, VisitId visit, DateTimeOffset now, int take = 500, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var steps = await context.TrailSteps.AsNoTracking()
            .Where(step => step.VisitId == visit && step.CompanyId == company)
            .OrderByDescending(step => step.Number)
            .Take(take)
            .ToListAsync(cancellation);
        if (steps.Count == 0)
            return [];
        var visitor = await context.Visits.Where(row => row.Id == visit && row.CompanyId == company).Select(row => row.VisitorId).SingleAsync(cancellation);
        var live = visits.Find(company, visitor, now) is { } found && found.Id == visit ? found : null;
        var lastAlive = live?.LastAlive(now) ?? steps[0].At;
        return
        [
            .. steps.Select(step =>
            {
                var isOpen = step.LeftAt is null && live is not null && live.Shows(step.Number);
                return new TrailRow(step.Number, step.Address, step.Title, step.At, step.StayAt(lastAlive), isOpen);
            }),
        ];
    }

    /// <summary>The visits of a visitor, newest first.</summary>
    public async Task<IReadOnlyList<VisitRow>> VisitsAsync(CompanyId company, VisitorId visitor, int take = 20, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Visits.AsNoTracking()
            .Where(visit => visit.CompanyId == company && visit.VisitorId == visitor)
            .OrderByDescending(visit => visit.StartedAt)
            .Take(take)
            .Select(visit => new VisitRow(
                visit.Id, visit.StartedAt, visit.LastAliveAt, visit.EndedAt, visit.Source, visit.EntryAddress, visit.EntryTitle, visit.UserAgent, visit.Pages, visit.WholeAddress ?? visit.NetworkAddress))
            .ToListAsync(cancellation);
    }

    /// <summary>The visits of several visitors together, newest first.</summary>
    public async Task<IReadOnlyList<VisitRow>> VisitsAsync(CompanyId company, IReadOnlyCollection<VisitorId> visitors, int take = 20, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Visits.AsNoTracking()
            .Where(visit => visit.CompanyId == company && visitors.Contains(visit.VisitorId))
            .OrderByDescending(visit => visit.StartedAt)
            .Take(take)
            .Select(visit => new VisitRow(
                visit.Id, visit.StartedAt, visit.LastAliveAt, visit.EndedAt, visit.Source, visit.EntryAddress, visit.EntryTitle, visit.UserAgent, visit.Pages, visit.WholeAddress ?? visit.NetworkAddress))
            .ToListAsync(cancellation);
    }

    /// <summary>One visitor, or null when this company has none of that id.</summary>
    public async Task<Visitor?> VisitorAsync(CompanyId company, VisitorId visitor, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Visitors.AsNoTracking().SingleOrDefaultAsync(row => row.Id == visitor && row.CompanyId == company, cancellation);
    }

    /// <summary>The visitors of these ids that are this company's.</summary>
    public async Task<IReadOnlyDictionary<VisitorId, Visitor>> VisitorsAsync(CompanyId company, IReadOnlyCollection<VisitorId> visitors, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Visitors.AsNoTracking()
            .Where(row => visitors.Contains(row.Id) && row.CompanyId == company)
            .ToDictionaryAsync(row => row.Id, cancellation);
    }

    /// <summary>The page the visitor looked at last in any visit, or null.</summary>
    internal async Task<TrailStep?> LastStepAsync(CompanyId company, VisitorId visitor, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var last = await context.Visits.AsNoTracking()
            .Where(visit => visit.CompanyId == company && visit.VisitorId == visitor)
            .OrderByDescending(visit => visit.StartedAt)
            .Select(visit => new { visit.Id, visit.Pages })
            .FirstOrDefaultAsync(cancellation);
        return last is null
            ? null
            : await context.TrailSteps.AsNoTracking()
                .Where(step => step.VisitId == last.Id && step.CompanyId == company)
                .OrderByDescending(step => step.Number)
                .FirstOrDefaultAsync(cancellation);
    }
}
