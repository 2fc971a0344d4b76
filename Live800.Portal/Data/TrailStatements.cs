using Live800.Domain.Shared;
using Live800.Portal.Data.Rollups;
using Microsoft.Data.Sqlite;

namespace Live800.Portal.Data;

/// <summary>
/// The prepared statements of the trail's fast path, on the writer's connection and inside its running batch. Rows are looked up and then changed: an update that returns rows makes SQLite keep a journal for the statement, and giving that up costs more the more pages
/// the batch has changed.
/// </summary>
internal sealed class TrailStatements(RawWrite raw, TrailRollups rollups)
{
    private readonly SqliteCommand _insertVisitor = raw.Prepared(
        "INSERT INTO Visitors (Id, CompanyId, FirstSeenAt, VisitCount) VALUES (@id, @company, @at, 1) ON CONFLICT (Id) DO NOTHING",
        "@id", "@company", "@at");

    private readonly SqliteCommand _insertVisit = raw.Prepared(
        """
        INSERT INTO Visits (Id, CompanyId, VisitorId, Source_Kind, Source_Name, Source_Host, Source_Campaign, Source_Keyword,
            EntryAddress, EntryTitle, UserAgent, NetworkAddress, WholeAddress, StartedAt, LastAliveAt, Pages, SourceId, PlaceId, DeviceId, IsRobot, HasTalked)
        VALUES (@id, @company, @visitor, @kind, @name, @host, @campaign, @keyword, @address, @title, @agent, @network, @whole, @at, @at, 1, @source, @place, @device, @robot, 0)
        ON CONFLICT (Id) DO NOTHING
        """,
        "@id", "@company", "@visitor", "@kind", "@name", "@host", "@campaign", "@keyword", "@address", "@title", "@agent", "@network", "@at", "@whole", "@source", "@place", "@device", "@robot");

    private readonly SqliteCommand _findVisit = raw.Prepared($"SELECT {CountedRow.Columns} FROM Visits WHERE Id = @id", "@id");

    private readonly SqliteCommand _talk = raw.Prepared("UPDATE Visits SET HasTalked = 1 WHERE Id = @id", "@id");

    private readonly SqliteCommand _countVisit = raw.Prepared(
        "UPDATE Visitors SET VisitCount = VisitCount + 1 WHERE Id = @id", "@id");

    private readonly SqliteCommand _findVisitor = raw.Prepared("SELECT VisitCount, GivenName FROM Visitors WHERE Id = @id", "@id");

    private readonly SqliteCommand _nameVisitor = raw.Prepared("UPDATE Visitors SET GivenName = @name WHERE Id = @id", "@id", "@name");

    private readonly SqliteCommand _insertStep = raw.Prepared(
        "INSERT INTO TrailSteps (VisitId, Number, CompanyId, Address, Title, At) VALUES (@visit, @number, @company, @address, @title, @at) ON CONFLICT (VisitId, Number) DO NOTHING",
        "@visit", "@number", "@company", "@address", "@title", "@at");

    private readonly SqliteCommand _leaveStep = raw.Prepared(
        "UPDATE TrailSteps SET LeftAt = @at WHERE VisitId = @visit AND Number = @number", "@visit", "@number", "@at");

    private readonly SqliteCommand _openStep = raw.Prepared(
        "SELECT Number, CompanyId, Address, At FROM TrailSteps WHERE VisitId = @visit AND Number = @number AND LeftAt IS NULL", "@visit", "@number");

    private readonly SqliteCommand _openSteps = raw.Prepared("SELECT Number, CompanyId, Address, At FROM TrailSteps WHERE VisitId = @visit AND LeftAt IS NULL", "@visit");

    private readonly SqliteCommand _liveVisit = raw.Prepared(
        "UPDATE Visits SET LastAliveAt = CASE WHEN EndedAt IS NULL THEN max(LastAliveAt, @at) ELSE LastAliveAt END, Pages = max(Pages, @pages) WHERE Id = @id", "@id", "@at", "@pages");

