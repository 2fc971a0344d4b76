using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Packages;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Jobs;

/// <summary>
/// Records what dates and use have brought to the companies' packages, each transition once, queues the letters about it in the same write, and tells their pages
/// to read again (rules 3.6 and 3.12). What is in force was right before: this only notices. After downtime it goes on where the records end, in order.
/// </summary>
public sealed class TransitionRecorder(
    IDbContextFactory<PortalDbContext> contexts,
    WriteQueue<PortalDbContext> writes,
    StoreBoard board,
    PackageDesk desk,
    WarningLetters letters,
    TimeProvider clock,
    ILogger<TransitionRecorder> log)
{
    // An order fulfilled while a sweep runs can date a transition a little before the last record; this far back the rows themselves are asked.
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(2);

    // Dated by the last credit, however long ago that was.
    private static readonly TransitionKind[] ClickKinds = [TransitionKind.Clicks80Percent, TransitionKind.Clicks95Percent, TransitionKind.LastClicks, TransitionKind.ClicksUsedUp];

    /// <summary>Records the transitions of some kinds up to now, for every company; returns those this call was the first to record, in order.</summary>
    public async Task<IReadOnlyList<PackageTransition>> RecordAsync(IReadOnlyCollection<TransitionKind> kinds, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var recorded = new List<PackageTransition>();
        foreach (var (company, due) in await FindAsync(kinds, now, cancellation))
        {
            var added = await AddAsync(company, due, now, cancellation);
            if (added.Count > 0)
            {
                recorded.AddRange(added);
                desk.Tell(company);
            }
        }

        if (recorded.Count > 0)
        {
            log.LogInformation("Recorded {Count} package transitions up to {Until:u}", recorded.Count, now);
        }

        return recorded;
    }

    private async Task<IReadOnlyList<(CompanyId Company, IReadOnlyList<DueTransition> Due)>> FindAsync(
        IReadOnlyCollection<TransitionKind> kinds, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var companies = await context.Companies.AsNoTracking().ToListAsync(cancellation);
        var accounts = await context.PackageAccounts.AsNoTracking().AsSplitQuery().ToDictionaryAsync(account => account.CompanyId, cancellation);
        var recentFrom = now - Overlap;
        var ours = context.PackageTransitions.AsNoTracking().Where(transition => kinds.Contains(transition.Kind));
        var recent = await ours.Where(transition => transition.At >= recentFrom || ClickKinds.Contains(transition.Kind)).Select(transition => new { transition.CompanyId, transition.Kind, transition.At }).ToListAsync(cancellation);
        var known = recent.Select(row => (row.CompanyId, new DueTransition(row.Kind, row.At))).ToHashSet();
        var last = await ours.GroupBy(transition => transition.CompanyId).Select(rows => new { Company = rows.Key, At = rows.Max(row => row.At) }).ToDictionaryAsync(row => row.Company, row => row.At, cancellation);

        var found = new List<(CompanyId, IReadOnlyList<DueTransition>)>();
        foreach (var company in companies)
        {
            if (!accounts.TryGetValue(company.Id, out var account))
            {
                continue;
            }

            // A term given with the registration starts at that very instant.
            var registered = company.RegisteredAt.AddTicks(-1);
            var upTo = last.TryGetValue(company.Id, out var at) ? at : registered;
            var from = upTo < recentFrom ? upTo : recentFrom > registered ? recentFrom : registered;
            var rules = new PackageRules(board.Figures, company.Zones);
            var due = account.TransitionsBetween(from, now, rules).Concat(account.UseTransitionsAt(now, rules))
                .Where(transition => kinds.Contains(transition.Kind) && !known.Contains((company.Id, transition)))
                .ToList();
            if (due.Count > 0)
            {
                found.Add((company.Id, due));
            }
        }

        return found;
    }

    private Task<List<PackageTransition>> AddAsync(CompanyId company, IReadOnlyList<DueTransition> due, DateTimeOffset now, CancellationToken cancellation) =>
        writes.RunAsync(
            async (write, token) =>
            {
                var earliest = due.Min(transition => transition.At);
                var there = await write.PackageTransitions.AsNoTracking()
                    .Where(transition => transition.CompanyId == company && transition.At >= earliest)
                    .Select(transition => new { transition.Kind, transition.At })
                    .ToListAsync(token);
                var known = there.Select(row => new DueTransition(row.Kind, row.At)).ToHashSet();
                var added = due.Where(transition => !known.Contains(transition)).Select(transition => new PackageTransition(company, transition, now)).ToList();
                write.PackageTransitions.AddRange(added);
                if (added.Count > 0) await letters.QueueAsync(write, company, [.. added.Select(row => new DueTransition(row.Kind, row.At))], now, token);
                return added;
            },
            cancellation);
}
