using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>What belongs to one visitor, one agent, one company stays with them.</summary>
public sealed class ApartTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task Between_two_visitors_and_two_agents_nothing_crosses()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var linxiao = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "linxiao");
        var chenzy = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "chenzy");
        await linxiao.IsOpenAsync();
        await chenzy.IsOpenAsync();

        var red = new Visitor(await SomebodyAsync());
        await red.Page.GotoAsync(shop + "/sofa");
        await red.AskAsync();
        await red.SayAsync("r1 我要红色的。");
        await linxiao.AcceptAsync("r1 我要红色的。");
        var blue = new Visitor(await SomebodyAsync());
        await blue.Page.GotoAsync(shop + "/lamp");
        await blue.AskAsync();
        await blue.SayAsync("b1 我要蓝色的。");
        await chenzy.AcceptAsync("b1 我要蓝色的。");

        await linxiao.SayAsync("l1 红色有货。");
        await chenzy.SayAsync("c1 蓝色要等。");
        await red.SayAsync("r2 好。");
        await blue.SayAsync("b2 等多久？");
        foreach (var (reader, marks) in new[] { (red.Log, "r1 l1 r2"), (linxiao.Log, "r1 l1 r2"), (blue.Log, "b1 c1 b2"), (chenzy.Log, "b1 c1 b2") })
            await Said.ExpectAsync(reader, marks);
        await Assertions.Expect(linxiao.Tabs.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await Assertions.Expect(chenzy.Tabs.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        Assert.Equal(2, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM LedgerLines WHERE Kind = 2"));
    }

    [Fact]
    public async Task A_second_company_sees_nothing_of_the_first()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var server = box.Server;
        var site = Keep(await ShopSite.OpenAsync());
        var shop = box.Qingfeng.Embed(site, server);
        var linxiao = await Desk.OpenAsync(await SomebodyAsync(), server, box.Qingfeng, "linxiao");
        var wangwei = await Desk.OpenAsync(await SomebodyAsync(), server, box.Lantian, "wangwei");
        await wangwei.IsOpenAsync();
        await linxiao.IsOpenAsync();

        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(shop + "/sofa");
        await visitor.AskAsync();
        await visitor.SayAsync("v1 清风的秘密。");
        var number = await linxiao.NumberOfAsync(ShopSite.SofaTitle);
        await linxiao.AcceptAsync(number);
        await linxiao.SayAsync("a1 只有我们知道。");
        await visitor.ReadsAsync("v1 a1");

        // A visitor of the second company's own proves that its queue is alive, and empty of the first's.
        var other = new Visitor(await SomebodyAsync());
        await other.Page.GotoAsync(box.Lantian.Embed(site, server) + "/lamp");
        await Assertions.Expect(wangwei.Row(ShopSite.LampTitle)).ToBeVisibleAsync();
        await Assertions.Expect(wangwei.Queue.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await Assertions.Expect(wangwei.Waiting.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(0);

        // Every page a member of the second company may open, and every direct address of the first's things.
        var conversation = await server.ReadAsync<long>("SELECT Id FROM Conversations");
        var message = new[] { "清风", "林晓", "陈志远", "linxiao", "chenzy", number, "清风的秘密", "只有我们知道", box.Qingfeng.Code };
        string[] addresses =
        [
            "/workspace", "/history", "/messages", "/company/agents", "/company/groups", "/company/codes", "/first-steps", "/",
            $"/history/{conversation}", $"/history?conversation={conversation}", $"/workspace?conversation={conversation}",
        ];
        var page = await wangwei.Page.Context.NewPageAsync();
        foreach (var address in addresses)
        {
            await page.GotoAsync(server.Address + address);
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            var seen = await page.Locator("body").InnerTextAsync();
            foreach (var word in message) Assert.False(seen.Contains(word, StringComparison.Ordinal), $"{address} shows {word}");
        }

        // On the visitors' side too: the second company's endpoints do not know the first's pass and conversation.
        Assert.Empty(server.Log.Trouble);
    }
}
