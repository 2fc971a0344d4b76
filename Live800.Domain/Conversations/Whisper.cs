using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

/// <summary>
/// A whisper 悄悄话 (rule 4): a line between a supervisor and the agents of a running conversation that its visitor never sees. It is no line of the conversation and lies in a table of its own: lines are what
/// both sides count, so a whisper can never reach the visitor. It stands behind the line that was the last one when it was written.
/// </summary>
public sealed class Whisper
{
    /// <summary>Longest whisper, in characters.</summary>
    public const int Limit = 1000;

    /// <summary>Most whispers in one conversation.</summary>
    public const int MostOfConversation = 500;

    private Whisper()
    {
    }

    /// <summary>Key.</summary>
    public WhisperId Id { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The conversation.</summary>
    public ConversationId ConversationId { get; private set; }

    /// <summary>The number of the line behind which it stands.</summary>
    public int After { get; private set; }

    /// <summary>Who wrote it.</summary>
    public AgentId AgentId { get; private set; }

    /// <summary>The writing page's own id; a repeat of it is the same whisper (D2).</summary>
    public Guid ClientId { get; private set; }

    /// <summary>The words.</summary>
    public string Text { get; private set; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Writes one while an agent talks. Refusals: TextEmpty, TextTooLong, ConversationNotOpen (over, or nobody has it).</summary>
    public static Outcome<Whisper> Write(WhisperId id, Conversation conversation, AgentId by, Guid clientId, string? text, DateTimeOffset now)
    {
        var clean = MessageText.Clean(text);
        if (clean.IsRefused)
        {
            return clean.Refusal;
        }

        if (clean.Value.Length > Limit)
        {
            return Refusal.TextTooLong;
        }

        return conversation.State != ConversationState.Open
            ? Refusal.ConversationNotOpen
            : new Whisper
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
