using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Data.Rollups;

/// <summary>One page view of the raw trail, with what is known of its visit.</summary>
public sealed record TrailFileRow(DateTimeOffset At, long Visitor, long Visit, int Number, string Address, string Title, DateTimeOffset? LeftAt, string Source, string Place, string Device);

/// <summary>Reads the raw trail of a period view by view, however long it is; robots are left out.</summary>
public sealed class TrailReader(IDbContextFactory<TrailDbContext> contexts)
{
    // A visit of which a page was looked at in the period began at most so long before it.
    private static readonly TimeSpan LongestVisit = TimeSpan.FromDays(31);

    private const string Within =
        "FROM Visits AS v JOIN TrailSteps AS s ON s.VisitId = v.Id AND s.At >= @from AND s.At < @until WHERE v.CompanyId = @company AND v.StartedAt >= @since AND v.StartedAt < @until AND v.IsRobot = 0";

    /// <summary>How many views there are.</summary>
    public async Task<long> CountAsync(CompanyId company, StatisticsPeriod period, ZoneHistory zones, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var command = Command(context, $"SELECT count(*) {Within}", company, period, zones);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>The views, by the beginning of their visit.</summary>
    public IEnumerable<TrailFileRow> Read(CompanyId company, StatisticsPeriod period, ZoneHistory zones, CancellationToken cancellation)
    {
        using var context = contexts.CreateDbContext();
        var names = context.Database.SqlQuery<Name>($"SELECT Id, Text FROM RollupNames WHERE CompanyId = {company.Value} AND Kind IN (1, 3, 4)").ToDictionary(name => name.Id, name => name.Text);
        using var command = Command(context, $"SELECT s.At, v.VisitorId, v.Id, s.Number, s.Address, s.Title, s.LeftAt, v.SourceId, v.PlaceId, v.DeviceId {Within} ORDER BY v.StartedAt, v.Id, s.Number", company, period, zones);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new TrailFileRow(
                At(row.GetInt64(0)), row.GetInt64(1), row.GetInt64(2), row.GetInt32(3), row.GetString(4), row.GetString(5), row.IsDBNull(6) ? null : At(row.GetInt64(6)),
                names.GetValueOrDefault(row.GetInt64(7), ""), names.GetValueOrDefault(row.GetInt64(8), ""), names.GetValueOrDefault(row.GetInt64(9), ""));
        }
    }

    private static SqliteCommand Command(TrailDbContext context, string sql, CompanyId company, StatisticsPeriod period, ZoneHistory zones)
    {
        context.Database.OpenConnection();
        var command = ((SqliteConnection)context.Database.GetDbConnection()).CreateCommand();
        command.CommandText = sql;
        var (from, until) = zones.InstantsOf(period);
        _ = command.Parameters.AddWithValue("@company", company.Value);
        _ = command.Parameters.AddWithValue("@from", from.UtcTicks);
        _ = command.Parameters.AddWithValue("@until", until.UtcTicks);
        _ = command.Parameters.AddWithValue("@since", (from - LongestVisit).UtcTicks);
        return command;
    }

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);

    private sealed record Name(long Id, string Text);
}
