using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Packages;

/// <summary>How money comes. Stored by number: appended, never reused.</summary>
public enum PaymentWay
{
    /// <summary>By hand: the operator saw the money arrive (rule 3.11).</summary>
    Manual = 0,

    /// <summary>Stripe Checkout.</summary>
    Stripe = 1,
}

/// <summary>
/// A notice that money for an order has come, kept whatever became of it (rule 3.11): what was refused is money the operator has to give back. Unique by way and
/// <see cref="Reference"/>, so that the same notice twice is the same notice.
/// </summary>
public sealed class PaymentNotice
{
    /// <summary>Longest reference.</summary>
    public const int ReferenceLimit = 120;

    private PaymentNotice()
    {
    }

    /// <summary>A notice as it came in.</summary>
    public PaymentNotice(long id, Order order, PaymentWay way, string reference, long amount, string currency, DateTimeOffset at)
    {
        Id = id;
        OrderId = order.Id;
        CompanyId = order.CompanyId;
        Way = way;
        Reference = MessageText.Line(reference, ReferenceLimit);
        Amount = amount;
        Currency = currency;
        At = at;
        Refusal = order.Pay(this, at).Refusal;
    }

    /// <summary>Key.</summary>
    public long Id { get; private set; }

    /// <summary>The order it names.</summary>
    public OrderId OrderId { get; private set; }

    /// <summary>Whose order that is.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>How the money came.</summary>
    public PaymentWay Way { get; private set; }

    /// <summary>The gateway's number of the payment, or the bank's.</summary>
    public string Reference { get; private set; } = "";

    /// <summary>How much came, in minor units.</summary>
    public long Amount { get; private set; }

    /// <summary>In which currency.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>When the portal heard of it.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Why it paid nothing; <see cref="Refusal.None"/> when it paid the order.</summary>
    public Refusal Refusal { get; private set; }
}
