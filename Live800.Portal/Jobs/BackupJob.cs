using Live800.Portal.Features.Backups;

namespace Live800.Portal.Jobs;

/// <summary>Begins the box's backup when it is due; it runs behind the jobs, so that none of them waits for it.</summary>
public sealed class BackupJob(BackupRunner backups)
{
    public Task RunAsync(CancellationToken cancellation) => backups.StartDueAsync(cancellation);
}
