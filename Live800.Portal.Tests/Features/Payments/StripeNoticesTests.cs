using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Payments;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Payments;

/// <summary>What Stripe tells, posted as it comes from outside (rule 3.11): only what is signed, exactly once, whatever the order.</summary>
public sealed class StripeNoticesTests
{
    [Fact]
    public async Task Whatever_is_not_signed_by_Stripe_just_now_changes_nothing()
    {
        await using var box = await StripeBox.OpenAsync();
        var (order, session) = await box.PaidAsync();
        var payload = StripeServer.Event("checkout.session.completed", session);
        var now = box.Box.Portal.Now;
        string?[] wrong =
        [
            null, "", "nonsense", "t=,v1=", "t=abc,v1=00", $"v1={StripeServer.Signature(payload, now)}", $"t={now.ToUnixTimeSeconds()}",
            StripeServer.Sign(payload, now, "whsec_fedcba9876543210"), StripeServer.Sign(payload + " ", now), StripeServer.Sign(payload, now.AddSeconds(-301)), StripeServer.Sign(payload, now.AddSeconds(301)),
            StripeServer.Sign(payload, now).Replace("v1=", "v0=", StringComparison.Ordinal), $"t={new string('9', 40)},v1={StripeServer.Signature(payload, now)}",
        ];
        foreach (var signature in wrong) Assert.Equal((signature, HttpStatusCode.BadRequest), (signature, await box.PostAsync(payload, signature)));
        var view = await box.ViewAsync(order);
        Assert.Equal(OrderState.New, view.Row.Order.State);
        Assert.Empty(view.Notices);

        var other = StripeServer.Signature(payload, now, "whsec_fedcba9876543210");
        Assert.Equal(HttpStatusCode.OK, await box.PostAsync(payload, $"t={now.ToUnixTimeSeconds()},v1={other},v1={StripeServer.Signature(payload, now)},v0=00"));
        Assert.Equal(OrderState.Fulfilled, (await box.ViewAsync(order)).Row.Order.State);
    }

