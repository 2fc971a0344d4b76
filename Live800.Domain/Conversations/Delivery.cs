namespace Live800.Domain.Conversations;

/// <summary>How far something an agent started has come on its way to the visitor (D7, rule 4).</summary>
public enum DeliveryState
{
    /// <summary>Sent; no page has acknowledged it yet.</summary>
    Started = 0,

    /// <summary>No acknowledgement in time: the script is blocked there, or the page is closed (rule 2.2).</summary>
    NotDelivered = 1,

    /// <summary>A page of the visitor has it.</summary>
    Delivered = 2,

    /// <summary>It stands, or stood, in front of the visitor.</summary>
    Seen = 3,

    /// <summary>The visitor answered.</summary>
    Replied = 4,
}

/// <summary>Computes the way of an invitation or a proactive chat from its dates; nothing of it is stored.</summary>
internal static class Delivery
{
    public static DeliveryState At(DateTimeOffset sentAt, DateTimeOffset? deliveredAt, bool isSeen, DateTimeOffset now, Moments moments)
    {
        if (isSeen)
        {
            return DeliveryState.Seen;
        }

        if (deliveredAt is not null)
        {
            return DeliveryState.Delivered;
        }

        return now - sentAt < moments.NotDeliveredAfter ? DeliveryState.Started : DeliveryState.NotDelivered;
    }
}
