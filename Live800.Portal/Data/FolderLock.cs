namespace Live800.Portal.Data;

/// <summary>A file that is held open alone: the system lets go of it with the process, however that ends.</summary>
internal static class FolderLock
{
    /// <summary>Holds it until disposed; nothing when somebody else holds it.</summary>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return Open(path, FileAccess.ReadWrite);
        }
        catch (UnauthorizedAccessException) when (File.Exists(path))
        {
            // Made by another user, as by a command of the machine's administrator: to hold it, reading it is enough.
            return Open(path, FileAccess.Read);
        }
        catch (IOException taken) when (taken is not (DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }
    }

    private static FileStream Open(string path, FileAccess access) => new(path, FileMode.OpenOrCreate, access, FileShare.None);
}
