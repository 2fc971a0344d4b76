using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Live800.Portal.Data;

/// <summary>
/// What the portal measures itself with: one meter and one source of traces, both of this name. Without a listener an instrument costs a few nanoseconds and a span is never made.
/// Nothing personal is a tag, and nothing without a bound: no company, no visitor, no address.
/// </summary>
public static class Instruments
{
    public const string Name = "Live800.Portal";

    /// <summary>Spans of messages, batches of page views, accepts and jobs.</summary>
    public static readonly ActivitySource Source = new(Name);

    /// <summary>Limits of the buckets for times, in seconds: from what a commit takes to what nobody waits for.</summary>
    public static readonly InstrumentAdvice<double> Seconds =
        new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };

    /// <summary>The one meter; asked for again it is the same.</summary>
    public static Meter Portal(this IMeterFactory meters) => meters.Create(Name);
}
