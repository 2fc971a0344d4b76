using Bunit;
using Live800.Domain.Packages;
using Live800.Portal.Data;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Payments;
using Live800.Portal.Features.Platform;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Payments;

/// <summary>What buyer and operator see of online payment (rule 3.11), over the real desks and files.</summary>
public sealed class PaymentPagesTests : ComponentTest
{
    // On a machine that does much else at the same time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task An_unpaid_order_offers_Stripe_only_when_it_is_on_and_follows_when_the_notice_has_come()
    {
        await using var box = await StripeBox.OpenAsync(isOn: false);
        var order = await box.PlaceAsync();
        Serve(box);
        var off = Open<OrderDetailPage>(box, page => page.Add(it => it.Number, 1));
        off.WaitForAssertion(() => Assert.Contains("转账付款", off.Markup, StringComparison.Ordinal), Patience);
        Assert.DoesNotContain("在线付款", off.Markup, StringComparison.Ordinal);

        Assert.False((await box.Box.Portal.Get<StripeDesk>().ChooseAsync(box.Box.Administrator, StripeBox.Form)).IsRefused);
        var page = Open<OrderDetailPage>(box, it => it.Add(one => one.Number, 1));
        var button = page.WaitForElement(".pay .btn.pri", Patience);
        Assert.Equal("用银行卡、支付宝、微信支付付款", button.TextContent);
        await using (var context = box.Box.Portal.Read()) Assert.False(await context.PayLinks.AnyAsync());
        Assert.Equal(0, box.Stripe.Requests);
        await page.InvokeAsync(() => page.Find(".pay .btn.pri").ClickAsync());
        page.WaitForAssertion(() => Assert.StartsWith("https://checkout.stripe.com/c/pay/cs_test_", Page.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal), Patience);

        _ = await box.TellAsync("checkout.session.completed", box.Stripe.Pay(box.Stripe.Sessions[0].Made));
        box.Box.Machine.Advance(TimeSpan.FromSeconds(2));
        page.WaitForAssertion(() => Assert.Contains("Stripe 在线支付", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(page.FindAll(".pay"));
    }

    [Fact]
    public async Task Coming_back_says_that_it_is_being_confirmed_only_where_a_page_was_given_out()
    {
        await using var box = await StripeBox.OpenAsync();
        var order = await box.PlaceAsync();
        Serve(box);
        Assert.DoesNotContain("付款正在确认", (await BackAsync()).Markup, StringComparison.Ordinal);
        _ = await box.Pays.StartAsync(box.Box.Administrator, order.Id);
        var back = await BackAsync();
        Assert.Contains("付款正在确认", back.Markup, StringComparison.Ordinal);
        Assert.Empty(back.FindAll(".btn.pri"));
        Assert.Equal(OrderState.New, (await box.ViewAsync(order)).Row.Order.State);
        Speak("en");
        Assert.Contains("The payment is being confirmed.", (await BackAsync()).Markup, StringComparison.Ordinal);

        async Task<IRenderedComponent<PayOnline>> BackAsync()
        {
            var view = await box.ViewAsync(order);
            return Page.Render<PayOnline>(pay => pay.Add(it => it.View, view).Add(it => it.Methods, PayMethods.Card).Add(it => it.Current, box.Box.Administrator).Add(it => it.Returned, true));
        }
    }

    [Fact]
    public async Task The_operator_sees_the_mode_the_webhook_address_and_what_needs_him_and_never_a_key()
    {
        await using var box = await StripeBox.OpenAsync();
        var (order, session) = await box.PaidAsync();
        Assert.False((await box.Orders.CancelAsync(box.Box.Administrator, order.Id)).IsRefused);
        _ = await box.TellAsync("checkout.session.completed", session);
        Serve(box);
        var page = Open<PaymentPage>(box);
        page.WaitForAssertion(() => Assert.Contains("但订单已取消", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Contains("测试模式", page.Markup, StringComparison.Ordinal);
        Assert.Equal("http://localhost:5080/pay/stripe", page.Find("#webhook").TextContent);
        Assert.DoesNotContain(StripeServer.Key, page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(StripeServer.Secret, page.Markup, StringComparison.Ordinal);
        var orders = Open<PlatformOrdersPage>(box);
        orders.WaitForAssertion(() => Assert.Contains("但订单已取消", orders.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task A_return_that_failed_has_its_reason_and_a_button()
    {
        await using var box = await StripeBox.OpenAsync();
        var (order, _) = await box.FulfilledAsync();
        Assert.False((await box.Orders.RefundAsync(box.Box.Administrator, order.Id)).IsRefused);
        box.Stripe.Trouble = what => what == "POST /v1/refunds" ? StripeTrouble.Refused : StripeTrouble.None;
        await box.SendAsync();
        Serve(box);
        var page = Open<PlatformOrdersPage>(box);
        page.WaitForAssertion(() => Assert.Contains("Your account cannot currently make charges.", page.Markup, StringComparison.Ordinal), Patience);
        box.Stripe.Trouble = _ => StripeTrouble.None;
        await page.InvokeAsync(() => page.Find(".money .btn").ClickAsync());
        page.WaitForAssertion(() => Assert.Contains("已请 Stripe 退回", page.Markup, StringComparison.Ordinal), Patience);
        await box.SendAsync();
        box.Box.Machine.Advance(TimeSpan.FromSeconds(2));
        page.WaitForAssertion(() => Assert.Contains("Stripe 已退回", page.Markup, StringComparison.Ordinal), Patience);
    }

    private void Serve(StripeBox box)
    {
        var portal = box.Box.Portal;
        _ = Page.Services.AddSingleton(portal.Get<OrderDesk>()).AddSingleton(portal.Get<OrderQueries>()).AddSingleton(portal.Get<StoreBoard>()).AddSingleton(box.Pays).AddSingleton(portal.Get<MoneyQueries>())
            .AddSingleton(portal.Get<ReturnDesk>()).AddSingleton(portal.Get<StripeDesk>()).AddSingleton(portal.Get<PublicAddress>()).AddSingleton(portal.Get<PortalEvents>()).AddSingleton(portal.Get<TimeProvider>());
    }

    private IRenderedComponent<CascadingValue<Task<AuthenticationState>>> Open<TPage>(StripeBox box, Action<ComponentParameterCollectionBuilder<TPage>>? with = null)
        where TPage : IComponent => Page.Render<CascadingValue<Task<AuthenticationState>>>(cascade => cascade
            .Add(value => value.Value, Task.FromResult(new AuthenticationState(box.Box.Administrator.ToPrincipal("test"))))
            .AddChildContent<TPage>(with));
}
