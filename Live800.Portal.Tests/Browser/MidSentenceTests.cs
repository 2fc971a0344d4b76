using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>Nobody is stranded (S2.8): the server dies in the middle of a sentence, with messages on their way to it and from it.</summary>
public sealed class MidSentenceTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    private const string Draft = "您的云朵沙发周五送到，上午";

    [Fact]
    public async Task The_desk_comes_back_with_draft_selection_card_note_tabs_search_and_filter_and_with_every_message_once()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var desk = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "chenzy");
        await desk.IsOpenAsync();
        var early = await AskingAsync(shop + "/lamp", "l1 灯还有吗？");
        await desk.AcceptAsync("l1");
        var lamp = await desk.NumberOfAsync(ShopSite.LampTitle);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "结束", Exact = true }).ClickAsync();
        await Assertions.Expect(desk.Box).ToHaveCountAsync(0);
        var visitor = await AskingAsync(shop + "/sofa", "v1 沙发什么时候送？");
        await desk.AcceptAsync("v1");
        var sofa = await desk.NumberOfAsync(ShopSite.SofaTitle);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "隐藏离线" }).ClickAsync();
        await Assertions.Expect(HideOffline(desk)).ToHaveAttributeAsync("aria-pressed", "true");
        await Search(desk).FillAsync("云朵");
        await Assertions.Expect(desk.Row(ShopSite.LampTitle)).ToHaveCountAsync(0);

        await desk.Page.GetByRole(AriaRole.Complementary, new() { Name = "访客资料" }).GetByRole(AriaRole.Button, new() { Name = "创建名片" }).First.ClickAsync();
        await Card(desk).GetByLabel("姓名").FillAsync("王雪梅");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "写内部备注…" }).ClickAsync();
        await Note(desk).FillAsync("周五");

        // The first two may or may not have arrived; the next two certainly get no answer.
        await Assertions.Expect(desk.Box).ToBeEditableAsync();
        await desk.SayAsync("a1 我看一下。");
        await visitor.SayAsync("v2 急用。");
        await box.Server.FreezeAsync();
        await desk.SayAsync("a2 查到了。");
        await visitor.SayAsync("v3 在吗？");
        await Card(desk).GetByLabel("地址").FillAsync("西湖区");
        await Note(desk).FillAsync("周五上午送");
        await desk.Box.FillAsync(Draft);
        await desk.Box.EvaluateAsync("box => box.setSelectionRange(2, 6, 'backward')");
        await Eventually.EqualAsync(true, () => desk.Page.EvaluateAsync<bool>("() => Object.keys(sessionStorage).some(name => name.startsWith('live800.place.'))"));
        await box.Server.KillAsync();
        await box.Server.StartAsync();

        await Assertions.Expect(desk.Tabs.Locator("[aria-current]")).ToContainTextAsync(sofa, new() { Timeout = 60_000 });
        await Assertions.Expect(desk.Box).ToHaveValueAsync(Draft);
        Assert.Equal("2 6 backward", await desk.Box.EvaluateAsync<string>("box => `${box.selectionStart} ${box.selectionEnd} ${box.selectionDirection}`"));
        await Assertions.Expect(desk.Box).ToBeFocusedAsync();
        await Assertions.Expect(Card(desk).GetByLabel("姓名")).ToHaveValueAsync("王雪梅");
        await Assertions.Expect(Card(desk).GetByLabel("地址")).ToHaveValueAsync("西湖区");
        await Assertions.Expect(Note(desk)).ToHaveValueAsync("周五上午送");
        await Assertions.Expect(desk.Tabs.GetByRole(AriaRole.Button).Filter(new() { HasText = lamp }).First).ToBeVisibleAsync();
        await Assertions.Expect(HideOffline(desk)).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(Search(desk)).ToHaveValueAsync("云朵");
        await Assertions.Expect(desk.Row(ShopSite.SofaTitle)).ToBeVisibleAsync();
        await Assertions.Expect(desk.Row(ShopSite.LampTitle)).ToHaveCountAsync(0);

        // What is written goes on where it stopped, over what was selected.
        await desk.Page.Keyboard.TypeAsync("落地灯");
        await Assertions.Expect(desk.Box).ToHaveValueAsync("您的落地灯周五送到，上午");
        foreach (var mark in new[] { "a1", "a2", "v2", "v3" }) await Assertions.Expect(desk.Log).ToContainTextAsync(mark, new() { Timeout = 60_000 });
        var said = await Said.ReadAsync(desk.Log);
        Assert.Equal("v1 v2 v3", Of('v', said));
        Assert.Equal("a1 a2", Of('a', said));
        await visitor.ReadsAsync(said, TimeSpan.FromMinutes(1));
        Assert.Equal(6, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM ChatMessages WHERE Kind = 0"));
        await early.ReadsAsync("l1");

        // What is stored is no draft any more.
        await desk.Page.GetByRole(AriaRole.Dialog, new() { Name = "内部备注" }).GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Card(desk).GetByRole(AriaRole.Button, new() { Name = "创建名片" }).ClickAsync();
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "王雪梅" }).First).ToBeVisibleAsync();
        await Assertions.Expect(desk.Log).ToContainTextAsync("周五上午送");
        Assert.Equal(0, await desk.Page.EvaluateAsync<int>("() => Object.keys(localStorage).filter(name => name.startsWith('live800.form.')).length"));
    }

    private static string Of(char side, string said) => string.Join(' ', said.Split(' ').Where(mark => mark[0] == side));

    private static ILocator Card(Desk desk) => desk.Page.GetByRole(AriaRole.Form, new() { Name = "新名片" });

    private static ILocator Note(Desk desk) => desk.Page.GetByRole(AriaRole.Textbox, new() { Name = "内部备注" });

    private static ILocator HideOffline(Desk desk) => desk.Page.GetByRole(AriaRole.Button, new() { Name = "隐藏离线" });

    private static ILocator Search(Desk desk) => desk.Page.GetByRole(AriaRole.Searchbox, new() { Name = "在队列中查找" });

    private async Task<Visitor> AskingAsync(string page, string words)
    {
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(page);
        await visitor.AskAsync();
        await visitor.SayAsync(words);
        return visitor;
    }
}
