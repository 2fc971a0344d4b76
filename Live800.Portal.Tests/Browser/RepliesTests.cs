using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>Canned replies 常用语 in the composer: found with a slash, chosen by keyboard, never in the way of an input method (rule 4).</summary>
public sealed class RepliesTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task A_slash_finds_a_reply_by_shortcut_and_by_Chinese_words_and_an_input_method_is_left_in_peace()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var page = await SomebodyAsync();
        await page.SignInAsync(box.Server, box.Qingfeng, "linxiao");
        await page.GotoAsync(box.Server.Address + "/company/replies");
        await WriteAsync(page, "问候", "hi", "{visitor}您好，我是{company}的{agent}。<b>{order}");
        await WriteAsync(page, "尺寸", "size", "三人位长 228 cm，可以定制。");
        await page.GotoAsync(box.Server.Address + "/profile/replies");
        await WriteAsync(page, "再见", "bye", "祝您生活愉快。");

        var desk = new Desk(page);
        await page.GotoAsync(box.Server.Address + "/workspace");
        await desk.IsOpenAsync();
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(shop + "/");
        await visitor.AskAsync();
        await visitor.SayAsync("v1 在吗？");
        await desk.AcceptAsync();
        var list = page.GetByRole(AriaRole.Listbox, new() { Name = "常用语" });
        var options = list.GetByRole(AriaRole.Option);
        // What a script writes is not held back by a box that is not open yet, as a person's keys are.
        await Assertions.Expect(desk.Box).ToBeEnabledAsync();
        await desk.Box.FocusAsync();

        // While an input method composes, neither does the list open nor is anything sent.
        await desk.Box.EvaluateAsync("""
            box => {
              box.value = '/hi';
              box.setSelectionRange(3, 3);
              box.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
              box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }));
            }
            """);
        await Assertions.Expect(list).ToBeHiddenAsync();
        await Assertions.Expect(desk.Box).ToHaveValueAsync("/hi");
        await desk.Box.FillAsync("");

        await page.Keyboard.TypeAsync("/");
        await Assertions.Expect(options).ToHaveCountAsync(3);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(list).ToBeHiddenAsync();
        await desk.Box.FillAsync("");
        await page.Keyboard.InsertTextAsync("/定制");
        await Assertions.Expect(options).ToHaveCountAsync(1);
        await Assertions.Expect(options).ToContainTextAsync("尺寸");
        // An Enter of the input method chooses nothing either.
        await desk.Box.EvaluateAsync("box => box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))");
        await Assertions.Expect(desk.Box).ToHaveValueAsync("/定制");

        // An address is no shortcut; a slash after a blank is one.
        await desk.Box.FillAsync("https://shop.example/");
        await Assertions.Expect(list).ToBeHiddenAsync();
        await desk.Box.FillAsync("a1 ");
        await page.Keyboard.TypeAsync("/");
        await Assertions.Expect(options).ToHaveCountAsync(3);
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.TypeAsync("hi");
        await Assertions.Expect(options).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(desk.Box).ToHaveValueAsync("a1 访客您好，我是清风家居的林晓。<b>{order}");
        await Assertions.Expect(list).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("Enter");
        await visitor.ReadsAsync("v1 a1");
        await Assertions.Expect(visitor.Log).ToContainTextAsync("a1 访客您好，我是清风家居的林晓。<b>{order}");
        await Assertions.Expect(desk.Box).ToHaveValueAsync("");
    }

    private static async Task WriteAsync(IPage page, string title, string shortcut, string text)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "新建常用语" }).ClickAsync();
        await page.GetByLabel("标题").FillAsync(title);
        await page.GetByLabel("快捷词", new() { Exact = true }).FillAsync(shortcut);
        await page.GetByLabel("内容").FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = title })).ToBeVisibleAsync();
    }
}
