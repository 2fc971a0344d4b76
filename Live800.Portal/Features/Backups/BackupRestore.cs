using System.Globalization;
using System.Text.Json;
using Live800.Portal.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Backups;

/// <summary>What came of a restore, or of checking a backup.</summary>
/// <param name="Manifest">What the backup says of itself.</param>
/// <param name="Aside">The folder into which what was there before was moved; nothing where there was nothing.</param>
/// <param name="Continued">The name of an interrupted restore's backup that was put in place instead of starting anew.</param>
public sealed record BackupRestored(BackupManifest? Manifest, string? Aside, string? Continued, BackupFault? Fault);

/// <summary>
/// Puts a backup in the place of what the data folder holds. Everything is checked, and unpacked beside, before anything is changed. Then files change places by renames alone: what was there goes whole into <c>before-restore-…/</c> and is never deleted. A marker
/// lies in the folder meanwhile; killed at any step, the next call goes on where this one stopped, and nobody serves the folder before.
/// </summary>
public sealed class BackupRestore(PortalFiles files, BackupSpace space, TimeProvider clock)
{
    private const long Margin = 1024 * 1024;

    // What takes the place of its namesake. Each is in the folder of the unpacked from the beginning; who is not there any more has been put in place.
    private static readonly string[] Places = [BackupManifest.Portal, BackupManifest.Trail, "keys", "uploads", "mail"];

