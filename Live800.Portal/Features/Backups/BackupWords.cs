using System.Globalization;
using Live800.Portal.Features.Files;

namespace Live800.Portal.Features.Backups;

/// <summary>How sizes of backups are written.</summary>
public static class BackupWords
{
    private const long Gibi = 1L << 30;

    /// <summary>12 KB, 1.4 MB, 3.2 GB.</summary>
    public static string Size(long bytes) => bytes < Gibi ? FileWords.Size(bytes) : string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / Gibi:0.0} GB");
}
