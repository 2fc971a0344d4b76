namespace Live800.Portal.Features.Backups;

/// <summary>What is being done.</summary>
public enum BackupStage
{
    /// <summary>Pages of a database file are copied.</summary>
    Copying,

    /// <summary>SQLite reads the copy through.</summary>
    Checking,

    /// <summary>Files go into the backup; counted in bytes.</summary>
    Packing,

    /// <summary>The backup's bytes are compared with its manifest.</summary>
    Reading,

    /// <summary>Files come out of the backup; counted in bytes.</summary>
    Unpacking,

    /// <summary>Files change places.</summary>
    Placing,
}

/// <summary>How far it is: pages while copying, bytes otherwise.</summary>
public sealed record BackupProgress(BackupStage Stage, string File, long Done, long Total)
{
    /// <summary>From 0 to 100.</summary>
    public int Percent => Total <= 0 ? 0 : (int)(Done * 100 / Total);
}

/// <summary>How much room a disk has. A class of its own, so that a full disk can be tried.</summary>
public class BackupSpace
{
    /// <summary>Bytes free for this process where the folder lies; as good as endless where the system does not say.</summary>
    public virtual long FreeAt(string folder)
    {
        try
        {
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder).AvailableFreeSpace;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }
}
