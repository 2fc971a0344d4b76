using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Backups;

/// <summary>What the serving process is doing about backups, and how the last try ended.</summary>
/// <param name="Progress">Nothing when none is being taken.</param>
/// <param name="Fault">Why the last one was not taken; nothing when it was.</param>
public sealed record BackupState(BackupProgress? Progress, BackupFault? Fault, DateTimeOffset? FaultAt);

/// <summary>
/// Takes backups within the serving process, one at a time and behind whatever asked for it: at the box's time, or when the operator wants one. Which one is due follows from the files in the folder, so that a portal that was down catches up once. What fails is
/// logged once, shown, and tried again after an hour.
/// </summary>
public sealed class BackupRunner(
    PortalFiles files, IDbContextFactory<PortalDbContext> contexts, BackupWriter writer, BackupShelf shelf, TimeProvider clock, ILogger<BackupRunner> log) : IHostedService, IDisposable
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromHours(1);
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private BackupState _state = new(null, null, null);
    private bool _isDisposed;

    /// <summary>The state has changed. Runs on the worker's thread: look, do not touch.</summary>
    public event Action? Changed;

    public BackupState State => Volatile.Read(ref _state);

    /// <summary>The work that runs or ran last.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Where backups lie by these settings.</summary>
    public string FolderOf(BackupSettings settings) => settings.Folder ?? files.Backups;

    /// <summary>Begins one behind the caller; false when one is being taken, or the portal stops.</summary>
    public bool TryStart(BackupSettings settings)
    {
        lock (_gate)
        {
            if (State.Progress is not null || _stopping.IsCancellationRequested) return false;
            Set(State with { Progress = new BackupProgress(BackupStage.Copying, BackupManifest.Portal, 0, 0) });
            Running = Task.Run(() => RunAsync(settings, _stopping.Token));
            return true;
        }
    }

    /// <summary>Begins one if the newest in the folder is older than the last time it was due; true when it has begun one.</summary>
    public async Task<bool> StartDueAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        if (State is { FaultAt: { } failed } && now < failed + TryAgainAfter) return false;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var settings = await context.Set<BackupSettings>().AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new BackupSettings();
        if (!settings.IsOn) return false;
        // Without any yet it counts from the first company: an empty box has nothing to lose.
        var newest = shelf.Read(FolderOf(settings)).FirstOrDefault(line => line.IsGood && line.At <= now)?.At
            ?? await context.Companies.OrderBy(company => company.Id).Select(company => (DateTimeOffset?)company.RegisteredAt).FirstOrDefaultAsync(cancellation);
        return newest < BackupCalendar.LastDue(now, clock.LocalTimeZone, settings.Minute) && TryStart(settings);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _stopping.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            return; // A host that was disposed may be told to stop once more, by another thread at the same time.
        }

        await Running.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task RunAsync(BackupSettings settings, CancellationToken cancellation)
    {
        var folder = FolderOf(settings);
        BackupFault? fault = null;
        try
        {
            // A chosen folder is never made: where another disk is not mounted it would fill this one.
            if (settings.Folder is null) PortalFiles.CreatePrivate(folder);
            fault = Directory.Exists(folder) ? (await writer.TakeAsync(folder, new Telling(this), cancellation)).Fault : new BackupFault(BackupProblem.TargetUnwritable, folder, "");
            if (fault is null)
            {
                var gone = shelf.Thin(folder, clock.LocalTimeZone, settings.KeepDaily, settings.KeepWeekly);
                log.LogInformation("A backup was taken into {Folder}; {Count} older ones were deleted", folder, gone.Count);
            }
        }
        catch (Exception failure)
        {
            fault = BackupFault.Of(failure, folder);
        }

        if (fault is { Problem: not BackupProblem.Stopped } && State.Fault?.Problem != fault.Problem) log.LogError("No backup was taken: {Why}", fault.Sentence);
        lock (_gate)
        {
            Set(fault is null or { Problem: BackupProblem.Stopped } ? new BackupState(null, null, null) : new BackupState(null, fault, clock.GetUtcNow()));
        }
    }

    private void Set(BackupState state)
    {
        Volatile.Write(ref _state, state);
        Changed?.Invoke();
    }

    // A disk is faster than a page: a few times a second is often enough.
    private sealed class Telling(BackupRunner runner) : IProgress<BackupProgress>
    {
        private long _told = runner.Now();
        private BackupStage? _stage;

        public void Report(BackupProgress value)
        {
            if (value.Stage == _stage && runner.Since(_told) < TellEvery) return;
            (_told, _stage) = (runner.Now(), value.Stage);
            runner.Set(runner.State with { Progress = value });
        }
    }

    private long Now() => clock.GetTimestamp();

    private TimeSpan Since(long stamp) => clock.GetElapsedTime(stamp);
}
