using Deque.AxeCore.Playwright;
using Live800.Portal.Tests.Browser.Support;
using Live800.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser.Widget;

/// <summary>The full-page chat <c>/chat/{code}</c>: where an icon without function code leads, with and without JavaScript.</summary>
public sealed class ChatPageTests(BrowserFixture browsers, WidgetHouse house) : BrowserTest(browsers), IClassFixture<WidgetHouse>
{
    [Fact]
    public async Task An_icon_alone_leads_to_a_chat_that_a_reload_does_not_end()
    {
        var shop = await SomebodyAsync();
        await shop.GotoAsync(house.Site.Put("icon-only", "", house.Codes("{icon}")));
        var page = await shop.Context.RunAndWaitForPageAsync(() => shop.GetByRole(AriaRole.Link).ClickAsync());
        var box = page.GetByRole(AriaRole.Textbox, new() { Name = "输入消息" });
        var log = page.GetByRole(AriaRole.Log);
        await box.FillAsync("v1 from the full page");
        await box.PressAsync("Enter");
        await Assertions.Expect(log).ToContainTextAsync("已送达");
        var number = await house.Desk.NumberOfAsync($"与{house.Qingfeng.Name}对话");
        await house.Desk.AcceptAsync(number);
        await house.Desk.SayAsync("a1 hello");
        await Said.ExpectAsync(log, "v1 a1");
        await page.ReloadAsync();
        await Said.ExpectAsync(log, "v1 a1");
        await box.FillAsync("v2 still here");
        await box.PressAsync("Enter");
        await house.Desk.ReadsAsync("v1 a1 v2");
        Assert.Empty((await page.RunAxe()).Violations);
    }

    [Fact]
    public async Task Without_javascript_it_is_a_form_that_says_what_became_of_it()
    {
        var context = Keep(await Browsers.Browser.NewContextAsync(new() { JavaScriptEnabled = false, Locale = "zh-CN" }));
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{house.Server.Address}/chat/{house.Lantian.Code}");
        await page.GetByLabel("留言", new() { Exact = true }).FillAsync("   ");
        await page.GetByLabel("手机或邮箱").FillAsync("13800000000");
        await page.GetByRole(AriaRole.Button, new() { Name = "提交留言" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("手机或邮箱")).ToHaveValueAsync("13800000000");
        await page.GetByLabel("留言", new() { Exact = true }).FillAsync("没有脚本也能留言");
        await page.GetByRole(AriaRole.Button, new() { Name = "提交留言" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "留言已收到" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("留言", new() { Exact = true })).Not.ToBeVisibleAsync();
        Assert.Equal(1, await house.Server.ReadAsync<long>("SELECT COUNT(*) FROM OfflineMessages WHERE Text = '没有脚本也能留言'"));
    }

    [Fact]
    public async Task It_may_not_be_embedded_and_the_frame_may()
    {
        using var http = NginxProxy.Client();
        http.BaseAddress = new Uri(house.Server.Address);
        var page = await http.GetAsync($"/chat/{house.Qingfeng.Code}");
        var frame = await http.GetAsync($"/w/{house.Qingfeng.Code}/frame");
        Assert.Contains("frame-ancestors 'none'", page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("frame-ancestors", frame.Headers.GetValues("Content-Security-Policy").Single());
        Assert.False(frame.Headers.Contains("X-Frame-Options"));
    }
}
