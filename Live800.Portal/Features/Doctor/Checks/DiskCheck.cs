using Live800.Portal.Data;
using Live800.Portal.Features.Backups;

namespace Live800.Portal.Features.Doctor.Checks;

/// <summary>Room on a disk, in bytes.</summary>
internal sealed record DiskRoom(long Free, long Total)
{
    /// <summary>Nothing where the system does not say.</summary>
    public static DiskRoom? At(string folder)
    {
        try
        {
            var drive = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder);
            return new DiskRoom(drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>Free room where the data and the backups lie, and what takes it.</summary>
internal static class DiskCheck
{
    private const long Least = 1L << 30;
    private const int LeastPercent = 5;
    private const long LongWal = 256L << 20;

    public static IReadOnlyList<Finding> Look(PortalFiles files, string backups, bool isOneDisk, Func<string, DiskRoom?> roomAt)
    {
        var findings = new List<Finding> { Room("disk", files.Root, roomAt) };
        if (!isOneDisk && Directory.Exists(backups)) findings.Add(Room("disk of backups", backups, roomAt));
        if (!File.Exists(files.PortalDb)) return findings;

        var sizes = new List<string>();
        foreach (var path in new[] { files.PortalDb, files.TrailDb })
        {
            var (size, wal) = (Of(path), Of(path + "-wal"));
            sizes.Add($"{Path.GetFileName(path)} {BackupWords.Size(size)}" + (wal > 0 ? $" (and {BackupWords.Size(wal)} in its -wal)" : ""));
            if (wal > LongWal)
            {
                findings.Add(Finding.Warning("files", $"{path}-wal has grown to {BackupWords.Size(wal)}, because something has been reading {Path.GetFileName(path)} for long.", "Close other programs that have the file open, and restart the portal; do not delete the file, it holds what was stored last."));
            }
        }

        sizes.Add($"uploads {BackupWords.Size(Below(files.Uploads))}");
        findings.Add(Finding.Ok("files", string.Join(", ", sizes) + "."));
        return findings;
    }

    private static Finding Room(string check, string folder, Func<string, DiskRoom?> roomAt)
    {
        if (roomAt(folder) is not { Total: > 0 } room) return Finding.Warning(check, $"The system does not say how much room there is at {folder}.", "Look yourself that there is 1 GB or more.");
        var seen = $"{BackupWords.Size(room.Free)} of {BackupWords.Size(room.Total)} are free at {folder}.";
        const string advice = "Make room, or move the folder to a larger disk: when the disk is full, messages are refused.";
        if (room.Free < Least) return Finding.Wrong(check, seen, advice);
        return room.Free < room.Total / 100 * LeastPercent ? Finding.Warning(check, seen, advice) : Finding.Ok(check, seen);
    }

    private static long Of(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static long Below(string folder)
    {
        if (!Directory.Exists(folder)) return 0;
        return new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint }).Sum(Length);

        // Gone since.
        static long Length(FileInfo file) => file.Exists ? file.Length : 0;
    }
}
