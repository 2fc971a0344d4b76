using Live800.Domain.Shared;
using Live800.Portal.Data.Rollups;

namespace Live800.Portal.Data;

/// <summary>
/// The prepared statements of the trail's fast path, on the writer's connection and inside its running batch. Rows are looked up and then changed: an update that returns rows makes SQLite keep a journal for the statement, and giving that up costs more the more pages
/// the batch has changed.
/// </summary>
internal sealed class TrailStatements(RawWrite raw, TrailRollups rollups)
{
    private readonly RawStatement _insertVisitor = raw.Statement(
        "INSERT INTO Visitors (Id, CompanyId, FirstSeenAt, VisitCount) VALUES (@id, @company, @at, 1) ON CONFLICT (Id) DO NOTHING",
        "@id", "@company", "@at");

    private readonly RawStatement _insertVisit = raw.Statement(
        """
        INSERT INTO Visits (Id, CompanyId, VisitorId, Source_Kind, Source_Name, Source_Host, Source_Campaign, Source_Keyword,
            EntryAddress, EntryTitle, UserAgent, NetworkAddress, WholeAddress, StartedAt, LastAliveAt, Pages, SourceId, PlaceId, DeviceId, IsRobot, HasTalked)
        VALUES (@id, @company, @visitor, @kind, @name, @host, @campaign, @keyword, @address, @title, @agent, @network, @whole, @at, @at, 1, @source, @place, @device, @robot, 0)
        ON CONFLICT (Id) DO NOTHING
        """,
        "@id", "@company", "@visitor", "@kind", "@name", "@host", "@campaign", "@keyword", "@address", "@title", "@agent", "@network", "@at", "@whole", "@source", "@place", "@device", "@robot");

    private readonly RawStatement _findVisit = raw.Statement($"SELECT {CountedRow.Columns} FROM Visits WHERE Id = @id", "@id");

    private readonly RawStatement _talk = raw.Statement("UPDATE Visits SET HasTalked = 1 WHERE Id = @id", "@id");

    private readonly RawStatement _countVisit = raw.Statement(
        "UPDATE Visitors SET VisitCount = VisitCount + 1 WHERE Id = @id", "@id");

    private readonly RawStatement _findVisitor = raw.Statement("SELECT VisitCount, GivenName FROM Visitors WHERE Id = @id", "@id");

    private readonly RawStatement _nameVisitor = raw.Statement("UPDATE Visitors SET GivenName = @name WHERE Id = @id", "@id", "@name");

    private readonly RawStatement _insertStep = raw.Statement(
        "INSERT INTO TrailSteps (VisitId, Number, CompanyId, Address, Title, At) VALUES (@visit, @number, @company, @address, @title, @at) ON CONFLICT (VisitId, Number) DO NOTHING",
        "@visit", "@number", "@company", "@address", "@title", "@at");

    private readonly RawStatement _leaveStep = raw.Statement(
        "UPDATE TrailSteps SET LeftAt = @at WHERE VisitId = @visit AND Number = @number", "@visit", "@number", "@at");

    private readonly RawStatement _openStep = raw.Statement(
        "SELECT Number, CompanyId, Address, At FROM TrailSteps WHERE VisitId = @visit AND Number = @number AND LeftAt IS NULL", "@visit", "@number");

    private readonly RawStatement _openSteps = raw.Statement("SELECT Number, CompanyId, Address, At FROM TrailSteps WHERE VisitId = @visit AND LeftAt IS NULL", "@visit");

    private readonly RawStatement _liveVisit = raw.Statement(
        "UPDATE Visits SET LastAliveAt = CASE WHEN EndedAt IS NULL THEN max(LastAliveAt, @at) ELSE LastAliveAt END, Pages = max(Pages, @pages) WHERE Id = @id", "@id", "@at", "@pages");

    private readonly RawStatement _endVisit = raw.Statement(
        "UPDATE Visits SET LastAliveAt = @alive, EndedAt = @at, WholeAddress = NULL WHERE Id = @id", "@id", "@alive", "@at");

    /// <summary>True when the visitor was not there before; this visit is counted then.</summary>
    public bool InsertVisitor(VisitorId id, CompanyId company, DateTimeOffset at)
    {
        var parameters = _insertVisitor;
        parameters.Bind(0, id.Value);
        parameters.Bind(1, company.Value);
        parameters.Bind(2, at.UtcTicks);
        return _insertVisitor.Execute() == 1;
    }

