namespace Live800.Portal.Data;

/// <summary>Commits an empty work every few seconds, so that an idle portal's floor, and with it the length of a downtime, is known to the second.</summary>
internal sealed class ClockKeeper(WriteQueue<PortalDbContext> writes, TimeProvider time, ILogger<ClockKeeper> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await KeepAsync();
        }
        catch (OperationCanceledException)
        {
            await KeepAsync();
        }
    }

    private async Task KeepAsync()
    {
        try
        {
            _ = await writes.RunRawAsync(_ => true);
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "The clock's floor could not be stored; it is tried again in {Every}", Every);
        }
    }
}
