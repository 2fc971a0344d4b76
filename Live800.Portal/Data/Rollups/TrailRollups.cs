using Live800.Domain.Shared;
using Live800.Domain.Statistics;

namespace Live800.Portal.Data.Rollups;

/// <summary>A visit's row as far as it is counted.</summary>
internal readonly record struct CountedRow(
    long Id, long Company, long Visitor, long StartedAt, long LastAliveAt, long? EndedAt, int Pages, long Source, long Place, long Device, string Keyword, string EntryAddress, bool IsRobot, bool HasTalked)
{
    public const string Columns = "Id, CompanyId, VisitorId, StartedAt, LastAliveAt, EndedAt, Pages, SourceId, PlaceId, DeviceId, Source_Keyword, EntryAddress, IsRobot, HasTalked";

    public long Seconds => Math.Max(0, (LastAliveAt - StartedAt) / TimeSpan.TicksPerSecond);

    public static CountedRow Read(in RawRows row) => new(
        row.Long(0), row.Long(1), row.Long(2), row.Long(3), row.Long(4), row.IsNull(5) ? null : row.Long(5), row.Int(6), row.Long(7), row.Long(8), row.Long(9),
        row.Text(10), row.Text(11), row.Bool(12), row.Bool(13));
}

/// <summary>
/// Carries what the trail's writer stores into the statistics: looks up what a change means for the figures and enters it into the <see cref="RollupBook"/>, which is stored with the batch. It remembers the names between batches and nothing else.
/// </summary>
internal sealed class TrailRollups(CompanyCalendars calendars)
{
    private const int EnoughOthers = 10;

    private readonly HourFinder _hours = new(calendars);
    private readonly Dictionary<(long Company, long Page), Left> _left = [];
    private readonly HashSet<(long Company, long Word)> _words = [];

    public RollupNames Names { get; } = new();

    public RollupBook Book { get; } = new();

    public RawWrite Raw { get; set; } = null!;

    public StatisticsHour HourOf(long company, long ticks) => _hours.Of(new CompanyId(company), new DateTimeOffset(ticks, TimeSpan.Zero));

    public CountedVisit Counted(in CountedRow visit) => new(
        visit.Company, HourOf(visit.Company, visit.StartedAt), visit.Source, visit.Place, visit.Device,
        visit.Keyword.Length == 0 ? 0 : Names.IdOf(Raw, visit.Company, SliceKind.Keyword, visit.Keyword), visit.IsRobot);

    public long PageOf(long company, string address) => Names.IdOf(Raw, company, SliceKind.Page, PageKey.Of(address));

    /// <summary>A visit was stored.</summary>
    public void Begin(in CountedRow visit, bool isNewVisitor, long line)
    {
        var counted = Counted(visit);
        Book.Begin(counted);
        if (visit.IsRobot)
            return;
        if (visit.EntryAddress.Length > 0)
            Book.Enter(counted, PageOf(visit.Company, visit.EntryAddress));
        ComeVisitor(visit, counted.Hour, isNewVisitor);
        if (line != 0)
            ComeLine(visit.Company, line, counted.Hour);
    }

    /// <summary>A step was stored, after the one before it.</summary>
    public void View(VisitId visit, int number, CompanyId company, string address, string title, DateTimeOffset at)
    {
        var hour = HourOf(company.Value, at.UtcTicks);
        var page = PageOf(company.Value, address);
        Names.Title(Raw, page, title);
        Book.View(company.Value, hour, page);
        if (number == 1)
            Book.Page(company.Value, hour.Day, page, PageColumn.Entries, 1);
        else
            MoveExit(visit, number, company);
        Book.Page(company.Value, hour.Day, page, PageColumn.Exits, 1);
    }

    /// <summary>A step was left.</summary>
    public void Leave(long company, string address, long at, long leftAt) =>
        Book.Stay(company, HourOf(company, at).Day, PageOf(company, address), new DateTimeOffset(at, TimeSpan.Zero), new DateTimeOffset(leftAt, TimeSpan.Zero));