    /// <summary>True when the visit was not there before.</summary>
    public bool InsertVisit(VisitId id, CompanyId company, VisitorId visitor, NewVisit start, bool isNewVisitor)
    {
        var facts = start.Facts;
        var source = rollups.Names.IdOf(raw, company.Value, SliceKind.Source, SourceText.Of(start.Source));
        var place = rollups.Names.IdOf(raw, company.Value, SliceKind.Place, facts.Place);
        var device = rollups.Names.IdOf(raw, company.Value, SliceKind.Device, facts.Device);
        var parameters = _insertVisit;
        parameters.Bind(0, id.Value);
        parameters.Bind(1, company.Value);
        parameters.Bind(2, visitor.Value);
        parameters.Bind(3, (int)start.Source.Kind);
        parameters.Bind(4, start.Source.Name);
        parameters.Bind(5, start.Source.Host);
        parameters.Bind(6, start.Source.Campaign);
        parameters.Bind(7, start.Source.Keyword);
        parameters.Bind(8, start.EntryAddress);
        parameters.Bind(9, start.EntryTitle);
        parameters.Bind(10, start.UserAgent);
        parameters.Bind(11, facts.ShortAddress);
        parameters.Bind(12, start.StartedAt.UtcTicks);
        parameters.Bind(13, start.NetworkAddress);
        parameters.Bind(14, source);
        parameters.Bind(15, place);
        parameters.Bind(16, device);
        parameters.Bind(17, facts.IsRobot);
        if (_insertVisit.Execute() != 1)
            return false;
        var (at, keyword) = (start.StartedAt.UtcTicks, start.Source.Keyword);
        rollups.Begin(new CountedRow(id.Value, company.Value, visitor.Value, at, at, null, 1, source, place, device, keyword, start.EntryAddress, facts.IsRobot, false), isNewVisitor, facts.Line);
        return true;
    }

    /// <summary>Counts another visit of a visitor who was there before.</summary>
    public (int VisitCount, string? GivenName) CountVisit(VisitorId id)
    {
        _countVisit.Bind(0, id.Value);
        _ = _countVisit.Execute();
        _findVisitor.Bind(0, id.Value);
        using var row = _findVisitor.Rows();
        return row.Read() ? (row.Int(0), row.IsNull(1) ? null : row.Text(1)) : (1, null);
    }

    public void NameVisitor(VisitorId id, string name)
    {
        _nameVisitor.Bind(0, id.Value);
        _nameVisitor.Bind(1, name);
        _ = _nameVisitor.Execute();
    }

    /// <summary>A robot's steps are stored and not counted.</summary>
    public void InsertStep(VisitId visit, int number, CompanyId company, string address, string title, DateTimeOffset at, bool isRobot)
    {
        var parameters = _insertStep;
        parameters.Bind(0, visit.Value);
        parameters.Bind(1, number);
        parameters.Bind(2, company.Value);
        parameters.Bind(3, address);
        parameters.Bind(4, title);
        parameters.Bind(5, at.UtcTicks);
        if (_insertStep.Execute() == 1 && !isRobot)
            rollups.View(visit, number, company, address, title, at);
    }

    public void LeaveStep(VisitId visit, int number, DateTimeOffset at, bool isRobot)
    {
        _openStep.Bind(0, visit.Value);
        _openStep.Bind(1, number);
        Leave(_openStep, visit, at, isRobot);
    }

    /// <param name="pages">How many pages were seen by now; 0 where this is no view.</param>
    /// <param name="mayBeSecond">Whether the visit may have had one page so far.</param>
    public void LiveVisit(VisitId id, DateTimeOffset at, int pages, bool mayBeSecond)
    {
        if (mayBeSecond && Find(id) is { Pages: 1 } one)
            rollups.Book.GoOn(rollups.Counted(one));
        var parameters = _liveVisit;
        parameters.Bind(0, id.Value);
        parameters.Bind(1, at.UtcTicks);
        parameters.Bind(2, pages);
        _ = _liveVisit.Execute();
    }

    public void EndVisit(VisitId id, DateTimeOffset lastAlive, DateTimeOffset endedAt)
    {
        if (Find(id) is not { EndedAt: null } visit)
            return;
        visit = visit with { LastAliveAt = Math.Max(visit.LastAliveAt, lastAlive.UtcTicks) };
        var parameters = _endVisit;
        parameters.Bind(0, id.Value);
        parameters.Bind(1, visit.LastAliveAt);
        parameters.Bind(2, endedAt.UtcTicks);
        _ = _endVisit.Execute();
        rollups.Book.End(rollups.Counted(visit), visit.Seconds);
        _openSteps.Bind(0, id.Value);
        Leave(_openSteps, id, lastAlive, visit.IsRobot);
    }

