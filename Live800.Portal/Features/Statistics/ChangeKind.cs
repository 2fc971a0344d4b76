namespace Live800.Portal.Features.Statistics;

/// <summary>How a change is told.</summary>
public enum ChangeKind
{
    /// <summary>As a share of what it was: +8.2%.</summary>
    Share = 0,

    /// <summary>As a difference of shares, in points: −1.2.</summary>
    Points = 1,

    /// <summary>As a difference of seconds: −0:07.</summary>
    Seconds = 2,

    /// <summary>As a difference of counts: +9.</summary>
    Count = 3,
}
