using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Data;

/// <summary>
/// The portal's time. It never runs backwards: the highest instant stored is the floor. While the machine's clock is behind it, time goes on from the
/// floor at half speed until the machine has caught up, so that seats and visits still end; <see cref="Behind"/> tells how far. In Development the clock
/// can be shifted forward.
/// </summary>
public sealed class PortalClock(TimeProvider machine) : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _last;
    private long _lastStamp = machine.GetTimestamp();
    private TimeSpan _shift;

    /// <summary>The clock was moved by hand: whoever follows the calendar looks again.</summary>
    public event Action? Shifted;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    /// <summary>How far the machine's clock (with the shift) is behind what was already stored.</summary>
    public TimeSpan Behind
    {
        get
        {
            lock (_gate)
            {
                var behind = _last - (machine.GetUtcNow() + _shift);
                return behind > TimeSpan.Zero ? behind : TimeSpan.Zero;
            }
        }
    }

    /// <summary>The machine's own time, without shift and floor: what an app on somebody's phone goes by.</summary>
    public DateTimeOffset MachineNow => machine.GetUtcNow();

    public TimeSpan Shift
    {
        get
        {
            lock (_gate) return _shift;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            var stamp = machine.GetTimestamp();
            var now = machine.GetUtcNow().ToUniversalTime() + _shift;
            var elapsed = Math.Max(0, machine.GetElapsedTime(_lastStamp, stamp).Ticks);
            var floor = _last.AddTicks(elapsed / 2);
            _last = now > floor ? now : floor;
            _lastStamp = stamp;
            return _last;
        }
    }

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Development only, forward only: the trial's end can be watched today. Stored with the next commit.</summary>
    public void ShiftForward(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (_gate) _shift += by;
        Shifted?.Invoke();
    }

    /// <summary>What the last run left behind.</summary>
    internal void Load(ClockFloor stored)
    {
        lock (_gate)
        {
            _shift = stored.Shift;
            if (stored.At > _last) _last = stored.At;
            _lastStamp = machine.GetTimestamp();
        }
    }

    /// <summary>Part of every commit of portal.db: no instant is stored that the floor does not know.</summary>
    internal void Store(RawWrite raw)
    {
        var now = GetUtcNow();
        var command = raw.Prepared("UPDATE ClockFloors SET At=@at, Shift=@shift WHERE Id=1", "@at", "@shift");
        command.Parameters[0].Value = now.UtcTicks;
        command.Parameters[1].Value = Shift.Ticks;
        _ = command.ExecuteNonQuery();
    }
}

/// <summary>The one row that holds the clock's floor.</summary>
public sealed class ClockFloor
{
    public int Id { get; private set; } = 1;

    public DateTimeOffset At { get; private set; } = DateTimeOffset.UnixEpoch;

    public TimeSpan Shift { get; private set; }

    internal static Task<ClockFloor> ReadAsync(PortalDbContext context, CancellationToken cancellation) =>
        context.Set<ClockFloor>().AsNoTracking().SingleAsync(cancellation);
}
