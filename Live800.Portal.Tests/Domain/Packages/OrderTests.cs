using Live800.Domain.Packages;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Packages;

/// <summary>Rule 3.11 on the order and the catalogue themselves; bad input first.</summary>
public class OrderTests
{
    private static readonly PackageCatalog Catalog = new() { SeatMonth = 98_00, Packs = [new(500, 450_00), new(1_000, 800_00)] };
    private long _next;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(10_001, 1)]
    [InlineData(int.MaxValue, 60)]
    [InlineData(1, 0)]
    [InlineData(1, 61)]
    public void Seats_and_months_out_of_range_have_no_price(int seats, int months) =>
        Assert.Equal(Refusal.TermInvalid, Catalog.Quote(OrderItem.Term(seats, months, TermStart.Now)).Refusal);

    [Theory]
    [InlineData(500, 0, Refusal.ClicksInvalid)]
    [InlineData(500, -1, Refusal.ClicksInvalid)]
    [InlineData(0, 1, Refusal.ClicksInvalid)]
    [InlineData(-500, -1, Refusal.ClicksInvalid)]
    [InlineData(500, 20_001, Refusal.ClicksInvalid)]
    [InlineData(int.MaxValue, int.MaxValue, Refusal.ClicksInvalid)]
    [InlineData(501, 1, Refusal.NotOnSale)]
    public void Only_packs_on_sale_have_a_price(int size, int packs, Refusal expected) => Assert.Equal(expected, Catalog.Quote(OrderItem.Click(size, packs)).Refusal);

    [Fact]
    public void Ten_thousand_seats_for_five_years_have_their_price() =>
        Assert.Equal(98_00L * 10_000 * 60, Catalog.Quote(OrderItem.Term(10_000, 60, TermStart.Now)).Value);

    [Fact]
    public void What_has_no_price_is_not_sold()
    {
        var none = Catalog with { SeatMonth = null, Packs = [] };
        Assert.False(none.SellsAnything);
        Assert.Equal(Refusal.NotOnSale, none.Quote(OrderItem.Term(1, 1, TermStart.Now)).Refusal);
        Assert.Equal(Refusal.NotOnSale, none.Quote(OrderItem.Click(500, 1)).Refusal);
    }

    public static TheoryData<PackageCatalog> WrongCatalogs =>
    [
        Catalog with { Currency = "XXX" },
        Catalog with { Currency = "cny" },
        Catalog with { SeatMonth = -1 },
        Catalog with { SeatMonth = 0 },
        Catalog with { Packs = [new(1, 0)] },
        Catalog with { SeatMonth = PackageCatalog.PriceLimit + 1 },
        Catalog with { Packs = [new(0, 1)] },
        Catalog with { Packs = [new(1, -1)] },
        Catalog with { Packs = [new(500, 1), new(500, 2)] },
        Catalog with { Packs = [.. Enumerable.Range(1, PackageCatalog.PacksLimit + 1).Select(i => new ClickPack(i, 1))] },
    ];

    [Theory]
    [MemberData(nameof(WrongCatalogs))]
    public void A_wrong_catalogue_is_refused(PackageCatalog wrong) => Assert.Equal(Refusal.CatalogInvalid, wrong.Checked().Refusal);

    [Fact]
    public void A_right_catalogue_lists_its_packs_by_size() =>
        Assert.Equal([500, 1_000], (Catalog with { Packs = [new(1_000, 1), new(500, 1)] }).Checked().Value.Packs.Select(pack => pack.Clicks));

    [Fact]
    public void A_price_that_changed_meanwhile_orders_nothing()
    {
        var shop = new Shop();
        Assert.Equal(Refusal.PriceChanged, Order.Place(new(1), Shop.Id, 1, OrderItem.Click(500, 1), 449_99, null, Catalog, Shop.Linxiao, shop.Now).Refusal);
    }

    [Fact]
    public void A_start_in_the_past_or_too_far_ahead_orders_nothing()
    {
        var shop = new Shop();
        Assert.Equal(Refusal.StartInvalid, Place(shop, OrderItem.Term(1, 1, TermStart.On(shop.Now.AddTicks(-1)))).Refusal);
        Assert.Equal(Refusal.StartInvalid, Place(shop, OrderItem.Term(1, 1, TermStart.On(shop.Now + Order.FarthestStart + TimeSpan.FromTicks(1)))).Refusal);
        Assert.Equal(Refusal.StartInvalid, Place(shop, OrderItem.Term(1, 1, TermStart.On(DateTimeOffset.MaxValue))).Refusal);
        Assert.Equal(Refusal.StartInvalid, Place(shop, OrderItem.Term(1, 1, TermStart.On(DateTimeOffset.MinValue))).Refusal);
        Assert.False(Place(shop, OrderItem.Term(1, 1, TermStart.On(shop.Now))).IsRefused);
    }

    [Fact]
    public void An_order_goes_from_new_to_paid_to_fulfilled_and_keeps_its_price()
    {
        var shop = new Shop();
        var order = Place(shop, OrderItem.Click(500, 2)).Value;
        Assert.Equal((OrderState.New, 900_00L, "CNY"), (order.State, order.Amount, order.Currency));
        Assert.Equal(Refusal.NotPaid, order.Fulfil(shop.Account, shop.Now, shop.Rules, Shop.Seal).Refusal);
        Assert.Equal(Refusal.None, Pay(shop, order));
        Assert.Equal(OrderState.Paid, order.State);
        Assert.False(order.Fulfil(shop.Account, shop.Now, shop.Rules, Shop.Seal).IsRefused);
        Assert.Equal((OrderState.Fulfilled, 1_000L), (order.State, shop.Account.ClicksLeft));
        Assert.Equal(Refusal.AlreadyFulfilled, order.Fulfil(shop.Account, shop.Now, shop.Rules, Shop.Seal).Refusal);
        Assert.Equal(1_000L, shop.Account.ClicksLeft);
    }

    [Fact]
    public void Money_for_a_cancelled_order_or_of_another_amount_pays_nothing()
    {
        var shop = new Shop();
        var order = Place(shop, OrderItem.Click(500, 1)).Value;
        Assert.Equal(Refusal.AmountDiffers, Pay(shop, order, amount: 449_99));
        Assert.Equal(Refusal.AmountDiffers, Pay(shop, order, amount: 450_01));
        Assert.Equal(Refusal.AmountDiffers, Pay(shop, order, currency: "USD"));
        Assert.Equal(OrderState.New, order.State);
        Assert.False(order.Cancel("", shop.Now).IsRefused);
        Assert.Equal(Refusal.OrderCancelled, Pay(shop, order));
        Assert.Equal(Refusal.OrderCancelled, order.Cancel("", shop.Now).Refusal);
        Assert.Equal((OrderState.Cancelled, 0L), (order.State, shop.Account.ClicksLeft));
    }

    [Fact]
    public void A_second_payment_is_refused_and_a_paid_order_cannot_be_cancelled()
    {
        var shop = new Shop();
        var order = Fulfilled(shop, OrderItem.Click(500, 1));
        Assert.Equal(Refusal.AlreadyPaid, Pay(shop, order));
        Assert.Equal(Refusal.AlreadyPaid, order.Cancel("", shop.Now).Refusal);
        Assert.Equal(500L, shop.Account.ClicksLeft);
    }

    [Fact]
    public void A_term_confirmed_days_after_its_chosen_start_begins_then_with_its_full_length()
    {
        var shop = new Shop("2026-03-02 12:00");
        var order = Place(shop, OrderItem.Term(5, 1, TermStart.On(shop.At("2026-03-05 00:00")))).Value;
        _ = shop.On("2026-03-10 15:30");
        Assert.Equal(Refusal.None, Pay(shop, order));
        Assert.False(order.Fulfil(shop.Account, shop.Now, shop.Rules, Shop.Seal).IsRefused);
        var term = Assert.Single(shop.Account.Terms);
        Assert.Equal((shop.At("2026-03-10 15:30"), shop.At("2026-04-10 15:30"), 490_00L), (term.Start, term.End, order.Amount));
    }

    [Fact]
    public void A_term_confirmed_before_its_chosen_start_begins_on_it()
    {
        var shop = new Shop("2026-03-02 12:00");
        _ = Fulfilled(shop, OrderItem.Term(5, 12, TermStart.On(shop.At("2026-03-05 00:00"))));
        Assert.Equal((shop.At("2026-03-05 00:00"), shop.At("2027-03-05 00:00")), (shop.Account.Terms[0].Start, shop.Account.Terms[0].End));
    }

    [Fact]
    public void From_the_29th_of_February_a_year_goes_to_the_28th_and_four_years_to_the_29th()
    {
        var shop = new Shop("2028-02-29 09:00");
        _ = Fulfilled(shop, OrderItem.Term(1, 12, TermStart.Now));
        Assert.Equal(shop.At("2029-02-28 09:00"), shop.Account.Terms[0].End);
        _ = Fulfilled(shop, OrderItem.Term(1, 36, TermStart.AfterCurrent));
        Assert.Equal((shop.At("2029-02-28 09:00"), shop.At("2032-02-29 09:00")), (shop.Account.Terms[1].Start, shop.Account.Terms[1].End));
    }

    [Fact]
    public void A_refund_of_clicks_half_used_gives_back_the_other_half()
    {
        var shop = new Shop();
        var order = Fulfilled(shop, OrderItem.Click(500, 1));
        _ = shop.Accepts(200);
        Assert.Equal(new RefundOffer(300, null, 270_00), order.OfferRefund(shop.Account, shop.Now).Value);
        var line = order.Refund(shop.Account, "未用部分退回", shop.Now, Shop.Seal).Value!;
        Assert.Equal((LedgerKind.Refund, 300, 0L), (line.Kind, line.Clicks, line.BalanceAfter));
        Assert.Equal((OrderState.Refunded, 270_00L, "未用部分退回"), (order.State, order.RefundedAmount, order.Note));
        Assert.Equal(Refusal.NothingToRefund, order.Refund(shop.Account, "", shop.Now, Shop.Seal).Refusal);
        Assert.Equal(200, shop.Answers);
    }

    [Fact]
    public void A_refund_of_a_term_gives_back_its_rest_and_of_one_that_has_not_begun_all_of_it()
    {
        var shop = new Shop("2026-03-01 00:00");
        var running = Fulfilled(shop, OrderItem.Term(5, 1, TermStart.Now));
        var next = Fulfilled(shop, OrderItem.Term(5, 1, TermStart.AfterCurrent));
        _ = shop.On("2026-03-24 06:00");
        Assert.Equal(122_50, running.OfferRefund(shop.Account, shop.Now).Value.Amount);
        Assert.Equal((shop.At("2026-04-01 00:00"), 490_00L), (next.OfferRefund(shop.Account, shop.Now).Value.TermEnd, next.OfferRefund(shop.Account, shop.Now).Value.Amount));
        Assert.False(running.Refund(shop.Account, "", shop.Now, Shop.Seal).IsRefused);
        Assert.Equal(PackageKind.Free, shop.Entitlement.Kind);
    }

    [Fact]
    public void A_share_is_rounded_down_and_never_overflows()
    {
        var shop = new Shop();
        var order = Order.Place(new(++_next), Shop.Id, 1, OrderItem.Click(3, 1), 100, null, Catalog with { Packs = [new(3, 100)] }, Shop.Linxiao, shop.Now).Value;
        Assert.Equal(Refusal.None, Pay(shop, order));
        Assert.False(order.Fulfil(shop.Account, shop.Now, shop.Rules, Shop.Seal).IsRefused);
        _ = shop.Accepts(1);
        Assert.Equal(66, order.OfferRefund(shop.Account, shop.Now).Value.Amount);

        var dear = new Shop();
        var catalog = Catalog with { SeatMonth = PackageCatalog.PriceLimit };
        var all = OrderItem.Term(10_000, 60, TermStart.Now);
        var giant = Order.Place(new(++_next), Shop.Id, 1, all, catalog.Quote(all).Value, null, catalog, Shop.Linxiao, dear.Now).Value;
        Assert.Equal(Refusal.None, Pay(dear, giant));
        Assert.False(giant.Fulfil(dear.Account, dear.Now, dear.Rules, Shop.Seal).IsRefused);
        Assert.Equal(giant.Amount, giant.OfferRefund(dear.Account, dear.Now).Value.Amount);
    }

    [Fact]
    public void What_is_used_up_or_over_or_unpaid_is_not_refunded()
    {
        var shop = new Shop("2026-03-01 00:00");
        var clicks = Fulfilled(shop, OrderItem.Click(500, 1));
        _ = shop.Accepts(500);
        Assert.Equal(Refusal.NothingToRefund, clicks.Refund(shop.Account, "", shop.Now, Shop.Seal).Refusal);
        var term = Fulfilled(shop, OrderItem.Term(1, 1, TermStart.Now));
        _ = shop.On("2026-04-01 00:00");
        Assert.Equal(Refusal.NothingToRefund, term.Refund(shop.Account, "", shop.Now, Shop.Seal).Refusal);
        Assert.Equal(Refusal.NotPaid, Place(shop, OrderItem.Click(500, 1)).Value.Refund(shop.Account, "", shop.Now, Shop.Seal).Refusal);
    }

    [Theory]
    [InlineData(InvoiceKind.Ordinary, "", "", "", "", "", Refusal.InvoiceTitleInvalid)]
    [InlineData(InvoiceKind.Ordinary, "\u200B ", "", "", "", "", Refusal.InvoiceTitleInvalid)]
    [InlineData(InvoiceKind.Ordinary, "清风家居", "12", "", "", "", Refusal.TaxNumberInvalid)]
    [InlineData(InvoiceKind.Ordinary, "清风家居", "", "", "", "nowhere", Refusal.EmailInvalid)]
    [InlineData(InvoiceKind.Special, "清风家居", "", "地址", "银行", "", Refusal.TaxNumberInvalid)]
    [InlineData(InvoiceKind.Special, "清风家居", "91310000MA1K35QX1B", "", "银行", "", Refusal.InvoiceIncomplete)]
    [InlineData((InvoiceKind)9, "清风家居", "", "", "", "", Refusal.InputInvalid)]
    public void Invoice_details_that_no_invoice_can_say_are_refused(InvoiceKind kind, string title, string tax, string address, string bank, string email, Refusal expected) =>
        Assert.Equal(expected, InvoiceDetails.Of(kind, title, tax, address, bank, email).Refusal);

    [Fact]
    public void A_tax_number_is_stored_as_it_is_printed() =>
        Assert.Equal("91310000MA1K35QX1B", InvoiceDetails.Of(InvoiceKind.Special, "清风家居", "91310000 ma1k35qx1b", "上海", "工行", "").Value.TaxNumber);

    private Outcome<Order> Place(Shop shop, OrderItem item) =>
        Order.Place(new(++_next), Shop.Id, (int)_next, item, Catalog.Quote(item).Value, null, Catalog, Shop.Linxiao, shop.Now);

    private Order Fulfilled(Shop shop, OrderItem item)
    {
        var order = Place(shop, item).Value;
        Assert.Equal(Refusal.None, Pay(shop, order));
        shop.Ledger.Add(order.Fulfil(shop.Account, shop.Now, shop.Rules, Shop.Seal).Value);
        return order;
    }

    private Refusal Pay(Shop shop, Order order, long? amount = null, string? currency = null) =>
        new PaymentNotice(++_next, order, PaymentWay.Manual, "", amount ?? order.Amount, currency ?? order.Currency, shop.Now).Refusal;
}
