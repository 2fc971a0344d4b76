namespace Live800.Portal.Features.Backups;

/// <summary>When the box takes backups by itself, where they lie and how many are kept. One row; until it exists the defaults hold.</summary>
public sealed class BackupSettings
{
    public const int OnlyId = 1;

    /// <summary>Longest path of a folder.</summary>
    public const int FolderLimit = 260;

    /// <summary>Most days and weeks that can be kept.</summary>
    public const int DailyLimit = 90;

    public const int WeeklyLimit = 104;

    public int Id { get; private set; } = OnlyId;

    public bool IsOn { get; private set; } = true;

    /// <summary>The minute of the day, in the machine's own zone.</summary>
    public int Minute { get; private set; } = (3 * 60) + 30;

    /// <summary>Of how many days the last backup is kept.</summary>
    public int KeepDaily { get; private set; } = 7;

    /// <summary>Of how many weeks the last backup is kept.</summary>
    public int KeepWeekly { get; private set; } = 4;

    /// <summary>Where they lie; nothing means <c>backups/</c> in the data folder.</summary>
    public string? Folder { get; private set; }

    public long Version { get; private set; }

    /// <summary>Takes what the operator chose and <see cref="BackupDesk"/> has checked.</summary>
    internal void Choose(BackupForm form)
    {
        IsOn = form.IsOn;
        Minute = (form.At.Hour * 60) + form.At.Minute;
        KeepDaily = form.KeepDaily;
        KeepWeekly = form.KeepWeekly;
        Folder = form.Folder.Length == 0 ? null : form.Folder;
        Version++;
    }
}

/// <summary>What the operator types about backups.</summary>
public sealed record BackupForm
{
    public bool IsOn { get; set; } = true;

    /// <summary>When, by the machine's own zone; to the minute.</summary>
    public TimeOnly At { get; set; } = new(3, 30);

    public int KeepDaily { get; set; }

    public int KeepWeekly { get; set; }

    /// <summary>Nothing means the data folder's own.</summary>
    public string Folder { get; set; } = "";
}
