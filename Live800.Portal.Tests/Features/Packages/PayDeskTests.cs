using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Packages;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Packages;

/// <summary>The way to the gateway's page, with a real HTTP server in Stripe's place (rule 3.11): one page at a time, and nothing lost when the line breaks.</summary>
public sealed class PayDeskTests
{
    [Fact]
    public async Task Off_until_the_operator_has_stored_keys()
    {
        await using var box = await StripeBox.OpenAsync(isOn: false);
        var order = await box.PlaceAsync();
        Assert.Equal(PayMethods.None, await box.Pays.OfferedAsync());
        Assert.Equal(Refusal.GatewayOff, (await box.Pays.StartAsync(box.Box.Administrator, order.Id)).Refusal);
        Assert.Equal(0, box.Stripe.Requests);
    }

    [Fact]
    public async Task Only_an_administrator_of_the_company_comes_to_the_page_and_only_for_an_open_order()
    {
        await using var box = await StripeBox.OpenAsync();
        var (_, stranger) = await box.Box.AnotherCompanyAsync();
        _ = await box.Box.AgentAsync("zhoumin");
        var agent = await box.Box.SignInAsync("zhoumin");
        var order = await box.PlaceAsync();
        Assert.Equal(Refusal.OrderUnknown, (await box.Pays.StartAsync(stranger, order.Id)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await box.Pays.StartAsync(agent with { IsAdministrator = true }, order.Id)).Refusal);
        Assert.Equal(Refusal.OrderUnknown, (await box.Pays.StartAsync(box.Box.Administrator, new OrderId(404))).Refusal);
        Assert.False((await box.Orders.CancelAsync(box.Box.Administrator, order.Id)).IsRefused);
        Assert.Equal(Refusal.OrderCancelled, (await box.Pays.StartAsync(box.Box.Administrator, order.Id)).Refusal);
        var (paid, _) = await box.FulfilledAsync();
        Assert.Equal(Refusal.AlreadyPaid, (await box.Pays.StartAsync(box.Box.Administrator, paid.Id)).Refusal);
        _ = Assert.Single(box.Stripe.Sessions);
    }

