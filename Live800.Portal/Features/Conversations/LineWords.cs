using Live800.Domain.Conversations;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Conversations;

/// <summary>What the portal itself notes in a conversation, as a sentence.</summary>
public static class LineWords
{
    /// <param name="agent">The name of the line's agent; empty where it has none.</param>
    public static string Of(ChatMessage line, Conversation conversation, string agent, IStringLocalizer<Texts> texts) => line.Kind switch
    {
        ChatMessageKind.Requested => texts["LineRequested"],
        ChatMessageKind.Accepted => texts["LineAccepted", agent],
        ChatMessageKind.Ended when agent.Length > 0 => texts["LineEndedByAgent", agent],
        ChatMessageKind.Ended when conversation.EndedBy == EndedBy.Visit && line.Sequence == conversation.LastSequence => texts["LineEndedWithVisit"],
        ChatMessageKind.Ended => texts["LineEndedByVisitor"],
        ChatMessageKind.Reopened => texts["LineReopened"],
        ChatMessageKind.Withdrawn => texts["LineWithdrawn"],
        ChatMessageKind.ProactiveStarted => texts["LineProactive", agent],
        ChatMessageKind.Transferred => texts["LineTransferred", agent],
        ChatMessageKind.Suspended => texts["LineSuspended"],
        ChatMessageKind.WaitsForCompany => texts["LineWaitsForCompany"],
        ChatMessageKind.InvitationAccepted => texts["LineInvitationAccepted"],
        _ => texts["LineReturned"],
    };
}
