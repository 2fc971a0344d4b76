using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Live800.Portal.Data;

namespace Live800.Portal.Features.Status;

/// <summary>One job's last run.</summary>
/// <param name="Took">Null while it runs.</param>
/// <param name="FailedAt">When it last failed; it may have succeeded since.</param>
/// <param name="FailedWith">The kind of the last failure; its words are in the log.</param>
public sealed record JobRun(DateTimeOffset BeganAt, TimeSpan? Took, DateTimeOffset? FailedAt, string? FailedWith, bool IsFailing);

/// <summary>What is known of the jobs since the start, and what is measured of them: how late they began, how long they took, how many failed.</summary>
public sealed class JobBook
{
    private readonly ConcurrentDictionary<string, JobRun> _runs = new();
    private readonly TimeProvider _clock;
    private readonly Histogram<double> _lag;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _failures;
    private long _lastBegan;

    public JobBook(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        _lastBegan = clock.GetTimestamp();
        var meter = meters.Portal();
        _lag = meter.CreateHistogram("live800.job.lag", "s", "How long after its due time a job began.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1, 5, 15, 30, 60, 120, 300, 900] });
        _duration = meter.CreateHistogram("live800.job.duration", "s", "How long a job took.", advice: Instruments.Seconds);
        _failures = meter.CreateCounter<long>("live800.job.failures", "{run}", "Runs of jobs that failed.");
    }

    /// <summary>Each job's last run, by name.</summary>
    public IReadOnlyDictionary<string, JobRun> Runs => _runs;

    /// <summary>For how long no job has begun, at the longest since the start.</summary>
    public TimeSpan SilentFor => _clock.GetElapsedTime(Interlocked.Read(ref _lastBegan));

    /// <summary>Jobs whose last run failed.</summary>
    public IReadOnlyList<string> Failing => [.. _runs.Where(run => run.Value.IsFailing).Select(run => run.Key).Order(StringComparer.Ordinal)];

    internal void Began(string job, TimeSpan lag)
    {
        _ = Interlocked.Exchange(ref _lastBegan, _clock.GetTimestamp());
        var now = _clock.GetUtcNow();
        _ = _runs.AddOrUpdate(job, _ => new JobRun(now, null, null, null, false), (_, run) => run with { BeganAt = now, Took = null });
        _lag.Record(Math.Max(0, lag.TotalSeconds), new KeyValuePair<string, object?>("job", job));
    }

    internal void Ended(string job, TimeSpan took, Exception? failure)
    {
        var now = _clock.GetUtcNow();
        _ = _runs.AddOrUpdate(
            job,
            _ => new JobRun(now, took, failure is null ? null : now, failure?.GetType().Name, failure is not null),
            (_, run) => failure is null ? run with { Took = took, IsFailing = false } : run with { Took = took, FailedAt = now, FailedWith = failure.GetType().Name, IsFailing = true });
        _duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("job", job));
        if (failure is not null) _failures.Add(1, new KeyValuePair<string, object?>("job", job));
    }
}
