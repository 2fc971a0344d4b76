using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Audit;

/// <summary>An entry as the company's administrators read it.</summary>
/// <param name="Who">The agent's name at that time; nothing for a platform operator, whose name and address are none of the company's business; empty where the portal itself did it.</param>
/// <param name="Detail">What it is about, without the company's own ID.</param>
/// <param name="Address">From where; empty where that is not known.</param>
public sealed record CompanyAuditLine(long Id, DateTimeOffset At, string? Who, AuditAction Action, string Detail, IReadOnlyList<AuditChange> Changes, string Address);

/// <summary>A page of the company's audit log, newest first, and what it can be narrowed by.</summary>
public sealed record CompanyAuditSheet(IReadOnlyList<CompanyAuditLine> Lines, bool HasNewer, bool HasOlder, IReadOnlyList<(AgentId Id, string Name)> Agents, TimeZoneInfo Zone);

/// <summary>How many entries go into a file, and up to which one: what comes later is not part of a download that has begun.</summary>
internal sealed record CompanyAuditExtent(long Count, long Last, TimeZoneInfo Zone, IReadOnlyList<AuditAction> Named);

/// <summary>Reads the company's own part of the audit log (1). Nothing here, and nothing anywhere else, changes an entry.</summary>
public sealed class CompanyAudit(IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, PortalEvents events, TimeProvider clock)
{
    /// <summary>Entries of one page.</summary>
    public const int PageSize = 50;

    private const int Batch = 1_000;

    /// <summary>What can stand in a company's log, as the filter offers it.</summary>
    public static readonly IReadOnlyList<AuditAction> Acts =
    [
        .. Enum.GetValues<AuditAction>().Where(act => act >= AuditAction.GroupMade),
        AuditAction.OrderConfirmed, AuditAction.OrderCancelled, AuditAction.OrderRefunded, AuditAction.ReturnTriedAgain, AuditAction.TermGranted, AuditAction.ClicksGranted,
        AuditAction.CompanySuspended, AuditAction.CompanyResumed, AuditAction.SetUp,
    ];

    /// <summary>
    /// A page of the entries that match. <paramref name="below"/>: older than that one; <paramref name="above"/>: the nearest newer ones; neither: the newest.
    /// </summary>
    /// <param name="named">The acts whose name in the reader's language has the words looked for.</param>
    public async Task<CompanyAuditSheet> PageAsync(
        CompanyId company, CompanyAuditFilter filter, IReadOnlyList<AuditAction> named, long? below = null, long? above = null, int take = PageSize, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        var row = await context.Companies.SingleAsync(row => row.Id == company, cancellation);
        var zone = row.Zones.ZoneAt(clock.GetUtcNow());
        var agents = await AgentsAsync(context, company, cancellation);
        var found = Matching(context, company, filter, named, zone, [.. agents.Keys.Select(agent => agent.Value)]);
        take = Math.Clamp(take, 1, Batch);
        // One more than is shown tells whether there is more, so that nothing is counted.
        var entries = above is { } floor
            ? await found.Where(entry => entry.Id > floor).OrderBy(entry => entry.Id).Take(take + 1).ToListAsync(cancellation)
            : below is { } ceiling
                ? await found.Where(entry => entry.Id < ceiling).OrderByDescending(entry => entry.Id).Take(take + 1).ToListAsync(cancellation)
                : await found.OrderByDescending(entry => entry.Id).Take(take + 1).ToListAsync(cancellation);
        var hasMore = entries.Count > take;
        if (hasMore) entries.RemoveAt(take);
        entries.Sort((one, other) => other.Id.CompareTo(one.Id));
        var (newest, oldest) = entries.Count > 0 ? (entries[0].Id, entries[^1].Id) : ((below ?? long.MaxValue) - 1, above ?? 0);
        var hasNewer = above is not null ? hasMore : below is not null && await found.AnyAsync(entry => entry.Id > newest, cancellation);
        var hasOlder = above is null ? hasMore : await found.AnyAsync(entry => entry.Id < oldest, cancellation);
        return new CompanyAuditSheet(
            entries.ConvertAll(entry => LineOf(entry, row.Code, agents.ContainsKey(new AgentId(entry.AccountId)))),
            hasNewer,
            hasOlder,
            [.. agents.Select(agent => (agent.Key, agent.Value)).OrderBy(agent => agent.Value, StringComparer.CurrentCulture)],
            zone);
    }

    /// <summary>The newest entries of some acts: what was done on one page.</summary>
    public async Task<(IReadOnlyList<CompanyAuditLine> Lines, TimeZoneInfo Zone)> LatestAsync(CompanyId company, IReadOnlyList<AuditAction> acts, int take, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        var row = await context.Companies.SingleAsync(row => row.Id == company, cancellation);
        var agents = await AgentsAsync(context, company, cancellation);
        var wanted = acts.ToArray();
        var entries = await context.Set<AuditEntry>().Where(entry => entry.CompanyId == company && wanted.Contains(entry.Action)).OrderByDescending(entry => entry.Id).Take(take).ToListAsync(cancellation);
        return (entries.ConvertAll(entry => LineOf(entry, row.Code, agents.ContainsKey(new AgentId(entry.AccountId)))), row.Zones.ZoneAt(clock.GetUtcNow()));
    }

