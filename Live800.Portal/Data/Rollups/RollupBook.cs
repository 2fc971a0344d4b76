using Live800.Domain.Statistics;

namespace Live800.Portal.Data.Rollups;

/// <summary>What a visit counts under.</summary>
/// <param name="Hour">The hour in which it began: it, its visitor and its address count there.</param>
internal readonly record struct CountedVisit(long Company, StatisticsHour Hour, long Source, long Place, long Device, long Keyword, bool IsRobot);

/// <summary>
/// Counts for the statistics (rule 6) what the trail's writer stores, in the same transaction. A visit, its visitor and its address count in the hour in which the visit began; a page view in its own. Robots count as robots and as nothing
/// else. The live way and the rebuilding one both come here, so that they cannot differ.
/// </summary>
/// <remarks>
/// Distinct visitors cannot be added up over days. So it is counted on how many days somebody came who had last come on day P (P is 0 for the first time): the visitors of a period are then those of its days who had not come since its
/// beginning. That is exact for every period, and a year of it has few rows. The same holds for network addresses.
/// </remarks>
internal sealed class RollupBook
{
    /// <summary>A page left open in a forgotten tab counts for half an hour at most (rule 6).</summary>
    public const long MostStaySeconds = 1800;

    private static readonly string[] HourColumns = Enum.GetNames<HourColumn>();
    private static readonly string[] SliceColumns = Enum.GetNames<SliceColumn>();
    private static readonly string[] PageColumns = Enum.GetNames<PageColumn>();

    private readonly RollupTable<HourKey> _hours = new("HourRollups", ["CompanyId", "Day", "Hour", "Kept"], HourColumns, (values, key) =>
    {
        values.Bind(0, key.Company);
        values.Bind(1, key.Day);
        values.Bind(2, key.Hour);
        values.Bind(3, key.Kept);
    });

    private readonly RollupTable<ReturnKey> _returns = new("ReturnRollups", ["CompanyId", "Kind", "Day", "Before"], ["Count"], (values, key) =>
    {
        values.Bind(0, key.Company);
        values.Bind(1, (int)key.Kind);
        values.Bind(2, key.Day);
        values.Bind(3, key.Before);
    });

    private readonly RollupTable<SliceKey> _slices = new("SliceRollups", ["CompanyId", "Kind", "Span", "At", "NameId"], SliceColumns, (values, key) =>
    {
        values.Bind(0, key.Company);
        values.Bind(1, (int)key.Kind);
        values.Bind(2, key.Span);
        values.Bind(3, key.At);
        values.Bind(4, key.Name);
    });

    private readonly RollupTable<PageRollupKey> _pages = new("PageRollups", ["CompanyId", "Span", "At", "PageId", "Kept"], PageColumns, (values, key) =>
    {
        values.Bind(0, key.Company);
        values.Bind(1, key.Span);
        values.Bind(2, key.At);
        values.Bind(3, key.Page);
        values.Bind(4, key.Kept);
    });

    private readonly RollupTable<EntryKey> _entries = new("EntryRollups", ["CompanyId", "SourceId", "Span", "At", "PageId", "Kept"], ["Visits"], (values, key) =>
    {
        values.Bind(0, key.Company);
        values.Bind(1, key.Source);
        values.Bind(2, key.Span);
        values.Bind(3, key.At);
        values.Bind(4, key.Page);
        values.Bind(5, key.Kept);
    });

    /// <summary>How many rows wait to be stored.</summary>
    public int Count => _hours.Count + _returns.Count + _slices.Count + _pages.Count + _entries.Count;

    /// <summary>A visit with one page so far.</summary>
    public void Begin(in CountedVisit visit)
    {
        Hour(visit.Company, visit.Hour, visit.IsRobot ? HourColumn.Robots : HourColumn.Visits, 1);
        if (visit.IsRobot)
            return;
        Hour(visit.Company, visit.Hour, HourColumn.Bounces, 1);
        Slices(visit, SliceColumn.Visits, 1);
        Slices(visit, SliceColumn.Bounces, 1);
    }

    /// <summary>The page by which a visit came in.</summary>
    public void Enter(in CountedVisit visit, long page, bool kept = false, int by = 1)
    {
        if (!visit.IsRobot)
            _entries.Add(new(visit.Company, visit.Source, RollupSpan.Day, visit.Hour.Day.DayNumber, page, kept), 0, by);
    }

    /// <summary>The visit has gone on to a second page.</summary>
    public void GoOn(in CountedVisit visit)
    {
        if (visit.IsRobot)
            return;
        Hour(visit.Company, visit.Hour, HourColumn.Bounces, -1);
        Slices(visit, SliceColumn.Bounces, -1);
    }

    /// <summary>The visit is over after so many seconds.</summary>
    public void End(in CountedVisit visit, long seconds)
    {
        if (visit.IsRobot)
            return;
        Hour(visit.Company, visit.Hour, HourColumn.Ended, 1);
        Hour(visit.Company, visit.Hour, HourColumn.Seconds, seconds);
        Slices(visit, SliceColumn.Ended, 1);
        Slices(visit, SliceColumn.Seconds, seconds);
    }

