using Live800.Domain.Shared;
using Live800.Domain.Visitors;

namespace Live800.Domain.Conversations;

/// <summary>A conversation filed under a card 添加对话到访客 (S2.15): under one at most. It stays there though the visitor's visits go on.</summary>
public sealed class ConversationFiling
{
    private ConversationFiling()
    {
    }

    internal ConversationFiling(Conversation conversation, VisitorCard card, AgentId by, DateTimeOffset now)
    {
        ConversationId = conversation.Id;
        CompanyId = conversation.CompanyId;
        VisitorId = conversation.VisitorId;
        CardId = card.Id;
        By = by;
        At = now;
    }

    /// <summary>The conversation.</summary>
    public ConversationId ConversationId { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>Whose conversation it is.</summary>
    public VisitorId VisitorId { get; private set; }

    /// <summary>The card; it may have been merged into another one since.</summary>
    public VisitorCardId CardId { get; private set; }

    /// <summary>Who filed it.</summary>
    public AgentId By { get; private set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; private set; }
}
