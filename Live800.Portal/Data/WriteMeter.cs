using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Live800.Portal.Data;

/// <summary>How much a file's write queue has to do.</summary>
public interface IWriteLoad
{
    /// <summary>The file, as figures name it: <c>portal</c>, <c>trail</c>.</summary>
    string File { get; }

    /// <summary>Works that wait to be let into a batch.</summary>
    int Waiting { get; }

    /// <summary>For how long the oldest work has not been answered; nothing where there is none.</summary>
    TimeSpan OldestWait { get; }
}

/// <summary>Measures the write queues: how many wait, how long the oldest has, how many share a commit, how long a commit takes.</summary>
public sealed class WriteMeter
{
    private readonly ConcurrentBag<IWriteLoad> _queues = [];
    private readonly Histogram<int> _batch;
    private readonly Histogram<double> _commit;

    public WriteMeter(IMeterFactory meters)
    {
        var meter = meters.Portal();
        _batch = meter.CreateHistogram("live800.write.batch", "{work}", "Works that shared one commit.", advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500] });
        _commit = meter.CreateHistogram("live800.write.commit", "s", "How long a commit took.", advice: Instruments.Seconds);
        _ = meter.CreateObservableGauge("live800.write.waiting", () => _queues.Select(queue => new Measurement<int>(queue.Waiting, Of(queue))), "{work}", "Works that wait for the writer of a file.");
        _ = meter.CreateObservableGauge("live800.write.oldest", () => _queues.Select(queue => new Measurement<double>(queue.OldestWait.TotalSeconds, Of(queue))), "s", "How long the oldest work has waited.");
    }

    internal void Watch(IWriteLoad queue) => _queues.Add(queue);

    internal void Committed(IWriteLoad queue, int works, TimeSpan took)
    {
        _batch.Record(works, Of(queue));
        _commit.Record(took.TotalSeconds, Of(queue));
    }

    private static KeyValuePair<string, object?> Of(IWriteLoad queue) => new("file", queue.File);
}
