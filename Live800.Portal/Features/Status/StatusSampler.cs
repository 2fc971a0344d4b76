using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Mail;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Status;

/// <summary>Looks at the portal once a minute and keeps what it sees: a row of the history, the readings of the last quarter of an hour, the letters that wait.</summary>
public sealed class StatusSampler(
    StatusHistory history, MessageMeter messages, HereNow here, IDbContextFactory<PortalDbContext> contexts, TimeProvider clock, ILogger<StatusSampler> log) : BackgroundService
{
    /// <summary>Over how many minutes the page's latencies reach.</summary>
    public const int Window = 15;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Queue<(LatencyCounts.Reading Took, long Stored)> _readings = new();

    /// <summary>When the portal began, as a stamp of the clock.</summary>
    public long StartedAt { get; } = clock.GetTimestamp();

    /// <summary>Latencies and messages since about a quarter of an hour ago, and messages since about a minute ago.</summary>
    public (TimeSpan? P50, TimeSpan? P99, long Messages) Recent()
    {
        var now = messages.Took.Read();
        var stored = messages.Count;
        lock (_gate)
        {
            var first = _readings.TryPeek(out var oldest) ? oldest.Took : null;
            // The last reading is less than a minute old: the one before it reaches back a minute or two.
            var before = _readings.Count > 0 ? _readings.Last().Stored : 0;
            return (now.Percentile(0.5, first), now.Percentile(0.99, first), stored - before);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do await SampleAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    internal async Task SampleAsync(CancellationToken cancellation)
    {
        var (took, stored) = (messages.Took.Read(), messages.Count);
        lock (_gate)
        {
            if (_readings.Count > 0)
            {
                var last = _readings.Last();
                history.Add(new StatusMinute(clock.GetUtcNow(), (int)(stored - last.Stored), took.Percentile(0.99, last.Took), here.Visitors, Environment.WorkingSet));
            }

            _readings.Enqueue((took, stored));
            if (_readings.Count > Window) _ = _readings.Dequeue();
        }

        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellation);
            here.Letters = await context.Set<MailLetter>().CountAsync(letter => letter.State == LetterState.Waiting, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning(failure, "The letters that wait could not be counted");
        }
    }
}
