using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>Buying seats, from the order to its refund (rules 3.9, 3.11).</summary>
public sealed class StoreTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task Seats_are_ordered_confirmed_used_and_refunded_while_three_agents_are_in_and_nobody_is_cut_off()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var owner = await SomebodyAsync();
        await owner.SignInAsync(box.Server, box.Qingfeng, "linxiao");

        // The trial has two seats; one more is ordered, from now on.
        await owner.GotoAsync(box.Server.Address + "/store/checkout?kind=monthly&start=now&seats=1");
        await Assertions.Expect(owner.GetByRole(AriaRole.Heading, new() { Name = "如果最近 1 天用的就是这一笔" })).ToBeVisibleAsync();
        await owner.GetByRole(AriaRole.Button, new() { Name = "提交订单 · ¥98" }).ClickAsync();
        await owner.WaitForURLAsync("**/store/orders/1");
        await Assertions.Expect(owner.GetByText("待付款")).ToBeVisibleAsync();
        Assert.Equal(0, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM LedgerLines WHERE OrderId IN (SELECT Id FROM Orders)"));

        // The operator confirms; the order's page follows by itself.
        var operating = await owner.Context.NewPageAsync();
        await operating.GotoAsync(box.Server.Address + "/platform/orders");
        await operating.GetByRole(AriaRole.Button, new() { Name = $"确认收款 {box.Qingfeng.Code}-1" }).ClickAsync();
        await operating.GetByRole(AriaRole.Button, new() { Name = "确认收款", Exact = true }).ClickAsync();
        await Assertions.Expect(owner.GetByText("已生效")).ToBeVisibleAsync();
        await owner.GotoAsync(box.Server.Address + "/store");
        await Assertions.Expect(owner.GetByText("0 / 3 在用")).ToBeVisibleAsync();

        // Three agents are in on three seats; the first of them talks.
        var visitor = new WireVisitor(box.Server, box.Qingfeng.Code);
        var desks = new List<Desk>();
        foreach (var agent in new[] { "chenzy", "linxiao", "zhoumin" })
        {
            desks.Add(await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, agent));
            await desks[^1].IsOpenAsync();
        }
        await Assertions.Expect(owner.GetByText("3 / 3 在用")).ToBeVisibleAsync();
        await Assertions.Expect(owner.GetByText("近 7 天最多同时 3 个")).ToBeVisibleAsync();
        await visitor.ViewAsync();
        _ = Keep(await visitor.ListenAsync());
        Assert.Equal("waiting", await visitor.AskAsync());
        await desks[2].Waiting.GetByRole(AriaRole.Button, new() { NameRegex = new("^接受") }).ClickAsync();
        await desks[2].SayAsync("a1 您好。");

        // Refunded: one seat too many. Nobody is cut off; the last who came is told what happens to his workspace.
        await operating.GetByRole(AriaRole.Button, new() { Name = $"退款 {box.Qingfeng.Code}-1" }).ClickAsync();
        await operating.GetByRole(AriaRole.Button, new() { Name = "退款", Exact = true }).ClickAsync();
        await Assertions.Expect(desks[2].Page.GetByText("席位已减少，在用 3 / 2。")).ToBeVisibleAsync();
        await Assertions.Expect(desks[2].Page.GetByText("多出 1 个工作台，后进的先释放，这个排第 1。")).ToBeVisibleAsync();
        await desks[2].SayAsync("a2 还在。");
        await desks[2].ReadsAsync("a1 a2");
        foreach (var desk in desks) await desk.IsOpenAsync();
        await Assertions.Expect(owner.GetByText("3 / 2 在用")).ToBeVisibleAsync();

        // The ledger leads back to the order.
        await owner.GotoAsync(box.Server.Address + "/store/ledger?kind=refund");
        await owner.GetByRole(AriaRole.Link, new() { Name = $"订单 {box.Qingfeng.Code}-1" }).ClickAsync();
        await Assertions.Expect(owner.GetByText("已退款")).ToBeVisibleAsync();
        var (exit, output) = await box.Server.RunAsync("verify-ledger");
        Assert.True(exit == 0, output);
    }
}
