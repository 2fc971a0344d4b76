using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Payments;
using Live800.Portal.Features.Platform;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Packages;

/// <summary>Money of a refund goes back the way it came, once, whatever breaks in between (rule 3.11).</summary>
public sealed class ReturnDeskTests
{
    [Fact]
    public async Task A_refund_of_what_Stripe_took_is_sent_back_once()
    {
        await using var box = await StripeBox.OpenAsync();
        var (order, payment) = await box.FulfilledAsync();
        var refunds = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => box.Orders.RefundAsync(box.Box.Administrator, order.Id))));
        _ = Assert.Single(refunds, outcome => !outcome.IsRefused);
        Assert.Equal(MoneyReturnState.Asked, (await box.ViewAsync(order)).Return!.State);
        await Task.WhenAll(box.SendAsync(), box.SendAsync(), box.SendAsync());
        await box.SendAsync();
        var (form, _) = Assert.Single(box.Stripe.Refunds);
        Assert.Equal((payment, order.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture), order.Id.ToString()), (form["payment_intent"], form["amount"], form["metadata[order]"]));
        Assert.Equal((MoneyReturnState.Done, (string)box.Stripe.Refunds[0].Made["id"]!), (await box.ViewAsync(order)).Return is { } money ? (money.State, money.Reference) : default);
        Assert.Equal(Refusal.AlreadyReturned, (await box.Box.Portal.Get<ReturnDesk>().TryAgainAsync(box.Box.Administrator, order.Id)).Refusal);
    }

    [Fact]
    public async Task What_came_by_hand_goes_back_by_hand()
    {
        await using var box = await StripeBox.OpenAsync();
        var order = await box.PlaceAsync();
        Assert.False((await box.Orders.ConfirmAsync(box.Box.Administrator, order.Id, order.Amount, "")).IsRefused);
        Assert.False((await box.Orders.RefundAsync(box.Box.Administrator, order.Id)).IsRefused);
        Assert.Null((await box.ViewAsync(order)).Return);
        await box.SendAsync();
        Assert.Equal(0, box.Stripe.Requests);
    }

    [Fact]
    public async Task A_refund_whose_answer_was_lost_is_asked_for_again_and_sent_once_also_days_later()
    {
        await using var box = await StripeBox.OpenAsync();
        var (order, _) = await box.FulfilledAsync();
        Assert.False((await box.Orders.RefundAsync(box.Box.Administrator, order.Id)).IsRefused);
        box.Stripe.Trouble = what => what == "POST /v1/refunds" ? StripeTrouble.AnswerLost : StripeTrouble.None;
        await box.SendAsync();
        var waiting = (await box.ViewAsync(order)).Return!;
        Assert.Equal((MoneyReturnState.Asked, 1), (waiting.State, waiting.Attempts));
        Assert.NotEmpty(waiting.Said);

        // Days later Stripe does not know the key any more.
        box.Stripe.Trouble = _ => StripeTrouble.None;
        box.Stripe.ForgetKeys();
        box.Box.Machine.Advance(TimeSpan.FromDays(3));
        await box.SendAsync();
        _ = Assert.Single(box.Stripe.Refunds);
        Assert.Equal(MoneyReturnState.Done, (await box.ViewAsync(order)).Return!.State);
    }

    [Fact]
    public async Task A_refund_that_a_crash_left_behind_is_sent_by_the_next_start()
    {
        await using var stripe = await StripeServer.StartAsync();
        // With the portal's own sender; Stripe does not answer before the crash.
        await using var box = await AccountBox.OpenAsync(settings: stripe.Settings());
        stripe.Now = () => box.Portal.Now;
        Assert.False((await box.Portal.Get<StripeDesk>().ChooseAsync(box.Administrator, StripeBox.Form)).IsRefused);
        var item = OrderItem.Click(100, 1);
        var order = (await box.Portal.Get<OrderDesk>().PlaceAsync(box.Administrator, new(new OrderId(7), item, box.Portal.Get<StoreBoard>().Terms.Catalog.Quote(item).Value, null))).Value;
        _ = await box.Portal.Get<PayDesk>().StartAsync(box.Administrator, order.Id);
        var session = stripe.Pay(stripe.Sessions[0].Made);
        Assert.False((await box.Portal.Get<OrderDesk>().HearAsync(new(order.Id, PaymentWay.Stripe, (string)session["payment_intent"]!, order.Amount, "CNY"))).IsRefused);
        stripe.Trouble = what => what == "POST /v1/refunds" ? StripeTrouble.Silent : StripeTrouble.None;
        Assert.False((await box.Portal.Get<OrderDesk>().RefundAsync(box.Administrator, order.Id)).IsRefused);
        await box.Portal.RestartAsync();
        stripe.Trouble = _ => StripeTrouble.None;
        await box.Portal.RestartAsync(TimeSpan.FromMinutes(2));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await box.Portal.Get<OrderQueries>().FindAsync(order.Id))!.Return!.State != MoneyReturnState.Done) await Task.Delay(20, patience.Token);
        _ = Assert.Single(stripe.Refunds);
    }

    [Fact]
    public async Task A_no_of_Stripe_is_shown_with_its_reason_and_only_the_operator_tries_again()
    {
        await using var box = await StripeBox.OpenAsync();
        var (order, _) = await box.FulfilledAsync();
        Assert.False((await box.Orders.RefundAsync(box.Box.Administrator, order.Id)).IsRefused);
        box.Stripe.Trouble = what => what == "POST /v1/refunds" ? StripeTrouble.Refused : StripeTrouble.None;
        await box.SendAsync();
        Assert.Equal((MoneyReturnState.Failed, "Your account cannot currently make charges."), (await box.ViewAsync(order)).Return is { } no ? (no.State, no.Said) : default);
        box.Box.Machine.Advance(TimeSpan.FromDays(1));
        await box.SendAsync();
        _ = await box.Box.AgentAsync("zhoumin", administrator: true);
        var forged = await box.Box.SignInAsync("zhoumin") with { IsPlatformOperator = true };
        var desk = box.Box.Portal.Get<ReturnDesk>();
        Assert.Equal(Refusal.NotAllowed, (await desk.TryAgainAsync(forged, order.Id)).Refusal);
        box.Stripe.Trouble = _ => StripeTrouble.None;
        Assert.False((await desk.TryAgainAsync(box.Box.Administrator, order.Id)).IsRefused);
        await box.SendAsync();
        _ = Assert.Single(box.Stripe.Refunds);
        Assert.Equal(MoneyReturnState.Done, (await box.ViewAsync(order)).Return!.State);
        Assert.Equal(AuditAction.ReturnTriedAgain, (await box.Box.Portal.Get<PlatformDesk>().ReadAsync()).Audit[0].Action);
    }

    [Fact]
    public async Task While_Stripe_is_down_or_has_no_keys_the_money_waits()
    {
        await using var box = await StripeBox.OpenAsync();
        var (order, _) = await box.FulfilledAsync();
        Assert.False((await box.Orders.RefundAsync(box.Box.Administrator, order.Id)).IsRefused);
        box.Stripe.Trouble = _ => StripeTrouble.Broken;
        await box.SendAsync();
        await box.SendAsync();
        Assert.Equal((MoneyReturnState.Asked, 1), (await box.ViewAsync(order)).Return is { } down ? (down.State, down.Attempts) : default);

        var stripe = box.Box.Portal.Get<StripeDesk>();
        Assert.False((await stripe.ForgetAsync(box.Box.Administrator)).IsRefused);
        box.Box.Machine.Advance(TimeSpan.FromMinutes(1));
        await box.SendAsync();
        Assert.False((await stripe.ChooseAsync(box.Box.Administrator, StripeBox.Form)).IsRefused);
        box.Stripe.Trouble = _ => StripeTrouble.None;
        box.Box.Machine.Advance(TimeSpan.FromMinutes(5));
        await box.SendAsync();
        // Stripe repeats its fault until it has forgotten the request.
        Assert.Empty(box.Stripe.Refunds);
        box.Stripe.ForgetKeys();
        box.Box.Machine.Advance(TimeSpan.FromDays(1));
        await box.SendAsync();
        _ = Assert.Single(box.Stripe.Refunds);
        await using var context = box.Box.Portal.Read();
        Assert.Equal(MoneyReturnState.Done, (await context.MoneyReturns.SingleAsync()).State);
    }
}
