using Live800.Portal.Tests.Browser.Support;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Browser.Widget;

/// <summary>S2.11: after an upgrade, pages that were opened before it and browsers that keep the loader go on with the one they have.</summary>
public sealed class OldLoaderTests(BrowserFixture browsers, WidgetHouse house) : BrowserTest(browsers), IClassFixture<WidgetHouse>
{
    [Fact]
    public async Task The_first_versions_loader_still_chats()
    {
        var page = await SomebodyAsync();
        var watch = await HostWatch.OfAsync(page);
        var served = 0;
        await page.RouteAsync("**/w/l.js", route =>
        {
            served++;
            return route.FulfillAsync(new() { ContentType = "text/javascript", Body = FirstVersion.Loader() });
        });
        await page.VisitAsync(house.Page("old-loader"));
        var visitor = new Visitor(page);
        await visitor.AskAsync();
        await visitor.SayAsync("v1 from before");
        await house.Desk.AcceptAsync(await house.Desk.NumberOfAsync("old-loader"));
        await house.Desk.SayAsync("a1 to you");
        await visitor.ReadsAsync("v1 a1");
        await page.ReloadAsync();
        await visitor.ReadsAsync("v1 a1");
        await visitor.SayAsync("v2 again");
        await house.Desk.ReadsAsync("v1 a1 v2");
        Assert.True(served > 0);
        Assert.Equal("", await watch.ReadAsync());
    }
}
