using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Live800.Portal.Data;

/// <summary>What became of a file's -wal.</summary>
/// <param name="Before">Its size before, in bytes.</param>
/// <param name="After">Its size after.</param>
/// <param name="Held">For how long a writer may have had to wait.</param>
public sealed record WalCut(string File, long Before, long After, TimeSpan Held);

/// <summary>Keeps the data folder small. SQLite carries a -wal over by itself, but never shortens it again after a long reader let it grow.</summary>
public sealed class FileCare(PortalFiles files, DataFile<PortalDbContext> portal, DataFile<TrailDbContext> trail, ILogger<FileCare> log)
{
    private const string SnapshotEnd = ".before-upgrade";

    /// <summary>The snapshots of before the last upgrades.</summary>
    public IEnumerable<string> Snapshots() => Directory.EnumerateFiles(files.Root, "*" + SnapshotEnd).Order(StringComparer.Ordinal);

    /// <summary>Bytes inside a file that nothing stands in any more. They are filled again before the file grows.</summary>
    public async Task<long> ReusableAsync(string path, CancellationToken cancellation = default)
    {
        await using var connection = new SqliteConnection(path == trail.Path ? trail.ConnectionString : portal.ConnectionString);
        await connection.OpenAsync(cancellation);
        return await NumberAsync(connection, "PRAGMA freelist_count", cancellation) * await NumberAsync(connection, "PRAGMA page_size", cancellation);
    }

    /// <summary>
    /// Brings a -wal that is larger than a limit down to nothing, as far as nobody reads in it. The long part, carrying pages over, is passive: neither writer nor reader waits for it.
    /// What is left then is done with the write lock held, at once or not at all.
    /// </summary>
    public async Task<IReadOnlyList<WalCut>> CutWalsAsync(long largerThan, CancellationToken cancellation = default)
    {
        var cuts = new List<WalCut>();
        foreach (var (path, words) in new[] { (portal.Path, portal.WriterConnectionString), (trail.Path, trail.WriterConnectionString) })
        {
            var before = LengthOf(path + "-wal");
            if (before <= largerThan) continue;
            await using var connection = new SqliteConnection(words);
            await connection.OpenAsync(cancellation);
            _ = await NumberAsync(connection, "PRAGMA wal_checkpoint(PASSIVE)", cancellation);
            _ = await NumberAsync(connection, "PRAGMA busy_timeout=0", cancellation);
            var began = Stopwatch.GetTimestamp();
            _ = await NumberAsync(connection, "PRAGMA wal_checkpoint(TRUNCATE)", cancellation);
            var cut = new WalCut(Path.GetFileName(path), before, LengthOf(path + "-wal"), Stopwatch.GetElapsedTime(began));
            cuts.Add(cut);
            log.LogInformation("{File}-wal was {Before} bytes and is {After}; writers may have waited for {Held}", cut.File, cut.Before, cut.After, cut.Held);
        }

        return cuts;
    }

    /// <summary>Removes snapshots of before an upgrade that are older than they are of use; says how many.</summary>
    public int RemoveSnapshots(DateTimeOffset olderThan)
    {
        var removed = 0;
        foreach (var path in Snapshots().ToList())
        {
            if (File.GetLastWriteTimeUtc(path) >= olderThan.UtcDateTime) continue;
            File.Delete(path);
            removed++;
            log.LogInformation("{File} is removed: the upgrade it was for is long done", Path.GetFileName(path));
        }

        return removed;
    }

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static async Task<long> NumberAsync(SqliteConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellation) as long? ?? 0;
    }
}
