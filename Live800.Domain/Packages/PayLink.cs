using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Packages;

/// <summary>What became of a pay link. Stored by number: appended, never reused.</summary>
public enum PayLinkEnd
{
    /// <summary>It can still be paid on.</summary>
    Open = 0,

    /// <summary>Nobody paid in time.</summary>
    Expired = 1,

    /// <summary>The buyer's bank or wallet said no; nothing was charged.</summary>
    Failed = 2,

    /// <summary>The gateway did not open it.</summary>
    Refused = 3,
}

/// <summary>
/// A pay link 付款链接 (rule 3.11): the one page at a gateway on which an order can be paid just now. It is written down before the gateway is asked, so that
/// whoever asks again, or at the same time, asks for the same page. It says nothing about money: only a payment notice does.
/// </summary>
public sealed class PayLink
{
    /// <summary>How long a page can be paid on. Gateways remember a repeated request for longer than this.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>
    /// How long the same page is asked for when no answer came. Afterwards another one is: nobody ever had the first one's address, and a gateway may repeat a fault
    /// for as long as it remembers the request.
    /// </summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(1);

    /// <summary>Longest number of a gateway.</summary>
    public const int ReferenceLimit = 255;

    /// <summary>Longest address of a page.</summary>
    public const int AddressLimit = 2048;

    /// <summary>Longest sentence of a gateway that is kept.</summary>
    public const int SaidLimit = 500;

    private PayLink()
    {
    }

    /// <summary>The next link of an order.</summary>
    public PayLink(Order order, PaymentWay way, int number, DateTimeOffset now)
    {
        OrderId = order.Id;
        CompanyId = order.CompanyId;
        Number = number;
        Way = way;
        MadeAt = now;
        // Whole seconds, as gateways count: what is asked twice must be the same to the letter.
        ExpiresAt = DateTimeOffset.FromUnixTimeSeconds((now + Lifetime).ToUnixTimeSeconds());
        Version = 1;
    }

    /// <summary>What is paid on it.</summary>
    public OrderId OrderId { get; private set; }

    /// <summary>1, 2, 3 … within the order.</summary>
    public int Number { get; private set; }

    /// <summary>Whose order that is.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>At which gateway.</summary>
    public PaymentWay Way { get; private set; }

    /// <summary>The gateway's number of the page; empty until it answered.</summary>
    public string Reference { get; private set; } = "";

    /// <summary>Where the page is; empty until the gateway answered.</summary>
    public string Address { get; private set; } = "";

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset MadeAt { get; private set; }

    /// <summary>Until when the gateway takes a payment on it.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>Since when the buyer is through and the money is on its way.</summary>
    public DateTimeOffset? ConfirmingAt { get; private set; }

    /// <summary>What became of it.</summary>
    public PayLinkEnd End { get; private set; }

    /// <summary>What the gateway said last, when it was no page.</summary>
    public string Said { get; private set; } = "";

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>Whether no other page may be opened for the order: a payment on this one can still come, or its answer.</summary>
    public bool HoldsAt(DateTimeOffset now) => End == PayLinkEnd.Open && (Reference.Length > 0 || now < MadeAt + AnswerWithin);

    /// <summary>The gateway opened the page.</summary>
    public void Open(string reference, string address)
    {
        if (Reference.Length > 0) return;
        (Reference, Address, Said) = (reference, address, "");
        Version++;
    }

    /// <summary>The buyer is through; whether the money comes is not known yet.</summary>
    public void Confirm(DateTimeOffset now)
    {
        if (End != PayLinkEnd.Open) return;
        ConfirmingAt ??= now;
        Version++;
    }

    /// <summary>No payment can come on it any more.</summary>
    public void Close(PayLinkEnd end, string said = "")
    {
        if (End != PayLinkEnd.Open) return;
        End = end;
        Said = MessageText.Line(said, SaidLimit);
        Version++;
    }

    /// <summary>The gateway could not be asked; the same page can be asked for again.</summary>
    public void Wait(string said)
    {
        Said = MessageText.Line(said, SaidLimit);
        Version++;
    }
}
