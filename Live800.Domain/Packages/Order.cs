using System.Globalization;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Packages;

/// <summary>Where an order stands, computed from its dates (rule 3.11).</summary>
public enum OrderState
{
    /// <summary>Placed, not paid.</summary>
    New = 0,

    /// <summary>Paid, and its clicks or term not yet in the account.</summary>
    Paid = 1,

    /// <summary>Its clicks or term are in the account.</summary>
    Fulfilled = 2,

    /// <summary>Cancelled before it was paid.</summary>
    Cancelled = 3,

    /// <summary>What was unused of it was taken back.</summary>
    Refunded = 4,
}

/// <summary>What a refund would take back now, and how much money belongs to it (rule 3.11).</summary>
/// <param name="Clicks">Clicks taken back.</param>
/// <param name="TermEnd">The instant at which the term would end instead.</param>
/// <param name="Amount">What the company gets back, in minor units: the share of the price that was not used.</param>
public readonly record struct RefundOffer(int Clicks, DateTimeOffset? TermEnd, long Amount);

/// <summary>
/// An order 订单 of a company (rule 3.11): placed with its price, paid once, fulfilled once; or cancelled before it was paid; or refunded. It keeps its price
/// whatever the catalogue says later.
/// </summary>
public sealed class Order
{
    /// <summary>Unpaid orders a company can have at a time.</summary>
    public const int OpenLimit = 20;

    /// <summary>How far ahead a term can be ordered.</summary>
    public static readonly TimeSpan FarthestStart = TimeSpan.FromDays(366 * 2);

    private Order()
    {
    }

    /// <summary>Key; also names its credit in the ledger.</summary>
    public OrderId Id { get; private set; }

    /// <summary>Whose it is.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>1, 2, 3 … within the company: what people call it.</summary>
    public int Number { get; private set; }

    /// <summary>What it is for.</summary>
    public OrderItem Item { get; private set; } = default!;

    /// <summary>Its price in minor units.</summary>
    public long Amount { get; private set; }

    /// <summary>Its currency, ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>What its invoice shall say, if one is wished.</summary>
    public InvoiceDetails? Invoice { get; private set; }

    /// <summary>Who placed it.</summary>
    public AgentId PlacedBy { get; private set; }

    /// <summary>When.</summary>
    public DateTimeOffset PlacedAt { get; private set; }

    /// <summary>When it was paid.</summary>
    public DateTimeOffset? PaidAt { get; private set; }

    /// <summary>How it was paid.</summary>
    public PaymentWay? PaidBy { get; private set; }

    /// <summary>The gateway's or the bank's number of the payment.</summary>
    public string PaymentReference { get; private set; } = "";

    /// <summary>When its clicks or term were credited.</summary>
    public DateTimeOffset? FulfilledAt { get; private set; }

    /// <summary>When it was cancelled.</summary>
    public DateTimeOffset? CancelledAt { get; private set; }

    /// <summary>When it was refunded.</summary>
    public DateTimeOffset? RefundedAt { get; private set; }

    /// <summary>How much was to be given back, in minor units.</summary>
    public long RefundedAmount { get; private set; }

    /// <summary>What the operator wrote to a cancellation or a refund.</summary>
    public string Note { get; private set; } = "";

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>Where it stands.</summary>
    public OrderState State =>
        RefundedAt is not null ? OrderState.Refunded
        : FulfilledAt is not null ? OrderState.Fulfilled
        : PaidAt is not null ? OrderState.Paid
        : CancelledAt is not null ? OrderState.Cancelled
        : OrderState.New;

    /// <summary>What people call it outside the company, such as on a transfer: the company ID and its number.</summary>
    public string NameIn(string companyCode) => string.Create(CultureInfo.InvariantCulture, $"{companyCode}-{Number}");

    /// <summary>
    /// Places an order at the catalogue's price (rule 3.11). Nothing bought is anything but new. Refusals: TermInvalid, ClicksInvalid, NotOnSale, PriceChanged (the buyer
    /// saw another price), StartInvalid (a start before now or more than two years ahead).
    /// </summary>
    public static Outcome<Order> Place(
        OrderId id, CompanyId company, int number, OrderItem item, long priceSeen, InvoiceDetails? invoice, PackageCatalog catalog, AgentId by, DateTimeOffset now)
    {
        var price = catalog.Quote(item);
        if (price.IsRefused)
        {
            return price.Refusal;
        }

        if (price.Value != priceSeen)
        {
            return Refusal.PriceChanged;
        }

        if (item.StartsOn < now || item.StartsOn - now > FarthestStart)
        {
            return Refusal.StartInvalid;
        }

        return new Order
        {
            Id = id,
            CompanyId = company,
            Number = number,
            Item = item,
            Amount = price.Value,
            Currency = catalog.Currency,
            Invoice = invoice,
            PlacedBy = by,
            PlacedAt = now,
            Version = 1,
        };
    }

