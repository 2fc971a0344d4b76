namespace Live800.Portal.Features.Status;

/// <summary>Room on disks.</summary>
internal static class Space
{
    /// <summary>Bytes that can still be written where a folder lies. The longest mount point above it is its disk's.</summary>
    public static long Free(string folder)
    {
        var path = Path.GetFullPath(folder);
        var disk = DriveInfo.GetDrives()
            .Where(drive => path.StartsWith(drive.Name, StringComparison.Ordinal) && (path.Length == drive.Name.Length || drive.Name.EndsWith(Path.DirectorySeparatorChar) || path[drive.Name.Length] == Path.DirectorySeparatorChar))
            .MaxBy(drive => drive.Name.Length);
        return (disk ?? new DriveInfo(path)).AvailableFreeSpace;
    }

    /// <summary>What a file takes; nothing where there is none.</summary>
    public static long Of(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    /// <summary>What a folder's files take, and how many there are.</summary>
    public static (long Bytes, int Files) OfFolder(string folder, string pattern = "*")
    {
        var (bytes, files) = (0L, 0);
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles(pattern, new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }))
        {
            bytes += file.Length;
            files++;
        }

        return (bytes, files);
    }
}
