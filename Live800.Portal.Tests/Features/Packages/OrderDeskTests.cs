using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Platform;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Packages;

/// <summary>Orders on the real file, with accounts that really signed in: who may do what, and exactly once (rule 3.11).</summary>
public sealed class OrderDeskTests
{
    private static readonly OrderItem Clicks = OrderItem.Click(100, 1);

    [Fact]
    public async Task Only_an_administrator_of_the_company_orders()
    {
        await using var box = await AccountBox.OpenAsync();
        _ = await box.AgentAsync("zhoumin");
        var agent = await box.SignInAsync("zhoumin");
        Assert.Equal(Refusal.NotAllowed, (await Desk(box).PlaceAsync(agent with { IsAdministrator = true }, Draft(box, Clicks))).Refusal);
        Assert.Equal(0, (await Queries(box).OfAsync(box.Company.Id, 0, 10)).Total);
    }

    [Fact]
    public async Task A_draft_sent_twenty_times_is_one_order()
    {
        await using var box = await AccountBox.OpenAsync();
        var draft = Draft(box, Clicks);
        var placed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Desk(box).PlaceAsync(box.Administrator, draft)));
        Assert.All(placed, order => Assert.Equal((draft.Id, 1), (order.Value.Id, order.Value.Number)));
        Assert.Equal(1, (await Queries(box).OfAsync(box.Company.Id, 0, 10)).Total);
    }

    [Fact]
    public async Task Another_companys_order_id_cannot_be_taken()
    {
        await using var box = await AccountBox.OpenAsync();
        var (_, stranger) = await box.AnotherCompanyAsync();
        var draft = Draft(box, Clicks);
        Assert.False((await Desk(box).PlaceAsync(box.Administrator, draft)).IsRefused);
        Assert.Equal(Refusal.ChangedMeanwhile, (await Desk(box).PlaceAsync(stranger, draft)).Refusal);
    }

    [Fact]
    public async Task Twenty_unpaid_orders_are_enough()
    {
        await using var box = await AccountBox.OpenAsync();
        for (var i = 0; i < Order.OpenLimit; i++) _ = await PlaceAsync(box, Clicks);
        Assert.Equal(Refusal.TooManyOpenOrders, (await Desk(box).PlaceAsync(box.Administrator, Draft(box, Clicks))).Refusal);
        Assert.False((await Desk(box).CancelAsync(box.Administrator, (await Queries(box).FindAsync(box.Company.Id, 7))!.Row.Order.Id)).IsRefused);
        Assert.Equal(21, (await PlaceAsync(box, Clicks)).Number);
    }

    [Fact]
    public async Task A_payment_notice_that_comes_twenty_times_at_once_fulfils_once()
    {
        await using var box = await AccountBox.OpenAsync();
        var order = await PlaceAsync(box, Clicks);
        var notice = new GatewayPayment(order.Id, PaymentWay.Stripe, "pi_1", order.Amount, "CNY");
        var heard = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Desk(box).HearAsync(notice))));
        Assert.All(heard, outcome => Assert.Equal(Refusal.None, outcome.Refusal));
        var view = await ViewAsync(box, order);
        Assert.Equal((OrderState.Fulfilled, 100), (view.Row.Order.State, view.Credit!.Left));
        _ = Assert.Single(view.Notices);
        Assert.Equal(1, await CreditsOfAsync(box, order));
    }

    [Fact]
    public async Task A_second_payment_is_kept_for_the_operator_and_credits_nothing()
    {
        await using var box = await AccountBox.OpenAsync();
        var order = await PlaceAsync(box, Clicks);
        Assert.False((await Desk(box).HearAsync(new(order.Id, PaymentWay.Stripe, "pi_1", order.Amount, "CNY"))).IsRefused);
        Assert.Equal(Refusal.AlreadyPaid, (await Desk(box).HearAsync(new(order.Id, PaymentWay.Stripe, "pi_2", order.Amount, "CNY"))).Refusal);
        var view = await ViewAsync(box, order);
        Assert.Equal([("pi_2", Refusal.AlreadyPaid), ("pi_1", Refusal.None)], view.Notices.Select(notice => (notice.Reference, notice.Refusal)));
        Assert.Equal(1, await CreditsOfAsync(box, order));
    }

    [Fact]
    public async Task A_notice_for_a_cancelled_order_or_with_another_amount_is_kept_and_credits_nothing()
    {
        await using var box = await AccountBox.OpenAsync();
        var wrong = await PlaceAsync(box, Clicks);
        Assert.Equal(Refusal.AmountDiffers, (await Desk(box).HearAsync(new(wrong.Id, PaymentWay.Stripe, "pi_1", wrong.Amount - 1, "CNY"))).Refusal);
        Assert.Equal(Refusal.AmountDiffers, (await Desk(box).HearAsync(new(wrong.Id, PaymentWay.Stripe, "pi_1", wrong.Amount - 1, "CNY"))).Refusal);
        var cancelled = await PlaceAsync(box, Clicks);
        Assert.False((await Desk(box).CancelAsync(box.Administrator, cancelled.Id)).IsRefused);
        Assert.Equal(Refusal.OrderCancelled, (await Desk(box).HearAsync(new(cancelled.Id, PaymentWay.Stripe, "pi_2", cancelled.Amount, "CNY"))).Refusal);
        Assert.Equal(Refusal.OrderUnknown, (await Desk(box).HearAsync(new(new OrderId(404), PaymentWay.Stripe, "pi_3", 1, "CNY"))).Refusal);

        Assert.Equal((OrderState.New, Refusal.AmountDiffers), ((await ViewAsync(box, wrong)).Row.Order.State, Assert.Single((await ViewAsync(box, wrong)).Notices).Refusal));
        Assert.Equal((OrderState.Cancelled, Refusal.OrderCancelled), ((await ViewAsync(box, cancelled)).Row.Order.State, Assert.Single((await ViewAsync(box, cancelled)).Notices).Refusal));
        Assert.Equal(0, await CreditsOfAsync(box, wrong) + await CreditsOfAsync(box, cancelled));
    }

    [Fact]
    public async Task One_payment_cannot_pay_two_orders()
    {
        await using var box = await AccountBox.OpenAsync();
        var (first, second) = (await PlaceAsync(box, Clicks), await PlaceAsync(box, Clicks));
        Assert.False((await Desk(box).HearAsync(new(first.Id, PaymentWay.Stripe, "pi_1", first.Amount, "CNY"))).IsRefused);
        Assert.Equal(Refusal.AlreadyPaid, (await Desk(box).HearAsync(new(second.Id, PaymentWay.Stripe, "pi_1", second.Amount, "CNY"))).Refusal);
        Assert.Equal(OrderState.New, (await ViewAsync(box, second)).Row.Order.State);
    }

    [Fact]
    public async Task The_operator_confirms_once_and_nobody_else_does()
    {
        await using var box = await AccountBox.OpenAsync();
        var (company, administrator) = await box.AnotherCompanyAsync();
        var order = (await Desk(box).PlaceAsync(administrator, Draft(box, Clicks))).Value;
        Assert.Equal(Refusal.NotAllowed, (await Desk(box).ConfirmAsync(administrator with { IsPlatformOperator = true }, order.Id, order.Amount, "")).Refusal);
        Assert.Equal(Refusal.AmountDiffers, (await Desk(box).ConfirmAsync(box.Administrator, order.Id, order.Amount + 1, "")).Refusal);
        var confirmed = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Desk(box).ConfirmAsync(box.Administrator, order.Id, order.Amount, "工行 1234"))));
        _ = Assert.Single(confirmed, outcome => !outcome.IsRefused);
        Assert.All(confirmed.Where(outcome => outcome.IsRefused), outcome => Assert.Equal(Refusal.AlreadyPaid, outcome.Refusal));
        Assert.Equal(1, await CreditsOfAsync(box, order));

        var audit = (await box.Portal.Get<PlatformDesk>().ReadAsync()).Audit;
        Assert.Equal($"{company.Code}-1 · CNY {order.Amount}", Assert.Single(audit, entry => entry.Action == AuditAction.OrderConfirmed).Detail);
    }

    [Fact]
    public async Task A_company_cancels_its_own_orders_only_and_the_operator_any()
    {
        await using var box = await AccountBox.OpenAsync();
        var (_, stranger) = await box.AnotherCompanyAsync();
        var (ours, theirs) = (await PlaceAsync(box, Clicks), (await Desk(box).PlaceAsync(stranger, Draft(box, Clicks))).Value);
        Assert.Equal(Refusal.OrderUnknown, (await Desk(box).CancelAsync(stranger, ours.Id)).Refusal);
        Assert.False((await Desk(box).CancelAsync(box.Administrator, theirs.Id, "没有收到款")).IsRefused);
        Assert.Equal((OrderState.Cancelled, "没有收到款"), ((await ViewAsync(box, theirs)).Row.Order.State, (await ViewAsync(box, theirs)).Row.Order.Note));
        Assert.Equal(OrderState.New, (await ViewAsync(box, ours)).Row.Order.State);
        _ = Assert.Single((await box.Portal.Get<PlatformDesk>().ReadAsync()).Audit, entry => entry.Action == AuditAction.OrderCancelled);
    }

    [Fact]
    public async Task A_term_paid_days_after_its_chosen_start_begins_when_it_is_paid()
    {
        await using var box = await AccountBox.OpenAsync();
        var now = box.Portal.Get<TimeProvider>().GetUtcNow();
        var order = await PlaceAsync(box, OrderItem.Term(5, 1, TermStart.On(now.AddDays(2))));
        box.Machine.Advance(TimeSpan.FromDays(10));
        var paid = box.Portal.Get<TimeProvider>().GetUtcNow();
        Assert.False((await Desk(box).ConfirmAsync(box.Administrator, order.Id, order.Amount, "")).IsRefused);
        var view = await ViewAsync(box, order);
        Assert.Equal((paid, 98_00L * 5), (view.Term!.Start, view.Row.Order.Amount));
        Assert.Equal(LocalCalendar.AddMonths(paid, 1, view.Zone), view.Term.End);
    }

    [Fact]
    public async Task A_refund_takes_back_what_is_unused_once_and_is_the_operators()
    {
        await using var box = await AccountBox.OpenAsync();
        var (company, administrator) = await box.AnotherCompanyAsync();
        box.Machine.Advance(TimeSpan.FromDays(8));
        var order = (await Desk(box).PlaceAsync(administrator, Draft(box, Clicks))).Value;
        Assert.Equal(Refusal.NotPaid, (await Desk(box).RefundAsync(box.Administrator, order.Id)).Refusal);
        Assert.False((await Desk(box).ConfirmAsync(box.Administrator, order.Id, order.Amount, "")).IsRefused);
        var packages = box.Portal.Get<PackageDesk>();
        for (var i = 0; i < 50; i++)
        {
            var conversation = new ConversationId(1_000 + i);
            Assert.False((await box.Writes.RunAsync((write, token) => packages.TakeAnswerAsync(write, company.Id, AnswerWay.VisitorAsks, administrator.AgentId, conversation, box.Portal.Get<TimeProvider>().GetUtcNow(), token))).IsRefused);
        }

        Assert.Equal(Refusal.NotAllowed, (await Desk(box).RefundAsync(administrator, order.Id)).Refusal);
        Assert.Equal(50, (await packages.EntitlementAsync(company.Id)).AnswersLeft);
        var refunds = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Desk(box).RefundAsync(box.Administrator, order.Id, "关店"))));
        Assert.Equal(order.Amount / 2, Assert.Single(refunds, outcome => !outcome.IsRefused).Value);
        Assert.Equal((PackageKind.Free, OrderState.Refunded), ((await packages.EntitlementAsync(company.Id)).Kind, (await ViewAsync(box, order)).Row.Order.State));
    }

    [Fact]
    public async Task One_company_does_not_see_anothers_orders()
    {
        await using var box = await AccountBox.OpenAsync();
        var (company, stranger) = await box.AnotherCompanyAsync();
        _ = await PlaceAsync(box, Clicks);
        _ = await Desk(box).PlaceAsync(stranger, Draft(box, OrderItem.Term(1, 1, TermStart.Now)) with { Invoice = InvoiceDetails.Of(InvoiceKind.Ordinary, "蓝天", "", "", "", "").Value });
        Assert.Equal(PackageKind.Click, Assert.Single((await Queries(box).OfAsync(box.Company.Id, 0, 10)).Rows).Order.Item.Kind);
        Assert.Null(await Queries(box).FindAsync(box.Company.Id, 2));
        Assert.Null(await Queries(box).LastInvoiceAsync(box.Company.Id));
        Assert.Equal("蓝天", (await Queries(box).LastInvoiceAsync(company.Id))!.Title);
        Assert.Equal(2, (await Queries(box).OfAllAsync(OrderState.New, null, 0, 10)).Total);
        Assert.Equal(company.Code, Assert.Single((await Queries(box).OfAllAsync(null, company.Code + "-1", 0, 10)).Rows).CompanyCode);
        Assert.Equal(0, (await Queries(box).OfAllAsync(OrderState.Fulfilled, null, 0, 10)).Total);
    }

    [Fact]
    public async Task The_operators_figures_and_prices_hold_at_once_and_after_a_restart_and_placed_orders_keep_theirs()
    {
        await using var box = await AccountBox.OpenAsync();
        box.Machine.Advance(TimeSpan.FromDays(8));
        var (store, packages) = (box.Portal.Get<StoreDesk>(), box.Portal.Get<PackageDesk>());
        var order = await PlaceAsync(box, Clicks);
        Assert.Equal(Refusal.FiguresInvalid, (await store.ChooseFiguresAsync(box.Administrator, new PackageFigures { FreeAgentAccounts = 0 }, Terms(box))).Refusal);
        Assert.Equal(Refusal.CatalogInvalid, (await store.ChooseCatalogAsync(box.Administrator, new PackageCatalog { SeatMonth = -1 }, Terms(box))).Refusal);
        var (_, stranger) = await box.AnotherCompanyAsync();
        Assert.Equal(Refusal.NotAllowed, (await store.ChooseFiguresAsync(stranger with { IsPlatformOperator = true }, new PackageFigures(), Terms(box))).Refusal);
        Assert.Equal(5, (await packages.EntitlementAsync(box.Company.Id)).AnswersLeft);

        Assert.False((await store.ChooseFiguresAsync(box.Administrator, new PackageFigures { FreeAnswersPerDay = 8 }, Terms(box))).IsRefused);
        Assert.False((await store.ChooseCatalogAsync(box.Administrator, new PackageCatalog { Currency = "JPY", SeatMonth = 2_000, Packs = [new(100, 1_500)] }, Terms(box))).IsRefused);
        Assert.False((await store.SellAsync(box.Administrator, "青木客服", "户名：青木\r\n帐号：1234", Terms(box))).IsRefused);
        Assert.Equal(8, (await packages.EntitlementAsync(box.Company.Id)).AnswersLeft);
        Assert.Equal(Refusal.PriceChanged, (await Desk(box).PlaceAsync(box.Administrator, new OrderDraft(new OrderId(9), Clicks, order.Amount, null))).Refusal);
        Assert.Equal((order.Amount, "CNY"), ((await ViewAsync(box, order)).Row.Order.Amount, (await ViewAsync(box, order)).Row.Order.Currency));

        // Another board on the same file is what the next start reads.
        var again = new StoreBoard(box.Portal.Get<IDbContextFactory<Live800.Portal.Data.PortalDbContext>>(), PackageFigures.Default).Terms;
        Assert.Equal((8, "JPY", 0, "青木客服", "户名：青木\n帐号：1234"), (again.Figures.FreeAnswersPerDay, again.Catalog.Currency, again.Currency.Digits, again.Seller, again.TransferInstructions));
        Assert.Equal([new ClickPack(100, 1_500)], again.Catalog.Packs);
    }

    private static OrderDesk Desk(AccountBox box) => box.Portal.Get<OrderDesk>();

    private static StoreTerms Terms(AccountBox box) => box.Portal.Get<StoreBoard>().Terms;

    private static OrderQueries Queries(AccountBox box) => box.Portal.Get<OrderQueries>();

    private static OrderDraft Draft(AccountBox box, OrderItem item) =>
        new(new OrderId(IdSource.Next(box.Portal.Get<TimeProvider>().GetUtcNow())), item, box.Portal.Get<StoreBoard>().Terms.Catalog.Quote(item).Value, null);

    private static async Task<Order> PlaceAsync(AccountBox box, OrderItem item) => (await Desk(box).PlaceAsync(box.Administrator, Draft(box, item))).Value;

    private static async Task<OrderView> ViewAsync(AccountBox box, Order order) => (await Queries(box).FindAsync(order.Id))!;

    private static async Task<int> CreditsOfAsync(AccountBox box, Order order)
    {
        await using var context = box.Portal.Read();
        return await context.LedgerLines.CountAsync(line => line.OrderId == order.Id && line.Kind == LedgerKind.Credit);
    }
}
