using Live800.Domain.Conversations;
using Live800.Portal.Features.Widget;
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
        await agent.GetByRole(AriaRole.Button, new() { NameRegex = new("王女士") }).ClickAsync();
        await Assertions.Expect(agent.GetByText("13800001234").First).ToBeVisibleAsync();
        Assert.Equal(1, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM OfflineMessages"));
        Assert.Equal(0, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM LedgerLines WHERE Kind = 2"));
    }

    /// <summary>Rule 5: the reply waits for the visitor, stands in his chat once, and the agent hears that it was read.</summary>
    [Fact]
    public async Task A_reply_is_read_by_the_visitor_when_he_comes_back_and_the_agent_sees_that_it_was()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(shop + "/lamp");
        await visitor.IsDrawnAsync();
        await visitor.Icon.ClickAsync();
        await visitor.Chat.GetByLabel("留言", new() { Exact = true }).FillAsync("落地灯还有黑色的吗？");
        await visitor.Chat.GetByLabel("手机或邮箱").FillAsync("13800001234");
        await visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "提交留言" }).ClickAsync();
        await Assertions.Expect(visitor.Chat.GetByText("留言已收到")).ToBeVisibleAsync();
        await visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "收起" }).ClickAsync();
        await visitor.Page.GotoAsync("about:blank");

        // Nobody opens the workspace: the inbox takes no seat, and the visitor finds nobody in.
        var agent = await SomebodyAsync();
        await agent.SignInAsync(box.Server, box.Qingfeng, "chenzy");
        await agent.GotoAsync(box.Server.Address + "/messages");
        await agent.GetByRole(AriaRole.Button, new() { NameRegex = new("落地灯还有黑色的吗") }).ClickAsync();
        await Assertions.Expect(agent.GetByText("没有留邮箱：他再来网站时看到回复。")).ToBeVisibleAsync();
        await agent.GetByLabel("回复", new() { Exact = true }).Last.FillAsync("有的 <b>");
        await agent.GetByRole(AriaRole.Button, new() { Name = "保存回复" }).ClickAsync();
        await Assertions.Expect(agent.GetByText("访客还没有读")).ToBeVisibleAsync();

        await visitor.Page.GotoAsync(shop + "/sofa");
        await visitor.Chat.GetByRole(AriaRole.Button, new() { NameRegex = new("1 条未读") }).ClickAsync();
        await Assertions.Expect(visitor.Log.GetByText("有的 <b>")).ToHaveCountAsync(1);
        await Assertions.Expect(visitor.Log.GetByText("落地灯还有黑色的吗？")).ToBeVisibleAsync();
        await Assertions.Expect(agent.GetByText("已读")).ToBeVisibleAsync();

        // The open window on another page of the visit shows it still, once.
        await visitor.Page.GotoAsync(shop + "/");
        await Assertions.Expect(visitor.Log.GetByText("有的 <b>")).ToHaveCountAsync(1);
        Assert.Equal(1, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM OfflineReplies WHERE SeenAt IS NOT NULL"));
    }

    /// <summary>3.6: whoever waits is offered the form as soon as nobody can answer, and what he has written goes along.</summary>
    [Fact]
    public async Task Words_of_somebody_who_waits_move_into_the_form_when_the_last_agent_leaves()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var desk = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "linxiao");
        await desk.IsOpenAsync();
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(shop + "/");
        await visitor.AskAsync();
        await visitor.SayAsync("v1 沙发有现货吗？");
        await Assertions.Expect(visitor.Log).ToContainTextAsync("已送达");
        await visitor.Box.FillAsync("还有，能送到");
        var offer = visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "给我们留言" });
        await Assertions.Expect(offer).Not.ToBeVisibleAsync();

        await desk.Page.SignOutAsync();
        await offer.ClickAsync();
        var words = visitor.Chat.GetByLabel("留言", new() { Exact = true });
        await Assertions.Expect(words).ToHaveValueAsync("v1 沙发有现货吗？\n还有，能送到");

        // Back in the conversation, what was said is not said again; and forth once more.
        await visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "返回对话" }).ClickAsync();
        await Assertions.Expect(visitor.Box).ToHaveValueAsync("还有，能送到");
        await offer.ClickAsync();
        await Assertions.Expect(words).ToHaveValueAsync("v1 沙发有现货吗？\n还有，能送到");
        await visitor.Chat.GetByLabel("手机或邮箱").FillAsync("13800001234");
        await visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "提交留言" }).ClickAsync();
        await Assertions.Expect(visitor.Chat.GetByText("留言已收到")).ToBeVisibleAsync();

        Assert.Equal(1, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM OfflineMessages WHERE Text = 'v1 沙发有现货吗？' || char(10) || '还有，能送到'"));
        // He does not wait any more.
        await Eventually.EqualAsync(1, () => box.Server.ReadAsync<long>($"SELECT COUNT(*) FROM Conversations WHERE State = {(int)ConversationState.Withdrawn}"));
        Assert.Equal(0, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM LedgerLines WHERE Kind = 2"));
    }

    /// <summary>Case 13.</summary>
    [Fact]
    public async Task On_a_page_with_the_icon_alone_the_icon_stays_as_it_was_and_nothing_is_tracked()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var site = Keep(await ShopSite.OpenAsync());
        var bare = site.Embed("bare.test", WidgetCodes.IconCode(box.Server.Address, box.Qingfeng.Code, 1, "在线客服"), "");
        var reader = await SomebodyAsync();
        var asked = new System.Collections.Concurrent.ConcurrentQueue<string>();
        reader.Request += (_, request) =>
        {
            if (request.Url.StartsWith(box.Server.Address, StringComparison.Ordinal)) asked.Enqueue(new Uri(request.Url).AbsolutePath);
        };
        await reader.GotoAsync(bare + "/");
        var icon = reader.GetByRole(AriaRole.Img, new() { Name = "在线客服" });
        Assert.True(await icon.EvaluateAsync<bool>("async picture => { await picture.decode(); return picture.naturalWidth > 0; }"));
        var closed = await icon.ScreenshotAsync();

        // Another page, with both codes, proves that the change has been told.
        var watcher = new Visitor(await SomebodyAsync());
        await watcher.Page.GotoAsync(box.Qingfeng.Embed(site, box.Server) + "/");
        await Assertions.Expect(watcher.IconSaying("请留言")).ToBeVisibleAsync();
        var desk = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "linxiao");
        await Assertions.Expect(watcher.IconSaying("在线客服")).ToBeVisibleAsync();
        Assert.Equal(closed, await icon.ScreenshotAsync());
        Assert.Equal([$"/w/{box.Qingfeng.Code}/icon/1"], asked);
        await Assertions.Expect(desk.Row(ShopSite.HomeTitle)).ToHaveCountAsync(1);

        await reader.ReloadAsync();
        Assert.True(await icon.EvaluateAsync<bool>("async picture => { await picture.decode(); return picture.naturalWidth > 0; }"));
        Assert.NotEqual(closed, await icon.ScreenshotAsync());
    }
}