    /// <summary>An agent talks to the visitor in this visit; the first time counts.</summary>
    public void Talk(VisitId id)
    {
        if (Find(id) is not { HasTalked: false } visit)
            return;
        _talk.Bind(0, id.Value);
        _ = _talk.Execute();
        rollups.Book.Talk(rollups.Counted(visit));
    }

    /// <summary>Takes away what is known of a visitor; his visits stay as counted.</summary>
    public void EraseVisitor(CompanyId company, VisitorId visitor)
    {
        Keep("VisitorId = @b", company.Value, visitor.Value, byAge: false);
        Run(EraseStepsOf + "SELECT Id FROM Visits WHERE CompanyId = @a AND VisitorId = @b)", company.Value, visitor.Value);
        Run(EraseVisitOf + "CompanyId = @a AND VisitorId = @b", company.Value, visitor.Value);
        Run("UPDATE Visitors SET GivenName = NULL WHERE CompanyId = @a AND Id = @b", company.Value, visitor.Value);
    }

    /// <summary>Takes away what is known of one visit, and its visitor's name where he has not come again since <paramref name="edge"/>.</summary>
    public void EraseVisit(CompanyId company, VisitId visit, DateTimeOffset edge)
    {
        Keep("Id = @b", company.Value, visit.Value, byAge: true);
        Run(EraseStepsOf + "SELECT Id FROM Visits WHERE CompanyId = @a AND Id = @b)", company.Value, visit.Value);
        Run(EraseVisitOf + "CompanyId = @a AND Id = @b", company.Value, visit.Value);
        Run(
            """
            UPDATE Visitors SET GivenName = NULL WHERE CompanyId = @a AND Id = (SELECT VisitorId FROM Visits WHERE Id = @b)
                AND NOT EXISTS (SELECT 1 FROM Visits AS v WHERE v.CompanyId = @a AND v.VisitorId = Visitors.Id AND v.StartedAt >= @c)
            """,
            company.Value, visit.Value, edge.UtcTicks);
    }

    private static readonly string[] Places = ["@a", "@b", "@c"];

    private const string EraseStepsOf = "DELETE FROM TrailSteps WHERE VisitId IN (";

    private const string EraseVisitOf = "UPDATE Visits SET EntryAddress = '', EntryTitle = '', UserAgent = '', NetworkAddress = '', WholeAddress = NULL, Source_Keyword = '' WHERE ";

    private CountedRow? Find(VisitId id)
    {
        _findVisit.Bind(0, id.Value);
        using var row = _findVisit.Rows();
        return row.Read() ? CountedRow.Read(row) : null;
    }

    // A step is never left before it was opened.
    private void Leave(RawStatement open, VisitId visit, DateTimeOffset at, bool isRobot)
    {
        var left = new List<(int Number, long LeftAt)>();
        using (var row = open.Rows())
        {
            while (row.Read())
            {
                var leftAt = Math.Max(row.Long(3), at.UtcTicks);
                left.Add((row.Int(0), leftAt));
                if (!isRobot)
                    rollups.Leave(row.Long(1), row.Text(2), row.Long(3), leftAt);
            }
        }

        foreach (var (number, leftAt) in left)
        {
            _leaveStep.Bind(0, visit.Value);
            _leaveStep.Bind(1, number);
            _leaveStep.Bind(2, leftAt);
            _ = _leaveStep.Execute();
        }
    }

    private void Keep(string which, long company, long id, bool byAge)
    {
        var find = raw.Statement($"SELECT {CountedRow.Columns} FROM Visits WHERE CompanyId = @a AND {which}", "@a", "@b");
        find.Bind(0, company);
        find.Bind(1, id);
        var visits = new List<CountedRow>();
        using (var row = find.Rows())
        {
            while (row.Read()) visits.Add(CountedRow.Read(row));
        }

        foreach (var visit in visits) rollups.Keep(visit, byAge);
    }

    private void Run(string sql, params ReadOnlySpan<long> values)
    {
        var command = raw.Statement(sql, Places.AsSpan(0, values.Length));
        for (var i = 0; i < values.Length; i++)
            command.Bind(i, values[i]);
        _ = command.Execute();
    }
}
