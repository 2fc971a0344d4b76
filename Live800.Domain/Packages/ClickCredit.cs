using Live800.Domain.Shared;

namespace Live800.Domain.Packages;

/// <summary>Prepaid answers of one order 点击 (S4.2). They never expire; the oldest order is used first (rule 3.11).</summary>
public sealed class ClickCredit
{
    private ClickCredit()
    {
    }

    internal ClickCredit(OrderId order, CreditOrigin origin, int bought, string note, long line, DateTimeOffset at)
    {
        OrderId = order;
        Origin = origin;
        Bought = bought;
        Note = note;
        Line = line;
        CreditedAt = at;
    }

    /// <summary>The order or grant; unique in the account.</summary>
    public OrderId OrderId { get; private set; }

    /// <summary>Bought or granted.</summary>
    public CreditOrigin Origin { get; private set; }

    /// <summary>How many.</summary>
    public int Bought { get; private set; }

    /// <summary>How many were taken by conversations.</summary>
    public int Used { get; internal set; }

    /// <summary>How many were taken back by a refund.</summary>
    public int Refunded { get; internal set; }

    /// <summary>What the operator wrote to a grant.</summary>
    public string Note { get; private set; } = "";

    /// <summary>Number of the ledger line that credited them; the smallest is used first.</summary>
    public long Line { get; private set; }

    /// <summary>When they were credited.</summary>
    public DateTimeOffset CreditedAt { get; private set; }

    /// <summary>How many are left.</summary>
    public int Left => Bought - Used - Refunded;
}
