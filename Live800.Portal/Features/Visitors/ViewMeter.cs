using System.Diagnostics.Metrics;
using Live800.Portal.Data;

namespace Live800.Portal.Features.Visitors;

/// <summary>Measures page views: how many were stored, how many were refused because too much was waiting (503), and how many works wait for the trail.</summary>
public sealed class ViewMeter
{
    private readonly Counter<long> _stored;
    private readonly Counter<long> _refused;
    private long _count;
    private long _refusedCount;

    public ViewMeter(IMeterFactory meters, TrailWriter trail)
    {
        var meter = meters.Portal();
        _stored = meter.CreateCounter<long>("live800.views", "{view}", "Page views that were stored.");
        _refused = meter.CreateCounter<long>("live800.views.refused", "{view}", "Page views that were refused with 503.");
        _ = meter.CreateObservableGauge("live800.trail.waiting", () => trail.Waiting, "{work}", "Works that wait for the trail's next batch.");
    }

    /// <summary>Page views stored since the start.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Page views refused since the start.</summary>
    public long RefusedCount => Interlocked.Read(ref _refusedCount);

    internal void Stored()
    {
        _ = Interlocked.Increment(ref _count);
        _stored.Add(1);
    }

    internal void Refused()
    {
        _ = Interlocked.Increment(ref _refusedCount);
        _refused.Add(1);
    }
}
