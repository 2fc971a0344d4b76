using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>When nobody can answer, the visitor leaves a message.</summary>
public sealed class OfflineMessageTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task With_no_agent_in_the_icon_says_so_and_a_message_is_kept()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(shop + "/lamp");
        await Assertions.Expect(visitor.IconSaying("请留言")).ToBeVisibleAsync();
        await visitor.Icon.ClickAsync();
        await Assertions.Expect(visitor.Chat.GetByRole(AriaRole.Heading, new() { Name = "给我们留言" })).ToBeVisibleAsync();
        await visitor.Chat.GetByLabel("留言", new() { Exact = true }).FillAsync("落地灯还有黑色的吗？");
        await visitor.Chat.GetByLabel("称呼").FillAsync("王女士");
        await visitor.Chat.GetByLabel("手机或邮箱").FillAsync("13800001234");
        await visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "提交留言" }).ClickAsync();
        await Assertions.Expect(visitor.Chat.GetByText("留言已收到")).ToBeVisibleAsync();

        var agent = await SomebodyAsync();
        await agent.SignInAsync(box.Server, box.Qingfeng, "chenzy");
        await agent.GotoAsync(box.Server.Address + "/messages");
        await Assertions.Expect(agent.GetByText("落地灯还有黑色的吗？").First).ToBeVisibleAsync();
        await Assertions.Expect(agent.GetByText("王女士").First).ToBeVisibleAsync();
        await Assertions.Expect(agent.GetByText("13800001234").First).ToBeVisibleAsync();
        Assert.Equal(1, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM OfflineMessages"));
        Assert.Equal(0, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM LedgerLines WHERE Kind = 2"));
    }

    [Fact]
    public async Task Words_typed_before_the_last_agent_left_move_into_the_form()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var desk = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "linxiao");
        await desk.IsOpenAsync();
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(shop + "/");
        await Assertions.Expect(visitor.IconSaying("在线客服")).ToBeVisibleAsync();
        await visitor.Icon.HoverAsync();
        await desk.Page.SignOutAsync();
        await Assertions.Expect(visitor.IconSaying("请留言")).ToBeVisibleAsync();
        await visitor.Icon.ClickAsync();
        await Assertions.Expect(visitor.Chat.GetByRole(AriaRole.Heading, new() { Name = "给我们留言" })).ToBeVisibleAsync();
        Assert.Equal(0, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM Conversations"));
    }
}
