using Live800.Domain.Shared;

namespace Live800.Portal.Features.Conversations;

/// <summary>What somebody looks for in the history.</summary>
/// <param name="Days">Only the last so many days; nothing is all.</param>
public sealed record HistoryTaste(int? Days = null, AgentId? Agent = null, string Text = "", GroupId? Group = null)
{
    public bool IsNarrow => Days is not null || Agent is not null || Group is not null || Text.Length > 0;
}

/// <summary>One conversation of the list.</summary>
/// <param name="Visitor">How its visitor is called.</param>
public sealed record HistoryRow(ConversationId Id, string Visitor, string Agent, DateTimeOffset At, TimeSpan? Length, int Lines, string How, VisitorId Who, string? GivenName);
