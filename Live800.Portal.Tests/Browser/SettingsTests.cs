using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>What an agent sets for his own desk, at every screen of his (S2.6, S2.7, S2.9, S2.10, S2.12).</summary>
public sealed class SettingsTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task S2_7_S2_12_The_key_that_sends_and_the_shortcuts_are_the_agents_to_choose()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var desk = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "linxiao");
        await desk.IsOpenAsync();
        var numbers = new List<string>();
        foreach (var (page, word) in new[] { ("/sofa", "v1 沙发有货吗？"), ("/lamp", "v2 台灯有货吗？") })
        {
            var visitor = new Visitor(await SomebodyAsync());
            await visitor.Page.GotoAsync(shop + page);
            await visitor.AskAsync();
            await visitor.SayAsync(word);
            // Alt+A takes whoever waits longest.
            await Assertions.Expect(desk.Waiting.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
            await desk.Page.Keyboard.PressAsync("Alt+a");
            await desk.ReadsAsync(word[..2]);
            numbers.Add((await desk.Tabs.Locator("[aria-current]").InnerTextAsync()).Split('#')[1][..3]);
        }

        var front = desk.Tabs.Locator("[aria-current]");
        await desk.Box.FocusAsync();
        await desk.Page.Keyboard.PressAsync("Alt+z");
        await Assertions.Expect(front).ToContainTextAsync(numbers[0]);

        // Another tab of the same browser shares the seat; what is set there acts here at once.
        var settings = await desk.Page.Context.NewPageAsync();
        await settings.GotoAsync(box.Server.Address + "/settings");
        var change = settings.GetByRole(AriaRole.Button, new() { Name = "更改 下一个对话（未读优先）" });
        await change.ClickAsync();
        await settings.Keyboard.PressAsync("Alt+m");
        await Assertions.Expect(settings.GetByRole(AriaRole.Alert)).ToHaveTextAsync("这组键已用于“写消息”。");
        await settings.Keyboard.PressAsync("Alt+j");
        await Assertions.Expect(settings.GetByRole(AriaRole.Row, new() { Name = "下一个对话" })).ToContainTextAsync("J");
        await settings.GetByRole(AriaRole.Radio, new() { Name = "Ctrl+Enter 发送，Enter 换行" }).CheckAsync();

        await Assertions.Expect(desk.Page.Locator(".composer .keys")).ToContainTextAsync("Ctrl Enter 发送");
        await desk.Page.BringToFrontAsync();
        await desk.Page.Keyboard.PressAsync("Alt+z");
        await desk.Page.Keyboard.PressAsync("Alt+j");
        await Assertions.Expect(front).ToContainTextAsync(numbers[1]);
        await Assertions.Expect(desk.Box).ToBeEditableAsync();
        await desk.Box.PressSequentiallyAsync("a1 有。");
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.Page.Keyboard.TypeAsync("要哪个颜色？");
        await Assertions.Expect(desk.Box).ToHaveValueAsync("a1 有。\n要哪个颜色？");
        await desk.Page.Keyboard.PressAsync("Control+Enter");
        await desk.ReadsAsync("v2 a1");
    }

    [Fact]
    public async Task S2_9_A_double_click_on_a_columns_head_sorts_the_queue_and_order_and_columns_are_the_same_at_another_screen()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var desk = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "linxiao");
        await desk.IsOpenAsync();
        foreach (var page in new[] { "/sofa", "/lamp" })
        {
            var visitor = await SomebodyAsync();
            await visitor.GotoAsync(shop + page);
            await Assertions.Expect(desk.Row(page == "/sofa" ? ShopSite.SofaTitle : ShopSite.LampTitle)).ToBeVisibleAsync();
        }

        // Up, and down: by title, so that the order is known.
        var title = desk.Queue.GetByRole(AriaRole.Columnheader, new() { Name = "当前页面" });
        await title.GetByRole(AriaRole.Button).DblClickAsync();
        await Assertions.Expect(title).ToHaveAttributeAsync("aria-sort", "ascending");
        var rows = desk.Queue.GetByRole(AriaRole.Row).Filter(new() { HasText = "原木生活" });
        var first = await rows.First.InnerTextAsync();
        await title.GetByRole(AriaRole.Button).DblClickAsync();
        await Assertions.Expect(title).ToHaveAttributeAsync("aria-sort", "descending");
        await Assertions.Expect(rows.First).ToContainTextAsync(first.Contains(ShopSite.SofaTitle, StringComparison.Ordinal) ? ShopSite.LampTitle : ShopSite.SofaTitle);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "隐藏离线" }).ClickAsync();

        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "选择列" }).ClickAsync();
        var columns = desk.Page.GetByRole(AriaRole.Dialog, new() { Name = "队列的列" });
        await columns.GetByRole(AriaRole.Checkbox, new() { Name = "来源" }).UncheckAsync();
        await columns.GetByRole(AriaRole.Checkbox, new() { Name = "页数" }).CheckAsync();
        var heads = desk.Queue.GetByRole(AriaRole.Columnheader);
        await Assertions.Expect(heads.Filter(new() { HasText = "来源" })).ToHaveCountAsync(0);
        await Assertions.Expect(heads.Filter(new() { HasText = "页数" })).ToHaveCountAsync(1);
        var expected = string.Join('|', await heads.AllInnerTextsAsync());

        // At another computer, where nothing is stored: the workspace moves there, the view with it.
        var elsewhere = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "linxiao");
        await elsewhere.Page.GetByRole(AriaRole.Button, new() { Name = "移到这里" }).ClickAsync();
        await elsewhere.IsOpenAsync();
        await Assertions.Expect(elsewhere.Row(ShopSite.SofaTitle)).ToBeVisibleAsync();
        await Eventually.EqualAsync(expected, async () => string.Join('|', await elsewhere.Queue.GetByRole(AriaRole.Columnheader).AllInnerTextsAsync()));
        await Assertions.Expect(elsewhere.Page.GetByRole(AriaRole.Button, new() { Name = "隐藏离线" })).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task S2_6_S2_10_Who_has_left_is_hidden_by_one_click_or_the_filter_and_who_waits_cannot_be()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        // Somebody who has looked at a page and closed it.
        var left = new WireVisitor(box.Server, box.Qingfeng.Code);
        await left.ViewAsync();
        Assert.Equal(System.Net.HttpStatusCode.NoContent, (await left.PostAsync("leave", ("p", left.Pass), ("k", left.PageId))).Status);
        var desk = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "linxiao");
        await desk.IsOpenAsync();
        var browsing = await SomebodyAsync();
        await browsing.GotoAsync(shop + "/sofa");
        var waiting = new Visitor(await SomebodyAsync());
        await waiting.Page.GotoAsync(shop + "/lamp");
        await waiting.AskAsync();
        await Assertions.Expect(desk.Row(ShopSite.SofaTitle)).ToBeVisibleAsync();
        await Assertions.Expect(desk.Row(ShopSite.LampTitle)).ToBeVisibleAsync();

        // S2.6: the boxes of key visitors are ticked, locked, and say why; with every other box empty who waits still stands there.
        await desk.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^过滤") }).ClickAsync();
        var filter = desk.Page.GetByRole(AriaRole.Dialog, new() { Name = "过滤队列" });
        ILocator Box(string status) => filter.GetByRole(AriaRole.Checkbox, new() { NameRegex = new(status) }).First;
        foreach (var key in new[] { "等待", "对话中", "主动", "邀请", "未读" })
        {
            await Assertions.Expect(Box(key)).ToBeCheckedAsync();
            await Assertions.Expect(Box(key)).ToBeDisabledAsync();
        }

        await Assertions.Expect(filter).ToContainTextAsync("关键性访客");
        await Box("浏览中").UncheckAsync();
        await Assertions.Expect(desk.Row(ShopSite.SofaTitle)).ToHaveCountAsync(0);
        await Assertions.Expect(desk.Row(ShopSite.LampTitle)).ToBeVisibleAsync();
        await Box("浏览中").CheckAsync();
        await Assertions.Expect(desk.Row(ShopSite.SofaTitle)).ToBeVisibleAsync();

        // S2.10: by the filter, and back; by one click, and how many are hidden is said.
        var gone = desk.Queue.GetByRole(AriaRole.Row).Filter(new() { Has = desk.Page.GetByRole(AriaRole.Img, new() { Name = "已离线" }) });
        await Assertions.Expect(gone).ToHaveCountAsync(1);
        await Box("已离线").UncheckAsync();
        await Assertions.Expect(gone).ToHaveCountAsync(0);
        await Box("已离线").CheckAsync();
        await Assertions.Expect(gone).ToHaveCountAsync(1);
        await desk.Page.Keyboard.PressAsync("Escape");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "隐藏离线" }).ClickAsync();
        await Assertions.Expect(gone).ToHaveCountAsync(0);
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("隐藏 1|1 .*隐藏|已隐藏") })).ToBeVisibleAsync();
        await Assertions.Expect(desk.Row(ShopSite.SofaTitle)).ToBeVisibleAsync();
    }
}
