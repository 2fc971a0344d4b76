using System.Globalization;
using System.Resources;
using Live800.Portal.Data;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Backups;

/// <summary>Why a backup was not taken or not restored.</summary>
public enum BackupProblem
{
    /// <summary>There is no portal in the data folder.</summary>
    NoPortal,

    /// <summary>There is no such file.</summary>
    FileMissing,

    /// <summary>The file is there, and this account may not read it.</summary>
    FileUnreadable,

    /// <summary>The data folder is another account's, which alone should run this.</summary>
    AnotherAccount,

    /// <summary>Something of that name is there already; a backup overwrites nothing.</summary>
    TargetExists,

    /// <summary>The folder is not there, or the portal may not write into it.</summary>
    TargetUnwritable,

    /// <summary>The disk has not room enough.</summary>
    NoSpace,

    /// <summary>The disk became full meanwhile.</summary>
    DiskFull,

    /// <summary>Another backup or a restore is at work on the same folder.</summary>
    AlreadyRunning,

    /// <summary>A restore into the folder was interrupted.</summary>
    HalfRestored,

    /// <summary>A portal serves the folder.</summary>
    Serving,

    /// <summary>The file is no backup of this product, or only a part of one.</summary>
    NotABackup,

    /// <summary>What is in the backup is not what was put in.</summary>
    Damaged,

    /// <summary>A name in the backup would lead out of the folder, or has no place in a portal.</summary>
    NameRefused,

    /// <summary>The backup was taken by a newer version.</summary>
    Newer,

    /// <summary>SQLite finds the database file damaged.</summary>
    DatabaseDamaged,

    /// <summary>The system refused something else.</summary>
    Failed,

    /// <summary>It was stopped, as when the portal stops.</summary>
    Stopped,
}

/// <summary>A problem with the facts its sentence names.</summary>
public sealed record BackupFault(BackupProblem Problem, params IReadOnlyList<string> Facts)
{
    private static readonly ResourceManager Sentences = new(typeof(Texts));
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    private const int DiskFull = 28;
    private const int DiskFullOnWindows = unchecked((int)0x80070070);

    /// <summary>For the command line.</summary>
    public string Sentence => string.Format(CultureInfo.InvariantCulture, Sentences.GetString(Key, English)!, [.. Facts]);

    /// <summary>For the page, in the language of whoever reads it.</summary>
    public string In(IStringLocalizer<Texts> texts) => texts[Key, [.. Facts]];

    private string Key => "Problem_" + Problem;

    /// <summary>What the system said, as a fault: a full disk is told apart from the rest.</summary>
    internal static BackupFault Of(Exception failure, string folder) => failure switch
    {
        BackupException known => known.Fault,
        OperationCanceledException => new BackupFault(BackupProblem.Stopped),
        IOException { HResult: DiskFull or DiskFullOnWindows } or Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 13 } => new BackupFault(BackupProblem.DiskFull, folder),
        UnauthorizedAccessException or DirectoryNotFoundException => new BackupFault(BackupProblem.TargetUnwritable, folder, failure.Message),
        _ => new BackupFault(BackupProblem.Failed, failure.Message),
    };

    /// <summary>The folder's owner is another account than this one.</summary>
    internal static BackupFault Account(string folder, long owner, long? myself) => new(BackupProblem.AnotherAccount, folder, FileFacts.NameOf(owner), FileFacts.NameOf(myself ?? owner));

    /// <summary>There is less room than is needed.</summary>
    internal static BackupFault Space(string folder, long needed, long free) => new(BackupProblem.NoSpace, folder, BackupWords.Size(needed), BackupWords.Size(free));
}

/// <summary>Carries a fault out of the depth of one work; whoever called the work gets it as a value.</summary>
internal sealed class BackupException(BackupFault fault, Exception? cause = null) : Exception(fault.Problem.ToString(), cause)
{
    public BackupFault Fault { get; } = fault;
}
