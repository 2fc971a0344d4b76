using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Live800.Portal.Tests.Features.Statistics;

/// <summary>What stands in trail.db, read beside the portal.</summary>
internal static class StoredFigures
{
    /// <summary>The tables of the statistics.</summary>
    public static readonly IReadOnlyList<string> Tables = ["HourRollups", "ReturnRollups", "SliceRollups", "PageRollups", "EntryRollups", "LineHours"];

    private static readonly string[] Told = ["Visits", "TrailSteps", "RollupNames"];

    /// <summary>Every row of the statistics as text, in order.</summary>
    public static IReadOnlyList<string> All(string folder) => [.. Tables.SelectMany(table => Rows(folder, "SELECT * FROM " + table).Select(row => $"{table} {row}").Order(StringComparer.Ordinal))];

    /// <summary>Every text that is stored of visits, pages and names.</summary>
    public static string Texts(string folder) => string.Join('\n', Told.SelectMany(table => Rows(folder, "SELECT * FROM " + table)));

    public static long Number(string folder, string sql) => Rows(folder, sql) is [var one, ..] && long.TryParse(one, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public static void Execute(string folder, string sql)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        _ = command.ExecuteNonQuery();
    }

    public static IReadOnlyList<string> Rows(string folder, string sql)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        var rows = new List<string>();
        while (row.Read()) rows.Add(string.Join('|', Enumerable.Range(0, row.FieldCount).Select(i => Convert.ToString(row.GetValue(i), CultureInfo.InvariantCulture))));
        return rows;
    }

    private static SqliteConnection Open(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "trail.db")};Pooling=False");
        connection.Open();
        return connection;
    }
}
