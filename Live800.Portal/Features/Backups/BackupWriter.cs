using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using Live800.Portal.Data;

namespace Live800.Portal.Features.Backups;

/// <summary>A backup that was taken: where it lies, its instant, its bytes and how many files are in it.</summary>
public sealed record BackupMade(string Path, DateTimeOffset At, long Size, int Files);

/// <summary>What came of taking a backup: it, or why there is none.</summary>
public sealed record BackupTaken(BackupMade? Made, BackupFault? Fault);

/// <summary>
/// Takes a backup 备份: one file with both databases as they are at one instant, the keys and the files sent in chats. Works beside a serving portal, in its process or in another, and only reads the data folder. The file has its name only when it is whole and on
/// the disk; what broke off is cleared by the next one.
/// </summary>
public sealed class BackupWriter(PortalFiles files, BackupSpace space, TimeProvider clock)
{
    private const string Unfinished = ".part";
    private const long Margin = 1024 * 1024;
    private const int Piece = 128 * 1024;

    private static readonly (string Stage, string Name)[] Databases = [(".portal.part", BackupManifest.Portal), (".trail.part", BackupManifest.Trail)];

    /// <summary>Takes one. Where the target is a folder, the name is made of the instant. Never throws for what the disk or a file has in store: that is a fault.</summary>
    public Task<BackupTaken> TakeAsync(string target, IProgress<BackupProgress>? progress = null, CancellationToken cancellation = default) =>
        Task.Run(() => Take(Path.GetFullPath(target), progress, cancellation), CancellationToken.None);

    private BackupTaken Take(string target, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        var folder = Directory.Exists(target) ? target : Path.GetDirectoryName(target) ?? target;
        try
        {
            if (File.Exists(files.RestoreMarker)) return No(BackupProblem.HalfRestored, files.Root);
            if (!File.Exists(files.PortalDb) || !File.Exists(files.TrailDb)) return No(BackupProblem.NoPortal, files.Root);
            using var alone = FolderLock.TryTake(files.BackupLock);
            if (alone is null) return No(BackupProblem.AlreadyRunning, files.Root);
            if (!Directory.Exists(folder)) return No(BackupProblem.TargetUnwritable, folder, "");
            var isNamed = folder != target;
            if (!isNamed) target = Path.Combine(folder, BackupName.Of(clock.GetUtcNow()));
            if (Path.Exists(target)) return No(BackupProblem.TargetExists, target);
            return new BackupTaken(Take(target, folder, isNamed, progress, cancellation), null);
        }
        catch (Exception failure) when (failure is BackupException or OperationCanceledException or IOException or UnauthorizedAccessException or Microsoft.Data.Sqlite.SqliteException)
        {
            return new BackupTaken(null, BackupFault.Of(failure, folder));
        }

        static BackupTaken No(BackupProblem problem, params IReadOnlyList<string> facts) => new(null, new BackupFault(problem, facts));
    }

