using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Live800.Portal.Data;

/// <summary>What Linux says of a file and the library does not: whose it is, and which disk it lies on.</summary>
/// <param name="Owner">The number of the account it belongs to.</param>
/// <param name="Disk">The same for two files of one disk.</param>
internal sealed record FileFacts(long Owner, string Disk)
{
    // The layout of statx is the same on every processor.
    private const int Size = 256;
    private const int OwnerAt = 20;
    private const int MajorAt = 136;
    private const int MinorAt = 140;
    private const int ThisFolder = -100;
    private const uint BasicFacts = 0x7ff;

    /// <summary>Nothing where there is no such file, or no such system.</summary>
    public static FileFacts? Of(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var facts = new byte[Size];
        try
        {
            if (Statx(ThisFolder, Encoding.UTF8.GetBytes(path + '\0'), 0, BasicFacts, facts) != 0) return null;
        }
        catch (Exception missing) when (missing is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }

        return new FileFacts(Read(OwnerAt), string.Create(CultureInfo.InvariantCulture, $"{Read(MajorAt)}:{Read(MinorAt)}"));

        uint Read(int at) => MemoryMarshal.Read<uint>(facts.AsSpan(at));
    }

    /// <summary>The account this process runs as; nothing where the system does not say.</summary>
    public static long? Myself() => Of("/proc/self")?.Owner;

    /// <summary>An account's name, or its number where it has none here.</summary>
    public static string NameOf(long account)
    {
        var number = account.ToString(CultureInfo.InvariantCulture);
        try
        {
            return File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(parts => parts.Length > 2 && parts[2] == number)?[0] ?? number;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return number;
        }
    }

    /// <summary>
    /// The account a portal's files belong to, where this one is another and must not make files there: a portal could not read them, or this account cannot read its own. Nothing where all is well or the system does not say. Whoever may write into somebody
    /// else's folder and has the files in it is its portal, as in a container's volume; only the machine's administrator may write everywhere.
    /// </summary>
    /// <param name="myself">This account.</param>
    /// <param name="factsOf">What the system says of a file.</param>
    public static long? OtherOwner(PortalFiles files, long? myself, Func<string, FileFacts?> factsOf)
    {
        var owner = factsOf(files.PortalDb)?.Owner ?? (myself == 0 || IsClosed(files.Root) ? factsOf(files.Root)?.Owner : null);
        return owner == myself || myself is null ? null : owner;
    }

    /// <summary>Whether a folder is there and this account may not look into it.</summary>
    public static bool IsClosed(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) _ = Directory.EnumerateFileSystemEntries(folder).Any();
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Whether two folders lie on one disk; nothing where it cannot be told.</summary>
    public static bool? OnOneDisk(string one, string other)
    {
        if (OperatingSystem.IsWindows()) return string.Equals(Path.GetPathRoot(one), Path.GetPathRoot(other), StringComparison.OrdinalIgnoreCase);
        return Of(one) is { } first && Of(other) is { } second ? first.Disk == second.Disk : null;
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, byte[] facts);
}
