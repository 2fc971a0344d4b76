using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using Live800.Portal.Data;

namespace Live800.Portal.Features.Backups;

/// <summary>A backup that is read. Opening it looks at its manifest, its names and its sizes; <see cref="Read"/> compares every byte. Whatever is wrong is a <see cref="BackupException"/>.</summary>
internal sealed class BackupFile : IDisposable
{
    private const int LongestManifest = 256 * 1024 * 1024;
    private const int Piece = 128 * 1024;

    private readonly string _path;
    private readonly ZipArchive _archive;

    private BackupFile(string path, ZipArchive archive, BackupManifest manifest) => (_path, _archive, Manifest) = (path, archive, manifest);

    public BackupManifest Manifest { get; }

    public static BackupFile Open(string path)
    {
        ZipArchive? archive = null;
        try
        {
            // Unlike File.Exists it tells what is not there from what may not be seen.
            if ((File.GetAttributes(path) & FileAttributes.Directory) != 0) throw new FileNotFoundException(null, path);
            archive = ZipFile.OpenRead(path);
            var manifest = ReadManifest(path, archive);
            if (manifest.Form > BackupManifest.ThisForm) throw new BackupException(new BackupFault(BackupProblem.Newer, path, Readable(manifest.Version), BackupManifest.ThisVersion));
            LookAtNames(path, archive, manifest);
            return new BackupFile(path, archive, manifest);
        }
        catch (Exception failure)
        {
            archive?.Dispose();
            if (failure is InvalidDataException or EndOfStreamException or ArgumentException or OverflowException) throw new BackupException(new BackupFault(BackupProblem.NotABackup, path), failure);
            if (failure is FileNotFoundException or DirectoryNotFoundException) throw new BackupException(new BackupFault(BackupProblem.FileMissing, path), failure);
            if (failure is UnauthorizedAccessException) throw new BackupException(new BackupFault(BackupProblem.FileUnreadable, path), failure);
            throw;
        }
    }

    /// <summary>Reads every file through, compares it with the manifest and, where asked, puts it below a folder.</summary>
    /// <param name="into">Where a file goes; nothing where it is only read.</param>
    public void Read(Func<string, string?> into, BackupStage stage, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        var (done, total) = (0L, Manifest.Entries.Sum(entry => entry.Size));
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            foreach (var entry in Manifest.Entries)
            {
                var target = into(entry.Name);
                if (target is not null) PortalFiles.CreatePrivate(Path.GetDirectoryName(target)!);
                using var file = target is null ? null : PortalFiles.CreateNew(target);
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                var size = 0L;
                try
                {
                    using var source = _archive.GetEntry(entry.Name)!.Open();
                    for (int read; (read = source.Read(buffer, 0, Piece)) > 0;)
                    {
                        cancellation.ThrowIfCancellationRequested();
                        if ((size += read) > entry.Size) throw Damaged(entry.Name);
                        hash.AppendData(buffer, 0, read);
                        file?.Write(buffer, 0, read);
                        progress?.Report(new(stage, entry.Name, done += read, total));
                    }
                }
                catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException)
                {
                    throw Damaged(entry.Name, failure);
                }

                if (size != entry.Size || Convert.ToHexStringLower(hash.GetHashAndReset()) != entry.Sha256) throw Damaged(entry.Name);
                file?.Flush(flushToDisk: true);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => _archive.Dispose();

    private static BackupManifest ReadManifest(string path, ZipArchive archive)
    {
        if (archive.GetEntry(BackupManifest.EntryName) is not { Length: <= LongestManifest } entry) throw new BackupException(new BackupFault(BackupProblem.NotABackup, path));
        using var bytes = new MemoryStream();
        using (var source = entry.Open())
        {
            var buffer = new byte[Piece];
            for (int read; (read = source.Read(buffer)) > 0;)
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length > LongestManifest) throw new BackupException(new BackupFault(BackupProblem.NotABackup, path));
            }
        }

        var written = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        if (BackupManifest.Read(written) is not { } manifest) throw new BackupException(new BackupFault(BackupProblem.NotABackup, path));
        return archive.Comment == BackupManifest.Seal(written) ? manifest : throw new BackupException(new BackupFault(BackupProblem.Damaged, path, BackupManifest.EntryName));
    }

    private static void LookAtNames(string path, ZipArchive archive, BackupManifest manifest)
    {
        var promised = new Dictionary<string, BackupEntry>(StringComparer.Ordinal);
        foreach (var entry in manifest.Entries)
        {
            if (entry is not { Name: not null, Sha256: not null, Size: >= 0 }) throw new BackupException(new BackupFault(BackupProblem.NotABackup, path));
            if (!BackupManifest.IsPlace(entry.Name) || !promised.TryAdd(entry.Name, entry)) throw new BackupException(new BackupFault(BackupProblem.NameRefused, path, Readable(entry.Name)));
        }

        foreach (var entry in archive.Entries.Where(entry => entry.FullName != BackupManifest.EntryName))
        {
            if (!BackupManifest.IsPlace(entry.FullName)) throw new BackupException(new BackupFault(BackupProblem.NameRefused, path, Readable(entry.FullName)));
            if (!promised.Remove(entry.FullName, out var known) || known.Size != entry.Length) throw new BackupException(new BackupFault(BackupProblem.Damaged, path, entry.FullName));
        }

        if (promised.Count > 0) throw new BackupException(new BackupFault(BackupProblem.Damaged, path, promised.Keys.First()));
        foreach (var needed in new[] { BackupManifest.Portal, BackupManifest.Trail })
        {
            if (!manifest.Entries.Any(entry => entry.Name == needed)) throw new BackupException(new BackupFault(BackupProblem.Damaged, path, needed));
        }

        // Two of one name, one of which would be looked at and the other taken.
        if (archive.Entries.Count(entry => entry.FullName == BackupManifest.EntryName) > 1) throw new BackupException(new BackupFault(BackupProblem.NameRefused, path, BackupManifest.EntryName));
    }

    // A name from outside, on its way to a console or a page.
    private static string Readable(string name) => string.Concat(name.Take(120).Select(sign => char.IsControl(sign) ? '?' : sign));

    private BackupException Damaged(string entry, Exception? cause = null) => new(new BackupFault(BackupProblem.Damaged, _path, entry), cause);
}