    private readonly SqliteCommand _endVisit = raw.Prepared(
        "UPDATE Visits SET LastAliveAt = @alive, EndedAt = @at, WholeAddress = NULL WHERE Id = @id", "@id", "@alive", "@at");

    /// <summary>True when the visitor was not there before; this visit is counted then.</summary>
    public bool InsertVisitor(VisitorId id, CompanyId company, DateTimeOffset at)
    {
        var parameters = _insertVisitor.Parameters;
        parameters[0].Value = id.Value;
        parameters[1].Value = company.Value;
        parameters[2].Value = at.UtcTicks;
        return _insertVisitor.ExecuteNonQuery() == 1;
    }

    /// <summary>True when the visit was not there before.</summary>
    public bool InsertVisit(VisitId id, CompanyId company, VisitorId visitor, NewVisit start, bool isNewVisitor)
    {
        var facts = start.Facts;
        var source = rollups.Names.IdOf(raw, company.Value, SliceKind.Source, SourceText.Of(start.Source));
        var place = rollups.Names.IdOf(raw, company.Value, SliceKind.Place, facts.Place);
        var device = rollups.Names.IdOf(raw, company.Value, SliceKind.Device, facts.Device);
        var parameters = _insertVisit.Parameters;
        parameters[0].Value = id.Value;
        parameters[1].Value = company.Value;
        parameters[2].Value = visitor.Value;
        parameters[3].Value = (int)start.Source.Kind;
        parameters[4].Value = start.Source.Name;
        parameters[5].Value = start.Source.Host;
        parameters[6].Value = start.Source.Campaign;
        parameters[7].Value = start.Source.Keyword;
        parameters[8].Value = start.EntryAddress;
        parameters[9].Value = start.EntryTitle;
        parameters[10].Value = start.UserAgent;
        parameters[11].Value = facts.ShortAddress;
        parameters[12].Value = start.StartedAt.UtcTicks;
        parameters[13].Value = start.NetworkAddress;
        parameters[14].Value = source;
        parameters[15].Value = place;
        parameters[16].Value = device;
        parameters[17].Value = facts.IsRobot;
        if (_insertVisit.ExecuteNonQuery() != 1)
            return false;
        var (at, keyword) = (start.StartedAt.UtcTicks, start.Source.Keyword);
        rollups.Begin(new CountedRow(id.Value, company.Value, visitor.Value, at, at, null, 1, source, place, device, keyword, start.EntryAddress, facts.IsRobot, false), isNewVisitor, facts.Line);
        return true;
    }

    /// <summary>Counts another visit of a visitor who was there before.</summary>
    public (int VisitCount, string? GivenName) CountVisit(VisitorId id)
    {
        _countVisit.Parameters[0].Value = id.Value;
        _ = _countVisit.ExecuteNonQuery();
        _findVisitor.Parameters[0].Value = id.Value;
        using var row = _findVisitor.ExecuteReader();
        return row.Read() ? (row.GetInt32(0), row.IsDBNull(1) ? null : row.GetString(1)) : (1, null);
    }

    public void NameVisitor(VisitorId id, string name)
    {
        _nameVisitor.Parameters[0].Value = id.Value;
        _nameVisitor.Parameters[1].Value = name;
        _ = _nameVisitor.ExecuteNonQuery();
    }

    /// <summary>A robot's steps are stored and not counted.</summary>
    public void InsertStep(VisitId visit, int number, CompanyId company, string address, string title, DateTimeOffset at, bool isRobot)
    {
        var parameters = _insertStep.Parameters;
        parameters[0].Value = visit.Value;
        parameters[1].Value = number;
        parameters[2].Value = company.Value;
        parameters[3].Value = address;
        parameters[4].Value = title;
        parameters[5].Value = at.UtcTicks;
        if (_insertStep.ExecuteNonQuery() == 1 && !isRobot)
            rollups.View(visit, number, company, address, title, at);
    }

