using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Companies;

/// <summary>One seat in use.</summary>
/// <param name="Since">Since when the agent holds it.</param>
/// <param name="AliveUntil">Without a sign of life it is free from then on.</param>
/// <param name="Conversations">Conversations open in it.</param>
/// <param name="SurplusOrder">1 for the surplus workspace that was taken last and ends first, 2 for the next (3.9); 0 for one within the seats in force.</param>
/// <param name="EndsAt">A surplus workspace without a conversation ends then; nothing while it talks, and for all others.</param>
public sealed record SeatHolder(
    AgentId Agent, string AgentName, string DisplayName, SessionId Session, DateTimeOffset Since, DateTimeOffset AliveUntil, AgentStatus Status, int Conversations, int SurplusOrder, DateTimeOffset? EndsAt)
{
    /// <summary>The most conversations that come to him by themselves or from colleagues (4); nothing is no limit.</summary>
    public int? Most { get; init; }

    /// <summary>Whether he has as many as he may have.</summary>
    public bool IsFull => Conversations >= Most;

    /// <summary>Beyond the seats in force: takes no new conversations (3.9).</summary>
    public bool IsSurplus => SurplusOrder > 0;
}

/// <summary>Who holds the seats of a company, and how many there are.</summary>
public sealed record SeatSituation(Entitlement Entitlement, IReadOnlyList<SeatHolder> Holders)
{
    /// <summary>Seats in force; nothing is unlimited.</summary>
    public long? Limit => Entitlement.Seats;

    public int Used => Holders.Count;

    /// <summary>Workspaces beyond the seats in force (3.9).</summary>
    public int Surplus => Holders.Count(holder => holder.IsSurplus);

    public bool IsFull => Limit is { } limit && Used >= limit;
}
