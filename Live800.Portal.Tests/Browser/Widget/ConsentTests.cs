using Live800.Portal.Features.Widget;
using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser.Widget;

/// <summary>5: the form of the function code that asks the visitor before anything is tracked.</summary>
public sealed class ConsentTests(BrowserFixture browsers, WidgetHouse house) : BrowserTest(browsers), IClassFixture<WidgetHouse>
{
    private string Asking => WidgetCodes.FunctionCodeWithConsent(house.Server.Address, house.Qingfeng.Code);

    [Fact]
    public async Task Nothing_is_tracked_or_kept_before_the_visitor_agrees_and_then_the_chat_is_there()
    {
        var page = await SomebodyAsync();
        var watch = await HostWatch.OfAsync(page);
        var (files, views) = (page.Context.Counts("/w/l.js"), page.Context.Counts("/view"));
        await page.GotoAsync(house.Site.Put("asks", "", house.Codes("{icon}") + Asking));
        await Assertions.Expect(Notice(page)).ToBeVisibleAsync();
        Assert.Equal((0, 0, ""), (files(), views(), await KeptAsync(page)));

        await page.RunAndWaitForResponseAsync(() => Notice(page).GetByRole(AriaRole.Button, new() { Name = "同意" }).ClickAsync(), response => response.Url.EndsWith("/view", StringComparison.Ordinal) && response.Ok);
        await Assertions.Expect(Notice(page)).ToHaveCountAsync(0);
        var visitor = new Visitor(page);
        await visitor.AskAsync();
        await visitor.SayAsync("v1 agreed");
        await visitor.ReadsAsync("v1");

        // He is not asked again, and is the same visitor.
        await page.VisitAsync(page.Url);
        await visitor.ReadsAsync("v1");
        await Assertions.Expect(Notice(page)).ToHaveCountAsync(0);
        Assert.Equal("", await watch.ReadAsync());

        // Taken back by a consent tool of the site's: what was kept is gone, and the next page tells nothing.
        await page.EvaluateAsync("() => { window.__before = 1; Live800.consent(false); }");
        await page.WaitForFunctionAsync("() => !window.__before && window.Live800 && Live800.consent");
        await page.GotoAsync(house.Site.Put("asks-later", "", house.Codes("{icon}") + Asking));
        await page.WaitForFunctionAsync("() => window.Live800 && Live800.consent");
        var before = views();
        await page.ReloadAsync(new() { WaitUntil = WaitUntilState.Load });
        await page.WaitForFunctionAsync("() => window.Live800 && Live800.consent");
        await Assertions.Expect(Notice(page)).ToHaveCountAsync(0);
        Assert.Equal((before, $"live800-{house.Qingfeng.Code}consent"), (views(), await KeptAsync(page)));
    }

    [Fact]
    public async Task A_no_is_remembered_and_leaves_the_icon_working()
    {
        var page = await SomebodyAsync();
        var views = page.Context.Counts("/view");
        await page.GotoAsync(house.Site.Put("refuses", "<style>body *, body ~ * { display: none !important; font-size: 3px } section, button { all: unset !important }</style>", house.Codes("{icon}") + Asking));
        await Notice(page).GetByRole(AriaRole.Button, new() { Name = "不用了" }).ClickAsync();
        await Assertions.Expect(Notice(page)).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await page.WaitForFunctionAsync("() => window.Live800 && Live800.consent");
        await Assertions.Expect(Notice(page)).ToHaveCountAsync(0);
        Assert.Equal((0, $"live800-{house.Qingfeng.Code}consent"), (views(), await KeptAsync(page)));
        Assert.EndsWith($"/chat/{house.Qingfeng.Code}", await page.Locator("a").First.GetAttributeAsync("href"), StringComparison.Ordinal);
    }

    private static ILocator Notice(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "在线客服", Exact = true });

    private static Task<string> KeptAsync(IPage page) => page.EvaluateAsync<string>("() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].join()");
}
