using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser.Widget;

/// <summary>What the company asks before a conversation (5), from its page to the agent's panel.</summary>
public sealed class BeforeChatTests(BrowserFixture browsers, WidgetHouse house) : BrowserTest(browsers), IClassFixture<WidgetHouse>
{
    [Fact]
    public async Task What_is_asked_stands_in_the_composers_place_until_it_is_answered_and_the_agent_reads_it()
    {
        var office = await house.Desk.Page.Context.NewPageAsync();
        await office.GotoAsync(house.Server.Address + "/company/before-chat");
        await office.GetByRole(AriaRole.Group, new() { Name = "称呼" }).GetByRole(AriaRole.Radio, new() { Name = "必填" }).CheckAsync();
        await office.GetByRole(AriaRole.Group, new() { Name = "电话" }).GetByRole(AriaRole.Radio, new() { Name = "选填" }).CheckAsync();
        await office.GetByRole(AriaRole.Group, new() { Name = "邮箱" }).GetByRole(AriaRole.Radio, new() { Name = "选填" }).CheckAsync();
        await office.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Assertions.Expect(office.GetByText("已保存。")).ToBeVisibleAsync();

        // The request's answer is held back, so that he has written before he is asked.
        var visitor = new Visitor(await SomebodyAsync());
        var hold = new TaskCompletionSource();
        await visitor.Page.RouteAsync("**/request", async route =>
        {
            await hold.Task;
            await route.ContinueAsync();
        });
        await visitor.Page.RouteAsync("**/message", async route =>
        {
            await hold.Task;
            await route.ContinueAsync();
        });
        await visitor.Page.VisitAsync(house.Site.PutRaw("before", house.Codes("<!doctype html><html lang=\"zh-CN\"><title>before</title><link rel=icon href=data:,><main><h1>before</h1>{icon}{function}</main>")));
        await visitor.AskAsync();
        await visitor.SayAsync("v1 first");
        await visitor.SayAsync("v2 second");
        await visitor.Box.FillAsync("v3 not sent");
        hold.SetResult();
        var name = visitor.Chat.GetByLabel("称呼 必填");
        var email = visitor.Chat.GetByLabel("邮箱 选填");
        await Assertions.Expect(name).ToBeFocusedAsync();
        await Assertions.Expect(visitor.Box).ToBeHiddenAsync();
        await Assertions.Expect(visitor.Chat.GetByRole(AriaRole.Form, new() { Name = "开始对话前，请先填写以下信息。" })).ToBeVisibleAsync();
        await CleanAsync(visitor.Page);

        // A reload in the middle asks again.
        await visitor.Page.ReloadAsync();
        await Assertions.Expect(name).ToBeVisibleAsync();
        await visitor.ReadsAsync("v1 v2");
        var alert = visitor.Chat.GetByRole(AriaRole.Alert);
        await visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "开始对话" }).ClickAsync();
        await Assertions.Expect(alert.Filter(new() { HasText = "请填写标有“必填”的项目。" })).ToBeVisibleAsync();
        await Assertions.Expect(name).ToBeFocusedAsync();
        await name.FillAsync("王女士 <b>");
        await visitor.Chat.GetByLabel("电话 选填").FillAsync("138 0000 1234");
        await email.FillAsync("wang@example");
        await email.PressAsync("Enter");
        await Assertions.Expect(alert.Filter(new() { HasText = "邮箱地址的格式不对" })).ToBeVisibleAsync();
        await Assertions.Expect(email).ToBeFocusedAsync();
        await Assertions.Expect(email).ToHaveAttributeAsync("aria-invalid", "true");
        await CleanAsync(visitor.Page);
        await email.FillAsync("wang@example.com");
        await email.PressAsync("Enter");

        await Assertions.Expect(visitor.Box).ToHaveValueAsync("v3 not sent");
        await Assertions.Expect(visitor.Box).ToBeFocusedAsync();
        await Assertions.Expect(visitor.Log).ToContainTextAsync("已送达");
        await visitor.ReadsAsync("v1 v2");
        await house.Desk.AcceptAsync("王女士 <b>");
        await house.Desk.ReadsAsync("v1 v2");
        var panel = house.Desk.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^对话前填写") }).Locator("..");
        await Assertions.Expect(panel).ToContainTextAsync(new Regex(@"称呼\s*王女士 <b>\s*电话\s*138 0000 1234\s*邮箱\s*wang@example.com"));
        await Assertions.Expect(panel.GetByRole(AriaRole.Link, new() { Name = "138 0000 1234" })).ToHaveAttributeAsync("href", "tel:13800001234");
        await Assertions.Expect(panel.GetByRole(AriaRole.Link, new() { Name = "wang@example.com" })).ToHaveAttributeAsync("href", "mailto:wang@example.com");
        await house.Desk.Page.GetByRole(AriaRole.Button, new() { Name = "创建名片" }).First.ClickAsync();
        await Assertions.Expect(house.Desk.Page.GetByLabel("电话", new() { Exact = true })).ToHaveValueAsync("138 0000 1234");
        await Assertions.Expect(house.Desk.Page.GetByLabel("邮箱", new() { Exact = true })).ToHaveValueAsync("wang@example.com");

        // He is known now: the full-page chat is another visitor, who is asked, in two tabs, and answers in one of them.
        await visitor.SayAsync("v3 goes on");
        await house.Desk.ReadsAsync("v1 v2 v3");
        var first = await SomebodyAsync();
        await first.GotoAsync($"{house.Server.Address}/chat/{house.Qingfeng.Code}");
        await Assertions.Expect(first.GetByLabel("称呼 必填")).ToBeFocusedAsync();
        var second = await first.Context.NewPageAsync();
        await second.GotoAsync($"{house.Server.Address}/chat/{house.Qingfeng.Code}");
        await second.GetByLabel("称呼 必填").FillAsync("第二位");
        await second.GetByLabel("称呼 必填").PressAsync("Enter");
        foreach (var tab in new[] { second, first }) await Assertions.Expect(tab.GetByRole(AriaRole.Textbox, new() { Name = "输入消息" })).ToBeVisibleAsync();
        Assert.Equal(1, await house.Server.ReadAsync<long>("SELECT COUNT(*) FROM Conversations c JOIN GivenAnswers a ON a.VisitorId = c.VisitorId WHERE a.Name = '第二位'"));
    }

    private static async Task CleanAsync(IPage page)
    {
        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, string.Join("; ", result.Violations.Select(item => $"{item.Id} {string.Join(' ', item.Nodes.Select(node => node.Target))}")));
        Assert.Contains(result.Passes, rule => rule.Nodes.Any(node => node.Target.FrameSelectors.Count() > 1));
    }
}
