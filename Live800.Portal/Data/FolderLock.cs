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

    /// <summary>Whether somebody holds it; nothing where this account may not look. Makes no file and takes nothing.</summary>
    public static bool? IsHeld(string path)
    {
        try
        {
            // Beside others that look as well; not beside one who holds it.
            using var looked = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return false;
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static FileStream Open(string path, FileAccess access) => new(path, FileMode.OpenOrCreate, access, FileShare.None);
}