    // What belongs to a database file, and goes with it.
    private static readonly string[] Ends = ["-wal", "-shm", "-journal", ".before-upgrade", ".upgrading", ".upgrading.tmp", ".restoring"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Called before every step that changes the folder: where a test kills it.</summary>
    internal Action<string>? BeforeStep { get; init; }

    /// <summary>Compares every byte with the manifest and lets SQLite look through both databases, in a folder of its own that goes again.</summary>
    public Task<BackupRestored> CheckAsync(string path, IProgress<BackupProgress>? progress = null, CancellationToken cancellation = default) => Task.Run(
        () => Try(Path.GetTempPath(), () =>
        {
            var folder = Directory.CreateTempSubdirectory("live800-check-").FullName;
            try
            {
                using var backup = BackupFile.Open(path);
                var databases = backup.Manifest.Entries.Where(entry => entry.Name is BackupManifest.Portal or BackupManifest.Trail).Sum(entry => entry.Size) + Margin;
                if (space.FreeAt(folder) is var free && free < databases) throw new BackupException(BackupFault.Space(folder, databases, free));
                backup.Read(name => name is BackupManifest.Portal or BackupManifest.Trail ? Path.Combine(folder, name) : null, BackupStage.Reading, progress, cancellation);
                LookAt(path, backup.Manifest, folder, progress);
                return new BackupRestored(backup.Manifest, null, null, null);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }),
        CancellationToken.None);

    /// <summary>Restores. Where an interrupted restore is found, that one is finished and nothing else is begun.</summary>
    public Task<BackupRestored> RunAsync(string path, IProgress<BackupProgress>? progress = null, CancellationToken cancellation = default) => Task.Run(
        () => Try(files.Root, () =>
        {
            // Held from the beginning, so that a portal that serves is told at once; a folder that is not there is made only for a backup that is whole.
            if (Directory.Exists(files.Root) && (File.Exists(path) || File.Exists(files.RestoreMarker)))
            {
                return Locked(() => File.Exists(files.RestoreMarker) ? Place(Read(), progress, continued: true) : Restore(path, progress, cancellation));
            }

            return Restore(path, progress, cancellation);
        }),
        CancellationToken.None);

    private BackupRestored Restore(string path, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        using var backup = BackupFile.Open(path);
        // Once without touching the folder at all.
        backup.Read(_ => null, BackupStage.Reading, progress, cancellation);
        if (Directory.Exists(files.Root)) return Unpack(path, backup, progress, cancellation);
        _ = Directory.CreateDirectory(files.Root);
        return Locked(() => Unpack(path, backup, progress, cancellation));
    }

    private BackupRestored Unpack(string path, BackupFile backup, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        var needed = backup.Manifest.Entries.Sum(entry => entry.Size) + Margin;
        Discard();
        if (space.FreeAt(files.Root) is var free && free < needed) throw new BackupException(BackupFault.Space(files.Root, needed, free));
        var started = false;
        try
        {
            PortalFiles.CreatePrivate(files.Restoring);
            foreach (var folder in Places.Where(place => !place.EndsWith(".db", StringComparison.Ordinal))) PortalFiles.CreatePrivate(Path.Combine(files.Restoring, folder));
            backup.Read(name => Path.Combine(files.Restoring, name.Replace('/', Path.DirectorySeparatorChar)), BackupStage.Unpacking, progress, cancellation);
            LookAt(path, backup.Manifest, files.Restoring, progress);
            var marker = new Marker(Path.GetFileName(path), AsideName(), backup.Manifest with { Entries = [] });
            Step("mark");
            Write(marker);
            started = true;
            return Place(marker, progress, continued: false);
        }
        finally
        {
            if (!started) Discard();
        }
    }

    // From here on it only goes forward, and every step may be the last of this process.
    private BackupRestored Place(Marker marker, IProgress<BackupProgress>? progress, bool continued)
    {
        var aside = Path.Combine(files.Root, marker.Aside);
        progress?.Report(new(BackupStage.Placing, marker.Backup, 0, 2));
        foreach (var place in Places)
        {
            // Already replaced: what lies there now is the new one.
            if (!Path.Exists(Path.Combine(files.Restoring, place))) continue;
            foreach (var own in place.EndsWith(".db", StringComparison.Ordinal) ? Ends.Select(end => place + end) : []) PutAside(own);
            PutAside(place);
        }

        if (Path.Exists(Path.Combine(files.Restoring, BackupManifest.Portal))) PutAside("setup-token");
        progress?.Report(new(BackupStage.Placing, marker.Backup, 1, 2));
        foreach (var place in Places)
        {
            var (from, to) = (Path.Combine(files.Restoring, place), Path.Combine(files.Root, place));
            if (!Path.Exists(from)) continue;
            Step("place " + place);
            Move(from, to);
        }

        Step("clear");
        Discard();
        Step("unmark");
        File.Delete(files.RestoreMarker);
        progress?.Report(new(BackupStage.Placing, marker.Backup, 2, 2));
        return new BackupRestored(marker.Manifest, Directory.Exists(aside) ? aside : null, continued ? marker.Backup : null, null);

        void PutAside(string name)
        {
            var there = Path.Combine(files.Root, name);
            if (Directory.Exists(there) && !Directory.EnumerateFileSystemEntries(there).Any())
            {
                Step("remove " + name);
                Directory.Delete(there);
            }
            else if (Path.Exists(there))
            {
                Step("aside " + name);
                PortalFiles.CreatePrivate(aside);
                Move(there, Path.Combine(aside, name));
            }
        }
    }

    private BackupRestored Locked(Func<BackupRestored> work)
    {
        using var folder = FolderLock.TryTake(files.ProcessLock) ?? throw new BackupException(new BackupFault(BackupProblem.Serving, files.Root));
        using var alone = FolderLock.TryTake(files.BackupLock) ?? throw new BackupException(new BackupFault(BackupProblem.AlreadyRunning, files.Root));
        return work();
    }

    private BackupRestored Try(string folder, Func<BackupRestored> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is BackupException or OperationCanceledException or IOException or UnauthorizedAccessException or SqliteException)
        {
            var fault = BackupFault.Of(failure, folder);
            return new BackupRestored(null, null, null, fault.Problem == BackupProblem.Failed && File.Exists(files.RestoreMarker) ? new BackupFault(BackupProblem.HalfRestored, files.Root) : fault);
        }
    }

    private static void LookAt(string path, BackupManifest manifest, string folder, IProgress<BackupProgress>? progress)
    {
        progress?.Report(new(BackupStage.Checking, BackupManifest.Portal, 0, 2));
        Known(DatabaseSnapshot.Check(Path.Combine(folder, BackupManifest.Portal), BackupManifest.Portal), new PortalDbContext(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite().Options));
        progress?.Report(new(BackupStage.Checking, BackupManifest.Trail, 1, 2));
        Known(DatabaseSnapshot.Check(Path.Combine(folder, BackupManifest.Trail), BackupManifest.Trail), new TrailDbContext(new DbContextOptionsBuilder<TrailDbContext>().UseSqlite().Options));

        void Known(IReadOnlyList<string> seen, DbContext context)
        {
            using (context)
            {
                if (seen.Except(context.Database.GetMigrations()).Any()) throw new BackupException(new BackupFault(BackupProblem.Newer, path, manifest.Version, BackupManifest.ThisVersion));
            }
        }
    }

    private string AsideName()
    {
        var name = clock.GetUtcNow().UtcDateTime.ToString("'before-restore-'yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var free = name;
        for (var i = 2; Path.Exists(Path.Combine(files.Root, free)); i++) free = $"{name}-{i}";
        return free;
    }

    private void Write(Marker marker)
    {
        var fresh = files.RestoreMarker + ".new";
        File.Delete(fresh);
        using (var file = PortalFiles.CreateNew(fresh))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(marker, Json));
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, files.RestoreMarker);
    }

    private Marker Read()
    {
        try
        {
            // The name of the folder is used: it must be one of ours.
            return JsonSerializer.Deserialize<Marker>(File.ReadAllBytes(files.RestoreMarker), Json) is { Aside: not null, Backup: not null } marker
                && marker.Aside.StartsWith("before-restore-", StringComparison.Ordinal) && marker.Aside == Path.GetFileName(marker.Aside)
                ? marker
                : throw new JsonException();
        }
        catch (JsonException unreadable)
        {
            throw new BackupException(new BackupFault(BackupProblem.Failed, $"{files.RestoreMarker} cannot be read."), unreadable);
        }
    }

    private void Discard()
    {
        if (Directory.Exists(files.Restoring)) Directory.Delete(files.Restoring, recursive: true);
    }

    private static void Move(string from, string to)
    {
        if (Directory.Exists(from)) Directory.Move(from, to);
        else File.Move(from, to);
    }

    private void Step(string name) => BeforeStep?.Invoke(name);

    private sealed record Marker(string Backup, string Aside, BackupManifest Manifest);
}
