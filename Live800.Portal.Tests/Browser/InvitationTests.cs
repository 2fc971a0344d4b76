using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>Inviting and proactive chat between two browsers, and what they leave in the ledger (rule 2).</summary>
public sealed class InvitationTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    private ReadyServer _box = null!;
    private Desk _desk = null!;
    private string _shop = "";

    private ILocator Starts => _desk.Page.GetByRole(AriaRole.Region, new() { Name = "邀请与主动对话" });

    private ILocator Invite => Starts.GetByRole(AriaRole.Button, new() { Name = "邀请对话" });

    public override async Task InitializeAsync()
    {
        _box = Keep(await Browsers.Box.StartAsync());
        _shop = _box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), _box.Server);
        _desk = await Desk.OpenAsync(await SomebodyAsync(), _box.Server, _box.Qingfeng, "chenzy");
        await _desk.IsOpenAsync();
    }

    [Fact]
    public async Task An_accepted_invitation_becomes_a_conversation_and_one_line_of_the_ledger()
    {
        var visitor = await ComesAsync("/", ShopSite.HomeTitle);
        await Invite.ClickAsync();
        await Assertions.Expect(visitor.Chat.GetByText("陈志远")).ToBeVisibleAsync();
        // What he is doing on the page goes on: nothing has taken the focus.
        Assert.Equal("BODY", await visitor.Page.EvaluateAsync<string>("document.activeElement.tagName"));
        await Assertions.Expect(Starts).ToContainTextAsync("已看到");
        Assert.Equal(0, await AnswersAsync());

        await visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "开始对话" }).ClickAsync();
        await Assertions.Expect(visitor.Box).ToBeVisibleAsync();
        await Assertions.Expect(_desk.Box).ToBeVisibleAsync();
        await visitor.SayAsync("v1 好的。");
        await _desk.ReadsAsync("v1");
        await _desk.SayAsync("a1 您好。");
        await visitor.ReadsAsync("v1 a1");
        Assert.Equal(1, await AnswersAsync());
    }

    [Fact]
    public async Task A_refused_invitation_costs_nothing_and_rests_and_a_proactive_chat_counts_though_the_visitor_closes_at_once()
    {
        var refusing = await ComesAsync("/", ShopSite.HomeTitle);
        await Invite.ClickAsync();
        await refusing.Chat.GetByRole(AriaRole.Button, new() { Name = "不用，谢谢" }).ClickAsync();
        await Assertions.Expect(Invite).ToBeDisabledAsync();
        await Assertions.Expect(Starts).ToContainTextAsync("30 分钟后可以再次邀请");
        await Assertions.Expect(refusing.Chat.GetByRole(AriaRole.Button, new() { Name = "开始对话" })).ToBeHiddenAsync();
        Assert.Equal(0, await AnswersAsync());

        var closing = await ComesAsync("/sofa", ShopSite.SofaTitle);
        await Starts.GetByRole(AriaRole.Button, new() { Name = "主动对话 · 计 1 次应答" }).ClickAsync();
        await closing.Page.CloseAsync();
        await _desk.SayAsync("a2 还在吗？");
        await Assertions.Expect(_desk.Log).ToContainTextAsync("a2");
        Assert.Equal(1, await AnswersAsync());
    }

    [Fact]
    public async Task S2_2_What_the_agent_writes_before_the_visitors_window_is_up_waits_for_it_and_a_proactive_chat_does_not_fail()
    {
        var visitor = new Visitor(await SomebodyAsync());
        var (asked, slow) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await visitor.Page.RouteAsync("**/frame?lang*", async route =>
        {
            _ = asked.TrySetResult();
            _ = await Task.WhenAny(slow.Task, Task.Delay(TimeSpan.FromSeconds(30)));
            await route.ContinueAsync();
        });
        await ComesAsync(visitor, "/", ShopSite.HomeTitle);
        await Starts.GetByRole(AriaRole.Button, new() { Name = "主动对话 · 计 1 次应答" }).ClickAsync();
        await Assertions.Expect(_desk.Box).ToBeEditableAsync();
        await _desk.SayAsync("a1 您好。");
        await _desk.SayAsync("a2 需要帮忙吗？");
        await Assertions.Expect(_desk.Log).ToContainTextAsync("a2");
        // His window is on its way, and not up.
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        slow.SetResult();
        await visitor.ReadsAsync("a1 a2");
        await visitor.SayAsync("v1 要的。");
        await _desk.ReadsAsync("a1 a2 v1");
        await visitor.ReadsAsync("a1 a2 v1");
        Assert.Equal(1, await AnswersAsync());
    }

    /// <summary>A content blocker lets the script count the page and keeps the chat away.</summary>
    [Fact]
    public async Task S2_3_S2_4_A_browser_that_blocks_the_chat_is_told_as_not_delivered_and_trying_again_costs_nothing_more()
    {
        var (inviting, starting) = (new Visitor(await SomebodyAsync()), new Visitor(await SomebodyAsync()));
        foreach (var blocked in new[] { inviting, starting })
            foreach (var part in new[] { "**/frame?lang*", "**/stream", "**/poll" }) await blocked.Page.RouteAsync(part, route => route.AbortAsync());
        await ComesAsync(inviting, "/", ShopSite.HomeTitle);
        await Invite.ClickAsync();
        await Assertions.Expect(Starts).ToContainTextAsync("已邀请，等待访客回应");
        await ComesAsync(starting, "/sofa", ShopSite.SofaTitle);
        await Starts.GetByRole(AriaRole.Button, new() { Name = "主动对话 · 计 1 次应答" }).ClickAsync();
        var pane = _desk.Page.GetByRole(AriaRole.Region, new() { Name = "对话", Exact = true });
        var again = pane.GetByRole(AriaRole.Button, new() { Name = "重试 · 不再计应答" });
        await Assertions.Expect(pane).ToContainTextAsync("未送达：对方页面拦截了脚本，或页面已关闭");
        await again.ClickAsync();
        await Assertions.Expect(again).ToHaveCountAsync(0);
        Assert.Equal(1, await AnswersAsync());

        await _desk.Row(ShopSite.HomeTitle).ClickAsync();
        await Assertions.Expect(Starts).ToContainTextAsync("未送达：对方页面拦截了脚本，或页面已关闭");
        await again.ClickAsync();
        await Assertions.Expect(again).ToHaveCountAsync(0);
        Assert.Equal(1, await AnswersAsync());
    }

    private async Task<Visitor> ComesAsync(string path, string title)
    {
        var visitor = new Visitor(await SomebodyAsync());
        await ComesAsync(visitor, path, title);
        return visitor;
    }

    private async Task ComesAsync(Visitor visitor, string path, string title)
    {
        await visitor.Page.GotoAsync(_shop + path);
        await visitor.IsDrawnAsync();
        await _desk.Row(title).ClickAsync();
        await Assertions.Expect(Invite).ToBeEnabledAsync();
    }

    private Task<long> AnswersAsync() => _box.Server.ReadAsync<long>("SELECT COUNT(*) FROM LedgerLines WHERE Kind = 2");
}
