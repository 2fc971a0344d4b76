using System.Diagnostics;
using System.Globalization;
using Live800.Portal.Data;
using Live800.Portal.Features.Backups;
using Live800.Portal.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Doctor.Checks;

/// <summary>Whether both database files are whole, of this version, and no upgrade or restore was broken off.</summary>
internal static class DatabaseCheck
{
    private const string Name = "databases";
    private const string PutBack = "Stop the portal, keep a copy of the data folder, and put the last backup back with restore.";

    // What a slow disk gives at least.
    private const long BytesInASecond = 60L << 20;
    private const long TellFrom = 200L << 20;

    /// <param name="isServed">A portal has them open.</param>
    /// <param name="isQuick">Without looking through the files.</param>
    /// <param name="tell">Told before something that takes a while.</param>
    public static IReadOnlyList<Finding> Look(PortalFiles files, bool isServed, bool isQuick, Action<string> tell)
    {
        if (!Directory.Exists(files.Root)) return [Finding.Wrong(Name, $"There is no data folder {files.Root}.", "Name the portal's data folder in Portal__DataDirectory. If the portal never started yet, its first start makes the folder.")];
        if (File.Exists(files.RestoreMarker))
        {
            return FolderLock.IsHeld(files.BackupLock) == true
                ? [Finding.Warning(Name, $"A backup is being restored into {files.Root} at this moment.", "Wait until it is done, and call again.")]
                : [Finding.Wrong(Name, $"A restore into {files.Root} was interrupted; no portal starts before it is finished.", "Call restore again with the same backup: it goes on where it stopped.")];
        }

        var (portal, trail) = (File.Exists(files.PortalDb), File.Exists(files.TrailDb));
        if (!portal && !trail) return [Finding.Warning(Name, $"No portal has started in {files.Root} yet.", "The first start makes its files. If there should be some, look at Portal__DataDirectory.")];
        if (!portal || !trail) return [Finding.Wrong(Name, $"{(portal ? files.TrailDb : files.PortalDb)} is not there, and the other database is.", PutBack)];
        var findings = new List<Finding>();
        if (!File.Exists(Path.Combine(files.Keys, "ledger.key")) && HasCompany(files.PortalDb, isServed))
        {
            findings.Add(Finding.Wrong(Name, $"The key of the ledgers is not in {files.Keys}: every line of every company counts as changed.", "Stop the portal, and put keys/ back from the last backup."));
        }

        findings.Add(One(files.PortalDb, new PortalDbContext(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite().Options), isServed, isQuick, tell));
        findings.Add(One(files.TrailDb, new TrailDbContext(new DbContextOptionsBuilder<TrailDbContext>().UseSqlite().Options), isServed, isQuick, tell));
        return findings;
    }

    private static Finding One(string path, DbContext known, bool isServed, bool isQuick, Action<string> tell)
    {
        using var context = known;
        if (File.Exists(path + ".upgrading"))
        {
            return isServed
                ? Finding.Warning(Name, $"{path} is being upgraded at this moment.", "Wait until the portal answers, and call again.")
                : Finding.Warning(Name, $"An upgrade of {path} was interrupted.", "Nothing need be done: the next start undoes it and upgrades again.");
        }

        try
        {
            using var connection = new SqliteConnection(StoredSettings.Connection(path, isServed));
            connection.Open();
            var seen = Migrations(connection);
            var steps = context.Database.GetMigrations().ToList();
            if (seen.Except(steps).LastOrDefault() is { } unknown)
            {
                return Finding.Wrong(Name, $"{path} was written by a newer version of the portal ({unknown}); this version does not start on it.", "Start that version or a later one, or put back a backup from before.");
            }

            var said = isQuick ? "was not looked through" : LookThrough(connection, path, tell);
            if (said is null) return Finding.Wrong(Name, $"{path} is damaged.", PutBack);
            var pending = steps.Except(seen).Count();
            return pending > 0
                ? Finding.Warning(Name, $"{path} {said}, and is of an older version.", $"Nothing need be done: the next start upgrades it ({pending} {(pending == 1 ? "step" : "steps")}) and keeps a copy from before.")
                : Finding.Ok(Name, $"{path} {said}, and is of this version.");
        }
        catch (SqliteException failure)
        {
            return Finding.Wrong(Name, $"{path} cannot be read.", MachineRefusals.Of(failure) ?? failure.Message);
        }
    }

    private static bool HasCompany(string path, bool isServed)
    {
        try
        {
            using var connection = new SqliteConnection(StoredSettings.Connection(path, isServed));
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT EXISTS (SELECT 1 FROM Companies)";
            return command.ExecuteScalar() is 1L;
        }
        catch (SqliteException)
        {
            // Told when the file is looked at.
            return false;
        }
    }

    private static List<string> Migrations(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_schema WHERE name='__EFMigrationsHistory'";
        if (command.ExecuteScalar() is not > 0L) return [];
        command.CommandText = "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY MigrationId";
        using var reader = command.ExecuteReader();
        var migrations = new List<string>();
        while (reader.Read()) migrations.Add(reader.GetString(0));
        return migrations;
    }

    // Nothing when it is damaged.
    private static string? LookThrough(SqliteConnection connection, string path, Action<string> tell)
    {
        var size = new FileInfo(path).Length;
        if (size >= TellFrom) tell($"Looking through {path} ({BackupWords.Size(size)}), which may take {size / BytesInASecond + 1} seconds or longer on a slow disk; --quick leaves it out.");
        var from = Stopwatch.GetTimestamp();
        using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = "PRAGMA quick_check(1)";
        return command.ExecuteScalar() as string == "ok" ? string.Create(CultureInfo.InvariantCulture, $"was looked through in {Stopwatch.GetElapsedTime(from).TotalSeconds:0.0} s and is whole") : null;
    }
}