    private BackupMade Take(string target, string folder, bool isNamed, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        var part = target + Unfinished;
        var copies = Databases.Select(database => target + database.Stage).ToArray();
        Clear();
        try
        {
            DateTimeOffset at;
            List<(string Name, FileInfo File)> others;
            // Both read transactions begin one right after the other, so that both files are of one instant. The visit a conversation names was stored before it: portal.db first.
            using (var portal = DatabaseSnapshot.Open(files.PortalDb))
            using (var trail = DatabaseSnapshot.Open(files.TrailDb))
            {
                at = clock.GetUtcNow();
                // A file is stored before the row that names it: whatever portal.db names is there by now.
                others = [.. Below(files.Keys, "keys"), .. Below(files.Uploads, "uploads")];
                var needed = (2 * (portal.Size + trail.Size)) + others.Sum(other => other.File.Length) + Margin;
                if (space.FreeAt(folder) is var free && free < needed) throw new BackupException(BackupFault.Space(folder, needed, free));
                portal.CopyTo(copies[0], (done, all) => progress?.Report(new(BackupStage.Copying, BackupManifest.Portal, done, all)), cancellation);
                trail.CopyTo(copies[1], (done, all) => progress?.Report(new(BackupStage.Copying, BackupManifest.Trail, done, all)), cancellation);
            }

            var manifest = new BackupManifest { At = at };
            progress?.Report(new(BackupStage.Checking, BackupManifest.Portal, 0, 2));
            manifest = manifest with { PortalMigration = DatabaseSnapshot.Check(copies[0], BackupManifest.Portal)[^1] };
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new(BackupStage.Checking, BackupManifest.Trail, 1, 2));
            manifest = manifest with { TrailMigration = DatabaseSnapshot.Check(copies[1], BackupManifest.Trail)[^1] };

            using (var file = PortalFiles.CreateNew(part))
            {
                manifest = manifest with { Entries = Pack(file, manifest, copies, others, progress, cancellation) };
                file.Flush(flushToDisk: true);
            }

            var size = new FileInfo(part).Length;
            // On a busy machine the instant is later than the one at which this began, and the name must be true.
            if (!isNamed && Path.Combine(folder, BackupName.Of(at)) is var exact && exact != target) target = Path.Exists(exact) ? throw new BackupException(new BackupFault(BackupProblem.TargetExists, exact)) : exact;
            File.Move(part, target, overwrite: false);
            return new BackupMade(target, at, size, manifest.Entries.Count);
        }
        finally
        {
            Clear();
        }

        void Clear()
        {
            File.Delete(part);
            foreach (var copy in copies)
            {
                foreach (var end in new[] { "", "-journal", "-wal", "-shm" }) File.Delete(copy + end);
            }
        }
    }

    private static List<BackupEntry> Pack(
        FileStream file, BackupManifest manifest, string[] copies, List<(string Name, FileInfo File)> others, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        var entries = new List<BackupEntry>();
        var (done, total) = (0L, copies.Sum(copy => new FileInfo(copy).Length) + others.Sum(other => other.File.Length));
        using var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        for (var i = 0; i < copies.Length; i++)
        {
            using (var source = File.OpenRead(copies[i])) Add(Databases[i].Name, source, CompressionLevel.Fastest);
            // Its room is needed no longer.
            File.Delete(copies[i]);
        }

        foreach (var (name, info) in others)
        {
            if (!BackupManifest.IsPlace(name)) throw new BackupException(new BackupFault(BackupProblem.NameRefused, file.Name, name));
            FileStream source;
            try
            {
                source = info.OpenRead();
            }
            catch (FileNotFoundException)
            {
                // Erased since: so must it be here.
                continue;
            }

            // What people send is mostly packed already.
            using (source) Add(name, source, name[0] == 'u' ? CompressionLevel.NoCompression : CompressionLevel.Fastest);
        }

        var bytes = (manifest with { Entries = entries }).Write();
        using (var last = Entry(BackupManifest.EntryName, CompressionLevel.Fastest).Open()) last.Write(bytes);
        archive.Comment = BackupManifest.Seal(bytes);
        return entries;

        void Add(string name, FileStream source, CompressionLevel level)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var into = Entry(name, level).Open();
            var buffer = ArrayPool<byte>.Shared.Rent(Piece);
            var size = 0L;
            try
            {
                for (int read; (read = source.Read(buffer, 0, Piece)) > 0; size += read)
                {
                    cancellation.ThrowIfCancellationRequested();
                    hash.AppendData(buffer, 0, read);
                    into.Write(buffer, 0, read);
                    progress?.Report(new(BackupStage.Packing, name, done += read, total));
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            entries.Add(new BackupEntry(name, size, Convert.ToHexStringLower(hash.GetHashAndReset())));
        }

        ZipArchiveEntry Entry(string name, CompressionLevel level)
        {
            var entry = archive.CreateEntry(name, level);
            entry.LastWriteTime = manifest.At;
            return entry;
        }
    }

    private static IEnumerable<(string Name, FileInfo File)> Below(string folder, string name)
    {
        if (!Directory.Exists(folder)) yield break;
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", all))
        {
            // Somebody is still sending it; no row names it yet.
            if (file.Extension != Unfinished) yield return ($"{name}/{Path.GetRelativePath(folder, file.FullName).Replace(Path.DirectorySeparatorChar, '/')}", file);
        }
    }
}
