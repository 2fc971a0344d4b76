namespace Live800.Portal.Data;

/// <summary>A file that is held open alone: the system lets go of it with the process, however that ends.</summary>
internal static class FolderLock
{
    /// <summary>Holds it until disposed; nothing when somebody else holds it.</summary>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when (taken is not (DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }
    }
}
