using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Live800.Portal.Features.Backups;

/// <summary>One file of a backup: its path below the data folder, its bytes, and what they come to.</summary>
public sealed record BackupEntry(string Name, long Size, string Sha256);

/// <summary>What a backup says of itself. It lies in the archive as its last entry; its own SHA-256 is the archive's comment, at the very end of the file.</summary>
public sealed partial record BackupManifest
{
    public const string EntryName = "manifest.json";
    public const string ThisKind = "live800-portal-backup";
    public const int ThisForm = 1;
    public const string Portal = "portal.db";
    public const string Trail = "trail.db";

    private const int DeepestPath = 8;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Kind { get; init; } = ThisKind;

    /// <summary>How the file is laid out. Raised when an older program could not read it.</summary>
    public int Form { get; init; } = ThisForm;

    /// <summary>The version of the product that took it.</summary>
    public string Version { get; init; } = ThisVersion;

    /// <summary>The instant both database files are of.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The last migration of portal.db.</summary>
    public string PortalMigration { get; init; } = "";

    /// <summary>The last migration of trail.db.</summary>
    public string TrailMigration { get; init; } = "";

    public IReadOnlyList<BackupEntry> Entries { get; init; } = [];

    /// <summary>The version of this program.</summary>
    public static string ThisVersion { get; } =
        (typeof(BackupManifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Reads what <see cref="Write"/> wrote; nothing when it is something else.</summary>
    public static BackupManifest? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(bytes, Json) is { Kind: ThisKind, Version: not null, Entries: not null } manifest ? manifest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What stands at the end of the archive.</summary>
    public static string Seal(ReadOnlySpan<byte> manifest) => $"{ThisKind} {Convert.ToHexStringLower(SHA256.HashData(manifest))}";

    /// <summary>Whether a portal has such a file: one of the two databases, or something below keys/ or uploads/. Whatever leads elsewhere is none.</summary>
    public static bool IsPlace(string name)
    {
        if (name is Portal or Trail) return true;
        var parts = name.Split('/');
        return name.Length <= 240 && parts.Length is >= 2 and <= DeepestPath && parts[0] is "keys" or "uploads" && parts.All(part => Part().IsMatch(part));
    }

    // No sign that means something in a path on any system, and no end that one of them drops: neither "." nor ".." is left.
    [GeneratedRegex("""^[^\x00-\x1f\\:*?"<>|]{0,199}[^\x00-\x1f\\:*?"<>|. ]\z""", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}

/// <summary>The name of a backup file: it carries the instant, so that a folder of them is its own list.</summary>
public static class BackupName
{
    private const string Form = "'live800-portal-'yyyyMMdd'T'HHmmss'Z.zip'";

    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>The instant in the name; nothing when it is not such a name.</summary>
    public static DateTimeOffset? Read(string name) =>
        DateTime.TryParseExact(name, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? new DateTimeOffset(at, TimeSpan.Zero) : null;
}