    [Fact]
    public async Task Whoever_clicks_and_however_often_comes_to_one_page_that_says_what_the_order_says()
    {
        await using var box = await StripeBox.OpenAsync();
        _ = await box.Box.AgentAsync("zhoumin", administrator: true);
        var other = await box.Box.SignInAsync("zhoumin") with { Language = "en" };
        var order = await box.PlaceAsync();
        var pages = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => box.Pays.StartAsync(i % 2 == 0 ? box.Box.Administrator : other, order.Id))));
        var (form, session) = Assert.Single(box.Stripe.Sessions);
        Assert.All(pages, page => Assert.Equal((string)session["url"]!, page.Value));
        Assert.Equal((string)session["url"]!, (await box.Pays.StartAsync(other, order.Id)).Value);
        _ = Assert.Single(box.Stripe.Sessions);

        Assert.Equal(order.Id.ToString(), form["client_reference_id"]);
        Assert.Equal((order.Id.ToString(), box.Box.Company.Id.ToString()), (form["metadata[order]"], form["metadata[company]"]));
        Assert.Equal((order.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture), "cny"), (form["line_items[0][price_data][unit_amount]"], form["line_items[0][price_data][currency]"]));
        Assert.Equal(["card", "alipay", "wechat_pay"], Enumerable.Range(0, 3).Select(i => form[$"allowed_payment_method_types[{i}]"]));
        Assert.Equal(("http://localhost:5080/store/orders/1?paid=1", "http://localhost:5080/store/orders/1"), (form["success_url"], form["cancel_url"]));
        Assert.Equal(OrderState.New, (await box.ViewAsync(order)).Row.Order.State);
    }

    [Fact]
    public async Task Yen_are_counted_in_whole_ones()
    {
        await using var box = await StripeBox.OpenAsync();
        Assert.False((await box.Box.Portal.Get<StoreDesk>().ChooseCatalogAsync(box.Box.Administrator, new PackageCatalog { Currency = "JPY", SeatMonth = 2_000, Packs = [new(100, 1_500)] }, box.Box.Portal.Get<StoreBoard>().Terms)).IsRefused);
        var order = await box.PlaceAsync();
        _ = (await box.Pays.StartAsync(box.Box.Administrator, order.Id)).Value;
        Assert.Equal(("1500", "jpy"), (box.Stripe.Sessions[0].Form["line_items[0][price_data][unit_amount]"], box.Stripe.Sessions[0].Form["line_items[0][price_data][currency]"]));
        var paid = box.Stripe.Pay(box.Stripe.Sessions[0].Made);
        _ = await box.TellAsync("checkout.session.completed", paid);
        Assert.Equal((OrderState.Fulfilled, 1_500), await box.ViewAsync(order) is var view ? (view.Row.Order.State, view.Row.Order.Amount) : default);
    }

    [Theory]
    [InlineData(StripeTrouble.Broken, Refusal.GatewayDown)]
    [InlineData(StripeTrouble.Silent, Refusal.GatewayDown)]
    [InlineData(StripeTrouble.AnswerLost, Refusal.GatewayDown)]
    [InlineData(StripeTrouble.Refused, Refusal.GatewayRefused)]
    public async Task When_the_line_breaks_there_is_a_sentence_and_the_next_click_goes_on(StripeTrouble trouble, Refusal refusal)
    {
        await using var box = await StripeBox.OpenAsync(patience: trouble == StripeTrouble.Silent ? "00:00:00.5" : "00:00:20");
        var order = await box.PlaceAsync();
        box.Stripe.Trouble = what => what.StartsWith("POST", StringComparison.Ordinal) ? trouble : StripeTrouble.None;
        Assert.Equal(refusal, (await box.Pays.StartAsync(box.Box.Administrator, order.Id)).Refusal);
        Assert.Equal(OrderState.New, (await box.ViewAsync(order)).Row.Order.State);
        Assert.Equal(MoneyLineKind.NotOpened, Assert.Single(await box.Box.Portal.Get<MoneyQueries>().LatestAsync()).Kind);

        box.Stripe.Trouble = _ => StripeTrouble.None;
        // Stripe repeats a fault for as long as it remembers the request.
        if (trouble == StripeTrouble.Broken) box.Box.Machine.Advance(PayLink.AnswerWithin);
        Assert.False((await box.Pays.StartAsync(box.Box.Administrator, order.Id)).IsRefused);
        // What was done before the answer was lost is not done again.
        _ = Assert.Single(box.Stripe.Sessions);
    }

    [Fact]
    public async Task Nobody_listening_is_a_sentence_too_and_a_page_given_out_stays_good_meanwhile()
    {
        await using var box = await StripeBox.OpenAsync();
        var (given, fresh) = (await box.PlaceAsync(), await box.PlaceAsync());
        var page = (await box.Pays.StartAsync(box.Box.Administrator, given.Id)).Value;
        await box.Stripe.DisposeAsync();
        Assert.Equal(page, (await box.Pays.StartAsync(box.Box.Administrator, given.Id)).Value);
        Assert.Equal(Refusal.GatewayDown, (await box.Pays.StartAsync(box.Box.Administrator, fresh.Id)).Refusal);
        box.Box.Machine.Advance(TimeSpan.FromHours(2));
        Assert.Equal(Refusal.GatewayDown, (await box.Pays.StartAsync(box.Box.Administrator, given.Id)).Refusal);
    }

    [Fact]
    public async Task A_page_that_is_over_is_followed_by_another_one_and_a_paid_one_is_not()
    {
        await using var box = await StripeBox.OpenAsync();
        var order = await box.PlaceAsync();
        var first = (await box.Pays.StartAsync(box.Box.Administrator, order.Id)).Value;
        box.Box.Machine.Advance(TimeSpan.FromHours(2));
        Assert.NotEqual(first, (await box.Pays.StartAsync(box.Box.Administrator, order.Id)).Value);

        // The notice is lost for good; the next click asks Stripe itself, pays the order and never lets anybody pay twice.
        var session = box.Stripe.Pay(box.Stripe.Sessions[1].Made);
        box.Box.Machine.Advance(TimeSpan.FromHours(2));
        Assert.Equal(Refusal.AlreadyPaid, (await box.Pays.StartAsync(box.Box.Administrator, order.Id)).Refusal);
        Assert.Equal(OrderState.Fulfilled, (await box.ViewAsync(order)).Row.Order.State);
        _ = await box.TellAsync("checkout.session.completed", session);
        var view = await box.ViewAsync(order);
        Assert.Equal((100, 1, 2), (view.Credit!.Left, view.Notices.Count, box.Stripe.Sessions.Count));
    }

    [Fact]
    public async Task A_page_of_an_account_whose_keys_are_gone_is_followed_by_one_of_the_new_account()
    {
        await using var box = await StripeBox.OpenAsync();
        var order = await box.PlaceAsync();
        _ = await box.Pays.StartAsync(box.Box.Administrator, order.Id);
        await using (var context = box.Box.Portal.Read()) Assert.Equal(1, await context.PayLinks.CountAsync());
        box.Stripe.Sessions[0].Made["id"] = "cs_of_another_account";
        Assert.False((await box.Pays.StartAsync(box.Box.Administrator, order.Id)).IsRefused);
        await using (var context = box.Box.Portal.Read()) Assert.Equal([PayLinkEnd.Expired, PayLinkEnd.Open], await context.PayLinks.OrderBy(link => link.Number).Select(link => link.End).ToListAsync());
    }
}
