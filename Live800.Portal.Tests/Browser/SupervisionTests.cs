using System.Diagnostics;
using Live800.Portal.Tests.Browser.Support;
using Live800.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>A supervisor reads along, whispers and takes over, and the wall follows; with everybody's browser (4).</summary>
public sealed class SupervisionTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task A_supervisor_reads_whispers_unseen_by_the_visitor_takes_over_and_the_wall_shows_it()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var wall = await SomebodyAsync();
        await wall.SetViewportSizeAsync(1920, 1080);
        await wall.SignInToAsync(box.Server, box.Qingfeng, "linxiao", "/wall");
        ILocator Number(string name) => wall.Locator(".one").Filter(new() { HasText = name }).Locator("dd").First;
        await Assertions.Expect(Number("空闲席位")).ToHaveTextAsync("2");

        var chenzy = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "chenzy");
        await chenzy.IsOpenAsync();
        await Assertions.Expect(Number("空闲席位")).ToHaveTextAsync("1");
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(shop + "/sofa");
        await visitor.AskAsync();
        await visitor.SayAsync("v1 这款沙发能便宜吗？");
        await Assertions.Expect(Number("等待接待")).ToHaveTextAsync("1");
        await chenzy.AcceptAsync();
        var watch = Stopwatch.StartNew();
        await Assertions.Expect(Number("进行中")).ToHaveTextAsync("1");
        Figures.Tell($"wall: an accept is on the wall {watch.ElapsedMilliseconds} ms after it is in the agent's workspace");
        await Assertions.Expect(Number("今日应答")).ToHaveTextAsync("1");

        // The supervisor has no seat and reads along; neither side is told.
        var linxiao = await SomebodyAsync();
        await linxiao.SignInToAsync(box.Server, box.Qingfeng, "linxiao", "/supervision");
        await linxiao.GetByRole(AriaRole.Table).First.GetByRole(AriaRole.Button).First.ClickAsync();
        await Said.ExpectAsync(linxiao.GetByRole(AriaRole.Log), "v1");
        var whisper = linxiao.GetByRole(AriaRole.Textbox, new() { Name = "对客服说悄悄话，访客看不到" });
        await whisper.FillAsync("w1 可以给九折");
        await linxiao.GetByRole(AriaRole.Button, new() { Name = "悄悄说" }).ClickAsync();
        await Assertions.Expect(chenzy.Log.GetByRole(AriaRole.Note)).ToContainTextAsync("w1 可以给九折");
        await chenzy.Page.GetByRole(AriaRole.Textbox, new() { Name = "回复悄悄话，访客看不到" }).FillAsync("w2 明白");
        await chenzy.Page.GetByRole(AriaRole.Button, new() { Name = "悄悄说" }).ClickAsync();
        await Assertions.Expect(linxiao.GetByRole(AriaRole.Note).Filter(new() { HasText = "w2 明白" })).ToBeVisibleAsync();
        await chenzy.SayAsync("a1 可以的，九折。");
        await visitor.ReadsAsync("v1 a1");
        await visitor.Page.ReloadAsync();
        await visitor.ReadsAsync("v1 a1");
        Assert.DoesNotContain("w1", await visitor.Log.InnerTextAsync(), StringComparison.Ordinal);

        // Taking over needs a seat; with one it is his at once.
        var take = linxiao.GetByRole(AriaRole.Button, new() { Name = "接管", Exact = true });
        await take.ClickAsync();
        await linxiao.GetByRole(AriaRole.Button, new() { Name = "确认接管" }).ClickAsync();
        await linxiao.GetByRole(AriaRole.Link, new() { Name = "进入工作台" }).ClickAsync();
        var desk = new Desk(linxiao);
        await desk.IsOpenAsync();
        await linxiao.Locator("nav.rail").GetByRole(AriaRole.Link, new() { Name = "监控" }).ClickAsync();
        await linxiao.GetByRole(AriaRole.Table).First.GetByRole(AriaRole.Button).First.ClickAsync();
        await take.ClickAsync();
        await linxiao.GetByRole(AriaRole.Button, new() { Name = "确认接管" }).ClickAsync();
        await desk.ReadsAsync("v1 w1 w2 a1");
        await desk.SayAsync("b1 我是主管，给您八五折。");
        await visitor.ReadsAsync("v1 a1 b1");
        await Assertions.Expect(visitor.Log).ToContainTextAsync("继续为您服务");
        await Assertions.Expect(chenzy.Page.GetByText("林晓 接管了你与")).ToBeVisibleAsync();
        await Assertions.Expect(chenzy.Tabs.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(0);
        await Assertions.Expect(Number("空闲席位")).ToHaveTextAsync("0");
        Assert.Equal(1, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM LedgerLines WHERE Kind = 2"));
        Assert.Equal(1, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM ConversationReadings"));

        // Without the server the wall says since when its numbers are old, and comes back by itself.
        var stale = wall.GetByText("连接中断，数据停在");
        await Assertions.Expect(stale).ToBeHiddenAsync();
        await box.Server.StopAsync();
        await Assertions.Expect(stale).ToBeVisibleAsync();
        await box.Server.StartAsync();
        await Assertions.Expect(Number("进行中")).ToHaveTextAsync("1", new() { Timeout = 60_000 });
        await Assertions.Expect(stale).ToBeHiddenAsync(new() { Timeout = 60_000 });
    }
}
