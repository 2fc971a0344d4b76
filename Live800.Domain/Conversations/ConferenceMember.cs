using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

/// <summary>
/// A colleague who talks in another agent's conversation beside him 会议 (rule 4). The conversation stays that agent's: he alone hands it on, pushes pages, asks for a rating and ends it. A conference takes no
/// answer, and a conversation in which somebody only helps does not count among those he has.
/// </summary>
public sealed class ConferenceMember
{
    /// <summary>Most colleagues in one conversation, beside its agent.</summary>
    public const int Most = 4;

    private ConferenceMember()
    {
    }

    internal ConferenceMember(Conversation conversation, AgentId agent) => (ConversationId, CompanyId, AgentId) = (conversation.Id, conversation.CompanyId, agent);

    /// <summary>The conversation; key together with <see cref="AgentId"/>.</summary>
    public ConversationId ConversationId { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The colleague.</summary>
    public AgentId AgentId { get; private set; }

    /// <summary>Who asked him.</summary>
    public AgentId AskedBy { get; private set; }

    /// <summary>When he came, the last time.</summary>
    public DateTimeOffset JoinedAt { get; private set; }

    /// <summary>When he left; nothing while he is in it.</summary>
    public DateTimeOffset? LeftAt { get; private set; }

    /// <summary>Number of the last line he has seen.</summary>
    public int Seen { get; private set; }

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>Whether he may talk in this conversation.</summary>
    public bool IsIn(Conversation conversation) => LeftAt is null && conversation.Id == ConversationId && conversation.AgentId != AgentId;

    /// <summary>He has the lines up to a number on the screen; never goes back, never beyond the last line. Says whether anything changed.</summary>
    public bool See(Conversation conversation, int sequence)
    {
        var seen = Math.Min(sequence, conversation.LastSequence);
        if (conversation.Id != ConversationId || seen <= Seen) return false;
        Seen = seen;
        Version++;
        return true;
    }

    /// <summary>He is in it no more, without a line: he has the conversation himself now, or it is over. Says whether anything changed.</summary>
    public bool Part(DateTimeOffset now)
    {
        if (LeftAt is not null) return false;
        LeftAt = now;
        Version++;
        return true;
    }

    internal void Come(AgentId askedBy, int seen, DateTimeOffset now)
    {
        (AskedBy, JoinedAt, LeftAt, Seen) = (askedBy, now, null, seen);
        Version++;
    }
}

/// <summary>A colleague who has joined, and the line both sides read, both to be stored.</summary>
/// <param name="IsNew">Whether he was never in it before.</param>
public readonly record struct ConferenceJoin(ConferenceMember Member, ChatMessage Line, bool IsNew);
