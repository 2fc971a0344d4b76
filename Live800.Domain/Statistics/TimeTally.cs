using System.Runtime.InteropServices;

namespace Live800.Domain.Statistics;

/// <summary>Collects lengths of time one by one, however many, for a <see cref="TimeSpread"/>: it grows with how many different seconds came up.</summary>
public sealed class TimeTally
{
    private readonly Dictionary<long, long> _counts = [];
    private Int128 _ticks;

    /// <summary>What came up so far.</summary>
    public TimeSpread Spread => TimeSpread.Of(_counts, _ticks);

    /// <summary>One more.</summary>
    public void Add(long ticks)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, ticks / TimeSpan.TicksPerSecond, out _)++;
        _ticks += ticks;
    }
}
