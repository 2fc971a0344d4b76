using System.Collections.Concurrent;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Visitors;

/// <summary>One visitor in the queue, however many tabs he has.</summary>
/// <param name="LeftAt">The last sign of life of somebody who has no page open any more; null while he is here.</param>
/// <param name="Agent">Who talks with him.</param>
/// <param name="Conversation">The newest conversation of this visit.</param>
public sealed record QueueRow(
    VisitorId Visitor,
    VisitId Visit,
    QueueStatus Status,
    string Number,
    string? GivenName,
    string Address,
    string Title,
    VisitSource Source,
    DateTimeOffset StartedAt,
    DateTimeOffset? LeftAt,
    int VisitCount,
    int PageCount,
    AgentId? Agent,
    ConversationId? Conversation)
{
    /// <summary>The last page view of the visit.</summary>
    public DateTimeOffset LastViewAt { get; init; }

    /// <summary>Since when he waits; null when he does not.</summary>
    public DateTimeOffset? WaitsSince { get; init; }

    /// <summary>The group he waits for or talks with; null for the whole company, and for who does neither.</summary>
    public GroupId? Group { get; init; }

    /// <summary>The name on his card; null without one.</summary>
    public string? CardName { get; init; }
}

/// <summary>The queue at one moment. The lists are shared by everybody who looks: read them, do not change them.</summary>
/// <param name="Counts">How many visitors there are of each status, hidden ones included.</param>
/// <param name="Hidden">How many the filter hides.</param>
public sealed record QueueSnapshot(IReadOnlyList<QueueRow> Rows, IReadOnlyDictionary<QueueStatus, int> Counts, int Hidden);

/// <summary>
/// The visitor queue 访客队列 of a company. Rows are built once per change and shared: twenty agents who look with the same filter and order cost one build.
/// </summary>
public sealed class VisitorQueue(LiveVisits visits)
{
    // Some statuses follow from the clock alone. The sweeper tells of those changes; this only bounds how old a row can be if it does not.
    private static readonly TimeSpan OldestSheet = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<CompanyId, Sheet> _sheets = new();

    /// <summary>The rows that the filter shows, in the order asked for. Key visitors are shown whatever the filter hides (S2.6).</summary>
    public QueueSnapshot Snapshot(CompanyId company, QueueFilter filter, QueueSort sort, DateTimeOffset now)
    {
        var sheet = SheetOf(company, now);
        var shown = 0;
        foreach (var status in Enum.GetValues<QueueStatus>())
            shown |= filter.Shows(status) ? 1 << (int)status : 0;
        return sheet.Views.GetOrAdd((shown, sort), static (key, sheet) => View(sheet, key.Shown, key.Sort), sheet);
    }

    /// <summary>One visitor's row, or null when he is not on the site.</summary>
    public QueueRow? Find(CompanyId company, VisitorId visitor, DateTimeOffset now) =>
        visits.Find(company, visitor, now) is { Current: not null } visit ? RowOf(visit, now) : null;

    private Sheet SheetOf(CompanyId company, DateTimeOffset now)
    {
        var version = visits.VersionOf(company);
        if (_sheets.TryGetValue(company, out var sheet) && sheet.Version == version && now - sheet.BuiltAt < OldestSheet)
            return sheet;
        // Two who find it old at once wait for one build; nothing in it waits for anything else.
        lock (_sheets.GetOrAdd(company, _ => new Sheet(-1, DateTimeOffset.MinValue, [])).Building)
        {
            version = visits.VersionOf(company);
            sheet = _sheets[company];
            if (sheet.Version == version && now - sheet.BuiltAt < OldestSheet)
                return sheet;
            var rows = new List<QueueRow>();
            foreach (var visit in visits.On(company, now))
            {
                if (visit.Current is not null)
                    rows.Add(RowOf(visit, now));
            }

            var fresh = new Sheet(version, now, rows) { Building = sheet.Building };
            _sheets[company] = fresh;
            return fresh;
        }
    }

    private QueueRow RowOf(LiveVisit visit, DateTimeOffset now)
    {
        var page = visit.Current!;
        var talk = visit.Talk;
        var invitation = visit.Invitation;
        var isHere = visits.IsHere(visit, now);
        var status = talk switch
        {
            { State: ConversationState.Waiting } => QueueStatus.Waiting,
            { State: ConversationState.Open, IsPending: true } => QueueStatus.Proactive,
            { State: ConversationState.Open } => QueueStatus.Talking,
            _ when now < invitation?.ExpiresAt => QueueStatus.Invited,
            { HasUnread: true } => QueueStatus.EndedUnread,
            _ => isHere ? QueueStatus.Browsing : QueueStatus.Offline,
        };
        return new QueueRow(
            visit.Visitor,
            visit.Id,
            status,
            visit.Number,
            visit.GivenName,
            page.Address,
            page.Title,
            visit.Source,
            visit.StartedAt,
            isHere ? null : visit.LastAlive(now),
            visit.VisitCount,
            visit.PageCount,
            status is QueueStatus.Talking or QueueStatus.Proactive or QueueStatus.EndedUnread ? talk!.Agent : status == QueueStatus.Invited ? invitation!.Agent : null,
            talk?.Id)
        {
            LastViewAt = visit.LastViewAt,
            WaitsSince = status == QueueStatus.Waiting ? talk!.RequestedAt : null,
            CardName = visit.CardName,
            Group = status is QueueStatus.Waiting or QueueStatus.Talking or QueueStatus.Proactive ? talk!.Group : null,
        };
    }

    private static QueueSnapshot View(Sheet sheet, int shown, QueueSort sort)
    {
        var rows = new List<QueueRow>(sheet.Rows.Count);
        foreach (var row in sheet.Rows)
        {
            if ((shown & (1 << (int)row.Status)) != 0)
                rows.Add(row);
        }

        rows.Sort((one, other) => QueueOrder.Compare(one, other, sort, sheet.BuiltAt));
        return new QueueSnapshot(rows, sheet.Counts, sheet.Rows.Count - rows.Count);
    }

    private sealed class Sheet(long version, DateTimeOffset builtAt, List<QueueRow> rows)
    {
        public long Version => version;
        public DateTimeOffset BuiltAt => builtAt;
        public List<QueueRow> Rows => rows;
        public Lock Building { get; init; } = new();
        public IReadOnlyDictionary<QueueStatus, int> Counts { get; } = Enum.GetValues<QueueStatus>().ToDictionary(status => status, status => rows.Count(row => row.Status == status));
        public ConcurrentDictionary<(int Shown, QueueSort Sort), QueueSnapshot> Views { get; } = new();
    }
}
