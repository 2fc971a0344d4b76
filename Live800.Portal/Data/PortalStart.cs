using Live800.Domain.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Data;

/// <summary>What happens before the first request: the folder is taken, both files are upgraded, the clock is told its floor, and the time in which nobody served is given back.</summary>
public sealed class PortalStart(
    PortalFiles files,
    DataFile<PortalDbContext> portalFile,
    DataFile<TrailDbContext> trailFile,
    IDbContextFactory<PortalDbContext> portal,
    IDbContextFactory<TrailDbContext> trail,
    WriteQueue<PortalDbContext> portalWrites,
    WriteQueue<TrailDbContext> trailWrites,
    IEnumerable<IUpgradeCheck> upgradeChecks,
    Moments moments,
    PortalClock clock,
    ILogger<PortalStart> log) : IDisposable
{
    private FileStream? _folder;

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        _folder ??= TakeFolder();
        if (File.Exists(files.RestoreMarker))
        {
            // The restore that goes on must be able to take it.
            await _folder.DisposeAsync();
            _folder = null;
            throw new StartRefusedException($"A restore into {files.Root} was interrupted, and some of its files are not in their place yet. Call restore again with the same backup; it goes on where it stopped.");
        }

        await new Upgrade(new(portalFile, portal, log), new(trailFile, trail, log), upgradeChecks, log).RunAsync(cancellation);

        await using var context = await portal.CreateDbContextAsync(cancellation);
        var floor = await ClockFloor.ReadAsync(context, cancellation);
        clock.Load(floor);
        if (clock.Behind > TimeSpan.Zero) log.LogWarning("The machine's clock is {Behind} behind the newest instant stored; time goes on from there at half speed", clock.Behind);
        await Downtime.GiveBackAsync(portalWrites, trailWrites, moments, floor.At, clock.GetUtcNow(), cancellation);
        log.LogInformation("Data directory: {Folder}", files.Root);
    }

    public void Dispose() => _folder?.Dispose();

    private FileStream TakeFolder() => FolderLock.TryTake(files.ProcessLock)
        ?? throw new StartRefusedException($"Another portal is already serving {files.Root}. Stop it, or set Portal__DataDirectory to another folder.");
}
