using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>Two agents and a visitor in one conversation 会议, with everybody's browser (4).</summary>
public sealed class ConferenceTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task A_colleague_joins_writes_beside_the_agent_leaves_and_it_costs_one_answer()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var linxiao = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "linxiao");
        var chenzy = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "chenzy");
        await linxiao.IsOpenAsync();
        await chenzy.IsOpenAsync();
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(shop + "/sofa");
        await visitor.AskAsync();
        await visitor.SayAsync("v1 这款能开专票吗？");
        await linxiao.AcceptAsync();
        await linxiao.SayAsync("a1 我请财务同事来。");

        await linxiao.Page.GetByRole(AriaRole.Button, new() { Name = "会议", Exact = true }).ClickAsync();
        var menu = linxiao.Page.GetByRole(AriaRole.Dialog, new() { Name = "请在岗的同事一起谈" });
        await menu.GetByRole(AriaRole.Textbox).FillAsync("问专票");
        await menu.GetByRole(AriaRole.Button).First.ClickAsync();
        var offer = chenzy.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "请你加入" });
        await Assertions.Expect(offer).ToContainTextAsync("问专票");
        await offer.GetByRole(AriaRole.Button, new() { NameRegex = new("^加入") }).ClickAsync();

        // Both write; everybody reads all of it in one order, and by whom.
        await chenzy.ReadsAsync("v1 a1");
        await Assertions.Expect(chenzy.Page.GetByRole(AriaRole.Group, new() { Name = "会议" })).ToContainTextAsync("你在协助");
        await chenzy.SayAsync("c1 可以，请发抬头。");
        await linxiao.ReadsAsync("v1 a1 c1");
        await linxiao.SayAsync("a2 谢谢陈志远。");
        await visitor.ReadsAsync("v1 a1 c1 a2");
        await Assertions.Expect(visitor.Log).ToContainTextAsync("陈志远 加入了对话");
        await Assertions.Expect(visitor.Log.Locator(".m.g").Filter(new() { HasText = "c1" })).ToContainTextAsync("陈志远");
        await visitor.SayAsync("v2 好的。");
        await chenzy.ReadsAsync("v1 a1 c1 a2 v2");
        // What is its agent's alone is not offered to whoever helps.
        await Assertions.Expect(chenzy.Page.GetByRole(AriaRole.Button, new() { Name = "结束对话" })).ToHaveCountAsync(0);

        // A reload loses nothing of it.
        await chenzy.Page.ReloadAsync();
        await chenzy.ReadsAsync("v1 a1 c1 a2 v2");
        await Assertions.Expect(chenzy.Box).ToBeEditableAsync();
        var within = linxiao.Page.GetByRole(AriaRole.Group, new() { Name = "会议" });
        await Assertions.Expect(within).ToContainTextAsync("陈志远");
        await chenzy.Page.GetByRole(AriaRole.Button, new() { Name = "退出会议" }).ClickAsync();
        await Assertions.Expect(chenzy.Tabs.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(0);
        await Assertions.Expect(within).ToHaveCountAsync(0);
        await visitor.SayAsync("v3 抬头已发。");
        await linxiao.ReadsAsync("v1 a1 c1 a2 v2 v3");

        // Moved to a phone that has never seen it, the conversation stands where conversations are.
        var phone = await SomebodyAsync();
        await phone.SetViewportSizeAsync(390, 844);
        await phone.SignInAsync(box.Server, box.Qingfeng, "linxiao");
        await phone.GotoAsync(box.Server.Address + "/workspace");
        await phone.GetByRole(AriaRole.Button, new() { Name = "移到这里" }).ClickAsync();
        await phone.GetByRole(AriaRole.Button, new() { Name = "对话", Exact = true }).ClickAsync();
        await Said.ExpectAsync(phone.GetByRole(AriaRole.Log), "v1 a1 c1 a2 v2 v3");
        Assert.Equal(1, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM LedgerLines WHERE Kind = 2"));
    }
}
