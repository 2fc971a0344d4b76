using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

/// <summary>
/// A note 内部备注 on a conversation that only agents see (rule 4). It is no line of the conversation: lines are what both sides count, so a note can never reach the visitor. It stands behind the line
/// that was the last one when it was written.
/// </summary>
public sealed class ConversationNote
{
    /// <summary>Longest note, in characters.</summary>
    public const int Limit = 2000;

    /// <summary>Most notes on one conversation.</summary>
    public const int MostOfConversation = 200;

    private ConversationNote()
    {
    }

    /// <summary>Key.</summary>
    public ConversationNoteId Id { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The conversation.</summary>
    public ConversationId ConversationId { get; private set; }

    /// <summary>The number of the line behind which it stands.</summary>
    public int After { get; private set; }

    /// <summary>Who wrote it.</summary>
    public AgentId AgentId { get; private set; }

    /// <summary>The writing page's own id; a repeat of it is the same note (D2).</summary>
    public Guid ClientId { get; private set; }

    /// <summary>The words.</summary>
    public string Text { get; private set; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Writes one; the conversation may be over. Refusals: TextEmpty, TextTooLong.</summary>
    public static Outcome<ConversationNote> Write(ConversationNoteId id, Conversation conversation, AgentId by, Guid clientId, string? text, DateTimeOffset now)
    {
        var clean = MessageText.Clean(text);
        if (clean.IsRefused)
        {
            return clean.Refusal;
        }

        return clean.Value.Length > Limit
            ? Refusal.TextTooLong
            : new ConversationNote
            {
                Id = id,
                CompanyId = conversation.CompanyId,
                ConversationId = conversation.Id,
                After = conversation.LastSequence,
                AgentId = by,
                ClientId = clientId,
                Text = clean.Value,
                At = now,
            };
    }
}
