namespace Live800.Domain.Visitors;

/// <summary>What a row of the visitor queue 访客队列 shows.</summary>
public enum QueueStatus
{
    /// <summary>Asked for a conversation, nobody has accepted yet.</summary>
    Waiting = 0,

    /// <summary>In conversation.</summary>
    Talking = 1,

    /// <summary>A proactive chat that the visitor has not answered yet.</summary>
    Proactive = 2,

    /// <summary>An invitation is open.</summary>
    Invited = 3,

    /// <summary>The conversation ended with text nobody has read.</summary>
    EndedUnread = 4,

    /// <summary>Looks around.</summary>
    Browsing = 5,

    /// <summary>Left the site a while ago.</summary>
    Offline = 6,
}

/// <summary>Key visitors 关键性访客: the statuses the system never lets a filter hide (S2.6).</summary>
public static class KeyVisitor
{
    /// <summary>Whether visitors of this status are always shown.</summary>
    public static bool IsKey(QueueStatus status) =>
        status is QueueStatus.Waiting or QueueStatus.Talking or QueueStatus.Proactive or QueueStatus.Invited or QueueStatus.EndedUnread;
}

/// <summary>What an agent chose to see 过滤队列 (S2.6, S2.10). Key visitors are shown whatever he chose.</summary>
/// <param name="Hidden">The statuses hidden.</param>
public sealed record QueueFilter(IReadOnlySet<QueueStatus> Hidden)
{
    /// <summary>Everything is shown.</summary>
    public static readonly QueueFilter All = new(new HashSet<QueueStatus>());

    /// <summary>Visitors who left are hidden (S2.10).</summary>
    public static readonly QueueFilter WithoutOffline = new(new HashSet<QueueStatus> { QueueStatus.Offline });

    /// <summary>Whether a row of this status is shown.</summary>
    public bool Shows(QueueStatus status) => KeyVisitor.IsKey(status) || !Hidden.Contains(status);
}
