using System.Data.Common;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Live800.Portal.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

namespace Live800.Portal.Features.Statistics;

/// <summary>
/// One look into portal.db for statistics: everything is read from one state of the file, whatever is written meanwhile. Sums are made by the database and come as numbers. Every question
/// names <c>@company</c>, <c>@from</c> and <c>@until</c>.
/// </summary>
internal sealed class StatisticsRead : IAsyncDisposable
{
    private readonly CompanyId _company;
    private readonly IDbContextTransaction _snapshot;

    private StatisticsRead(PortalDbContext context, CompanyId company)
    {
        (Context, _company) = (context, company);
        Context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        _snapshot = context.BeginSnapshot();
    }

    public PortalDbContext Context { get; }

    public static async Task<StatisticsRead> OpenAsync(IDbContextFactory<PortalDbContext> contexts, CompanyId company, CancellationToken cancellation) =>
        new(await contexts.CreateDbContextAsync(cancellation), company);

    /// <summary>What a question finds between two instants.</summary>
    public List<T> Rows<T>(string sql, DateTimeOffset from, DateTimeOffset until, Func<DbDataReader, T> row)
    {
        using var command = Command(sql);
        return Read(command, from, until, row);
    }

    /// <summary>The same where there are too many rows to keep: a year of chats is read five times as fast below the reader as through it.</summary>
    public void Each(string sql, DateTimeOffset from, DateTimeOffset until, Action<WholeNumbers> row)
    {
        using var command = (SqliteCommand)Command(sql);
        (command.Parameters[1].Value, command.Parameters[2].Value) = (from.UtcTicks, until.UtcTicks);
        using var reader = command.ExecuteReader();
        if (!reader.Read() || reader.Handle is not { } statement) return;
        int more;
        do row(new(statement));
        while ((more = raw.sqlite3_step(statement)) == raw.SQLITE_ROW);
        if (more != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(more, command.Connection!.Handle);
    }

    /// <summary>The same, asked once for each step: each is found by the index, and nothing has to be put in order.</summary>
    public IEnumerable<(StepInstants Step, List<T> Rows)> Steps<T>(string sql, IReadOnlyList<StepInstants> steps, Func<DbDataReader, T> row)
    {
        using var command = Command(sql);
        command.Prepare();
        foreach (var step in steps) yield return (step, Read(command, step.From, step.Until, row));
    }

    public async ValueTask DisposeAsync()
    {
        await _snapshot.DisposeAsync();
        await Context.DisposeAsync();
    }

    private DbCommand Command(string sql)
    {
        var command = Context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = _snapshot.GetDbTransaction();
        foreach (var (name, value) in new[] { ("@company", _company.Value), ("@from", 0L), ("@until", 0L) })
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            _ = command.Parameters.Add(parameter);
        }

        return command;
    }

    private static List<T> Read<T>(DbCommand command, DateTimeOffset from, DateTimeOffset until, Func<DbDataReader, T> row)
    {
        (command.Parameters[1].Value, command.Parameters[2].Value) = (from.UtcTicks, until.UtcTicks);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }
}

/// <summary>One row of whole numbers, as SQLite has it at this moment.</summary>
internal readonly struct WholeNumbers(sqlite3_stmt row)
{
    public long this[int column] => raw.sqlite3_column_int64(row, column);
}

/// <summary>Columns as statistics read them.</summary>
internal static class StatisticsColumns
{
    /// <summary>Zones differ by quarters of an hour at the least, so a quarter lies in one hour of every clock.</summary>
    public const long Quarter = 15 * TimeSpan.TicksPerMinute;

    public static DateTimeOffset Instant(this DbDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);

    public static DateTimeOffset Quarters(this DbDataReader row, int column) => new(row.GetInt64(column) * Quarter, TimeSpan.Zero);

    public static long? Whole(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static AgentId? Agent(this DbDataReader row, int column) => row.IsDBNull(column) ? null : new AgentId(row.GetInt64(column));

    /// <summary>Seconds, how many, and their ticks together, from this column on.</summary>
    public static TimeCount Time(this DbDataReader row, int column) => new(row.GetInt64(column), row.GetInt64(column + 1), row.GetInt64(column + 2));
}
