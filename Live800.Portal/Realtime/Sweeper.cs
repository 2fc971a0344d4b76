namespace Live800.Portal.Realtime;

/// <summary>Runs the sweeps, one after the other, once a second at most. One that fails is logged and tried again with its next turn.</summary>
internal sealed class Sweeper(IEnumerable<Sweep> sweeps, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<Sweeper> log) : BackgroundService
{
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _running = new(1, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var turns = sweeps.Select(sweep => new Turn(sweep)).ToArray();
        // Not before everything has started: until the visits of the last run are taken up, every waiting visitor looks as if he had gone.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var starting = lifetime.ApplicationStarted.Register(started.SetResult);
        using var timer = new PeriodicTimer(Tick, clock);
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await RunAsync(turns, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    /// <summary>Runs everything once, now. For tests, and for the last time before the server stops.</summary>
    internal Task RunAllAsync(CancellationToken cancellation = default) => RunAsync([.. sweeps.Select(sweep => new Turn(sweep))], cancellation);

    public override void Dispose()
    {
        _running.Dispose();
        base.Dispose();
    }

    private async Task RunAsync(Turn[] turns, CancellationToken cancellation)
    {
        await _running.WaitAsync(cancellation);
        try
        {
            foreach (var turn in turns)
                await RunAsync(turn, cancellation);
        }
        finally
        {
            _ = _running.Release();
        }
    }

    private async Task RunAsync(Turn turn, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        if (turn.RanAt is { } ranAt && clock.GetElapsedTime(ranAt, started) < turn.Sweep.Every)
            return;
        turn.RanAt = started;
        try
        {
            await turn.Sweep.RunAsync(clock.GetUtcNow(), cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogError(failure, "The sweep of {Name} failed; it is tried again", turn.Sweep.Name);
        }
    }

    private sealed class Turn(Sweep sweep)
    {
        public Sweep Sweep => sweep;
        public long? RanAt { get; set; }
    }
}