    /// <summary>Changes what the invoice shall say, or that none is wished. Refusal: OrderCancelled.</summary>
    public Outcome WishInvoice(InvoiceDetails? invoice)
    {
        if (State == OrderState.Cancelled)
        {
            return Refusal.OrderCancelled;
        }

        Invoice = invoice;
        Version++;
        return Outcome.Done;
    }

    /// <summary>Withdraws an unpaid order (rule 3.11). Refusals: AlreadyPaid, OrderCancelled.</summary>
    public Outcome Cancel(string note, DateTimeOffset now)
    {
        if (PaidAt is not null)
        {
            return Refusal.AlreadyPaid;
        }

        if (CancelledAt is not null)
        {
            return Refusal.OrderCancelled;
        }

        CancelledAt = now;
        Note = MessageText.Line(note, PackageAccount.NoteLimit);
        Version++;
        return Outcome.Done;
    }

    /// <summary>Puts what was ordered into the company's account, once (rules 3.3, 3.4, 3.11). Refusals: NotPaid, AlreadyFulfilled, and those of the account.</summary>
    public Outcome<LedgerLine> Fulfil(PackageAccount account, DateTimeOffset now, PackageRules rules, LedgerSeal seal)
    {
        if (State != OrderState.Paid)
        {
            return State is OrderState.Fulfilled or OrderState.Refunded ? Refusal.AlreadyFulfilled : Refusal.NotPaid;
        }

        var line = Item.Kind == PackageKind.Click
            ? account.BuyClicks(Id, Item.Clicks, now, seal)
            : account.BuyTerm(Id, Item.Seats, Item.Months, Item.Start, now, rules, seal);
        if (!line.IsRefused)
        {
            FulfilledAt = now;
            Version++;
        }

        return line;
    }

    /// <summary>
    /// What a refund would take back now: the clicks left or the term's rest from now, and the share of the price that belongs to it, rounded down (rule 3.11).
    /// Refusals: NotPaid, NothingToRefund.
    /// </summary>
    public Outcome<RefundOffer> OfferRefund(PackageAccount account, DateTimeOffset now)
    {
        switch (State)
        {
            case OrderState.New or OrderState.Cancelled:
                return Refusal.NotPaid;
            case OrderState.Refunded:
                return Refusal.NothingToRefund;
            case OrderState.Paid:
                return new RefundOffer(0, null, Amount);
        }

        if (account.Credits.FirstOrDefault(credit => credit.OrderId == Id) is { } clicks)
        {
            return clicks.Left == 0 ? Refusal.NothingToRefund : new RefundOffer(clicks.Left, null, Share(clicks.Left, clicks.Bought));
        }

        var term = account.Terms.First(bought => bought.OrderId == Id);
        var end = now > term.Start ? now : term.Start;
        return end >= term.End ? Refusal.NothingToRefund : new RefundOffer(0, end, Share((term.End - end).Ticks, (term.BoughtEnd - term.Start).Ticks));
    }

    /// <summary>
    /// Takes back what is unused (rule 3.11); answers already taken stay. The line is missing where nothing had been credited yet. Refusals: NotPaid, NothingToRefund.
    /// </summary>
    public Outcome<LedgerLine?> Refund(PackageAccount account, string note, DateTimeOffset now, LedgerSeal seal)
    {
        var offer = OfferRefund(account, now);
        if (offer.IsRefused)
        {
            return offer.Refusal;
        }

        LedgerLine? line = null;
        if (State == OrderState.Fulfilled)
        {
            var taken = account.Refund(Id, now, seal);
            if (taken.IsRefused)
            {
                return taken.Refusal;
            }

            line = taken.Value;
        }

        RefundedAt = now;
        RefundedAmount = offer.Value.Amount;
        Note = MessageText.Line(note, PackageAccount.NoteLimit);
        Version++;
        return line;
    }

    /// <summary>Pays the order (rule 3.11). Refusals: OrderCancelled, AlreadyPaid, AmountDiffers.</summary>
    internal Outcome Pay(PaymentNotice notice, DateTimeOffset now)
    {
        if (CancelledAt is not null)
        {
            return Refusal.OrderCancelled;
        }

        if (PaidAt is not null)
        {
            return Refusal.AlreadyPaid;
        }

        if (notice.Amount != Amount || notice.Currency != Currency)
        {
            return Refusal.AmountDiffers;
        }

        PaidAt = now;
        PaidBy = notice.Way;
        PaymentReference = notice.Reference;
        Version++;
        return Outcome.Done;
    }

    private long Share(long unused, long whole) => (long)((Int128)Amount * unused / whole);
}
