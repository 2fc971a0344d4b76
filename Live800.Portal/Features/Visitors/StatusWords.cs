using Live800.Domain.Visitors;

namespace Live800.Portal.Features.Visitors;

/// <summary>A queue status as mark and as key of its word.</summary>
public static class StatusWords
{
    /// <summary>In the order of the legend.</summary>
    public static readonly QueueStatus[] All = [QueueStatus.Waiting, QueueStatus.Talking, QueueStatus.EndedUnread, QueueStatus.Proactive, QueueStatus.Invited, QueueStatus.Browsing, QueueStatus.Offline];

    public static string Mark(QueueStatus status) => status switch
    {
        QueueStatus.Waiting => "waiting",
        QueueStatus.Talking => "talking",
        QueueStatus.EndedUnread => "unread",
        QueueStatus.Proactive => "proactive",
        QueueStatus.Invited => "invited",
        QueueStatus.Browsing => "browsing",
        _ => "offline",
    };
}
