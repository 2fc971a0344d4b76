using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Companies;

/// <summary>One seat in use.</summary>
/// <param name="Since">Since when the agent holds it.</param>
/// <param name="AliveUntil">Without a sign of life it is free from then on.</param>
/// <param name="Conversations">Conversations open in it.</param>
/// <param name="IsSurplus">Beyond the seats in force: takes no new conversations (3.9).</param>
public sealed record SeatHolder(
    AgentId Agent, string AgentName, string DisplayName, SessionId Session, DateTimeOffset Since, DateTimeOffset AliveUntil, AgentStatus Status, int Conversations, bool IsSurplus);

/// <summary>Who holds the seats of a company, and how many there are.</summary>
public sealed record SeatSituation(Entitlement Entitlement, IReadOnlyList<SeatHolder> Holders)
{
    /// <summary>Seats in force; nothing is unlimited.</summary>
    public long? Limit => Entitlement.Seats;

    public int Used => Holders.Count;

    public bool IsFull => Limit is { } limit && Used >= limit;
}
