using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Visitors;

/// <summary>
/// A visitor, or a network address, that may not start conversations or leave messages with a company (rule 4). It is in force until its end or until it is lifted, and stays on record afterwards.
/// </summary>
public sealed class VisitorBlock
{
    /// <summary>Longest reason, in characters.</summary>
    public const int ReasonLimit = 200;

    /// <summary>Most blocks of a company that are in force.</summary>
    public const int MostInForce = 1000;

    private VisitorBlock()
    {
    }

    /// <summary>Key.</summary>
    public VisitorBlockId Id { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>Whom it is about; nothing when it is an address.</summary>
    public VisitorId? VisitorId { get; private set; }

    /// <summary>The address, as <see cref="CustomerLine"/> writes it; nothing when it is a visitor.</summary>
    public string? Address { get; private set; }

    /// <summary>Why; for colleagues.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Who blocked.</summary>
    public AgentId By { get; private set; }

    /// <summary>Since when.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>When it ends by itself; nothing is until it is lifted.</summary>
    public DateTimeOffset? Until { get; private set; }

    /// <summary>When it was lifted.</summary>
    public DateTimeOffset? LiftedAt { get; private set; }

    /// <summary>Who lifted it.</summary>
    public AgentId? LiftedBy { get; private set; }

    /// <summary>Blocks a visitor. Refusals: TextTooLong (the reason), InputInvalid (it would end before it begins).</summary>
    public static Outcome<VisitorBlock> OfVisitor(VisitorBlockId id, CompanyId company, VisitorId visitor, AgentId by, string? reason, DateTimeOffset now, DateTimeOffset? until) =>
        Make(new VisitorBlock { Id = id, CompanyId = company, VisitorId = visitor, By = by, At = now }, reason, until);

    /// <summary>Blocks a network address. Refusals: NetworkAddressInvalid, and those of <see cref="OfVisitor"/>.</summary>
    public static Outcome<VisitorBlock> OfAddress(VisitorBlockId id, CompanyId company, string? address, AgentId by, string? reason, DateTimeOffset now, DateTimeOffset? until) =>
        CustomerLine.Of(address) is { } clean
            ? Make(new VisitorBlock { Id = id, CompanyId = company, Address = clean, By = by, At = now }, reason, until)
            : Refusal.NetworkAddressInvalid;

    /// <summary>Whether it is in force.</summary>
    public bool IsInForce(DateTimeOffset now) => LiftedAt is null && (Until is null || now < Until);

    /// <summary>Lifts it. Refusal: BlockUnknown (it is over).</summary>
    public Outcome Lift(AgentId by, DateTimeOffset now)
    {
        if (!IsInForce(now))
        {
            return Refusal.BlockUnknown;
        }

        (LiftedBy, LiftedAt) = (by, now);
        return Outcome.Done;
    }

    private static Outcome<VisitorBlock> Make(VisitorBlock block, string? reason, DateTimeOffset? until)
    {
        var words = MessageText.Line(reason);
        if (words.Length > ReasonLimit)
        {
            return Refusal.TextTooLong;
        }

        if (until <= block.At)
        {
            return Refusal.InputInvalid;
        }

        (block.Reason, block.Until) = (words, until);
        return block;
    }
}
