using Live800.Portal.Tests.Browser.Support;

namespace Live800.Portal.Tests.Browser;

public sealed class ServerTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task A_killed_server_comes_back_on_the_same_address()
    {
        var server = Keep(await PortalServer.StartAsync());
        var page = await SomebodyAsync();
        var site = Keep(await ShopSite.OpenAsync());
        await page.GotoAsync(site.Embed("a.test", "", "") + "/");
        Assert.Equal(ShopSite.HomeTitle, await page.TitleAsync());
        var answer = await page.GotoAsync(server.Address + "/nowhere");
        Assert.Equal(404, answer!.Status);
        var before = server.Address;
        await server.KillAsync();
        await server.StartAsync();
        Assert.Equal(before, server.Address);
        Assert.Equal(404, (await page.GotoAsync(server.Address + "/nowhere"))!.Status);
        await server.StopAsync();
        Assert.Empty(server.Log.Trouble);
    }
}
