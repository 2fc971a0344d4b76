using System.Net;
using System.Threading.RateLimiting;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Widget;

/// <summary>What a visitor's request is counted as. Each kind has its own budgets, so that one cannot use up another's.</summary>
public enum VisitorAct
{
    /// <summary>A page view, a leave or a beat.</summary>
    View,
    /// <summary>Opening a stream or polling.</summary>
    Listen,
    /// <summary>A chat message or an offline message.</summary>
    Message,
    /// <summary>A request, a sign of typing or of having read, an end.</summary>
    Command,
    /// <summary>A picture or a page of ours.</summary>
    Fetch,
}

/// <summary>
/// How much one visitor and one network address may ask for (D12). The address budgets are generous: two hundred visitors behind one office address can all chat.
/// </summary>
public sealed class VisitorLimitOptions
{
    public int MessagesPer10Seconds { get; set; } = 20;
    public int MessagesPerMinuteAndAddress { get; set; } = 600;
    public int CommandsPer10Seconds { get; set; } = 40;
    public int CommandsPerMinuteAndAddress { get; set; } = 6000;
    public int ListensPer10Seconds { get; set; } = 20;
    public int ListensPerMinuteAndAddress { get; set; } = 3000;
    public int ViewsPerMinuteAndAddress { get; set; } = 6000;
    public int FetchesPerMinuteAndAddress { get; set; } = 6000;
}

/// <summary>Counts visitors' requests. Page views of one visitor are not counted here: <see cref="Realtime.LiveVisit"/> knows what a person can do.</summary>
public sealed class VisitorLimits : IDisposable
{
    private readonly PartitionedRateLimiter<VisitorId>?[] _byVisitor;
    private readonly AddressBudget[] _byAddress;

    public VisitorLimits(VisitorLimitOptions options)
    {
        _byVisitor = new PartitionedRateLimiter<VisitorId>?[5];
        _byVisitor[(int)VisitorAct.Listen] = ByVisitor(options.ListensPer10Seconds);
        _byVisitor[(int)VisitorAct.Message] = ByVisitor(options.MessagesPer10Seconds);
        _byVisitor[(int)VisitorAct.Command] = ByVisitor(options.CommandsPer10Seconds);
        _byAddress =
        [
            new(options.ViewsPerMinuteAndAddress),
            new(options.ListensPerMinuteAndAddress),
            new(options.MessagesPerMinuteAndAddress),
            new(options.CommandsPerMinuteAndAddress),
            new(options.FetchesPerMinuteAndAddress),
        ];
    }

    /// <summary>Null when the address may go on, otherwise how long it has to wait.</summary>
    public TimeSpan? Wait(VisitorAct act, IPAddress? address) => _byAddress[(int)act].Wait(address, Environment.TickCount64);

    /// <summary>Null when the visitor may go on, otherwise how long he has to wait.</summary>
    public TimeSpan? Wait(VisitorAct act, VisitorId visitor)
    {
        if (_byVisitor[(int)act] is not { } limiter)
            return null;
        using var lease = limiter.AttemptAcquire(visitor);
        if (lease.IsAcquired)
            return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(10);
    }

    public void Dispose()
    {
        foreach (var limiter in _byVisitor)
            limiter?.Dispose();
    }

    private static PartitionedRateLimiter<VisitorId> ByVisitor(int permits) => PartitionedRateLimiter.Create<VisitorId, VisitorId>(
        visitor => RateLimitPartition.GetFixedWindowLimiter(
            visitor, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromSeconds(10), QueueLimit = 0 }));
}