    [Fact]
    public async Task What_is_signed_and_no_notice_is_refused_and_what_is_too_long_is_not_read()
    {
        await using var box = await StripeBox.OpenAsync();
        foreach (var body in new[] { " ", "null", "[]", "{", "\"text\"", """{"object":"event","type":7,"data":[]}""", string.Concat(Enumerable.Repeat("{\"a\":", 10_000)), new string('[', 20_000) })
            Assert.Equal((body, HttpStatusCode.BadRequest), (body, await box.PostAsync(body, StripeServer.Sign(body, box.Box.Portal.Now))));
        byte[] invalid = [0x7b, 0xff, 0xfe, 0x7d];
        Assert.Equal(HttpStatusCode.BadRequest, await box.PostAsync(invalid, StripeServer.Sign(Encoding.UTF8.GetString(invalid), box.Box.Portal.Now)));

        var (order, session) = await box.PaidAsync();
        var payload = StripeServer.Event("checkout.session.completed", session);
        payload += new string(' ', StripeNotices.BodyLimit - Encoding.UTF8.GetByteCount(payload));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await box.PostAsync(payload + " ", StripeServer.Sign(payload + " ", box.Box.Portal.Now)));
        Assert.Equal(OrderState.New, (await box.ViewAsync(order)).Row.Order.State);
        Assert.Equal(HttpStatusCode.OK, await box.PostAsync(payload, StripeServer.Sign(payload, box.Box.Portal.Now)));
        Assert.Equal(OrderState.Fulfilled, (await box.ViewAsync(order)).Row.Order.State);
    }

    [Fact]
    public async Task A_notice_that_comes_twenty_times_at_once_pays_once()
    {
        await using var box = await StripeBox.OpenAsync();
        var (order, session) = await box.PaidAsync();
        var told = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => box.TellAsync(i % 2 == 0 ? "checkout.session.completed" : "checkout.session.async_payment_succeeded", session)));
        Assert.All(told, status => Assert.Equal(HttpStatusCode.OK, status));
        var view = await box.ViewAsync(order);
        Assert.Equal((OrderState.Fulfilled, 100, PaymentWay.Stripe), (view.Row.Order.State, view.Credit!.Left, view.Row.Order.PaidBy));
        Assert.Equal((string)session["payment_intent"]!, Assert.Single(view.Notices).Reference);
    }

    [Fact]
    public async Task Money_that_does_not_fit_is_kept_and_shown_to_the_operator()
    {
        await using var box = await StripeBox.OpenAsync();
        var (cancelled, late) = await box.PaidAsync();
        Assert.False((await box.Orders.CancelAsync(box.Box.Administrator, cancelled.Id)).IsRefused);
        var (less, small) = await box.PaidAsync();
        small["amount_total"] = less.Amount - 1;
        var (foreign, dollars) = await box.PaidAsync();
        dollars["currency"] = "usd";
        foreach (var session in new[] { late, small, dollars, late }) Assert.Equal(HttpStatusCode.OK, await box.TellAsync("checkout.session.completed", session));
        var money = box.Box.Portal.Get<MoneyQueries>();
        foreach (var (order, refusal) in new[] { (cancelled, Refusal.OrderCancelled), (less, Refusal.AmountDiffers), (foreign, Refusal.AmountDiffers) })
        {
            var view = await box.ViewAsync(order);
            Assert.Null(view.Credit);
            Assert.Equal((MoneyLineKind.PaysNothing, refusal), Assert.Single(await money.OfAsync(order.Id)) is var line ? (line.Kind, line.Refusal) : default);
        }

        Assert.Equal(3, (await money.LatestAsync()).Count);
    }

    [Fact]
    public async Task Money_for_an_order_that_is_not_here_is_kept_once_and_another_shops_is_left_alone()
    {
        await using var box = await StripeBox.OpenAsync();
        var (order, session) = await box.PaidAsync();
        var unknown = (JsonObject)session.DeepClone();
        unknown["metadata"]!["order"] = "404";
        var stranger = (JsonObject)session.DeepClone();
        stranger["metadata"]!["company"] = "404";
        var shop = (JsonObject)session.DeepClone();
        shop["metadata"] = new JsonObject();
        foreach (var (id, about) in new[] { ("evt_1", unknown), ("evt_1", unknown), ("evt_2", stranger), ("evt_3", shop) }) Assert.Equal(HttpStatusCode.OK, await box.TellAsync("checkout.session.completed", about, id));
        Assert.Equal(HttpStatusCode.OK, await box.TellAsync("customer.created", new JsonObject { ["object"] = "customer", ["id"] = "cus_1" }));
        Assert.Equal(HttpStatusCode.OK, await box.TellAsync("something.new", new JsonObject { ["object"] = "novelty" }));
        Assert.Equal([MoneyLineKind.OrderUnknown, MoneyLineKind.OrderUnknown], (await box.Box.Portal.Get<MoneyQueries>().LatestAsync()).Select(line => line.Kind));
        Assert.Equal(OrderState.New, (await box.ViewAsync(order)).Row.Order.State);
    }

    [Fact]
    public async Task Test_money_and_real_money_are_not_mixed_up()
    {
        await using var box = await StripeBox.OpenAsync();
        var (order, session) = await box.PaidAsync();
        Assert.Equal(HttpStatusCode.OK, await box.TellAsync("checkout.session.completed", session, live: true));
        Assert.Equal(OrderState.New, (await box.ViewAsync(order)).Row.Order.State);
        Assert.False((await box.Box.Portal.Get<StripeDesk>().ChooseAsync(box.Box.Administrator, StripeBox.Form with { SecretKey = "sk_live_51Abcdefghijklmn" })).IsRefused);
        Assert.Equal(HttpStatusCode.OK, await box.TellAsync("checkout.session.completed", session));
        Assert.Equal(OrderState.New, (await box.ViewAsync(order)).Row.Order.State);
    }

    [Fact]
    public async Task Slow_money_is_waited_for_and_notices_out_of_order_come_to_the_same()
    {
        await using var box = await StripeBox.OpenAsync();
        var order = await box.PlaceAsync();
        _ = await box.Pays.StartAsync(box.Box.Administrator, order.Id);
        var session = box.Stripe.Pay(box.Stripe.Sessions[0].Made, "unpaid");
        Assert.Equal(HttpStatusCode.OK, await box.TellAsync("checkout.session.completed", session));
        var view = await box.ViewAsync(order);
        Assert.Equal((OrderState.New, true), (view.Row.Order.State, view.Link!.ConfirmingAt is not null));
        Assert.Equal(Refusal.PaymentConfirming, (await box.Pays.StartAsync(box.Box.Administrator, order.Id)).Refusal);

        Assert.Equal(HttpStatusCode.OK, await box.TellAsync("checkout.session.async_payment_failed", session));
        Assert.Equal(PayLinkEnd.Failed, (await box.ViewAsync(order)).Link!.End);
        Assert.False((await box.Pays.StartAsync(box.Box.Administrator, order.Id)).IsRefused);
        var second = box.Stripe.Pay(box.Stripe.Sessions[1].Made);
        // The end of the story comes before its middle.
        foreach (var type in new[] { "checkout.session.async_payment_succeeded", "checkout.session.completed", "checkout.session.expired" }) Assert.Equal(HttpStatusCode.OK, await box.TellAsync(type, second));
        second["payment_status"] = "unpaid";
        Assert.Equal(HttpStatusCode.OK, await box.TellAsync("checkout.session.completed", second));
        view = await box.ViewAsync(order);
        Assert.Equal((OrderState.Fulfilled, 100), (view.Row.Order.State, view.Credit!.Left));
        _ = Assert.Single(view.Notices);
    }

    [Fact]
    public async Task What_could_not_be_stored_is_not_acknowledged_and_counts_when_it_is_told_again()
    {
        await using var box = await StripeBox.OpenAsync();
        var (order, session) = await box.PaidAsync();
        await box.Box.Writes.DisposeAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await box.TellAsync("checkout.session.completed", session, "evt_1"));
        await box.Box.Portal.RestartAsync();
        Assert.Equal(OrderState.New, (await box.ViewAsync(order)).Row.Order.State);
        Assert.Equal(HttpStatusCode.OK, await box.TellAsync("checkout.session.completed", session, "evt_1"));
        Assert.Equal(OrderState.Fulfilled, (await box.ViewAsync(order)).Row.Order.State);
    }

    [Fact]
    public async Task Turned_off_it_still_hears_of_what_was_begun_and_without_keys_nothing()
    {
        await using var box = await StripeBox.OpenAsync();
        var desk = box.Box.Portal.Get<StripeDesk>();
        var (order, session) = await box.PaidAsync();
        Assert.False((await desk.TurnOffAsync(box.Box.Administrator)).IsRefused);
        Assert.Equal(Refusal.GatewayOff, (await box.Pays.StartAsync(box.Box.Administrator, order.Id)).Refusal);
        Assert.Equal(HttpStatusCode.OK, await box.TellAsync("checkout.session.completed", session));
        Assert.Equal(OrderState.Fulfilled, (await box.ViewAsync(order)).Row.Order.State);
        Assert.False((await desk.ForgetAsync(box.Box.Administrator)).IsRefused);
        Assert.Equal(HttpStatusCode.NotFound, await box.TellAsync("checkout.session.completed", session));
    }

    [Fact]
    public async Task A_refund_made_at_Stripe_is_shown_and_changes_nothing_and_our_own_is_not_shown_twice()
    {
        await using var box = await StripeBox.OpenAsync();
        var (order, payment) = await box.FulfilledAsync();
        var charge = new JsonObject { ["id"] = "ch_1", ["object"] = "charge", ["payment_intent"] = payment, ["amount"] = order.Amount, ["amount_refunded"] = 300, ["currency"] = "cny", ["metadata"] = new JsonObject() };
        foreach (var _ in new[] { 1, 2 }) Assert.Equal(HttpStatusCode.OK, await box.TellAsync("charge.refunded", charge, "evt_1"));
        var line = Assert.Single(await box.Box.Portal.Get<MoneyQueries>().OfAsync(order.Id));
        Assert.Equal((MoneyLineKind.RefundedThere, 300, payment), (line.Kind, line.Amount, line.Reference));
        Assert.Equal((OrderState.Fulfilled, 100), await box.ViewAsync(order) is var view ? (view.Row.Order.State, view.Credit!.Left) : default);

        var (second, paid) = await box.FulfilledAsync();
        var amount = (await box.Orders.RefundAsync(box.Box.Administrator, second.Id)).Value;
        await box.SendAsync();
        (charge["payment_intent"], charge["amount_refunded"]) = (paid, amount);
        Assert.Equal(HttpStatusCode.OK, await box.TellAsync("charge.refunded", charge, "evt_2"));
        Assert.Equal(MoneyLineKind.ReturnDone, Assert.Single(await box.Box.Portal.Get<MoneyQueries>().OfAsync(second.Id)).Kind);
        // What had gone out came back to Stripe.
        var refund = (JsonObject)box.Stripe.Refunds[0].Made.DeepClone();
        (refund["status"], refund["failure_reason"]) = ("failed", "lost_or_stolen_card");
        Assert.Equal(HttpStatusCode.OK, await box.TellAsync("refund.failed", refund));
        Assert.Equal((MoneyReturnState.Failed, "lost_or_stolen_card"), (await box.ViewAsync(second)).Return is { } back ? (back.State, back.Said) : default);
    }
}
