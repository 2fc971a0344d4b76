using System.Globalization;
using Live800.Portal.Features.Backups;

namespace Live800.Portal.Features.Doctor.Checks;

/// <summary>Whether there is a backup that is young, readable and not on the disk it shall outlive.</summary>
internal static class BackupCheck
{
    private const string Name = "backups";
    private static readonly TimeSpan Old = TimeSpan.FromDays(2);

    /// <param name="lines">What lies in the folder, the newest first.</param>
    /// <param name="isOneDisk">Backups and data lie on one disk; nothing where it cannot be told.</param>
    public static IReadOnlyList<Finding> Look(BackupSettings settings, string folder, IReadOnlyList<ShelfLine> lines, bool? isOneDisk, DateTimeOffset now)
    {
        const string page = "/platform/backups";
        if (settings.Folder is not null && !Directory.Exists(folder)) return [Finding.Wrong(Name, $"The folder of backups {folder} is not there.", $"Mount its disk, or name another folder on {page}.")];
        var findings = new List<Finding>();
        if (!settings.IsOn) findings.Add(Finding.Warning(Name, "The box takes no backups by itself.", $"Turn them on on {page}, or see that something calls the command backup every night."));
        if (lines.Count == 0)
        {
            findings.Add(Finding.Warning(Name, $"There is no backup in {folder} yet.", $"Take one now on {page}, or with the command backup."));
            return findings;
        }

        var newest = lines[0];
        if (!newest.IsGood) findings.Add(Finding.Wrong(Name, $"The newest backup {newest.Path} cannot be read: it is cut, or is none.", "Take a new one now, and look after the disk it lies on."));
        if (lines.FirstOrDefault(line => line.IsGood) is not { } good) return findings;
        var age = now - good.At;
        var seen = string.Create(CultureInfo.InvariantCulture, $"The newest good backup {good.Path} ({BackupWords.Size(good.Size)}) is {(age.TotalHours < 2 ? "of the last two hours" : age.TotalHours < 48 ? $"{(int)age.TotalHours} hours old" : $"{(int)age.TotalDays} days old")}.");
        findings.Add(age > Old ? Finding.Wrong(Name, seen, $"Take one now, and look on {page} why none came since.") : Finding.Ok(Name, seen));
        if (isOneDisk == true) findings.Add(Finding.Warning(Name, $"{folder} is on the same disk as the data, and goes with it.", $"Keep a copy elsewhere: name a folder on another disk on {page}, or copy the files to another machine."));
        return findings;
    }
}
