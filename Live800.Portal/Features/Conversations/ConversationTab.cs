using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Conversations;

/// <summary>One of the agent's conversations as its tab shows it.</summary>
/// <param name="Name">The name on the visitor's card, or the one he gave, if any; gives way where tabs are many.</param>
/// <param name="Number">What tells him apart while he has no card (S2.14); is never cut.</param>
/// <param name="IsHelping">It is a colleague's, in whose conference the agent is 会议.</param>
public sealed record ConversationTab(ConversationId Id, VisitorId Visitor, string? Name, string Number, bool IsOpen, int Unread, bool IsHelping = false)
{
    /// <param name="member">The agent's part in it, where it is a colleague's.</param>
    public static ConversationTab Of(Conversation conversation, string? name, string? cardName = null, ConferenceMember? member = null) => new(
        conversation.Id,
        conversation.VisitorId,
        cardName ?? name,
        cardName is null ? $"#{Live800.Domain.Visitors.Visitor.NumberOf(conversation.VisitorId)}" : "",
        conversation.State == ConversationState.Open,
        Math.Max(0, conversation.LastSequence - (member?.Seen ?? conversation.AgentSeen)),
        member is not null);

    /// <summary>
    /// Where Alt+Z leads (S2.12): to the next tab with something unread, else to the next one, round and round.
    /// </summary>
    public static ConversationTab? After(IReadOnlyList<ConversationTab> tabs, ConversationId? current)
    {
        if (tabs.Count == 0) return null;
        var at = -1;
        for (var i = 0; i < tabs.Count; i++) if (tabs[i].Id == current) at = i;
        for (var step = 1; step <= tabs.Count; step++)
        {
            var next = tabs[(at + step + tabs.Count) % tabs.Count];
            if (next.Unread > 0 && next.Id != current) return next;
        }

        return tabs[(at + 1) % tabs.Count];
    }
}
