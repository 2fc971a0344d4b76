using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Data.Rollups;

/// <summary>A name and what is counted under it.</summary>
public sealed record NamedSlice(long Id, string Text, SliceSums Sums);

/// <summary>How pages are put in order, most first.</summary>
public enum PageOrder
{
    /// <summary>By views.</summary>
    Views = 0,

    /// <summary>By visits that began there.</summary>
    Entries = 1,

    /// <summary>By visits that ended there.</summary>
    Exits = 2,

    /// <summary>By how long they were open, on average.</summary>
    Stay = 3,
}

/// <summary>Some of the pages, and how many there are.</summary>
public sealed record PageList(IReadOnlyList<PageFigures> Rows, int Count, PageFigures Whole);

/// <summary>Reads the statistics of trail.db (rule 6). Every question names the company first, and is answered from the roll-ups alone.</summary>
public sealed class RollupReader(IDbContextFactory<TrailDbContext> contexts)
{
    // Slices, pages and entries are read by whole months and the days that are left over: three ranges of the table's own order.
    private const string Spans = "(SELECT 1 AS Span, @m AS First, @n AS Last UNION ALL SELECT 0, @a, @b UNION ALL SELECT 0, @c, @d) AS spans";
    private const string InSpan = "r.Span = spans.Span AND r.At BETWEEN spans.First AND spans.Last";

    private static readonly string[] StepSums = ["Views", "Visits", "Visitors", "Lines", "Bounces", "Ended", "Seconds", "Talks", "Robots"];

    /// <summary>The first date of which anything is counted; nothing where there is none.</summary>
    public async Task<DateOnly?> FirstDayAsync(CompanyId company, CancellationToken cancellation = default)
    {
        await using var open = await OpenAsync(cancellation);
        return await open.Command("SELECT Day FROM HourRollups WHERE CompanyId = @company ORDER BY Day LIMIT 1", ("@company", company.Value)).ExecuteScalarAsync(cancellation) is long day
            ? DateOnly.FromDayNumber((int)day)
            : null;
    }

    /// <summary>The traffic of a period, divided by a unit.</summary>
    public async Task<Traffic> TrafficAsync(CompanyId company, StatisticsPeriod period, StatisticsUnit unit, ZoneHistory zones, CancellationToken cancellation = default)
    {
        await using var open = await OpenAsync(cancellation);
        var steps = unit == StatisticsUnit.Hour
            ? zones.HoursOf(period).Select(hour => (Key: hour.Start.UtcTicks, hour.Day, Hour: (DateTimeOffset?)hour.Start)).ToList()
            : period.Steps(unit).Select(day => ((long)day.DayNumber, day, (DateTimeOffset?)null)).ToList();
        var sums = new Dictionary<long, long[]>(steps.Count);
        var whole = new long[StepSums.Length];
        var by = unit == StatisticsUnit.Hour ? "Hour" : "Day";
        await foreach (var row in open.ReadAsync(
            $"SELECT {by}, {string.Join(", ", StepSums.Select(name => $"sum({name})"))} FROM HourRollups WHERE CompanyId = @company AND Day BETWEEN @from AND @until GROUP BY {by}",
            cancellation, ("@company", company.Value), ("@from", period.From.DayNumber), ("@until", period.Until.DayNumber)))
        {
            var key = row.GetInt64(0);
            if (unit != StatisticsUnit.Hour) key = period.StepOf(DateOnly.FromDayNumber((int)key), unit).DayNumber;
            if (!sums.TryGetValue(key, out var into)) sums.Add(key, into = new long[StepSums.Length]);
            for (var i = 0; i < StepSums.Length; i++)
            {
                into[i] += row.GetInt64(i + 1);
                whole[i] += row.GetInt64(i + 1);
            }
        }

        var visitors = await DistinctAsync(open, company, ReturnKind.Visitor, period.From, period.Until, cancellation);
        var lines = await DistinctAsync(open, company, ReturnKind.Line, period.From, period.Until, cancellation);
        var all = new List<TrafficStep>(steps.Count);
        for (var i = 0; i < steps.Count; i++)
        {
            var (key, day, hour) = steps[i];
            var of = sums.GetValueOrDefault(key) ?? new long[StepSums.Length];
            var (came, news, addresses) = (of[2], 0L, of[3]);
            if (unit != StatisticsUnit.Hour && of[1] > 0)
            {
                // Those of an hour are counted as they come; those of a longer step are not the sum of its hours.
                var until = i + 1 < steps.Count ? steps[i + 1].Item2.AddDays(-1) : period.Until;
                (came, news) = await DistinctAsync(open, company, ReturnKind.Visitor, day, until, cancellation);
                (addresses, _) = await DistinctAsync(open, company, ReturnKind.Line, day, until, cancellation);
            }

            all.Add(new TrafficStep(day, hour, Sums(of, came, news, addresses)));
        }

        return new Traffic(Sums(whole, visitors.All, visitors.New, lines.All), all);

        static TrafficSums Sums(long[] of, long visitors, long newVisitors, long lines) => new(of[0], of[1], visitors, newVisitors, lines, of[4], of[5], of[6], of[7], of[8]);
    }

