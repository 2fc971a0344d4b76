namespace Live800.Portal.Hosting;

/// <summary>
/// Gives back what the start needed and nobody needs again: models, sources of queries, texts read once. A small box has other programs too (QUALITY B7). Once, seconds after the start; not where hundreds of portals
/// live in one process, as in the tests.
/// </summary>
internal sealed class StartMemory(IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan After = TimeSpan.FromSeconds(5);

    public static bool IsWanted { get; } = System.Reflection.Assembly.GetEntryAssembly() == typeof(StartMemory).Assembly;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var starting = lifetime.ApplicationStarted.Register(started.SetResult);
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            await Task.Delay(After, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return; // It never came so far, or is going already: no fault.
        }

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
