using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Portal.Realtime;

/// <summary>The newest conversation of a running visit, as far as the queue shows it.</summary>
/// <param name="HasUnread">Whether the visitor wrote something that no agent has seen.</param>
/// <param name="IsPending">A proactive chat that the visitor has not answered yet.</param>
public sealed record LiveTalk(ConversationId Id, ConversationState State, AgentId? Agent, DateTimeOffset RequestedAt, bool HasUnread, bool IsPending = false, GroupId? Group = null);