    /// <summary>
    /// The trail of a visit goes: what was counted of it is kept apart, because nobody can count it again, and what was searched for is forgotten. Called before the rows go.
    /// </summary>
    /// <param name="byAge">Whether it goes because it is old, and not because somebody asked for it.</param>
    public void Keep(in CountedRow visit, bool byAge)
    {
        if (visit.IsRobot)
            return;
        var counted = Counted(visit);
        if (counted.Keyword != 0)
            _ = _words.Add((visit.Company, counted.Keyword));
        Book.ForgetKeyword(counted, visit.Pages == 1, visit.EndedAt is null ? null : visit.Seconds, visit.HasTalked);
        if (visit.EntryAddress.Length > 0)
        {
            var entry = PageOf(visit.Company, visit.EntryAddress);
            Book.Enter(counted, entry, kept: false, by: -1);
            Book.Enter(counted, entry, kept: true);
        }

        var steps = Raw.Statement("SELECT Number, Address, At, LeftAt, Title FROM TrailSteps WHERE VisitId = @visit ORDER BY Number", "@visit");
        steps.Bind(0, visit.Id);
        using var row = steps.Rows();
        var fold = new TrailFold(this, visit.Company);
        while (row.Read())
        {
            fold.Step(row.Int(0), row.Text(1), row.Long(2), row.IsNull(3) ? null : row.Long(3), Move);
            var key = (visit.Company, PageOf(visit.Company, row.Text(1)));
            var left = _left.GetValueOrDefault(key) ?? (_left[key] = new Left());
            left.Asked += byAge ? 0 : 1;
            _ = left.Titles.Add(row.Text(4));
        }

        fold.Finish(Move);

        void Move(Action<RollupBook, bool, int> count)
        {
            count(Book, false, -1);
            count(Book, true, 1);
        }
    }

    /// <summary>
    /// After the figures of erased trails are stored apart: names that only those trails knew go. A page keeps its name while a trail still has it, or where ten views of others were counted of it: then it says nothing of one person. Search words go
    /// with the last visit that has them.
    /// </summary>
    public void ForgetNames()
    {
        foreach (var ((company, page), left) in _left)
        {
            var (stored, kept) = (ViewsOf(company, page, kept: false), ViewsOf(company, page, kept: true));
            var isOthers = stored > 0 || kept - left.Asked >= EnoughOthers;
            if (!isOthers)
                Names.Blank(Raw, page, null);
            else if (left.Asked > 0 || kept < EnoughOthers)
                foreach (var title in left.Titles) Names.Blank(Raw, page, title);
        }

        foreach (var (company, word) in _words)
        {
            if (Sum("SELECT total(r.Visits) FROM months CROSS JOIN SliceRollups AS r ON r.CompanyId = @company AND r.Kind = 5 AND r.Span = 1 AND r.At = months.At AND r.NameId = @id", company, word) == 0)
                Names.Remove(Raw, word);
        }

        _left.Clear();
        _words.Clear();
    }

    /// <summary>A write failed: what was looked up for it may not be there.</summary>
    public void Forget()
    {
        Book.Clear();
        _left.Clear();
        _words.Clear();
        Names.Forget();
        _hours.Forget();
    }

    private long ViewsOf(long company, long page, bool kept) => Sum(
        $"SELECT total(r.Views) FROM months CROSS JOIN PageRollups AS r ON r.CompanyId = @company AND r.Span = 1 AND r.At = months.At AND r.PageId = @id AND r.Kept = {(kept ? 1 : 0)}", company, page);

    // The tables lie by month: of one name there is a row to be looked up for each.
    private long Sum(string sql, long company, long id)
    {
        var sum = Raw.Statement(
            "WITH RECURSIVE months(At) AS (SELECT min(At) FROM (SELECT At FROM SliceRollups WHERE CompanyId = @company AND Kind = 1 AND Span = 1 ORDER BY At LIMIT 1) UNION ALL "
            + "SELECT At + 1 FROM months WHERE At < (SELECT max(At) FROM SliceRollups WHERE CompanyId = @company AND Kind = 1 AND Span = 1)) " + sql,
            "@company", "@id");
        sum.Bind(0, company);
        sum.Bind(1, id);
        return sum.Number() ?? 0;
    }

    private sealed class Left
    {
        /// <summary>Views that go because somebody asked for it.</summary>
        public int Asked { get; set; }

        public HashSet<string> Titles { get; } = [];
    }

    private void MoveExit(VisitId visit, int number, CompanyId company)
    {
        var before = Raw.Statement("SELECT Address, At FROM TrailSteps WHERE VisitId = @visit AND Number < @number ORDER BY Number DESC LIMIT 1", "@visit", "@number");
        before.Bind(0, visit.Value);
        before.Bind(1, number);
        using var row = before.Rows();
        if (row.Read())
            Book.Page(company.Value, HourOf(company.Value, row.Long(1)).Day, PageOf(company.Value, row.Text(0)), PageColumn.Exits, -1);
    }

