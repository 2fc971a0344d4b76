using Live800.Domain.Packages;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Packages;

/// <summary>Where a conversation of the ledger can be read.</summary>
public enum ConversationPlace
{
    /// <summary>The line has none, or its text is gone.</summary>
    Nowhere = 0,

    /// <summary>In the history: its visit has ended (S2.16).</summary>
    History = 1,

    /// <summary>In the workspace of the agent who talks in it.</summary>
    Workspace = 2,

    /// <summary>It is not history yet and somebody else's: its visitor is still on the site.</summary>
    OnTheSite = 3,
}

/// <summary>The order a line belongs to, as people call it: <c>qingfeng-3</c>.</summary>
public readonly record struct LedgerOrder(int Number, string Name);

/// <summary>One line of the ledger with what people want to know beside it.</summary>
/// <param name="AgentName">The name agents know the agent by; empty for lines without agent.</param>
/// <param name="Note">What the operator wrote to a grant or a refund.</param>
/// <param name="Place">Where its conversation can be read.</param>
/// <param name="Order">Its order; nothing for the trial, for a grant and what is charged to them.</param>
public sealed record LedgerRow(LedgerLine Line, string AgentName, string Note, ConversationPlace Place, LedgerOrder? Order);

/// <summary>A page of the ledger, the newest line first.</summary>
/// <param name="Total">Lines that match, on all pages.</param>
/// <param name="HasNewer">Whether lines that match stand above.</param>
/// <param name="HasOlder">Whether lines that match stand below.</param>
/// <param name="Agents">Every agent the filter can name.</param>
/// <param name="Zone">The zone in which instants are shown.</param>
public sealed record LedgerSheet(
    IReadOnlyList<LedgerRow> Rows, long Total, bool HasNewer, bool HasOlder, IReadOnlyList<(AgentId Id, string Name)> Agents, TimeZoneInfo Zone);
