namespace Live800.Portal.Features.Status;

/// <summary>From where on something counts as wrong.</summary>
public sealed record StatusLimits
{
    public static readonly StatusLimits Default = new();

    /// <summary>Less free disk than this, in bytes, and writes will fail any moment: not ready.</summary>
    public long DiskFull { get; init; } = 200L << 20;

    /// <summary>Less free disk than this, in bytes, is said while there is time.</summary>
    public long DiskLow { get; init; } = 1L << 30;

    /// <summary>A write that was not answered for this long: the queue is stuck.</summary>
    public TimeSpan QueueStuck { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A machine's clock that is further behind than this needs its owner.</summary>
    public TimeSpan ClockBehind { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Some job runs every five minutes; after this long without any, none will.</summary>
    public TimeSpan JobsSilent { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A -wal file larger than this, in bytes, is brought down to nothing when nobody reads in it.</summary>
    public long WalLarge { get; init; } = 64L << 20;

    /// <summary>How long a file of before an upgrade is kept.</summary>
    public TimeSpan SnapshotsKept { get; init; } = TimeSpan.FromDays(30);
}