    private void ComeVisitor(in CountedRow visit, StatisticsHour hour, bool isNewVisitor)
    {
        StatisticsHour? before = null, after = null;
        if (!isNewVisitor)
        {
            before = Neighbour(visit, "StartedAt <= @at", "DESC");
            after = Neighbour(visit, "StartedAt >= @at", "ASC");
        }

        if (before != hour && after != hour)
            Book.Come(visit.Company, ReturnKind.Visitor, hour);
        if (before?.Day != hour.Day && after?.Day != hour.Day)
            Book.Return(visit.Company, ReturnKind.Visitor, hour.Day.DayNumber, before?.Day.DayNumber ?? 0, after?.Day.DayNumber ?? 0);
    }

    private StatisticsHour? Neighbour(in CountedRow visit, string side, string order)
    {
        var find = Raw.Statement(
            $"SELECT StartedAt FROM Visits WHERE CompanyId = @company AND VisitorId = @visitor AND {side} AND IsRobot = 0 AND Id <> @id ORDER BY StartedAt {order} LIMIT 1",
            "@company", "@visitor", "@at", "@id");
        find.Bind(0, visit.Company);
        find.Bind(1, visit.Visitor);
        find.Bind(2, visit.StartedAt);
        find.Bind(3, visit.Id);
        return find.Number() is { } ticks ? HourOf(visit.Company, ticks) : null;
    }

    /// <summary>That somebody came over a line in an hour is a fact of its own: it outlives the addresses, and says nothing of who it was.</summary>
    public bool AddLine(long company, long line, StatisticsHour hour)
    {
        var add = Raw.Statement("INSERT INTO LineHours (CompanyId, Line, Day, Hour) VALUES (@company, @line, @day, @hour) ON CONFLICT DO NOTHING", "@company", "@line", "@day", "@hour");
        BindLine(add, company, line, hour);
        return add.Execute() == 1;
    }

    private void ComeLine(long company, long line, StatisticsHour hour)
    {
        if (!AddLine(company, line, hour))
            return;
        Book.Come(company, ReturnKind.Line, hour);
        var (before, after) = (LineDay(company, line, hour, "<", "DESC"), LineDay(company, line, hour, ">", "ASC"));
        if (before != hour.Day.DayNumber && after != hour.Day.DayNumber)
            Book.Return(company, ReturnKind.Line, hour.Day.DayNumber, before, after);
    }

    private int LineDay(long company, long line, StatisticsHour hour, string side, string order)
    {
        var find = Raw.Statement(
            $"SELECT Day FROM LineHours WHERE CompanyId = @company AND Line = @line AND (Day, Hour) {side} (@day, @hour) ORDER BY Day {order}, Hour {order} LIMIT 1", "@company", "@line", "@day", "@hour");
        BindLine(find, company, line, hour);
        return find.Number() is { } day ? (int)day : 0;
    }

    private static void BindLine(RawStatement command, long company, long line, StatisticsHour hour)
    {
        command.Bind(0, company);
        command.Bind(1, line);
        command.Bind(2, hour.Day.DayNumber);
        command.Bind(3, hour.Start.UtcTicks);
    }
}

/// <summary>Enters one thing into the book; told whether it is kept from an erased trail, and by how much.</summary>
internal delegate void StepCount(Action<RollupBook, bool, int> count);

/// <summary>The figures of one visit's stored steps, taken in order.</summary>
internal sealed class TrailFold(TrailRollups rollups, long company)
{
    private (DateOnly Day, long Page)? _last;

    public void Step(int number, string address, long at, long? leftAt, StepCount enter)
    {
        var hour = rollups.HourOf(company, at);
        var page = rollups.PageOf(company, address);
        enter((book, kept, by) =>
        {
            book.View(company, hour, page, kept, by);
            if (number == 1) book.Page(company, hour.Day, page, PageColumn.Entries, by, kept);
            if (leftAt is { } left) book.Stay(company, hour.Day, page, new DateTimeOffset(at, TimeSpan.Zero), new DateTimeOffset(left, TimeSpan.Zero), kept, by);
        });
        _last = (hour.Day, page);
    }

    /// <summary>The last of them is where the visit left.</summary>
    public void Finish(StepCount enter)
    {
        if (_last is not { } last)
            return;
        _last = null;
        enter((book, kept, by) => book.Page(company, last.Day, last.Page, PageColumn.Exits, by, kept));
    }
}
