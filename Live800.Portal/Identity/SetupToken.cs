using System.Security.Cryptography;
using System.Text;
using Live800.Portal.Data;

namespace Live800.Portal.Identity;

/// <summary>
/// Proof that whoever sets the box up can read its console: made while the box is empty, kept in the data folder for its owner's eyes only,
/// gone after the set-up.
/// </summary>
public sealed class SetupToken(PortalFiles files)
{
    // Without letters and digits that are read for one another.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    private string Path => System.IO.Path.Combine(files.Root, "setup-token");

    /// <summary>The token of this empty box: the same over restarts until it has been used.</summary>
    public string Issue()
    {
        if (Read() is { } kept) return kept;
        var fresh = string.Join('-', Enumerable.Range(0, 5).Select(_ => RandomNumberGenerator.GetString(Alphabet, 5)));
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(Path, options))
        {
            file.Write(Encoding.ASCII.GetBytes(fresh));
            file.Flush(flushToDisk: true);
        }

        PortalFiles.MakePrivate(Path);
        return fresh;
    }

    /// <summary>Whether this is the token; always no when none was issued.</summary>
    public bool IsRight(string? given) =>
        Read() is { } kept
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(kept), Encoding.UTF8.GetBytes((given ?? "").Trim().ToLowerInvariant()));

    /// <summary>The box is set up: the token is worth nothing any more.</summary>
    public void Forget() => File.Delete(Path);

    private string? Read()
    {
        try
        {
            return File.ReadAllText(Path).Trim() is { Length: > 0 } kept ? kept : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
