namespace Live800.Portal.Features.Status;

/// <summary>One minute of the portal's life.</summary>
/// <param name="At">Its end.</param>
/// <param name="Messages">Messages stored in it.</param>
/// <param name="P99">What 99 of 100 visitors' messages stayed below; null where there was none.</param>
public readonly record struct StatusMinute(DateTimeOffset At, int Messages, TimeSpan? P99, int Visitors, long Memory);

/// <summary>The last 24 hours, minute by minute, in memory: a restart begins anew.</summary>
public sealed class StatusHistory
{
    public const int Minutes = 24 * 60;

    private readonly Lock _gate = new();
    private readonly StatusMinute[] _ring = new StatusMinute[Minutes];
    private int _count;

    /// <summary>Grows with every minute: whoever has drawn it knows whether to draw it again.</summary>
    public int Version
    {
        get
        {
            lock (_gate) return _count;
        }
    }

    internal void Add(StatusMinute minute)
    {
        lock (_gate) _ring[_count++ % Minutes] = minute;
    }

    /// <summary>The minutes there are, oldest first.</summary>
    public IReadOnlyList<StatusMinute> Read()
    {
        lock (_gate)
        {
            var kept = Math.Min(_count, Minutes);
            var read = new StatusMinute[kept];
            for (var i = 0; i < kept; i++) read[i] = _ring[(_count - kept + i) % Minutes];
            return read;
        }
    }
}
