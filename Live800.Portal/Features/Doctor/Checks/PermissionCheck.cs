using Live800.Portal.Data;
using Live800.Portal.Hosting;

namespace Live800.Portal.Features.Doctor.Checks;

/// <summary>Whether this account can read and write what the portal must, whether nobody else can, and whose it all is.</summary>
internal static class PermissionCheck
{
    private const string Name = "permissions";
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <param name="myself">The number of this account; nothing where accounts have none.</param>
    /// <param name="factsOf">What the system says of a file.</param>
    public static IReadOnlyList<Finding> Look(PortalFiles files, long? myself, Func<string, FileFacts?> factsOf)
    {
        if (!Directory.Exists(files.Root)) return [];
        var findings = new List<Finding>();
        if (Refused(files) is { } refused) findings.Add(refused);
        var all = Paths(files).Where(Path.Exists).ToList();
        findings.AddRange(all.Select(Unreadable).OfType<Finding>());
        findings.AddRange(Open(files, all));
        findings.AddRange(Owners(files, all, myself, factsOf));
        if (findings.Count == 0) findings.Add(Finding.Ok(Name, $"This account can read and write everything in {files.Root}{(OperatingSystem.IsWindows() ? "" : ", and nobody else can read it")}."));
        return findings;
    }

    private static IEnumerable<string> Paths(PortalFiles files)
    {
        foreach (var database in new[] { files.PortalDb, files.TrailDb })
        {
            foreach (var end in new[] { "", "-wal", "-shm" }) yield return database + end;
        }

        yield return files.Keys;
        foreach (var key in In(files.Keys)) yield return key;
        yield return files.Uploads;
        yield return files.Mail;
    }

    private static string[] In(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
        }
        catch (UnauthorizedAccessException)
        {
            // Told when the folder itself is looked at.
            return [];
        }
    }

    private static Finding? Refused(PortalFiles files)
    {
        var probe = Path.Combine(files.Root, ".live800-" + Guid.NewGuid().ToString("N"));
        try
        {
            PortalFiles.CreateNew(probe).Dispose();
            File.Delete(probe);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Finding.Wrong(Name, $"This account cannot make a file in {files.Root}.", MachineRefusals.Of(failure) ?? failure.Message);
        }
    }

    private static Finding? Unreadable(string path)
    {
        try
        {
            if (Directory.Exists(path)) _ = Directory.EnumerateFileSystemEntries(path).Any();
            else using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete)) { }
            return null;
        }
        catch (FileNotFoundException)
        {
            // Gone since: the portal began or ended meanwhile.
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Finding.Wrong(Name, $"This account cannot read and write {path}.", "Run this command as the account the portal runs as. If it was that account, give it the file back with chown.");
        }
    }

    private static IEnumerable<Finding> Open(PortalFiles files, IReadOnlyList<string> all)
    {
        var isClosed = !IsOpen(files.Root);
        var open = all.Where(IsOpen).ToList();
        if (open.Count == 0) yield break;
        var seen = $"Other accounts of this machine have rights to {string.Join(", ", open.Take(5))}{(open.Count > 5 ? $" and {open.Count - 5} more" : "")}" + (isClosed ? $"; only that {files.Root} is closed keeps them out." : ". What people write, and the portal's keys, lie there.");
        var advice = $"Take them away: chmod -R go= {files.Root}";
        yield return isClosed ? Finding.Warning(Name, seen, advice) : Finding.Wrong(Name, seen, advice);
    }

    private static bool IsOpen(string path) => !OperatingSystem.IsWindows() && Path.Exists(path) && (File.GetUnixFileMode(path) & Others) != 0;

    private static IEnumerable<Finding> Owners(PortalFiles files, IReadOnlyList<string> all, long? myself, Func<string, FileFacts?> factsOf)
    {
        if (factsOf(files.Root) is not { Owner: var owner }) yield break;
        var name = FileFacts.NameOf(owner);
        var foreign = all.Where(path => factsOf(path) is { } facts && facts.Owner != owner).ToList();
        if (foreign.Count > 0)
        {
            yield return Finding.Wrong(Name, $"{foreign[0]}{(foreign.Count > 1 ? $" and {foreign.Count - 1} more" : "")} belong to another account than {files.Root}, which belongs to {name}: a command was run as somebody else.", $"Give everything to the account the portal runs as: chown -R {name} {files.Root}");
        }

        if (myself is { } me && me != owner)
        {
            yield return Finding.Warning(Name, $"{files.Root} belongs to {name}, and this command runs as {FileFacts.NameOf(me)}: it may do other things than the portal may.", $"Run it as the portal's account: sudo -u {name} …");
        }
    }
}
