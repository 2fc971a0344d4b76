using Live800.Portal.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Live800.Portal.Features.Backups;

/// <summary>
/// One database file as it was when this was opened, whatever is written meanwhile: an open read transaction holds it. Only reads. While it is open the write-ahead file cannot be emptied, so it is closed as soon as the copy is there.
/// </summary>
internal sealed class DatabaseSnapshot : IDisposable
{
    private const int PagesAtOnce = 4000;
    private const int MostWaits = 500;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(20);

    private readonly SqliteConnection _source;
    private readonly string _path;

    private DatabaseSnapshot(SqliteConnection source, string path, long size) => (_source, _path, Size) = (source, path, size);

    /// <summary>Bytes of the whole file at that instant.</summary>
    public long Size { get; }

    public static DatabaseSnapshot Open(string path)
    {
        var source = Connect(path, SqliteOpenMode.ReadOnly);
        try
        {
            _ = Scalar(source, "PRAGMA busy_timeout=5000");
            // Deferred; the first read takes the snapshot.
            _ = Scalar(source, "BEGIN");
            _ = Scalar(source, "SELECT count(*) FROM sqlite_schema");
            return new DatabaseSnapshot(source, path, (long)Scalar(source, "PRAGMA page_count")! * (long)Scalar(source, "PRAGMA page_size")!);
        }
        catch (SqliteException unreadable) when (IsDamage(unreadable))
        {
            source.Dispose();
            throw Damaged(path, unreadable.Message);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Copies it page by page to a new file without a write-ahead file, for the owner only.</summary>
    public void CopyTo(string target, Action<long, long> pages, CancellationToken cancellation)
    {
        PortalFiles.CreatePrivateFile(target);
        using (var copy = Connect(target, SqliteOpenMode.ReadWrite))
        {
            // Nobody needs half a copy: no journal, and no waiting for the disk.
            _ = Scalar(copy, "PRAGMA journal_mode=OFF");
            _ = Scalar(copy, "PRAGMA synchronous=OFF");
            using var backup = raw.sqlite3_backup_init(copy.Handle, "main", _source.Handle, "main");
            if (backup.IsInvalid) throw new IOException(raw.sqlite3_errmsg(copy.Handle).utf8_to_string());
            var waits = 0;
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                var step = raw.sqlite3_backup_step(backup, PagesAtOnce);
                var total = raw.sqlite3_backup_pagecount(backup);
                pages(total - raw.sqlite3_backup_remaining(backup), total);
                if (step == raw.SQLITE_DONE) break;
                if (step == raw.SQLITE_OK) continue;
                if (step is raw.SQLITE_BUSY or raw.SQLITE_LOCKED && ++waits < MostWaits) Thread.Sleep(Wait);
                else throw Failure(step);
            }
        }

        // The copied head says that there is a write-ahead file; from here on there is none.
        using var whole = Connect(target, SqliteOpenMode.ReadWrite);
        if (Scalar(whole, "PRAGMA journal_mode=DELETE") as string != "delete") throw new IOException($"{target} keeps its write-ahead file.");
    }

    /// <summary>SQLite's own look through a file that nobody else has open; gives the migrations it has seen, the oldest first.</summary>
    public static IReadOnlyList<string> Check(string path, string name)
    {
        try
        {
            using var connection = Connect(path, SqliteOpenMode.ReadOnly);
            if (Scalar(connection, "PRAGMA quick_check(1)") as string is var said && said != "ok") throw Damaged(name, said ?? "");
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY MigrationId";
            using var reader = command.ExecuteReader();
            var migrations = new List<string>();
            while (reader.Read()) migrations.Add(reader.GetString(0));
            return migrations.Count > 0 ? migrations : throw Damaged(name, "no migrations");
        }
        catch (SqliteException unreadable)
        {
            throw Damaged(name, unreadable.Message);
        }
    }

    public void Dispose() => _source.Dispose();

    private Exception Failure(int code) => code switch
    {
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Damaged(_path, raw.sqlite3_errstr(code).utf8_to_string()),
        _ => new SqliteException(raw.sqlite3_errstr(code).utf8_to_string(), code),
    };

    private static bool IsDamage(SqliteException failure) => failure.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    private static BackupException Damaged(string file, string what) => new(new BackupFault(BackupProblem.DatabaseDamaged, file, what.ReplaceLineEndings(" ")));

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