    /// <summary>When visits begin, or views are made, by weekday and hour.</summary>
    public async Task<(WeekHours Visits, WeekHours Views)> WeekAsync(CompanyId company, StatisticsPeriod period, ZoneHistory zones, CancellationToken cancellation = default)
    {
        await using var open = await OpenAsync(cancellation);
        var (visits, views) = (new WeekHours(), new WeekHours());
        await foreach (var row in open.ReadAsync(
            "SELECT Day, Hour, sum(Visits), sum(Views) FROM HourRollups WHERE CompanyId = @company AND Day BETWEEN @from AND @until GROUP BY Day, Hour",
            cancellation, ("@company", company.Value), ("@from", period.From.DayNumber), ("@until", period.Until.DayNumber)))
        {
            var hour = new StatisticsHour(new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero), DateOnly.FromDayNumber(row.GetInt32(0)));
            var ofDay = hour.OfDay(zones);
            visits.Add(hour.Day, ofDay, row.GetInt64(2));
            views.Add(hour.Day, ofDay, row.GetInt64(3));
        }

        return (visits, views);
    }

    /// <summary>What was counted under the names of one kind, most visits first.</summary>
    public async Task<IReadOnlyList<NamedSlice>> SlicesAsync(CompanyId company, SliceKind kind, StatisticsPeriod period, int take = 5000, CancellationToken cancellation = default)
    {
        await using var open = await OpenAsync(cancellation);
        var rows = new List<NamedSlice>();
        await foreach (var row in open.ReadAsync(
            $"""
            SELECT s.NameId, n.Text, s.Visits, s.Bounces, s.Ended, s.Seconds, s.Talks FROM (
                SELECT NameId, sum(Visits) AS Visits, sum(Bounces) AS Bounces, sum(Ended) AS Ended, sum(Seconds) AS Seconds, sum(Talks) AS Talks
                FROM {Spans} CROSS JOIN SliceRollups AS r ON r.CompanyId = @company AND r.Kind = @kind AND {InSpan} GROUP BY NameId ORDER BY 2 DESC, 1 LIMIT @take) AS s
            JOIN RollupNames AS n ON n.Id = s.NameId ORDER BY s.Visits DESC, s.NameId
            """,
            cancellation, [("@company", company.Value), ("@kind", (int)kind), ("@take", take), .. SpansOf(period)]))
        {
            rows.Add(new(row.GetInt64(0), row.GetString(1), Slice(row, 2)));
        }

        return rows;
    }

    /// <summary>Pages, most of the chosen figure first.</summary>
    /// <param name="words">Part of the address or title; empty for all.</param>
    public async Task<PageList> PagesAsync(CompanyId company, StatisticsPeriod period, PageOrder order, string words = "", int skip = 0, int take = 50, CancellationToken cancellation = default)
    {
        await using var open = await OpenAsync(cancellation);
        var by = order switch { PageOrder.Entries => "Entries", PageOrder.Exits => "Exits", PageOrder.Stay => "CAST(StaySeconds AS REAL) / max(Stays, 1)", _ => "Views" };
        var named = words.Length == 0 ? "" : "JOIN RollupNames AS f ON f.Id = s.PageId AND (instr(lower(f.Text), lower(@words)) > 0 OR instr(lower(f.Title), lower(@words)) > 0)";
        var rows = new List<PageFigures>();
        var (count, whole) = (0, new PageFigures(0, "", "", 0, 0, 0, 0, 0));
        await foreach (var row in open.ReadAsync(
            $"""
            WITH s AS MATERIALIZED (
                SELECT PageId, sum(Views) AS Views, sum(Entries) AS Entries, sum(Exits) AS Exits, sum(Stays) AS Stays, sum(StaySeconds) AS StaySeconds
                FROM {Spans} CROSS JOIN PageRollups AS r ON r.CompanyId = @company AND {InSpan} GROUP BY PageId),
            f AS MATERIALIZED (SELECT s.* FROM s {named})
            SELECT p.PageId, n.Text, n.Title, p.Views, p.Entries, p.Exits, p.Stays, p.StaySeconds, t.* FROM (SELECT * FROM f ORDER BY {by} DESC, PageId LIMIT @take OFFSET @skip) AS p
            JOIN RollupNames AS n ON n.Id = p.PageId
            CROSS JOIN (SELECT count(*), sum(Views), sum(Entries), sum(Exits), sum(Stays), sum(StaySeconds) FROM f) AS t
            ORDER BY {by.Replace("StaySeconds", "p.StaySeconds", StringComparison.Ordinal).Replace("max(Stays", "max(p.Stays", StringComparison.Ordinal)} DESC, p.PageId
            """,
            cancellation, [("@company", company.Value), ("@take", take), ("@skip", skip), ("@words", words), .. SpansOf(period)]))
        {
            rows.Add(Page(row, 0));
            count = row.GetInt32(8);
            whole = new PageFigures(0, "", "", row.GetInt64(9), row.GetInt64(10), row.GetInt64(11), row.GetInt64(12), row.GetInt64(13));
        }

        return new PageList(rows, count, whole);
    }

    /// <summary>The pages by which visits from some sources came in, most first.</summary>
    public async Task<IReadOnlyList<(string Address, string Title, long Visits)>> EntriesAsync(CompanyId company, IReadOnlyCollection<long> sources, StatisticsPeriod period, int take = 50, CancellationToken cancellation = default)
    {
        await using var open = await OpenAsync(cancellation);
        var rows = new List<(string, string, long)>();
        await foreach (var row in open.ReadAsync(
            $"""
            SELECT n.Text, n.Title, e.Visits FROM (
                SELECT PageId, sum(Visits) AS Visits FROM json_each(@sources) AS s CROSS JOIN {Spans} CROSS JOIN EntryRollups AS r ON r.CompanyId = @company AND r.SourceId = s.value AND {InSpan} GROUP BY PageId ORDER BY 2 DESC, 1 LIMIT @take) AS e
            JOIN RollupNames AS n ON n.Id = e.PageId ORDER BY e.Visits DESC, e.PageId
            """,
            cancellation, [("@company", company.Value), ("@sources", $"[{string.Join(',', sources)}]"), ("@take", take), .. SpansOf(period)]))
        {
            rows.Add((NameOf(row.GetString(0)), row.GetString(1), row.GetInt64(2)));
        }

        return rows;
    }

    private static async Task<(long All, long New)> DistinctAsync(Reading open, CompanyId company, ReturnKind kind, DateOnly from, DateOnly until, CancellationToken cancellation)
    {
        await foreach (var row in open.ReadAsync(
            "SELECT coalesce(sum(Count), 0), coalesce(sum(CASE WHEN Before = 0 THEN Count END), 0) FROM ReturnRollups WHERE CompanyId = @company AND Kind = @kind AND Day BETWEEN @from AND @until AND Before < @from",
            cancellation, ("@company", company.Value), ("@kind", (int)kind), ("@from", from.DayNumber), ("@until", until.DayNumber)))
        {
            return (row.GetInt64(0), row.GetInt64(1));
        }

        return default;
    }

    // A page whose name was erased has none.
    private static string NameOf(string text) => text.StartsWith(RollupNames.Gone) ? "" : text;

    private static SliceSums Slice(SqliteDataReader row, int at) => new(row.GetInt64(at), row.GetInt64(at + 1), row.GetInt64(at + 2), row.GetInt64(at + 3), row.GetInt64(at + 4));

    private static PageFigures Page(SqliteDataReader row, int at) =>
        new(row.GetInt64(at), NameOf(row.GetString(at + 1)), row.GetString(at + 2), row.GetInt64(at + 3), row.GetInt64(at + 4), row.GetInt64(at + 5), row.GetInt64(at + 6), row.GetInt64(at + 7));

    /// <summary>The whole months of a period, and the days before and after them. An empty range is one that ends before it begins.</summary>
    internal static (string Name, object Value)[] SpansOf(StatisticsPeriod period)
    {
        var (first, last) = (RollupSpan.MonthOf(period.From.AddDays(-1).DayNumber) + 1, RollupSpan.MonthOf(period.Until.AddDays(1).DayNumber) - 1);
        if (first > last)
            return [("@m", 1), ("@n", 0), ("@a", period.From.DayNumber), ("@b", period.Until.DayNumber), ("@c", 1), ("@d", 0)];
        return
        [
            ("@m", first), ("@n", last), ("@a", period.From.DayNumber), ("@b", RollupSpan.FirstOf(first).DayNumber - 1), ("@c", RollupSpan.FirstOf(last + 1).DayNumber), ("@d", period.Until.DayNumber),
        ];
    }

    private async Task<Reading> OpenAsync(CancellationToken cancellation)
    {
        var context = await contexts.CreateDbContextAsync(cancellation);
        await context.Database.OpenConnectionAsync(cancellation);
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        // What one page shows belongs together: it is read from one state of the file.
        return new Reading(context, connection, Begin(connection));
    }

    // The asynchronous way to begin knows no deferred transaction; beginning one does nothing.
    private static SqliteTransaction Begin(SqliteConnection connection) => connection.BeginTransaction(deferred: true);

    private sealed class Reading(TrailDbContext context, SqliteConnection connection, SqliteTransaction transaction) : IAsyncDisposable
    {
        private readonly List<SqliteCommand> _commands = [];

        public SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> values)
        {
            var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = (sql, transaction);
            foreach (var (name, value) in values) _ = command.Parameters.AddWithValue(name, value);
            _commands.Add(command);
            return command;
        }

        public async IAsyncEnumerable<SqliteDataReader> ReadAsync(string sql, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation, params (string Name, object Value)[] values)
        {
            await using var reader = await Command(sql, values).ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) yield return reader;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var command in _commands) await command.DisposeAsync();
            await transaction.DisposeAsync();
            await context.DisposeAsync();
        }
    }
}
