using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>Visitors who come to agents by themselves 自动应答, and a conversation handed to a group, with everybody's browser (2, 4).</summary>
public sealed class GroupTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    // The browser of the tests calls itself a robot; for those nothing is accepted by itself.
    private const string Person = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

    [Fact]
    public async Task The_least_busy_get_one_each_the_third_waits_until_somebody_is_free_and_a_group_takes_one_over()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var linxiao = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "linxiao");
        var chenzy = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "chenzy");
        await linxiao.IsOpenAsync();
        await chenzy.IsOpenAsync();
        var office = await linxiao.Page.Context.NewPageAsync();
        await office.GotoAsync(box.Server.Address + "/company/groups");
        await office.GetByRole(AriaRole.Combobox, new() { Name = "分配方式：全公司" }).SelectOptionAsync("最空闲优先");
        await Assertions.Expect(office.GetByText("已保存。")).ToBeVisibleAsync();
        await LimitAsync(office, "每位客服", "1");
        await office.GetByRole(AriaRole.Button, new() { Name = "创建分组" }).ClickAsync();
        await office.GetByLabel("名称", new() { Exact = true }).FillAsync("售后");
        await office.GetByRole(AriaRole.Checkbox, new() { Name = "林晓" }).CheckAsync();
        await office.GetByRole(AriaRole.Checkbox, new() { Name = "陈志远" }).CheckAsync();
        await office.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Assertions.Expect(office.GetByRole(AriaRole.Rowheader, new() { Name = "售后" })).ToBeVisibleAsync();

        // Nobody had one before: the lower id comes first, and that is who was there first.
        _ = await ComesAsync(shop, "v1 有货吗？");
        await Assertions.Expect(Tabs(linxiao)).ToHaveCountAsync(1);
        _ = await ComesAsync(shop, "w1 多大？");
        await Assertions.Expect(Tabs(linxiao)).ToHaveCountAsync(1);
        await Assertions.Expect(Tabs(chenzy)).ToHaveCountAsync(1);
        // What came by itself is unread, and nothing else came to the front.
        await Assertions.Expect(Tabs(linxiao).GetByRole(AriaRole.Button, new() { NameRegex = new(" 3$") })).ToHaveCountAsync(1);
        await Assertions.Expect(linxiao.Box).ToHaveCountAsync(0);
        var third = await ComesAsync(shop, "x1 怎么退？");
        await Assertions.Expect(linxiao.Waiting.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);

        await Tabs(linxiao).GetByRole(AriaRole.Button).First.ClickAsync();
        await linxiao.SayAsync("a1 您好。");
        await Assertions.Expect(linxiao.Page.GetByRole(AriaRole.Button, new() { Name = "结束", Exact = true })).ToBeEnabledAsync();
        await linxiao.Page.GetByRole(AriaRole.Button, new() { Name = "结束", Exact = true }).ClickAsync();
        await Assertions.Expect(linxiao.Waiting.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(0);
        await Assertions.Expect(Tabs(linxiao)).ToHaveCountAsync(2);
        Assert.Equal(3, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM LedgerLines WHERE Kind = 2"));

        await Tabs(linxiao).Last.GetByRole(AriaRole.Button).First.ClickAsync();
        await linxiao.ReadsAsync("x1");
        await linxiao.Page.GetByRole(AriaRole.Button, new() { Name = "转接", Exact = true }).ClickAsync();
        var menu = linxiao.Page.GetByRole(AriaRole.Dialog, new() { Name = "转接给在岗的同事" });
        await Assertions.Expect(menu.GetByRole(AriaRole.Button, new() { NameRegex = new("已满") })).ToBeDisabledAsync();
        await Assertions.Expect(menu.GetByRole(AriaRole.Button, new() { NameRegex = new("售后") })).ToBeDisabledAsync();
        await linxiao.Page.Keyboard.PressAsync("Escape");
        await LimitAsync(office, "每位客服", "2");
        await linxiao.Page.GetByRole(AriaRole.Button, new() { Name = "转接", Exact = true }).ClickAsync();
        await menu.GetByRole(AriaRole.Button, new() { NameRegex = new("售后") }).ClickAsync();
        var offer = chenzy.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "售后" });
        await offer.GetByRole(AriaRole.Button, new() { NameRegex = new("^接手") }).ClickAsync();
        await chenzy.ReadsAsync("x1");
        await chenzy.SayAsync("c1 我来处理。");
        await third.ReadsAsync("x1 c1");
        Assert.Equal(3, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM LedgerLines WHERE Kind = 2"));
        Assert.Equal(3, await box.Server.ReadAsync<long>("SELECT COUNT(DISTINCT ConversationId) FROM AutoAccepts"));
    }

    private static ILocator Tabs(Desk desk) => desk.Tabs.GetByRole(AriaRole.Listitem);

    private static async Task LimitAsync(IPage office, string whose, string most)
    {
        var box = office.GetByRole(AriaRole.Spinbutton, new() { Name = whose + " 最多同时对话" });
        await box.FillAsync(most);
        await box.PressAsync("Tab");
        await Assertions.Expect(office.GetByRole(AriaRole.Spinbutton).Nth(1)).ToHaveAttributeAsync("placeholder", "同上：" + most);
    }

    private async Task<Visitor> ComesAsync(string shop, string words)
    {
        var context = Keep(await Browsers.Browser.NewContextAsync(new() { Locale = "zh-CN", UserAgent = Person, ViewportSize = new() { Width = 1440, Height = 900 } }));
        context.SetDefaultTimeout(30_000);
        var visitor = new Visitor(await context.NewPageAsync());
        await visitor.Page.GotoAsync(shop + "/sofa");
        await visitor.AskAsync();
        await visitor.SayAsync(words);
        return visitor;
    }
}
