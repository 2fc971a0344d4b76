namespace Live800.Domain.Shared;

/// <summary>
/// Gives out ids that grow with time and fit into the 53 bits of a JavaScript number:
/// 41 bits of milliseconds since 2025-01-01 UTC and 12 bits that count within a millisecond.
/// </summary>
public static class IdSource
{
    private const int CounterBits = 12;
    private static readonly DateTimeOffset Epoch = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static long _last;

    /// <summary>The next id: above every id given before in this process, also when <paramref name="now"/> stands still or falls back.</summary>
    public static long Next(DateTimeOffset now)
    {
        var wanted = Math.Max(1, (long)(now - Epoch).TotalMilliseconds) << CounterBits;
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(wanted, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
            {
                return next;
            }
        }
    }

    /// <summary>The instant an id was given out, to the millisecond.</summary>
    public static DateTimeOffset MomentOf(long id) => Epoch.AddMilliseconds(id >> CounterBits);
}