    /// <summary>
    /// Somebody takes the log home: that itself is an entry, written before the first line of the file. Refusal: NotAllowed.
    /// </summary>
    internal async Task<Outcome<CompanyAuditExtent>> BeginExportAsync(CurrentAgent by, CompanyAuditFilter filter, IReadOnlyList<AuditAction> named, CancellationToken cancellation)
    {
        CompanyAuditExtent? extent = null;
        var outcome = await writes.RunAsAsync(
            by.CompanyId,
            by.AgentId,
            Permission.Audit,
            async (context, token) =>
            {
                var now = clock.GetUtcNow();
                var zone = (await context.Companies.AsNoTracking().SingleAsync(row => row.Id == by.CompanyId, token)).Zones.ZoneAt(now);
                var agents = await AgentsAsync(context, by.CompanyId, token);
                var found = Matching(context, by.CompanyId, filter, named, zone, [.. agents.Keys.Select(agent => agent.Value)]);
                extent = new CompanyAuditExtent(await found.LongCountAsync(token), await found.MaxAsync(entry => (long?)entry.Id, token) ?? 0, zone, named);
                // The count and no words of the filter: they could be somebody's.
                _ = context.Add(AuditEntry.Of(by, AuditAction.AuditExported, $"{by.CompanyCode} · {extent.Count}", now));
                return Outcome.Done;
            },
            cancellation);
        if (outcome.IsRefused) return outcome.Refusal;
        events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Company, by.CompanyId.Value));
        return extent!;
    }

    /// <summary>All entries that match up to one, newest first, a batch at a time, so that a long log never stands in memory.</summary>
    internal IEnumerable<CompanyAuditLine> Read(CompanyId company, CompanyAuditFilter filter, CompanyAuditExtent extent, CancellationToken cancellation)
    {
        for (var below = extent.Last + 1; ;)
        {
            cancellation.ThrowIfCancellationRequested();
            var lines = NextBatch(company, filter, extent, below);
            foreach (var line in lines) yield return line;
            if (lines.Count < Batch) yield break;
            below = lines[^1].Id;
        }
    }

    private List<CompanyAuditLine> NextBatch(CompanyId company, CompanyAuditFilter filter, CompanyAuditExtent extent, long below)
    {
        using var context = contexts.CreateDbContext();
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var code = context.Companies.Where(row => row.Id == company).Select(row => row.Code).Single();
        var agents = context.Agents.Where(agent => agent.CompanyId == company).Select(agent => agent.Id).ToHashSet();
        return Matching(context, company, filter, extent.Named, extent.Zone, [.. agents.Select(agent => agent.Value)])
            .Where(entry => entry.Id < below).OrderByDescending(entry => entry.Id).Take(Batch).ToList()
            .ConvertAll(entry => LineOf(entry, code, agents.Contains(new AgentId(entry.AccountId))));
    }

    private static IQueryable<AuditEntry> Matching(PortalDbContext context, CompanyId company, CompanyAuditFilter filter, IReadOnlyList<AuditAction> named, TimeZoneInfo zone, long[] agents)
    {
        var own = agents;
        var found = context.Set<AuditEntry>().Where(entry => entry.CompanyId == company);
        if (filter.Act is { } act) found = found.Where(entry => entry.Action == act);
        if (filter.ByPlatform) found = found.Where(entry => !EF.Parameter(own).Contains(entry.AccountId) && entry.AccountId != 0);
        // An operator's account is nobody of the company's, whatever the address says.
        else if (filter.Agent is { } agent) found = found.Where(entry => entry.AccountId == agent.Value && EF.Parameter(own).Contains(entry.AccountId));
        if (filter.From is { } from)
        {
            var start = StartOf(from, zone);
            found = found.Where(entry => entry.At >= start);
        }

        if (filter.Until is { } until && until < DateOnly.MaxValue)
        {
            var end = StartOf(until.AddDays(1), zone);
            found = found.Where(entry => entry.At < end);
        }

        var text = MessageText.Line(filter.Text, CompanyAuditFilter.TextLimit).ToLowerInvariant();
        if (text.Length == 0) return found;
        var stored = AuditEntry.AsStored(text);
        var acts = named.ToArray();
#pragma warning disable CA1304, CA1311, CA1862 // translated to SQL
        return found.Where(entry =>
            (EF.Parameter(own).Contains(entry.AccountId) && (entry.Who.ToLower().Contains(text) || entry.Address.Contains(text)))
            || entry.Detail.ToLower().Contains(text) || entry.ChangesText.ToLower().Contains(stored) || EF.Parameter(acts).Contains(entry.Action));
#pragma warning restore CA1304, CA1311, CA1862
    }

    private static CompanyAuditLine LineOf(AuditEntry entry, string code, bool isOwn) =>
        new(entry.Id, entry.At, isOwn ? entry.Who : entry.AccountId == 0 ? "" : null, entry.Action, Detail(entry.Detail, code), entry.Changes, isOwn ? entry.Address : "");

    // The operator's page names the company; to the company itself that says nothing.
    private static string Detail(string detail, string code)
    {
        if (detail == code) return "";
        foreach (var start in new[] { code + " · ", code + ": ", code + "/" })
        {
            if (detail.StartsWith(start, StringComparison.Ordinal)) return detail[start.Length..];
        }

        return detail;
    }

    /// <summary>A day at either end of the calendar has no instant in every zone; nothing ever happened there.</summary>
    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone) =>
        day.Year is > 1 and < 9999 ? LocalCalendar.StartOfDay(day, zone) : new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static Task<Dictionary<AgentId, string>> AgentsAsync(PortalDbContext context, CompanyId company, CancellationToken cancellation) =>
        context.Agents.Where(agent => agent.CompanyId == company).ToDictionaryAsync(agent => agent.Id, agent => agent.DisplayName, cancellation);

    private async Task<PortalDbContext> ReadAsync(CancellationToken cancellation)
    {
        var context = await contexts.CreateDbContextAsync(cancellation);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }
}
