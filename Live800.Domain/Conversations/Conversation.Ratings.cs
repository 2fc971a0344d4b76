using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

// Satisfaction 满意度 (rule 4).
public sealed partial class Conversation
{
    /// <summary>Its agent asks the visitor to rate while they talk. Refusals: ConversationNotOpen, ConversationOfAnother.</summary>
    public Outcome<ChatMessage> AskRating(AgentId agent, DateTimeOffset now)
    {
        if (State != ConversationState.Open)
        {
            return Refusal.ConversationNotOpen;
        }

        if (agent != AgentId)
        {
            return Refusal.ConversationOfAnother;
        }

        var line = Line(new Speaker(ChatAuthor.System, agent), ChatMessageKind.RatingAsked, now);
        SeenBy(ChatAuthor.Agent, LastSequence);
        return line;
    }

    /// <summary>Whether its visitor may rate it: an agent had it, and the visit lasts.</summary>
    public bool CanBeRated => AcceptedAt is not null && VisitEndedAt is null && (State is ConversationState.Open or ConversationState.Ended);

    /// <summary>The visitor rates. Whether he did before is the caller's question to the store. Refusals: RatingInvalid, ConversationOver.</summary>
    public Outcome<RatingStart> Rate(Guid clientId, int score, string? comment, DateTimeOffset now)
    {
        var words = ConversationRating.Write(score, comment);
        if (words.IsRefused)
        {
            return words.Refusal;
        }

        if (!CanBeRated)
        {
            return Refusal.ConversationOver;
        }

        var line = Add(Speaker.Visitor, ChatMessageKind.Rated, clientId, words.Value, now);
        SeenBy(ChatAuthor.Visitor, LastSequence);
        return new RatingStart(new ConversationRating(this, score, ConversationRating.Read(words.Value).Comment, now), line);
    }
}
