using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>A visitor on a real page talks to an agent in the workspace: the one way through the whole house.</summary>
public sealed class MainJobTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task A_visitor_on_a_real_page_talks_to_an_agent_in_the_workspace()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var server = box.Server;
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), server);
        var desk = await Desk.OpenAsync(await SomebodyAsync(), server, box.Qingfeng, "linxiao");
        await desk.IsOpenAsync();

        // Shop page on another origin -> row in the queue.
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(shop + "/");
        var number = await desk.NumberOfAsync(ShopSite.HomeTitle);

        // Request -> accept -> three messages each way.
        await visitor.AskAsync();
        await Assertions.Expect(desk.Waiting).ToContainTextAsync(number);
        await desk.AcceptAsync(number);
        foreach (var turn in new[] { "1 沙发有现货吗？", "2 能送到杭州吗？", "3 好的，谢谢。" })
        {
            await visitor.SayAsync("v" + turn);
            await Assertions.Expect(desk.Log).ToContainTextAsync("v" + turn);
            await desk.SayAsync("a" + turn);
            await Assertions.Expect(visitor.Log).ToContainTextAsync("a" + turn);
        }
        await desk.ReadsAsync("v1 a1 v2 a2 v3 a3");
        await visitor.ReadsAsync("v1 a1 v2 a2 v3 a3");

        // A page change keeps the chat, and the agent sees the new page.
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = ShopSite.SofaTitle }).ClickAsync();
        await visitor.ReadsAsync("v1 a1 v2 a2 v3 a3");
        await Assertions.Expect(desk.Row(number)).ToContainTextAsync(ShopSite.SofaTitle);
        await visitor.SayAsync("v4 我在看云朵沙发。");
        await desk.ReadsAsync("v1 a1 v2 a2 v3 a3 v4");

        // A reload keeps it.
        await visitor.Page.ReloadAsync();
        await visitor.ReadsAsync("v1 a1 v2 a2 v3 a3 v4");

        // The server killed and restarted between two messages loses and doubles nothing.
        await server.KillAsync();
        await visitor.SayAsync("v5 服务器不在的时候写的。");
        await server.StartAsync();
        await visitor.SayAsync("v6 又在了。");
        await desk.ReadsAsync("v1 a1 v2 a2 v3 a3 v4 v5 v6", TimeSpan.FromMinutes(1));
        await desk.SayAsync("a4 都收到了。");
        await visitor.ReadsAsync("v1 a1 v2 a2 v3 a3 v4 v5 v6 a4", TimeSpan.FromMinutes(1));
        await desk.ReadsAsync("v1 a1 v2 a2 v3 a3 v4 v5 v6 a4");

        // The visitor leaves: history has the conversation once the visit is over, not before.
        var history = await desk.Page.Context.NewPageAsync();
        await history.GotoAsync(server.Address + "/history");
        await Assertions.Expect(history.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(history.GetByText(number)).ToHaveCountAsync(0);
        await visitor.Page.Context.CloseAsync();
        await history.TurnClockAsync(server, "1 小时");
        await history.GotoAsync(server.Address + "/history");
        await history.GetByText(number).First.ClickAsync();
        await Said.ExpectAsync(history.GetByRole(AriaRole.Log), "v1 a1 v2 a2 v3 a3 v4 v5 v6 a4");

        // The ledger has exactly one answer for it, and is as it was written.
        Assert.Equal(1, await server.ReadAsync<long>("SELECT COUNT(*) FROM LedgerLines WHERE Kind = 2"));
        var (exit, output) = await server.RunAsync("verify-ledger");
        Assert.True(exit == 0, output);
    }
}
