using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser.Widget;

/// <summary>5: the company decides which sites may carry its codes.</summary>
public sealed class AllowedSiteTests(BrowserFixture browsers, WidgetHouse house) : BrowserTest(browsers), IClassFixture<WidgetHouse>
{
    [Fact]
    public async Task A_site_that_is_not_allowed_stays_silent_until_the_administrator_allows_it()
    {
        var administrator = await SomebodyAsync();
        await administrator.SignInAsync(house.Server, house.Qingfeng, "linxiao");
        await administrator.GotoAsync($"{house.Server.Address}/company/sites");
        await administrator.GetByRole(AriaRole.Textbox, new() { Name = "网站", Exact = true }).FillAsync("https://www.qingfeng.example/");
        await administrator.GetByRole(AriaRole.Button, new() { Name = "允许", Exact = true }).ClickAsync();
        await Assertions.Expect(administrator.GetByRole(AriaRole.Rowheader, new() { Name = "qingfeng.example" })).ToBeVisibleAsync();

        var page = await SomebodyAsync();
        var watch = await HostWatch.OfAsync(page);
        await page.VisitAsync(house.Page("elsewhere"));
        await page.EvaluateAsync("() => document.querySelector('a[href*=\"/chat/\"]').dispatchEvent(new Event('pointerover', { bubbles: true }))");
        Assert.Equal(0, await page.Locator("iframe").CountAsync()); // made within the event, or not at all
        Assert.Equal("", await watch.ReadAsync());
        Assert.Equal(0, await page.EvaluateAsync<int>("() => Object.keys(localStorage).filter(key => key.endsWith('p')).length"));

        // The administrator reads which page it was, and allows it there.
        var host = new Uri(house.Page("elsewhere")).Authority;
        await administrator.GetByRole(AriaRole.Button, new() { Name = $"允许 {host}" }).ClickAsync();
        await Assertions.Expect(administrator.GetByRole(AriaRole.Button, new() { Name = $"移除 {host}" })).ToBeVisibleAsync();
        await page.VisitAsync(house.Page("elsewhere"));
        var visitor = new Visitor(page);
        await visitor.AskAsync();
        await visitor.SayAsync("v1 allowed now");
        await visitor.ReadsAsync("v1");
    }
}
