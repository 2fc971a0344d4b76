using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Messages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Files;
using Live800.Portal.Features.Messages;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Personal;

/// <summary>What a company has chosen, and the version it is chosen over.</summary>
public sealed record RetentionView(RetentionMonths Months, long Version);

/// <summary>How much of a kind is older than it would be kept.</summary>
public sealed record RetentionCount(int Count, DateTimeOffset? Oldest, DateTimeOffset? Newest)
{
    public static readonly RetentionCount None = new(0, null, null);
}

/// <summary>
/// How long a company keeps what it knows of visitors (1): chosen by its administrators, who see beforehand how much would go; carried out at the company's night, a piece at a time, and entered into the audit log with the
/// numbers. What goes is what an erasure takes, and what stays is what it leaves.
/// </summary>
public sealed class RetentionDesk(
    IDbContextFactory<PortalDbContext> contexts, IDbContextFactory<TrailDbContext> trails, WriteQueue<PortalDbContext> writes, TrailWriter trail, ErasedFileSweep files, PortalEvents events, TimeProvider clock) : IDisposable
{
    /// <summary>From this hour of the company's day on, when hardly anybody is there.</summary>
    public const int NightHour = 3;

    /// <summary>Rows of a kind that go in one write.</summary>
    private const int AtOnce = 100;

    /// <summary>Writes for one kind in one go; what is left waits for the next.</summary>
    private const int MostWrites = 50;

    // What is erased by age is entered into the log once: a second run waits, and finds the day done.
    private readonly SemaphoreSlim _running = new(1, 1);

    private static readonly ChatMessageKind[] Said = [ChatMessageKind.Text, ChatMessageKind.PagePush, ChatMessageKind.File];

    public async Task<RetentionView> ReadAsync(CompanyId company, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.RetentionRules.AsNoTracking().SingleOrDefaultAsync(rules => rules.CompanyId == company, cancellation) is { } rules
            ? new RetentionView(rules.Months, rules.Version)
            : new RetentionView(RetentionMonths.ForEver, 0);
    }

    /// <summary>How much of each kind would go now; changes nothing.</summary>
    public async Task<IReadOnlyDictionary<RetentionKind, RetentionCount>> PreviewAsync(CompanyId company, RetentionMonths months, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var now = clock.GetUtcNow();
        var zone = await ZoneAsync(context, company, now, cancellation);
        var counts = new Dictionary<RetentionKind, RetentionCount>();
        foreach (var kind in Enum.GetValues<RetentionKind>()) counts[kind] = months.EdgeOf(kind, now, zone) is { } edge ? await CountAsync(context, company, kind, edge, cancellation) : RetentionCount.None;
        return counts;
    }

    /// <summary>Chooses how long each kind is kept. Refusals: NotAllowed, RetentionInvalid, ChangedMeanwhile (a colleague chose since <paramref name="seen"/>).</summary>
    public async Task<Outcome> ChooseAsync(CurrentAgent by, RetentionMonths months, long seen, CancellationToken cancellation = default)
    {
        var outcome = await writes.RunAsAsync(
            by.CompanyId,
            by.AgentId,
            Permission.PersonalData,
            async (context, token) =>
            {
                var rules = await context.RetentionRules.SingleOrDefaultAsync(row => row.CompanyId == by.CompanyId, token);
                if (rules is null) _ = context.Add(rules = new RetentionRules(by.CompanyId));
                var before = rules.Months;
                if (before == months) return Outcome.Done;
                if (rules.Version != seen) return Refusal.ChangedMeanwhile;
                var chosen = rules.Choose(months);
                if (chosen.IsRefused) return chosen;
                _ = context.Add(AuditEntry.Of(
                    by,
                    AuditAction.RetentionChanged,
                    by.CompanyCode,
                    clock.GetUtcNow(),
                    Enum.GetValues<RetentionKind>().Where(kind => before.Of(kind) != months.Of(kind)).Select(kind => new AuditChange("Months_" + kind, Written(before.Of(kind)), Written(months.Of(kind))))));
                return Outcome.Done;
            },
            cancellation);
        if (!outcome.IsRefused) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Company, by.CompanyId.Value));
        return outcome;

        static string Written(int? months) => months?.ToString(CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>Carries out what is due: for each company once a day, at its night. A long past takes several goes.</summary>
    public async Task RunDueAsync(CancellationToken cancellation = default)
    {
        await _running.WaitAsync(cancellation);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellation);
            foreach (var rules in await context.RetentionRules.AsNoTracking().ToListAsync(cancellation))
            {
                if (rules.Months.IsForEver) continue;
                var now = clock.GetUtcNow();
                var local = TimeZoneInfo.ConvertTime(now, await ZoneAsync(context, rules.CompanyId, now, cancellation));
                if (local.Hour >= NightHour && rules.AppliedOn != DateOnly.FromDateTime(local.DateTime)) await ApplyAsync(rules, now, cancellation);
            }
        }
        finally
        {
            _ = _running.Release();
        }
    }

    public void Dispose() => _running.Dispose();

    private async Task ApplyAsync(RetentionRules rules, DateTimeOffset now, CancellationToken cancellation)
    {
        var company = rules.CompanyId;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var zone = await ZoneAsync(context, company, now, cancellation);
        var gone = new Dictionary<RetentionKind, int>();
        var isWhole = true;
        foreach (var kind in Enum.GetValues<RetentionKind>())
        {
            if (rules.Months.EdgeOf(kind, now, zone) is not { } edge) continue;
            var (count, isDone) = await EraseAsync(company, kind, edge, now, cancellation);
            isWhole &= isDone;
            if (count > 0) gone[kind] = count;
        }

        await writes.RunAsync(
            async (work, token) =>
            {
                var stored = await work.RetentionRules.SingleAsync(row => row.CompanyId == company, token);
                // Chosen anew meanwhile: the new choice is carried out as well.
                if (isWhole && stored.Version == rules.Version) stored.Apply(LocalCalendar.DateOf(now, zone));
                if (gone.Count == 0) return;
                var code = await work.Companies.Where(row => row.Id == company).Select(row => row.Code).SingleAsync(token);
                _ = work.Add(new AuditEntry(now, company, 0, "", "", AuditAction.RetentionApplied, code, gone.Select(pair => new AuditChange("Kept_" + pair.Key, pair.Value.ToString(CultureInfo.InvariantCulture), ""))));
            },
            cancellation);
        if (gone.Count == 0) return;
        _ = await files.RunAsync(cancellation);
        foreach (var topic in new[] { PortalTopic.Company, PortalTopic.OfflineMessages }) events.Publish(new PortalEvent(company, topic, company.Value));
    }

    /// <summary>Erases every kind up to now, whatever was chosen: of a company that is closed for good. Says whether nothing is left; otherwise another go follows.</summary>
    internal async Task<bool> ErasePastAsync(CompanyId company, DateTimeOffset now, CancellationToken cancellation)
    {
        await writes.RunAsync(
            async (work, token) =>
            {
                if (!await work.RetentionRules.AnyAsync(rules => rules.CompanyId == company, token)) _ = work.Add(new RetentionRules(company));
            },
            cancellation);
        var isWhole = true;
        foreach (var kind in Enum.GetValues<RetentionKind>()) isWhole &= (await EraseAsync(company, kind, now, now, cancellation)).IsDone;
        _ = await files.RunAsync(cancellation);
        return isWhole;
    }

    /// <summary>One go: so many writes at most, so that nobody who chats meanwhile waits for it.</summary>
    private async Task<(int Count, bool IsDone)> EraseAsync(CompanyId company, RetentionKind kind, DateTimeOffset edge, DateTimeOffset now, CancellationToken cancellation)
    {
        var count = 0;
        for (var write = 0; write < MostWrites; write++)
        {
            var some = kind == RetentionKind.Visits ? await VisitsAsync(company, edge, cancellation) : await writes.RunAsync((work, token) => SomeAsync(work, company, kind, edge, now, token), cancellation);
            count += some;
            if (some < AtOnce) return (count, true);
        }

        return (count, false);
    }

    private static async Task<int> SomeAsync(PortalDbContext write, CompanyId company, RetentionKind kind, DateTimeOffset edge, DateTimeOffset now, CancellationToken cancellation)
    {
        switch (kind)
        {
            case RetentionKind.Conversations:
                var talks = await Conversations(write, company, edge).OrderBy(row => row.RequestedAt).Select(row => row.Id).Take(AtOnce).ToListAsync(cancellation);
                _ = await ConversationErasing.WordsAsync(write, company, talks, cancellation);
                _ = await write.GivenAnswers.Where(row => row.CompanyId == company && row.At < edge).ExecuteDeleteAsync(cancellation);
                return talks.Count;
            case RetentionKind.Files:
                var sent = await Files(write, company, edge).AsNoTracking().OrderBy(row => row.At).Take(AtOnce).ToListAsync(cancellation);
                await ConversationErasing.FileNamesAsync(write, company, sent, cancellation);
                await ErasedFileSweep.AddAsync(write, company, sent, cancellation);
                return sent.Count;
            default:
                var left = await OfflineMessages(write, company, edge).OrderBy(row => row.At).Select(row => row.Id).Take(AtOnce).ToListAsync(cancellation);
                return await OfflineErasing.RunAsync(write, company, left, null, now, cancellation);
        }
    }

    private async Task<int> VisitsAsync(CompanyId company, DateTimeOffset edge, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var read = await trails.CreateDbContextAsync(cancellation);
        var until = await context.RetentionRules.Where(rules => rules.CompanyId == company).Select(rules => rules.VisitsUntil).SingleAsync(cancellation);
        var some = await read.VisitsAfter(until).AsNoTracking()
            .Where(visit => visit.CompanyId == company && visit.StartedAt < edge && visit.EndedAt != null).OrderBy(visit => visit.Id).Select(visit => visit.Id).Take(AtOnce).ToListAsync(cancellation);
        if (some.Count == 0) return 0;
        await trail.StoreAsync(new TrailExpire(company, some, edge), cancellation);
        await writes.RunAsync(async (write, token) => (await write.RetentionRules.SingleAsync(rules => rules.CompanyId == company, token)).PassVisits(some[^1].Value), cancellation);
        return some.Count;
    }

    private async Task<RetentionCount> CountAsync(PortalDbContext context, CompanyId company, RetentionKind kind, DateTimeOffset edge, CancellationToken cancellation)
    {
        await using var read = await trails.CreateDbContextAsync(cancellation);
        var times = kind switch
        {
            RetentionKind.Conversations => Conversations(context, company, edge).Select(row => row.RequestedAt),
            RetentionKind.Files => Files(context, company, edge).Select(row => row.At),
            RetentionKind.OfflineMessages => OfflineMessages(context, company, edge).Select(row => row.At),
            _ => read.Visits.Where(visit => visit.CompanyId == company && visit.StartedAt < edge && visit.EndedAt != null && (visit.EntryAddress != "" || visit.NetworkAddress != "")).Select(visit => visit.StartedAt),
        };
        var count = await times.CountAsync(cancellation);
        return count == 0 ? RetentionCount.None : new RetentionCount(count, await times.MinAsync(cancellation), await times.MaxAsync(cancellation));
    }

    // History only: what is still going on is never older than a month.
    private static IQueryable<Conversation> Conversations(PortalDbContext context, CompanyId company, DateTimeOffset edge) => context.Conversations.Where(row =>
        row.CompanyId == company && row.VisitEndedAt != null && row.RequestedAt < edge
        && (context.ChatMessages.Any(line => line.CompanyId == company && line.ConversationId == row.Id && line.Text != "" && EF.Parameter(Said).Contains(line.Kind)) || context.ConversationNotes.Any(note => note.ConversationId == row.Id) || context.Whispers.Any(whisper => whisper.ConversationId == row.Id)));

    private static IQueryable<Attachment> Files(PortalDbContext context, CompanyId company, DateTimeOffset edge) => context.Attachments.Where(row => row.CompanyId == company && row.At < edge);

    private static IQueryable<OfflineMessage> OfflineMessages(PortalDbContext context, CompanyId company, DateTimeOffset edge) => context.OfflineMessages.Where(row => row.CompanyId == company && row.At < edge && row.Text != "");

    private static async Task<TimeZoneInfo> ZoneAsync(PortalDbContext context, CompanyId company, DateTimeOffset now, CancellationToken cancellation) =>
        (await context.Companies.AsNoTracking().SingleAsync(row => row.Id == company, cancellation)).Zones.ZoneAt(now);
}
