namespace Live800.Domain.Conversations;

/// <summary>A conversation is history 历史对话 when its visit has ended, not when the chat has (S2.16).</summary>
public static class HistoryVisibility
{
    /// <summary>Whether history shows it.</summary>
    public static bool IsHistory(Conversation conversation) => conversation.VisitEndedAt is not null;

    /// <summary>Whether the visitor's panel shows it among this visit's conversations.</summary>
    public static bool IsOfRunningVisit(Conversation conversation) => conversation.VisitEndedAt is null;
}
