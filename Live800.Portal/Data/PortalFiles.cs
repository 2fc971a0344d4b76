using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Data;

/// <summary>The data directory's paths. Everything secret lies in <c>keys/</c>, which only the owner may enter.</summary>
public sealed class PortalFiles
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;
    private readonly Lock _keyGate = new();

    public PortalFiles(IOptions<PortalOptions> options) : this(options.Value.DataPath)
    {
    }

    public PortalFiles(string root) : this(root, make: true)
    {
    }

    private PortalFiles(string root, bool make)
    {
        Root = Path.GetFullPath(root);
        if (!make) return;
        _ = Directory.CreateDirectory(Root);
        CreatePrivate(Keys);
        CreatePrivate(Uploads);
        CreatePrivate(Mail);
    }

    public string Root { get; }

    public string PortalDb => Path.Combine(Root, "portal.db");

    public string TrailDb => Path.Combine(Root, "trail.db");

    public string Keys => Path.Combine(Root, "keys");

    public string Uploads => Path.Combine(Root, "uploads");

    public string Mail => Path.Combine(Root, "mail");

    /// <summary>Held open by the serving process, so that two portals never serve one folder.</summary>
    public string ProcessLock => Path.Combine(Root, "portal.lock");

    /// <summary>By what the serving process proves to a command on this machine that it is the one. Made anew with every start, and in no backup: a copy of this portal elsewhere has another.</summary>
    public string Proof => Path.Combine(Root, "portal.proof");

    /// <summary>Where backups lie unless the operator chose another folder.</summary>
    public string Backups => Path.Combine(Root, "backups");

    /// <summary>Held open while a backup is taken or restored: one at a time.</summary>
    public string BackupLock => Path.Combine(Root, "backup.lock");

    /// <summary>Where a backup is unpacked before it takes the place of what is here.</summary>
    public string Restoring => Path.Combine(Root, "restoring");

    /// <summary>Lies here while files change places: until it is gone nobody may serve the folder.</summary>
    public string RestoreMarker => Path.Combine(Root, "restore.json");

    /// <summary>The names alone: nothing is made that is not there.</summary>
    public static PortalFiles Named(string root) => new(root, make: false);

    /// <summary>A key of 32 random bytes under <c>keys/</c>, made on first use and the same ever after.</summary>
    public byte[] Key(string name)
    {
        var path = Path.Combine(Keys, name + ".key");
        lock (_keyGate)
        {
            if (!File.Exists(path))
            {
                var fresh = path + "." + Guid.NewGuid().ToString("N");
                using (var file = new FileStream(fresh, PrivateFile()))
                {
                    file.Write(RandomNumberGenerator.GetBytes(32));
                    file.Flush(flushToDisk: true);
                }
                try
                {
                    File.Move(fresh, path, overwrite: false);
                }
                catch (IOException) when (File.Exists(path))
                {
                    File.Delete(fresh);
                }
            }
            var key = File.ReadAllBytes(path);
            return key.Length == 32 ? key : throw new InvalidDataException($"The key file {path} is damaged: {key.Length} bytes instead of 32. Restore it from a backup.");
        }
    }

    /// <summary>An empty file for the owner only, where there is none yet: SQLite gives its journals the same rights.</summary>
    public static void CreatePrivateFile(string path)
    {
        if (!File.Exists(path)) new FileStream(path, PrivateFile()).Dispose();
    }

    /// <summary>Takes a file's rights away from everybody but the owner.</summary>
    public static void MakePrivate(string path)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, OwnerFile);
    }

    /// <summary>A new file for the owner only; fails where there is one.</summary>
    public static FileStream CreateNew(string path)
    {
        var options = PrivateFile();
        options.Options = FileOptions.Asynchronous;
        options.Access = FileAccess.ReadWrite;
        return new FileStream(path, options);
    }

    /// <summary>A folder that only the owner may enter.</summary>
    public static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            _ = Directory.CreateDirectory(folder);
            return;
        }
        _ = Directory.CreateDirectory(folder, OwnerFolder);
        File.SetUnixFileMode(folder, OwnerFolder);
    }

    private static FileStreamOptions PrivateFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerFile;
        return options;
    }
}
