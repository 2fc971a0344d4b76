using System.Text.RegularExpressions;
using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>Pushing a page 推送页面 between two browsers (S2.1). The visitor's clock is moved, nobody waits.</summary>
public sealed class PagePushTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task S2_1_A_pushed_page_opens_in_the_visitors_tab_and_the_link_stays_whatever_he_does_with_it()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var desk = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "chenzy");
        await desk.IsOpenAsync();
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.Clock.InstallAsync();
        await visitor.Page.GotoAsync(shop + "/");
        await visitor.IsDrawnAsync();
        await visitor.AskAsync();
        await visitor.SayAsync("v1 有沙发吗？");
        await desk.AcceptAsync();

        await PushAsync(desk, "javascript:alert(1)", null);
        await Assertions.Expect(Form(desk).GetByRole(AriaRole.Alert)).ToContainTextAsync("http://");
        await PushAsync(desk, shop + "/sofa", "云朵沙发");
        await Assertions.Expect(Notice(visitor)).ToContainTextAsync("陈志远想为您打开一个页面");
        await Assertions.Expect(desk.Log).ToContainTextAsync("已送达，等待访客");
        await visitor.Page.Clock.RunForAsync(5000);
        await visitor.Page.WaitForURLAsync(shop + "/sofa");
        await Assertions.Expect(visitor.Log.GetByRole(AriaRole.Link, new() { Name = "云朵沙发" })).ToHaveAttributeAsync("href", shop + "/sofa");
        await Assertions.Expect(desk.Log).ToContainTextAsync("已打开");
        await Assertions.Expect(Notice(visitor)).ToHaveCountAsync(0);

        // The chat has survived the way; the next page is not wanted, and nothing more happens to the visitor's page.
        await visitor.SayAsync("v2 看到了。");
        await desk.ReadsAsync("v1 v2");
        await PushAsync(desk, shop + "/lamp", null);
        await Notice(visitor).GetByRole(AriaRole.Button, new() { Name = "不用" }).ClickAsync();
        await Assertions.Expect(desk.Log).ToContainTextAsync("访客没有打开");

        // Who is filling in a form is asked and never taken away from it.
        await visitor.Page.EvaluateAsync("() => { const box = document.createElement('input'); box.id = 'own'; document.body.append(box); }");
        await visitor.Page.FillAsync("#own", "杭州市");
        await PushAsync(desk, shop + "/lamp", "落地灯");
        await Assertions.Expect(Notice(visitor)).ToContainTextAsync("有填写的内容");
        await visitor.Page.Clock.RunForAsync(10_000);
        Assert.Equal(shop + "/sofa", visitor.Page.Url);
        await Notice(visitor).GetByRole(AriaRole.Button, new() { Name = "打开" }).ClickAsync();
        await visitor.Page.WaitForURLAsync(shop + "/lamp");
        await Assertions.Expect(desk.Log.GetByText(new Regex("已打开"))).ToHaveCountAsync(2);
        Assert.Equal(1, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM LedgerLines WHERE Kind = 2"));
    }

    private static ILocator Form(Desk desk) => desk.Page.GetByRole(AriaRole.Dialog, new() { Name = "推送页面" });

    private static ILocator Notice(Visitor visitor) => visitor.Chat.GetByRole(AriaRole.Region, new() { Name = "推送的页面" });

    private static async Task PushAsync(Desk desk, string address, string? title)
    {
        if (!await Form(desk).IsVisibleAsync()) await desk.Page.GetByRole(AriaRole.Button, new() { Name = "推送页面…" }).ClickAsync();
        await Form(desk).GetByRole(AriaRole.Textbox, new() { Name = "网址" }).FillAsync(address);
        if (title is not null) await Form(desk).GetByRole(AriaRole.Textbox, new() { Name = "标题（选填）" }).FillAsync(title);
        await Form(desk).GetByRole(AriaRole.Button, new() { Name = "推送", Exact = true }).ClickAsync();
        if (address.StartsWith("http", StringComparison.Ordinal)) await Assertions.Expect(Form(desk)).ToHaveCountAsync(0);
    }
}
