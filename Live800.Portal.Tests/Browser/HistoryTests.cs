using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>When a conversation becomes history: at the end of the visit, whoever held it (S2.16).</summary>
public sealed class HistoryTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task S2_16_A_conversation_is_history_when_the_visit_has_ended_and_stands_in_the_visitors_panel_until_then()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var lin = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "linxiao");
        await lin.IsOpenAsync();
        var chen = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "chenzy");
        await chen.IsOpenAsync();
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(shop + "/sofa");
        var number = await lin.NumberOfAsync(ShopSite.SofaTitle);
        await visitor.AskAsync();
        await visitor.SayAsync("v1 有货吗？");
        await lin.AcceptAsync(number);
        await lin.SayAsync("a1 有。");
        await visitor.ReadsAsync("v1 a1");
        await lin.Page.GetByRole(AriaRole.Button, new() { Name = "结束", Exact = true }).ClickAsync();
        await Assertions.Expect(visitor.Log).ToContainTextAsync("结束");

        // The chat is over and the visitor still there: a colleague's panel has it, nobody's history does, and history says so.
        await chen.Row(number).ClickAsync();
        var panel = chen.Page.GetByRole(AriaRole.Complementary, new() { Name = "访客资料" });
        await Assertions.Expect(panel.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "林晓" })).ToContainTextAsync("已结束");
        var history = await chen.Page.Context.NewPageAsync();
        await history.GotoAsync(box.Server.Address + "/history");
        await Assertions.Expect(history.GetByText("另有 1 段属于还在网站上的访客")).ToBeVisibleAsync();
        await Assertions.Expect(history.GetByText(number)).ToHaveCountAsync(0);

        // He leaves; the page that is open takes it in.
        await visitor.Page.Context.CloseAsync();
        var operating = await lin.Page.Context.NewPageAsync();
        await operating.TurnClockAsync(box.Server, "1 小时");
        await history.ReloadAsync();
        await history.GetByText(number).First.ClickAsync();
        await Said.ExpectAsync(history.GetByRole(AriaRole.Log), "v1 a1");
        await Assertions.Expect(history.GetByText("属于还在网站上的访客")).ToHaveCountAsync(0);
    }
}
