using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>What an agent sets for his own desk, at every screen of his (S2.6, S2.7, S2.9, S2.10, S2.12).</summary>
public sealed class SettingsTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task S2_7_and_S2_12_The_key_that_sends_and_the_shortcuts_are_the_agents_to_choose()
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
    public async Task S2_6_S2_9_and_S2_10_Filter_order_and_columns_of_the_queue_are_the_same_at_another_screen()
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

        var time = desk.Queue.GetByRole(AriaRole.Columnheader, new() { Name = "停留" });
        await time.GetByRole(AriaRole.Button).DblClickAsync();
        await Assertions.Expect(time).ToHaveAttributeAsync("aria-sort", "ascending");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "隐藏离线" }).ClickAsync();

        await desk.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^过滤") }).ClickAsync();
        var filter = desk.Page.GetByRole(AriaRole.Dialog, new() { Name = "过滤队列" });
        foreach (var key in new[] { "等待", "对话中", "邀请" })
        {
            var locked = filter.GetByRole(AriaRole.Checkbox, new() { NameRegex = new(key) }).First;
            await Assertions.Expect(locked).ToBeCheckedAsync();
            await Assertions.Expect(locked).ToBeDisabledAsync();
        }

        await desk.Page.Keyboard.PressAsync("Escape");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "选择列" }).ClickAsync();
        var columns = desk.Page.GetByRole(AriaRole.Dialog, new() { Name = "队列的列" });
        await columns.GetByRole(AriaRole.Checkbox, new() { Name = "来源" }).UncheckAsync();
        await columns.GetByRole(AriaRole.Checkbox, new() { Name = "页数" }).CheckAsync();
        var heads = desk.Queue.GetByRole(AriaRole.Columnheader);
        await Assertions.Expect(heads).ToHaveCountAsync(6);
        var expected = await heads.AllInnerTextsAsync();
        Assert.DoesNotContain("来源", expected);

        // At another computer, where nothing is stored: the workspace moves there, the view with it.
        var elsewhere = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "linxiao");
        await elsewhere.Page.GetByRole(AriaRole.Button, new() { Name = "移到这里" }).ClickAsync();
        await elsewhere.IsOpenAsync();
        await Assertions.Expect(elsewhere.Row(ShopSite.SofaTitle)).ToBeVisibleAsync();
        Assert.Equal(expected, await elsewhere.Queue.GetByRole(AriaRole.Columnheader).AllInnerTextsAsync());
        await Assertions.Expect(elsewhere.Page.GetByRole(AriaRole.Button, new() { Name = "隐藏离线" })).ToHaveAttributeAsync("aria-pressed", "true");
    }
}