    public void LeaveStep(VisitId visit, int number, DateTimeOffset at, bool isRobot)
    {
        _openStep.Parameters[0].Value = visit.Value;
        _openStep.Parameters[1].Value = number;
        Leave(_openStep, visit, at, isRobot);
    }

    /// <param name="pages">How many pages were seen by now; 0 where this is no view.</param>
    /// <param name="mayBeSecond">Whether the visit may have had one page so far.</param>
    public void LiveVisit(VisitId id, DateTimeOffset at, int pages, bool mayBeSecond)
    {
        if (mayBeSecond && Find(id) is { Pages: 1 } one)
            rollups.Book.GoOn(rollups.Counted(one));
        var parameters = _liveVisit.Parameters;
        parameters[0].Value = id.Value;
        parameters[1].Value = at.UtcTicks;
        parameters[2].Value = pages;
        _ = _liveVisit.ExecuteNonQuery();
    }

    public void EndVisit(VisitId id, DateTimeOffset lastAlive, DateTimeOffset endedAt)
    {
        if (Find(id) is not { EndedAt: null } visit)
            return;
        visit = visit with { LastAliveAt = Math.Max(visit.LastAliveAt, lastAlive.UtcTicks) };
        var parameters = _endVisit.Parameters;
        parameters[0].Value = id.Value;
        parameters[1].Value = visit.LastAliveAt;
        parameters[2].Value = endedAt.UtcTicks;
        _ = _endVisit.ExecuteNonQuery();
        rollups.Book.End(rollups.Counted(visit), visit.Seconds);
        _openSteps.Parameters[0].Value = id.Value;
        Leave(_openSteps, id, lastAlive, visit.IsRobot);
    }

    /// <summary>An agent talks to the visitor in this visit; the first time counts.</summary>
    public void Talk(VisitId id)
    {
        if (Find(id) is not { HasTalked: false } visit)
            return;
        _talk.Parameters[0].Value = id.Value;
        _ = _talk.ExecuteNonQuery();
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
        _findVisit.Parameters[0].Value = id.Value;
        using var row = _findVisit.ExecuteReader();
        return row.Read() ? CountedRow.Read(row) : null;
    }

    // A step is never left before it was opened.
    private void Leave(SqliteCommand open, VisitId visit, DateTimeOffset at, bool isRobot)
    {
        var left = new List<(int Number, long LeftAt)>();
        using (var row = open.ExecuteReader())
        {
            while (row.Read())
            {
                var leftAt = Math.Max(row.GetInt64(3), at.UtcTicks);
                left.Add((row.GetInt32(0), leftAt));
                if (!isRobot)
                    rollups.Leave(row.GetInt64(1), row.GetString(2), row.GetInt64(3), leftAt);
            }
        }

        foreach (var (number, leftAt) in left)
        {
            _leaveStep.Parameters[0].Value = visit.Value;
            _leaveStep.Parameters[1].Value = number;
            _leaveStep.Parameters[2].Value = leftAt;
            _ = _leaveStep.ExecuteNonQuery();
        }
    }

    private void Keep(string which, long company, long id, bool byAge)
    {
        var find = raw.Prepared($"SELECT {CountedRow.Columns} FROM Visits WHERE CompanyId = @a AND {which}", "@a", "@b");
        find.Parameters[0].Value = company;
        find.Parameters[1].Value = id;
        var visits = new List<CountedRow>();
        using (var row = find.ExecuteReader())
        {
            while (row.Read()) visits.Add(CountedRow.Read(row));
        }

        foreach (var visit in visits) rollups.Keep(visit, byAge);
    }

    private void Run(string sql, params ReadOnlySpan<long> values)
    {
        var command = raw.Prepared(sql, Places.AsSpan(0, values.Length));
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        _ = command.ExecuteNonQuery();
    }
}
