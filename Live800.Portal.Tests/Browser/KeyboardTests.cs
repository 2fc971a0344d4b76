using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>A whole chat without a pointer, on both sides: the agent from the sign-in to the close reason, the visitor from the icon to the small window (rule 4).</summary>
public sealed class KeyboardTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task A_whole_chat_needs_no_pointer_from_signing_in_to_the_close_reason()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        await PrepareAsync(box);

        var desk = new Desk(await SomebodyAsync());
        await SignInAsync(desk, box);
        var (sofa, lamp) = (await ComesAsync(shop + "/sofa", "v1 沙发有货吗？"), await ComesAsync(shop + "/lamp", "w1 台灯有货吗？"));
        await Assertions.Expect(desk.Waiting.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);

        // The first by its shortcut; he may write at once.
        await desk.Page.Keyboard.PressAsync("Alt+a");
        await desk.ReadsAsync("v1");
        await WriteAsync(desk, "a1 有，三种颜色。");
        await sofa.ReadsAsync("v1 a1");

        // The second out of the queue: arrows, Enter, and Tab to what can be done.
        await desk.Page.Keyboard.PressAsync("Alt+q");
        await Assertions.Expect(desk.Queue).ToBeFocusedAsync();
        await desk.Page.Keyboard.PressAsync("Home");
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.ReadsAsync("w1");
        await GoToAsync(desk.Page, desk.Page.GetByRole(AriaRole.Region, new() { Name = "对话", Exact = true }).GetByRole(AriaRole.Button, new() { NameRegex = new("^接受") }));
        await desk.Page.Keyboard.PressAsync("Enter");

        // A canned reply, found with a slash.
        await Assertions.Expect(desk.Box).ToBeFocusedAsync();
        await Assertions.Expect(desk.Box).ToBeEditableAsync();
        await desk.Page.Keyboard.TypeAsync("/size");
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Listbox, new() { Name = "常用语" }).GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await desk.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(desk.Box).ToHaveValueAsync("b1 高 160 cm。");
        await desk.Page.Keyboard.PressAsync("Enter");
        await lamp.ReadsAsync("w1 b1");

        // Back to the first, whose answer is unread; the visitor goes on by keyboard too, and makes the chat small.
        await sofa.Page.Keyboard.TypeAsync("v2 要蓝色。");
        await sofa.Page.Keyboard.PressAsync("Enter");
        await desk.Page.Keyboard.PressAsync("Alt+z");
        await desk.ReadsAsync("v1 a1 v2");
        await WriteAsync(desk, "a2 好的，再见。");
        await sofa.ReadsAsync("v1 a1 v2 a2");
        await sofa.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(sofa.Chat.Locator("#pill")).ToBeFocusedAsync();

        // Ended, its reason chosen, and put away; the focus is never lost on the way.
        await desk.Page.Keyboard.PressAsync("Alt+x");
        var close = desk.Tabs.GetByRole(AriaRole.Button, new() { NameRegex = new("^关闭") });
        await Assertions.Expect(close).ToBeVisibleAsync();
        await IsSomewhereAsync(desk.Page);
        var reason = desk.Page.GetByRole(AriaRole.Region, new() { Name = "对话", Exact = true }).GetByRole(AriaRole.Button, new() { Name = "已解决", Exact = true });
        await GoToAsync(desk.Page, reason);
        await desk.Page.Keyboard.PressAsync(" ");
        await Assertions.Expect(reason).ToHaveAttributeAsync("aria-pressed", "true");
        await GoToAsync(desk.Page, close, "Shift+Tab");
        await desk.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(desk.Tabs.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await Assertions.Expect(desk.Box).ToBeFocusedAsync();
        await WriteAsync(desk, "b2 还在吗？");
        await lamp.ReadsAsync("w1 b1 b2");
        Assert.Equal(2, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM LedgerLines WHERE Kind = 2"));
    }

    // The administrator's part, done before and with whatever he likes.
    private async Task PrepareAsync(ReadyServer box)
    {
        var page = await SomebodyAsync();
        await page.SignInAsync(box.Server, box.Qingfeng, "linxiao");
        await page.GotoAsync(box.Server.Address + "/company/conversations");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "新结束原因" }).FillAsync("已解决");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "新结束原因" }).PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "已解决" })).ToBeVisibleAsync();
        await page.GotoAsync(box.Server.Address + "/company/replies");
        await page.GetByRole(AriaRole.Button, new() { Name = "新建常用语" }).ClickAsync();
        await page.GetByLabel("标题").FillAsync("尺寸");
        await page.GetByLabel("快捷词", new() { Exact = true }).FillAsync("size");
        await page.GetByLabel("内容").FillAsync("b1 高 160 cm。");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "尺寸" })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    private static async Task SignInAsync(Desk desk, ReadyServer box)
    {
        var page = desk.Page;
        await page.GotoAsync(box.Server.Address + "/sign-in?returnUrl=%2Fworkspace");
        await GoToAsync(page, page.GetByLabel("公司ID"));
        await page.Keyboard.TypeAsync(box.Qingfeng.Code);
        await GoToAsync(page, page.GetByLabel("客服ID 或邮箱"));
        await page.Keyboard.TypeAsync("chenzy");
        await GoToAsync(page, page.GetByLabel("密码", new() { Exact = true }));
        await page.Keyboard.TypeAsync(TestCompany.Password);
        await page.Keyboard.PressAsync("Enter");
        await desk.IsOpenAsync();
    }

    private async Task<Visitor> ComesAsync(string address, string words)
    {
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(address);
        await visitor.IsDrawnAsync();
        await GoToAsync(visitor.Page, visitor.Icon);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Box).ToBeFocusedAsync();
        await visitor.Page.Keyboard.TypeAsync(words);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.ReadsAsync(words[..2]);
        return visitor;
    }

    private static async Task WriteAsync(Desk desk, string words)
    {
        await Assertions.Expect(desk.Box).ToBeFocusedAsync();
        await Assertions.Expect(desk.Box).ToBeEditableAsync();
        await desk.Page.Keyboard.TypeAsync(words);
        await desk.Page.Keyboard.PressAsync("Enter");
    }

    // As far as it takes, and never further than all the way round.
    private static async Task GoToAsync(IPage page, ILocator goal, string key = "Tab")
    {
        await Assertions.Expect(goal).ToBeVisibleAsync();
        for (var step = 0; step < 60 && !await goal.EvaluateAsync<bool>("goal => goal === document.activeElement"); step++) await page.Keyboard.PressAsync(key);
        await Assertions.Expect(goal).ToBeFocusedAsync();
    }

    private static async Task IsSomewhereAsync(IPage page) => Assert.NotEqual("BODY", await page.EvaluateAsync<string>("document.activeElement.tagName"));
}