    /// <summary>An agent has talked to the visitor in this visit.</summary>
    public void Talk(in CountedVisit visit)
    {
        if (visit.IsRobot)
            return;
        Hour(visit.Company, visit.Hour, HourColumn.Talks, 1);
        Slices(visit, SliceColumn.Talks, 1);
    }

    /// <summary>Nobody knows any more what was searched for.</summary>
    public void ForgetKeyword(in CountedVisit visit, bool isBounce, long? seconds, bool hasTalked)
    {
        if (visit.IsRobot || visit.Keyword == 0)
            return;
        var key = new SliceKey(visit.Company, SliceKind.Keyword, RollupSpan.Day, visit.Hour.Day.DayNumber, visit.Keyword);
        _slices.Add(key, (int)SliceColumn.Visits, -1);
        _slices.Add(key, (int)SliceColumn.Bounces, isBounce ? -1 : 0);
        _slices.Add(key, (int)SliceColumn.Ended, seconds is null ? 0 : -1);
        _slices.Add(key, (int)SliceColumn.Seconds, -seconds ?? 0);
        _slices.Add(key, (int)SliceColumn.Talks, hasTalked ? -1 : 0);
    }

    /// <summary>Somebody who had not been there in this hour.</summary>
    public void Come(long company, ReturnKind kind, StatisticsHour hour) => Hour(company, hour, kind == ReturnKind.Visitor ? HourColumn.Visitors : HourColumn.Lines, 1);

    /// <summary>Somebody who had not been there on this day: the day on which he came before and the next one on which he came again, 0 where there is none.</summary>
    public void Return(long company, ReturnKind kind, int day, int before, int after)
    {
        _returns.Add(new(company, kind, day, before), 0, 1);
        if (after == 0)
            return;
        // A view that came late: who came again then had come on this day last, and not on the one before.
        _returns.Add(new(company, kind, after, before), 0, -1);
        _returns.Add(new(company, kind, after, day), 0, 1);
    }

    /// <summary>A page view.</summary>
    public void View(long company, StatisticsHour hour, long page, bool kept = false, int by = 1)
    {
        _hours.Add(new(company, hour.Day.DayNumber, hour.Start.UtcTicks, kept), (int)HourColumn.Views, by);
        Page(company, hour.Day, page, PageColumn.Views, by, kept);
    }

    /// <summary>Something of a page on a day.</summary>
    public void Page(long company, DateOnly day, long page, PageColumn column, long by, bool kept = false) =>
        _pages.Add(new(company, RollupSpan.Day, day.DayNumber, page, kept), (int)column, by);

    /// <summary>A page was left after so long.</summary>
    public void Stay(long company, DateOnly day, long page, DateTimeOffset at, DateTimeOffset leftAt, bool kept = false, int by = 1)
    {
        var seconds = Math.Clamp((leftAt - at).Ticks / TimeSpan.TicksPerSecond, 0, MostStaySeconds);
        Page(company, day, page, PageColumn.Stays, by, kept);
        Page(company, day, page, PageColumn.StaySeconds, by * seconds, kept);
    }

    /// <summary>Stores what was counted; the months follow from the days.</summary>
    public void Flush(RawWrite raw)
    {
        foreach (var (key, sums) in _slices.Sums.ToList()) _slices.Add(key with { Span = RollupSpan.Month, At = RollupSpan.MonthOf(key.At) }, sums);
        foreach (var (key, sums) in _pages.Sums.ToList()) _pages.Add(key with { Span = RollupSpan.Month, At = RollupSpan.MonthOf(key.At) }, sums);
        foreach (var (key, sums) in _entries.Sums.ToList()) _entries.Add(key with { Span = RollupSpan.Month, At = RollupSpan.MonthOf(key.At) }, sums);
        _hours.Flush(raw);
        _returns.Flush(raw);
        _slices.Flush(raw);
        _pages.Flush(raw);
        _entries.Flush(raw);
    }

    /// <summary>Throws away what was counted and not stored.</summary>
    public void Clear()
    {
        _hours.Clear();
        _returns.Clear();
        _slices.Clear();
        _pages.Clear();
        _entries.Clear();
    }

    private void Hour(long company, StatisticsHour hour, HourColumn column, long by) =>
        _hours.Add(new(company, hour.Day.DayNumber, hour.Start.UtcTicks, false), (int)column, by);

    private void Slices(in CountedVisit visit, SliceColumn column, long by)
    {
        Slice(visit, SliceKind.Source, visit.Source, column, by);
        Slice(visit, SliceKind.Place, visit.Place, column, by);
        Slice(visit, SliceKind.Device, visit.Device, column, by);
        if (visit.Keyword != 0)
            Slice(visit, SliceKind.Keyword, visit.Keyword, column, by);
    }

    private void Slice(in CountedVisit visit, SliceKind kind, long name, SliceColumn column, long by) =>
        _slices.Add(new(visit.Company, kind, RollupSpan.Day, visit.Hour.Day.DayNumber, name), (int)column, by);
}
