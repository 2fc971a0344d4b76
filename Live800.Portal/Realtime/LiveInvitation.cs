using Live800.Domain.Shared;

namespace Live800.Portal.Realtime;

/// <summary>The open invitation of a visitor who is on the site, as far as the queue shows it.</summary>
/// <param name="Agent">Who invited; nothing when a rule did.</param>
/// <param name="ExpiresAt">From then on it is over by the clock alone (2.2).</param>
public sealed record LiveInvitation(InvitationId Id, AgentId? Agent, DateTimeOffset ExpiresAt);
