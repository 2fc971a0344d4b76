using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>What an agent relies on at the workspace: drafts, and a connection that comes back (S2.8).</summary>
public sealed class WorkspaceTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    private ReadyServer _box = null!;
    private Desk _desk = null!;
    private Visitor _visitor = null!;

    public override async Task InitializeAsync()
    {
        _box = Keep(await Browsers.Box.StartAsync());
        var shop = _box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), _box.Server);
        _desk = await Desk.OpenAsync(await SomebodyAsync(), _box.Server, _box.Qingfeng, "chenzy");
        await _desk.IsOpenAsync();
        _visitor = new Visitor(await SomebodyAsync());
        await _visitor.Page.GotoAsync(shop + "/");
        await _visitor.AskAsync();
        await _visitor.SayAsync("v1 在吗？");
        await _desk.AcceptAsync();
        await _desk.ReadsAsync("v1");
    }

    [Fact]
    public async Task A_draft_survives_a_reload()
    {
        await _desk.Box.FillAsync("写到一半的话");
        await _desk.Page.ReloadAsync();
        await _desk.IsOpenAsync();
        if (!await _desk.Box.IsVisibleAsync()) await _desk.Tabs.GetByRole(AriaRole.Button).First.ClickAsync();
        await Assertions.Expect(_desk.Box).ToHaveValueAsync("写到一半的话");
        await _desk.ReadsAsync("v1");
    }

    [Fact]
    public async Task S2_8_While_the_server_is_away_the_agent_is_told_when_it_is_tried_again_and_missed_messages_come_once_and_in_order()
    {
        await Assertions.Expect(_desk.Box).ToBeEditableAsync();
        await _box.Server.KillAsync();
        await Assertions.Expect(_desk.Page.GetByText(new System.Text.RegularExpressions.Regex(@"连接中断，\s*\d+ 秒后将进行第 \d+ 次重新登录。"))).ToBeVisibleAsync();
        // Sending is locked, the draft can be written on.
        await Assertions.Expect(_desk.Box).ToBeEditableAsync();
        await _desk.Box.FillAsync("a1 断线时写的。");
        await _visitor.SayAsync("v2 还在吗？");
        await _visitor.SayAsync("v3 我等您。");

        await _box.Server.StartAsync();
        await _desk.ReadsAsync("v1 v2 v3", TimeSpan.FromMinutes(1));
        await Assertions.Expect(_desk.Page.GetByText("连接中断").Filter(new() { Visible = true })).ToHaveCountAsync(0);
        await Assertions.Expect(_desk.Box).ToHaveValueAsync("a1 断线时写的。");
        await _desk.SendButton.ClickAsync();
        await _desk.ReadsAsync("v1 v2 v3 a1");
        await _visitor.ReadsAsync("v1 v2 v3 a1", TimeSpan.FromMinutes(1));
        Assert.Equal(4, await _box.Server.ReadAsync<long>("SELECT COUNT(*) FROM ChatMessages WHERE Kind = 0"));
    }
}
