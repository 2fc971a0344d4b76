using System.Collections.Concurrent;

namespace Live800.Portal.Features.Backups;

/// <summary>A file in the folder of backups that has the name of one.</summary>
/// <param name="At">The instant in its name.</param>
/// <param name="Version">The version that took it; nothing when its manifest cannot be read.</param>
public sealed record ShelfLine(string Path, DateTimeOffset At, long Size, string? Version)
{
    /// <summary>Its manifest is whole, its sizes are right and its name is true. Every byte was compared when it was taken, and is again by <c>restore</c>.</summary>
    public bool IsGood => Version is not null;
}

/// <summary>The folder of backups is its own list: the names carry the instants, the manifests the rest. Whatever else lies there is not touched.</summary>
public sealed class BackupShelf
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // Manifests name every file: they are read once.
    private readonly ConcurrentDictionary<(string Path, long Size, DateTime WrittenAt), string?> _versions = new();

    /// <summary>What lies there, the newest first; nothing where there is no folder.</summary>
    public IReadOnlyList<ShelfLine> Read(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        var lines = new List<ShelfLine>();
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
        {
            if (BackupName.Read(file.Name) is not { } at) continue;
            var version = _versions.GetOrAdd((file.FullName, file.Length, file.LastWriteTimeUtc), key => VersionOf(key.Path, at));
            lines.Add(new ShelfLine(file.FullName, at, file.Length, version));
        }

        return [.. lines.OrderByDescending(line => line.At)];
    }

    /// <summary>Deletes what need not be kept. Only what is a good backup by name and manifest is counted and deleted; the newest never is. Gives what went.</summary>
    public IReadOnlyList<ShelfLine> Thin(string folder, TimeZoneInfo zone, int daily, int weekly)
    {
        var good = Read(folder).Where(line => line.IsGood).ToList();
        var old = BackupCalendar.ToDelete(good.Select(line => line.At), zone, daily, weekly).ToHashSet();
        var gone = good.Where(line => old.Contains(line.At)).ToList();
        foreach (var line in gone) File.Delete(line.Path);
        return gone;
    }

    private static string? VersionOf(string path, DateTimeOffset at)
    {
        try
        {
            using var backup = BackupFile.Open(path);
            return (backup.Manifest.At - at).Duration() < Second ? backup.Manifest.Version : null;
        }
        catch (Exception unreadable) when (unreadable is BackupException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
