using System.Globalization;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting.Systemd;

namespace Live800.Portal.Features.Backups;

/// <summary>What the page of backups shows.</summary>
/// <param name="Lines">What lies in the folder, the newest first.</param>
/// <param name="Next">When the next one is due; nothing when the box takes none by itself.</param>
/// <param name="Command">How the newest is restored, typed on the box.</param>
public sealed record BackupView(BackupForm Form, string Folder, IReadOnlyList<ShelfLine> Lines, DateTimeOffset? Next, string Command)
{
    /// <summary>The newest that can be restored.</summary>
    public ShelfLine? Newest => Lines.FirstOrDefault(line => line.IsGood);
}

/// <summary>What the platform operator decides about backups 备份, and what he sees of them.</summary>
public sealed class BackupDesk(IDbContextFactory<PortalDbContext> contexts, PlatformDesk platform, PortalFiles files, BackupShelf shelf, BackupRunner runner, TimeProvider clock)
{
    /// <summary>Where they lie unless another folder is chosen.</summary>
    public string OwnFolder => files.Backups;

    public async Task<BackupView> ReadAsync(CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var settings = await context.Set<BackupSettings>().AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new BackupSettings();
        var folder = runner.FolderOf(settings);
        var lines = shelf.Read(folder);
        return new BackupView(
            new BackupForm { IsOn = settings.IsOn, At = new TimeOnly(settings.Minute / 60, settings.Minute % 60), KeepDaily = settings.KeepDaily, KeepWeekly = settings.KeepWeekly, Folder = settings.Folder ?? "" },
            folder,
            lines,
            settings.IsOn ? BackupCalendar.NextDue(clock.GetUtcNow(), clock.LocalTimeZone, settings.Minute) : null,
            Command(lines.FirstOrDefault(line => line.IsGood)?.Path ?? Path.Combine(folder, "live800-portal-….zip")));
    }

    /// <summary>When, where and how many from now on. Refusals: NotAllowed, InputInvalid (how many), BackupFolderInvalid.</summary>
    public async Task<Outcome> ChooseAsync(CurrentAgent by, BackupForm form, CancellationToken cancellation = default)
    {
        // Before anything is looked at on the disk: what is there is nobody else's to learn.
        await using (var reading = await contexts.CreateDbContextAsync(cancellation))
        {
            if (!await reading.Users.AnyAsync(user => user.Id == by.AgentId.Value && user.IsPlatformOperator, cancellation)) return Refusal.NotAllowed;
        }

        var clean = form with { Folder = form.Folder.Trim() };
        if (clean.KeepDaily is < 1 or > BackupSettings.DailyLimit || clean.KeepWeekly is < 0 or > BackupSettings.WeeklyLimit) return Refusal.InputInvalid;
        if (clean.Folder.Length > 0)
        {
            if (!IsPlace(clean.Folder)) return Refusal.BackupFolderInvalid;
            clean.Folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(clean.Folder));
        }

        return await platform.ChangeAsync(
            by,
            AuditAction.BackupsChanged,
            async (context, now, token) =>
            {
                var settings = await context.Set<BackupSettings>().SingleOrDefaultAsync(token);
                if (settings is null) _ = context.Add(settings = new BackupSettings());
                var before = Facts(settings).ToList();
                settings.Choose(clean);
                var changes = before.Zip(Facts(settings)).Where(pair => pair.First.Value != pair.Second.Value).Select(pair => new AuditChange(pair.First.Name, pair.First.Value, pair.Second.Value)).ToList();
                if (changes.Count > 0) return new AuditNote("", changes);
                context.ChangeTracker.Clear();
                return default(AuditNote);
            },
            cancellation);
    }

    /// <summary>Begins a backup now; it goes on behind the page. Refusals: NotAllowed, BackupRunning.</summary>
    public async Task<Outcome> StartAsync(CurrentAgent by, CancellationToken cancellation = default)
    {
        if (runner.State.Progress is not null) return Refusal.BackupRunning;
        var outcome = await platform.ChangeAsync(by, AuditAction.BackupStarted, "", (_, _, _) => Task.FromResult(Outcome.Done), cancellation);
        if (outcome.IsRefused) return outcome;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var settings = await context.Set<BackupSettings>().AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new BackupSettings();
        return runner.TryStart(settings) ? Outcome.Done : Refusal.BackupRunning;
    }

    // A folder that is there and takes a file; not one whose files go into the backup themselves.
    private bool IsPlace(string folder)
    {
        if (folder.Length > BackupSettings.FolderLimit || !Path.IsPathFullyQualified(folder) || !Directory.Exists(folder)) return false;
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        if (new[] { files.Keys, files.Uploads, files.Mail, files.Restoring }.Any(own => full.StartsWith(own + Path.DirectorySeparatorChar, StringComparison.Ordinal))) return false;
        var probe = Path.Combine(folder, ".live800-" + Guid.NewGuid().ToString("N"));
        try
        {
            PortalFiles.CreateNew(probe).Dispose();
            File.Delete(probe);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // What a service's files are is its account's alone, which is not the one people sign in with.
    private string Command(string path) => CommandOf(files.Root, path, SystemdHelpers.IsSystemdService() && FileFacts.Myself() is { } account ? FileFacts.NameOf(account) : null);

    /// <summary>How a backup is restored on this box.</summary>
    /// <param name="account">The account a service runs as; nothing where somebody started the portal himself.</param>
    internal static string CommandOf(string root, string path, string? account)
    {
        var program = Environment.ProcessPath is { } own && Path.GetFileName(own) is "Live800.Portal" or "Live800.Portal.exe" ? Quoted(own) : $"dotnet {Quoted(Path.Combine(AppContext.BaseDirectory, "Live800.Portal.dll"))}";
        return $"{(account is null ? "" : $"sudo -u {account} env ")}Portal__DataDirectory={Quoted(root)} {program} {BackupVerbs.Restore} {Quoted(path)}";
    }

    private static string Quoted(string path) => path.All(sign => char.IsAsciiLetterOrDigit(sign) || "/._-:\\…".Contains(sign, StringComparison.Ordinal)) ? path : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Time(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");

    private static IEnumerable<(string Name, string Value)> Facts(BackupSettings settings) =>
    [
        ("BackupOn", settings.IsOn ? "✓" : ""),
        ("BackupAt", Time(settings.Minute)),
        ("BackupDaily", settings.KeepDaily.ToString(CultureInfo.InvariantCulture)),
        ("BackupWeekly", settings.KeepWeekly.ToString(CultureInfo.InvariantCulture)),
        ("BackupFolder", settings.Folder ?? ""),
    ];
}
