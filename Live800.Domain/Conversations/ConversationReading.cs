using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

/// <summary>That a supervisor opened a conversation of others to read it (rule 4); once for each of both, however often he looks.</summary>
public sealed class ConversationReading
{
    private ConversationReading()
    {
    }

    /// <summary>Notes the first time.</summary>
    public ConversationReading(Conversation conversation, AgentId by, DateTimeOffset now) =>
        (ConversationId, CompanyId, AgentId, At) = (conversation.Id, conversation.CompanyId, by, now);

    /// <summary>The conversation; key together with <see cref="AgentId"/>.</summary>
    public ConversationId ConversationId { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>Who reads.</summary>
    public AgentId AgentId { get; private set; }

    /// <summary>When he opened it first.</summary>
    public DateTimeOffset At { get; private set; }
}
