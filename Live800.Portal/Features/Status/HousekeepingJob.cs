using Live800.Portal.Data;

namespace Live800.Portal.Features.Status;

/// <summary>Keeps the data folder small, once an hour: large -wal files, snapshots of upgrades that are long done.</summary>
public sealed class HousekeepingJob(FileCare care, StatusLimits limits)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        _ = await care.CutWalsAsync(limits.WalLarge, cancellation);
        // Files carry the machine's time.
        _ = care.RemoveSnapshots(TimeProvider.System.GetUtcNow() - limits.SnapshotsKept);
    }
}
