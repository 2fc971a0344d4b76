using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>The trial's end, watched by turning the Development clock (rules 3.1, 3.5, 3.6; S2.3, S2.4, S2.5).</summary>
public sealed class TrialEndTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task S2_3_S2_4_S2_5_After_the_trial_five_answers_a_day_are_free_and_then_accept_invite_and_proactive_say_why_not()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var operating = await SomebodyAsync();
        await operating.SignInAsync(box.Server, box.Qingfeng, "linxiao");
        var desk = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "chenzy");
        await desk.IsOpenAsync();
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^试用 · 应答不限") })).ToBeVisibleAsync();

        await operating.TurnClockAsync(box.Server, "7 天", "1 小时");
        // The seat ended with the time that passed; without a reload the page says so and lets him in again.
        await desk.Page.ReloadAsync();
        if (await desk.Page.GetByRole(AriaRole.Button, new() { Name = "重新进入" }).IsVisibleAsync()) await desk.Page.GetByRole(AriaRole.Button, new() { Name = "重新进入" }).ClickAsync();
        await desk.IsOpenAsync();
        var fact = desk.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^今日免费") });
        await Assertions.Expect(fact).ToContainTextAsync("0 / 5");

        var visitors = new List<WireVisitor>();
        for (var i = 1; i <= 6; i++)
        {
            var visitor = new WireVisitor(box.Server, box.Qingfeng.Code);
            await visitor.ViewAsync();
            _ = Keep(await visitor.ListenAsync());
            Assert.Equal("waiting", await visitor.AskAsync());
            visitors.Add(visitor);
        }
        await Assertions.Expect(desk.Waiting.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(6);
        for (var i = 1; i <= 5; i++)
        {
            await desk.Waiting.GetByRole(AriaRole.Button, new() { NameRegex = new("^接受") }).First.ClickAsync();
            await Assertions.Expect(desk.Waiting.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(6 - i);
        }

        await Assertions.Expect(fact).ToContainTextAsync("5 / 5");

        // The sixth: refused before it is pressed, with the reason beside it.
        await Assertions.Expect(desk.Waiting.GetByRole(AriaRole.Button, new() { NameRegex = new("^接受") })).ToBeDisabledAsync();
        await Assertions.Expect(desk.Waiting).ToContainTextAsync("无法接受：今日免费应答已用完");
        await Assertions.Expect(desk.Page.GetByText("今日免费应答 5 / 5 已用完，00:00 恢复。")).ToBeVisibleAsync();
        Assert.Equal(5, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM LedgerLines WHERE Kind = 2"));

        // Whoever still waits is offered the form at once.
        await Eventually.EqualAsync(1, async () => (int)(await visitors[5].PostAsync("poll", ("p", visitors[5].Pass), ("k", visitors[5].PageId), ("c", ""), ("i", ""))).Json!["e"]!.AsArray().Single(e => (string?)e!["t"] == "conv")!["f"]!);

        // Running conversations go on, a new visitor is offered the form.
        var first = desk.Tabs.GetByRole(AriaRole.Button).First;
        await first.ClickAsync();
        await Assertions.Expect(first).ToHaveAttributeAsync("aria-current", "true");
        await desk.SayAsync("a1 您好。");
        await desk.ReadsAsync("a1");
        var late = new WireVisitor(box.Server, box.Qingfeng.Code);
        await late.ViewAsync();
        Assert.Equal("offline", await late.AskAsync());

        // The same for who could be approached: both starts are off, and say why.
        var browsing = new WireVisitor(box.Server, box.Qingfeng.Code);
        await browsing.ViewAsync();
        _ = Keep(await browsing.ListenAsync());
        await desk.Queue.GetByRole(AriaRole.Row).Filter(new() { Has = desk.Page.GetByRole(AriaRole.Img, new() { Name = "浏览中" }) }).First.ClickAsync();
        var starts = desk.Page.GetByRole(AriaRole.Region, new() { Name = "邀请与主动对话" });
        await Assertions.Expect(starts.GetByRole(AriaRole.Button, new() { Name = "邀请对话" })).ToBeDisabledAsync();
        await Assertions.Expect(starts.GetByRole(AriaRole.Button, new() { NameRegex = new("^主动对话") })).ToBeDisabledAsync();
        await Assertions.Expect(starts).ToContainTextAsync("应答已用完：没有包月，没有点击，今日免费应答也已用完。");

        var (exit, output) = await box.Server.RunAsync("verify-ledger");
        Assert.True(exit == 0, output);
    }
}
