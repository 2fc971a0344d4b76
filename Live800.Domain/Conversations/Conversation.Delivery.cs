using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

// How a proactive chat gets to its visitor (rules 2.2 and 4).
public sealed partial class Conversation
{
    /// <summary>How far a proactive chat has come on its way to the visitor (rules 2.2 and 4); nothing for the other ways.</summary>
    /// <param name="hasReplied">Whether the visitor has written.</param>
    public DeliveryState? DeliveryAt(bool hasReplied, DateTimeOffset now, Moments moments) => SentAt switch
    {
        null => null,
        _ when hasReplied => DeliveryState.Replied,
        var sentAt => Delivery.At(sentAt.Value, DeliveredAt, VisitorSeen > 0, now, moments),
    };

    /// <summary>A page of the visitor has the proactive chat. Says whether anything changed.</summary>
    public bool Reached(DateTimeOffset now)
    {
        if (SentAt is null || DeliveredAt is not null)
        {
            return false;
        }

        DeliveredAt = now;
        Version++;
        return true;
    }

    /// <summary>Sends a proactive chat again that no page acknowledged; it costs nothing more (rule 2). Refusals: ConversationNotOpen, ConversationOfAnother.</summary>
    public Outcome SendAgain(AgentId agent, DateTimeOffset now)
    {
        if (State != ConversationState.Open || SentAt is null)
        {
            return Refusal.ConversationNotOpen;
        }

        if (agent != AgentId)
        {
            return Refusal.ConversationOfAnother;
        }

        if (DeliveredAt is null)
        {
            SentAt = now;
            Version++;
        }

        return Outcome.Done;
    }
}
