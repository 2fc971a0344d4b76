using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>Private notes, satisfaction, close reasons and topics, between an agent and a visitor (rule 4).</summary>
public sealed class ClosingTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task A_note_stays_among_agents_a_rating_is_asked_for_and_given_and_a_conversation_is_put_away_with_its_reason()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var page = await SomebodyAsync();
        await page.SignInAsync(box.Server, box.Qingfeng, "linxiao");
        await page.GotoAsync(box.Server.Address + "/company/conversations");
        await AddAsync(page, "新结束原因", "已解决");
        await AddAsync(page, "新话题", "物流");
        await page.GetByRole(AriaRole.Switch, new() { Name = "收起已结束的对话前必须选择结束原因" }).CheckAsync();
        await page.GotoAsync(box.Server.Address + "/workspace");
        var desk = new Desk(page);
        await desk.IsOpenAsync();
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(shop + "/");
        await visitor.IsDrawnAsync();
        await visitor.AskAsync();
        await visitor.SayAsync("v1 什么时候到货？");
        await desk.AcceptAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "写内部备注…" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "内部备注" }).FillAsync("老客户 <b>，别催");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存备注" }).ClickAsync();
        await Assertions.Expect(desk.Log.GetByRole(AriaRole.Note)).ToContainTextAsync("老客户 <b>，别催");
        await desk.SayAsync("a1 明天");
        await visitor.ReadsAsync("v1 a1");

        await page.GetByRole(AriaRole.Button, new() { Name = "请访客评价" }).ClickAsync();
        await visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "4 分 满意" }).ClickAsync();
        await visitor.Chat.GetByRole(AriaRole.Textbox, new() { Name = "还想说点什么（选填）" }).FillAsync("回复很快");
        await visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "提交评价" }).ClickAsync();
        await Assertions.Expect(visitor.Log).ToContainTextAsync("谢谢您的评价 ★★★★☆ · 回复很快");
        await Assertions.Expect(visitor.Chat.GetByRole(AriaRole.Form, new() { Name = "这次服务您满意吗？" })).ToHaveCountAsync(0);
        await Assertions.Expect(desk.Log).ToContainTextAsync("访客评价：★★★★☆ 满意 · 回复很快");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "请访客评价" })).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "结束", Exact = true }).ClickAsync();
        ILocator Label(string name) => page.GetByRole(AriaRole.Region, new() { Name = "对话", Exact = true }).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
        var close = desk.Tabs.GetByRole(AriaRole.Button, new() { NameRegex = new System.Text.RegularExpressions.Regex("^关闭") });
        await close.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("请先为这个对话选择结束原因");
        foreach (var name in new[] { "物流", "已解决" })
        {
            await Label(name).ClickAsync();
            await Assertions.Expect(Label(name)).ToHaveAttributeAsync("aria-pressed", "true");
        }

        await close.ClickAsync();
        await Assertions.Expect(desk.Tabs).ToHaveCountAsync(0);
        // Asked again after the end he is not: one rating is what a conversation has. And no word of the note has come to him.
        await Assertions.Expect(visitor.Log).ToContainTextAsync("结束");
        await Assertions.Expect(visitor.Chat.GetByRole(AriaRole.Form, new() { Name = "这次服务您满意吗？" })).ToHaveCountAsync(0);
        await Assertions.Expect(visitor.Log).Not.ToContainTextAsync("老客户");
        Assert.Equal(1, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM ConversationRatings WHERE Score = 4 AND Comment = '回复很快'"));
    }

    private static async Task AddAsync(IPage page, string box, string name)
    {
        await page.GetByRole(AriaRole.Textbox, new() { Name = box }).FillAsync(name);
        await page.GetByRole(AriaRole.Textbox, new() { Name = box }).PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = name })).ToBeVisibleAsync();
    }
}
