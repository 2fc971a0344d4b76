using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Visitors;

/// <summary>
/// Follows visits by the clock: tells that somebody left, writes down every minute that somebody is still there, and records the end of a visit, with which its
/// conversations end and become history (S2.16). At the start it takes up the visits of the last run.
/// </summary>
internal sealed class VisitEndings(
    LiveVisits visits,
    LiveTalks talks,
    TrailWriter trail,
    ConversationDesk desk,
    IDbContextFactory<TrailDbContext> trails,
    IDbContextFactory<PortalDbContext> portals,
    Moments moments,
    TimeProvider clock,
    ILogger<VisitEndings> log) : IHostedService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>How far trail.db may be behind with the last sign of life; well below the time after which a visit ends.</summary>
    private static readonly TimeSpan StoredEvery = TimeSpan.FromSeconds(60);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var unfinished = await UnfinishedAsync(cancellationToken);
        await ResumeAsync([.. unfinished.Select(row => row.Visit)], cancellationToken);
        await talks.LoadAsync(cancellationToken);
        await EndOrphansAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var visit in visits.All())
            _ = trail.TryAdd(new TrailAlive(visit.Id, visit.LastAlive(now)));
        return Task.CompletedTask;
    }

    /// <summary>Looks at every visit once.</summary>
    public async Task SweepAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var visit in visits.All())
        {
            if (visits.TryEnd(visit, now))
                continue;
            var isHere = visits.IsHere(visit, now);
            if (isHere != visit.IsToldHere)
            {
                visit.IsToldHere = isHere;
                visits.Tell(visit);
            }

            var alive = visit.LastAlive(now);
            if (visit.Unstored is null && alive - visit.StoredSignAt >= StoredEvery && trail.TryAdd(new TrailAlive(visit.Id, alive)))
                visit.StoredSignAt = alive;
        }

        await RecordEndsAsync(now, cancellation);
    }

    private async Task RecordEndsAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var recorded = new List<(EndedVisit Visit, Task Stored)>();
        while (visits.TryTakeEnded(out var ended))
        {
            var endedAt = ended.LastAliveAt + moments.VisitEndsAfter;
            var work = new TrailEnd(ended.Visit, ended.LastAliveAt, endedAt < now ? endedAt : now);
            if (!trail.TryAdd(work))
            {
                visits.PutBack(ended);
                break;
            }

            recorded.Add((ended, work.Stored));
        }

        foreach (var (ended, stored) in recorded)
        {
            try
            {
                await stored.WaitAsync(cancellation);
                if (ended.HasTalked)
                    await desk.EndVisitAsync(ended.Company, ended.Visit, cancellation);
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                log.LogError(failure, "The end of visit {Visit} could not be recorded; it is tried again", ended.Visit);
                visits.PutBack(ended);
            }
        }
    }

    /// <summary>Downtime was given back before: whoever was alive when the server went is alive now.</summary>
    private async Task ResumeAsync(HashSet<VisitId> talked, CancellationToken cancellation)
    {
        await using var context = await trails.CreateDbContextAsync(cancellation);
        var open =
            from visit in context.Visits.AsNoTracking()
            where visit.EndedAt == null
            join visitor in context.Visitors.AsNoTracking() on visit.VisitorId equals visitor.Id
            let last = context.TrailSteps.Where(step => step.VisitId == visit.Id).OrderByDescending(step => step.Number).FirstOrDefault()
            select new { Visit = visit, visitor.VisitCount, visitor.GivenName, Last = last };
        await foreach (var row in open.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var live = new LiveVisit(row.Visit.CompanyId, row.Visit.VisitorId, row.Visit.Id, row.Visit.StartedAt)
            {
                Source = row.Visit.Source,
                NetworkAddress = row.Visit.WholeAddress ?? row.Visit.NetworkAddress,
                IsRobot = row.Visit.IsRobot,
                VisitCount = row.VisitCount,
                GivenName = row.GivenName,
                HasTalked = talked.Contains(row.Visit.Id),
            };
            var page = row.Last is { } step
                ? new LivePage(string.Empty, step.Number, step.Address, step.Title, step.At)
                : new LivePage(string.Empty, Math.Max(1, row.Visit.Pages), row.Visit.EntryAddress, row.Visit.EntryTitle, row.Visit.StartedAt);
            live.Resume(page, row.Visit.LastAliveAt);
            visits.Resume(live);
        }
    }

    /// <summary>
    /// Ends conversations whose visit is over and not followed any more: it ended in the instant in which the server went, or in which the conversation began.
    /// </summary>
    public async Task EndOrphansAsync(CancellationToken cancellation)
    {
        foreach (var (company, visitor, visit) in await UnfinishedAsync(cancellation))
        {
            if (!visits.IsKnown(company, visitor, visit))
                await desk.EndVisitAsync(company, visit, cancellation);
        }
    }

    private async Task<IReadOnlyList<(CompanyId Company, VisitorId Visitor, VisitId Visit)>> UnfinishedAsync(CancellationToken cancellation)
    {
        await using var context = await portals.CreateDbContextAsync(cancellation);
        var rows = await context.Conversations.AsNoTracking()
            .Where(conversation => conversation.VisitEndedAt == null)
            .Select(conversation => new { conversation.CompanyId, conversation.VisitorId, conversation.VisitId })
            .Distinct()
            .ToListAsync(cancellation);
        return [.. rows.Select(row => (row.CompanyId, row.VisitorId, row.VisitId))];
    }
}
