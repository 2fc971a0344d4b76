using Live800.Domain.Shared;

namespace Live800.Portal.Features.Conversations;

/// <summary>A visitor who waits for an agent.</summary>
/// <param name="Name">As the queue shows it.</param>
/// <param name="FirstText">The first words typed while waiting; empty when nothing was.</param>
public sealed record WaitingRow(ConversationId Conversation, VisitorId Visitor, string Name, string FirstText, DateTimeOffset Since);
