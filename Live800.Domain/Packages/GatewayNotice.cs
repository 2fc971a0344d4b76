using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Packages;

/// <summary>What a gateway told that pays no order. Stored by number: appended, never reused.</summary>
public enum GatewayNoticeKind
{
    /// <summary>Money came for an order this portal does not have.</summary>
    OrderUnknown = 0,

    /// <summary>Money was given back at the gateway itself, not by this portal.</summary>
    RefundedThere = 1,
}

/// <summary>Something a gateway told that the operator has to see and that changes nothing by itself (rule 3.11). Unique by way and <see cref="Event"/>.</summary>
public sealed class GatewayNotice
{
    /// <summary>Longest number of an event.</summary>
    public const int EventLimit = 255;

    private GatewayNotice()
    {
    }

    /// <summary>As it came in.</summary>
    public GatewayNotice(long id, PaymentWay way, string happening, GatewayNoticeKind kind, Order? order, string reference, long amount, string currency, DateTimeOffset at)
    {
        Id = id;
        Way = way;
        Event = happening;
        Kind = kind;
        OrderId = order?.Id;
        CompanyId = order?.CompanyId;
        Reference = MessageText.Line(reference, PaymentNotice.ReferenceLimit);
        Amount = amount;
        Currency = currency;
        At = at;
    }

    /// <summary>Key.</summary>
    public long Id { get; private set; }

    /// <summary>Who told.</summary>
    public PaymentWay Way { get; private set; }

    /// <summary>The gateway's number of what it told.</summary>
    public string Event { get; private set; } = "";

    /// <summary>What it told.</summary>
    public GatewayNoticeKind Kind { get; private set; }

    /// <summary>The order it is about, where there is one.</summary>
    public OrderId? OrderId { get; private set; }

    /// <summary>Whose order that is.</summary>
    public CompanyId? CompanyId { get; private set; }

    /// <summary>The gateway's number of the payment.</summary>
    public string Reference { get; private set; } = "";

    /// <summary>How much, in minor units.</summary>
    public long Amount { get; private set; }

    /// <summary>In which currency.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>When the portal heard of it.</summary>
    public DateTimeOffset At { get; private set; }
}
