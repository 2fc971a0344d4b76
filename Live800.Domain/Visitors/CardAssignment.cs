using Live800.Domain.Shared;

namespace Live800.Domain.Visitors;

/// <summary>A visitor has a card (S2.14): one at most, several visitors may have the same. Undone by taking it away again.</summary>
public sealed class CardAssignment
{
    private CardAssignment()
    {
    }

    private CardAssignment(VisitorCard card, VisitorId visitor, AgentId by, DateTimeOffset now)
    {
        CompanyId = card.CompanyId;
        VisitorId = visitor;
        CardId = card.Id;
        By = by;
        At = now;
    }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The visitor.</summary>
    public VisitorId VisitorId { get; private set; }

    /// <summary>The card as it was chosen; it may have been merged into another one since.</summary>
    public VisitorCardId CardId { get; private set; }

    /// <summary>Who assigned it.</summary>
    public AgentId By { get; private set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Gives a visitor a card. Refusal: CardMerged (choose the card it was merged into).</summary>
    public static Outcome<CardAssignment> Of(VisitorCard card, VisitorId visitor, AgentId by, DateTimeOffset now) =>
        card.IsMerged ? Refusal.CardMerged : new CardAssignment(card, visitor, by, now);
}
