using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>Why a visitor's name is not there, and why a conversation cannot be filed: without a card, and then with one.</summary>
public sealed class CardTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task S2_14_S2_15_A_visitor_has_a_name_and_conversations_under_it_once_he_has_a_card_and_a_colleague_sees_it_appear()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var lin = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "linxiao");
        var chen = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "chenzy");
        await lin.IsOpenAsync();
        await chen.IsOpenAsync();
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(shop + "/sofa");
        await visitor.AskAsync();
        await visitor.SayAsync("v1 在吗？");
        await lin.AcceptAsync();

        // S2.14: no card, no name; the colleague looks at the same visitor.
        var number = await chen.NumberOfAsync("云朵沙发");
        await chen.Row(number).ClickAsync();
        var (panel, others) = (Panel(lin), Panel(chen));
        await Assertions.Expect(panel).ToContainTextAsync("还没有名片");
        await Assertions.Expect(others).ToContainTextAsync("还没有名片");

        // S2.15: the conversation cannot be added, and the way out is there.
        await panel.GetByRole(AriaRole.Button, new() { Name = "添加对话到访客" }).ClickAsync();
        var alert = panel.GetByRole(AriaRole.Alert);
        await Assertions.Expect(alert).ToContainTextAsync("还没有名片");
        await panel.GetByRole(AriaRole.Button, new() { Name = "创建名片" }).Last.ClickAsync();
        var form = panel.GetByRole(AriaRole.Form, new() { Name = "新名片" });
        await form.GetByLabel("姓名").FillAsync("王雪梅");
        // More than a field takes, more than a line usually carries: refused in words, the connection and everything typed stay.
        await form.GetByLabel("地址").FillAsync(new string('路', 10_000));
        await form.GetByRole(AriaRole.Button, new() { Name = "创建名片" }).ClickAsync();
        await Assertions.Expect(form).ToContainTextAsync("最多 500 个字，现在 10,000 个");
        await form.GetByLabel("地址").FillAsync("西湖区文三路 1 号");
        await form.GetByRole(AriaRole.Button, new() { Name = "创建名片" }).ClickAsync();
        await Assertions.Expect(panel).ToContainTextAsync("已添加到 王雪梅 的名片");

        await Assertions.Expect(others.GetByRole(AriaRole.Heading, new() { Name = "王雪梅" })).ToBeVisibleAsync();
        await Assertions.Expect(chen.Row("王雪梅")).ToBeVisibleAsync();
        await Assertions.Expect(lin.Tabs.Locator("[aria-current]")).ToHaveTextAsync("王雪梅");
        await Assertions.Expect(lin.Row(number)).ToHaveCountAsync(0);

        // The card's page, on the colleague's screen: the conversation lies there, marked as added.
        await others.GetByRole(AriaRole.Link, new() { Name = "打开名片" }).ClickAsync();
        var page = chen.Page.GetByRole(AriaRole.Region, new() { Name = "名片" });
        await Assertions.Expect(page).ToContainTextAsync("西湖区文三路 1 号");
        await Assertions.Expect(page.GetByText("已添加", new() { Exact = true })).ToBeVisibleAsync();

        // Both edit: the second is told and keeps his own.
        await page.GetByRole(AriaRole.Button, new() { Name = "编辑名片" }).ClickAsync();
        await page.GetByLabel("电话").FillAsync("139");
        await panel.GetByRole(AriaRole.Button, new() { Name = "编辑名片" }).ClickAsync();
        await panel.GetByLabel("电话").FillAsync("138");
        await panel.GetByRole(AriaRole.Button, new() { Name = "保存", Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToContainTextAsync("同事已改为：138");
        await Assertions.Expect(page.GetByLabel("电话")).ToHaveValueAsync("139");
    }

    private static ILocator Panel(Desk desk) => desk.Page.GetByRole(AriaRole.Complementary, new() { Name = "访客资料" });
}
