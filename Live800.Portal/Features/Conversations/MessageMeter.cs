using System.Diagnostics.Metrics;
using Live800.Portal.Data;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Conversations;

/// <summary>Measures chat messages: how many were stored, and how long visitors' took from their POST to the commit.</summary>
public sealed class MessageMeter
{
    private static readonly KeyValuePair<string, object?> ByVisitor = new("by", "visitor");
    private static readonly KeyValuePair<string, object?> ByAgent = new("by", "agent");

    private readonly Counter<long> _stored;
    private readonly Histogram<double> _duration;
    private long _count;

    public MessageMeter(IMeterFactory meters)
    {
        var meter = meters.Portal();
        _stored = meter.CreateCounter<long>("live800.messages", "{message}", "Chat messages that were stored.");
        _duration = meter.CreateHistogram("live800.message.duration", "s", "From a visitor's POST to the commit of his message.", advice: Instruments.Seconds);
    }

    /// <summary>Messages stored since the start, visitors' and agents'.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>How long visitors' messages took.</summary>
    public LatencyCounts Took { get; } = new();

    internal void Stored(bool byVisitor)
    {
        _ = Interlocked.Increment(ref _count);
        _stored.Add(1, byVisitor ? ByVisitor : ByAgent);
    }

    internal void Posted(TimeSpan took)
    {
        Took.Count(took);
        _duration.Record(took.TotalSeconds);
    }
}
