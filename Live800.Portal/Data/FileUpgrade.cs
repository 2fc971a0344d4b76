using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Live800.Portal.Data;

/// <summary>The steps of <see cref="Upgrade"/> on one file. Each is logged when it is done.</summary>
internal sealed class FileUpgrade<TContext>(DataFile<TContext> file, IDbContextFactory<TContext> contexts, ILogger log)
    where TContext : DbContext
{
    private static readonly MethodInfo Reading = typeof(FileUpgrade<TContext>).GetMethod(nameof(ReadOneAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly string _snapshot = file.Path + ".upgrading";
    private List<string> _pending = [];
    private bool _isFresh;

    private string Name => Path.GetFileName(file.Path);

    /// <summary>Whether there is something to go back to.</summary>
    public bool HasSnapshot => File.Exists(_snapshot);

    /// <summary>Puts the file back where an upgrade was killed.</summary>
    public void UndoInterrupted()
    {
        if (!HasSnapshot) return;
        log.LogWarning("The last upgrade of {File} was interrupted; it is undone from its snapshot and started again", file.Path);
        Undo();
    }

    /// <summary>Whether this version has migrations the file does not have.</summary>
    /// <exception cref="StartRefusedException">A newer version wrote it.</exception>
    public async Task<bool> IsNeededAsync(CancellationToken cancellation)
    {
        PortalFiles.CreatePrivateFile(file.Path);
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellation)).ToList();
        // Whatever a newer version added would be lost by one that does not know it.
        if (applied.Except(context.Database.GetMigrations()).LastOrDefault() is { } unknown)
            throw new StartRefusedException($"{file.Path} was written by a newer version of the portal ({unknown}). Start that version or a later one, or put back a backup from before.");
        _pending = [.. await context.Database.GetPendingMigrationsAsync(cancellation)];
        _isFresh = applied.Count == 0;
        return _pending.Count > 0;
    }

    /// <summary>Takes the snapshot; nothing for a file that is only being made.</summary>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        if (_pending.Count == 0) return;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await context.Database.OpenConnectionAsync(cancellation);
        // A killed upgrade leaves EF's lock row behind, and nobody else can be upgrading: this process holds the folder.
        _ = await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS __EFMigrationsLock", cancellation);
        _ = await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellation);
        if (_isFresh) return;
        log.LogInformation("Upgrading {File}: {Pending}", file.Path, string.Join(", ", _pending));
        var unfinished = _snapshot + ".tmp";
        File.Delete(unfinished);
        _ = await context.Database.ExecuteSqlAsync($"VACUUM INTO {unfinished}", cancellation);
        PortalFiles.MakePrivate(unfinished);
        File.Move(unfinished, _snapshot);
        Done("snapshot");
    }

    /// <summary>Runs the migrations one by one.</summary>
    public async Task MigrateAsync(CancellationToken cancellation)
    {
        if (_pending.Count == 0) return;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        if (_isFresh)
        {
            await context.Database.MigrateAsync(cancellation);
            return;
        }

        var migrator = context.GetService<IMigrator>();
        foreach (var migration in _pending)
        {
            await migrator.MigrateAsync(migration, cancellation);
            Done(migration);
        }
    }

    /// <summary>Compares the file with its snapshot and reads each table as this version does.</summary>
    /// <exception cref="UpgradeFaultException">It is not what it was.</exception>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        if (!HasSnapshot) return;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await context.Database.OpenConnectionAsync(cancellation);
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        foreach (var (table, before) in CountsOf(_snapshot))
        {
            // A table that a migration took away or renamed is that migration's matter, which says so in its own test.
            if (Scalar(connection, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = @name", table) == 0) continue;
            var after = Scalar(connection, $"SELECT count(*) FROM \"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
            if (after != before) throw new UpgradeFaultException($"{Name} had {before} rows in {table} and has {after} now");
        }

        foreach (var type in context.Model.GetEntityTypes().Where(type => !type.IsOwned() && type.FindPrimaryKey() is not null).Select(type => type.ClrType).Distinct())
        {
            await (Task)Reading.MakeGenericMethod(type).Invoke(null, [context, cancellation])!;
        }

        using (var command = connection.CreateCommand())
        {
            command.CommandText = "PRAGMA quick_check(1)";
            if (await command.ExecuteScalarAsync(cancellation) is not "ok") throw new UpgradeFaultException($"{Name} is not whole");
        }

        Done("checks");
    }

    /// <summary>From here on there is no way back but a backup.</summary>
    public void Keep()
    {
        if (!HasSnapshot) return;
        File.Move(_snapshot, file.Path + ".before-upgrade", overwrite: true);
        Done("kept");
    }

    /// <summary>Puts the file back as its snapshot has it.</summary>
    public void Undo()
    {
        if (!HasSnapshot) return;
        SqliteConnection.ClearAllPools();
        var copy = file.Path + ".restoring";
        File.Copy(_snapshot, copy, overwrite: true);
        File.Delete(file.Path + "-wal");
        File.Delete(file.Path + "-shm");
        File.Move(copy, file.Path, overwrite: true);
        File.Delete(_snapshot);
    }

    private static async Task ReadOneAsync<T>(TContext context, CancellationToken cancellation)
        where T : class
    {
        await foreach (var _ in context.Set<T>().AsNoTracking().IgnoreAutoIncludes().AsAsyncEnumerable().WithCancellation(cancellation)) break;
    }

    // Ordinary tables that hold what people stored; what the search index and the migrations keep for themselves counts otherwise.
    private static List<(string Table, long Rows)> CountsOf(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_EF%' ESCAPE '\\' AND name NOT LIKE 'HistoryWords%'";
        var tables = new List<string>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read()) tables.Add(reader.GetString(0));
        }

        return tables.ConvertAll(table => (table, Scalar(connection, $"SELECT count(*) FROM \"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")));
    }

    private static long Scalar(SqliteConnection connection, string sql, string? name = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (name is not null) _ = command.Parameters.AddWithValue("@name", name);
        return (long)command.ExecuteScalar()!;
    }

    private void Done(string step) => log.LogInformation("Upgrade of {File}: {Step} done", Name, step);
}
