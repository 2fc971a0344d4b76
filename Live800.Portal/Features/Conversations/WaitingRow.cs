using Live800.Domain.Shared;

namespace Live800.Portal.Features.Conversations;

/// <summary>A visitor who waits for an agent.</summary>
/// <param name="Name">As the queue shows it.</param>
/// <param name="FirstText">The first words typed while waiting; empty when nothing was.</param>
public sealed record WaitingRow(ConversationId Conversation, VisitorId Visitor, string Name, string FirstText, DateTimeOffset Since)
{
    /// <summary>The group he waits for; nothing for the whole company (4).</summary>
    public string? Group { get; init; }

    /// <summary>Why he is not accepted by itself, where others are; nothing when that is no question.</summary>
    public string? Hand { get; init; }
}
