using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>The ledger as its owner sees it, takes it with him, and has it verified: on the files of a box on which people were set up the true way.</summary>
public sealed class LedgerTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Theory]
    [InlineData("UPDATE LedgerLines SET BalanceAfter = BalanceAfter + 1 WHERE Number = 1", "line 1: changed")]
    [InlineData("DELETE FROM LedgerLines WHERE Number = 1", "line 1: missing")]
    public async Task A_ledger_that_was_tampered_with_names_the_line(string sql, string verdict)
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var (exit, output) = await box.Server.RunAsync("verify-ledger");
        Assert.True(exit == 0, output);

        await box.Server.StopAsync();
        Assert.True(await box.Server.TamperAsync(sql) > 0, "there is no ledger line to tamper with");
        (exit, output) = await box.Server.RunAsync("verify-ledger");
        Assert.True(exit == 1, output);
        Assert.Contains(verdict, output, StringComparison.Ordinal);
        Assert.Contains(box.Qingfeng.Code, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_filters_show_is_what_is_downloaded()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var desk = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "linxiao");
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(shop + "/sofa");
        await visitor.AskAsync();
        await visitor.SayAsync("v1 在吗？");
        await desk.AcceptAsync();

        var page = await desk.Page.Context.NewPageAsync();
        await page.GotoAsync(box.Server.Address + "/store/ledger");
        var lines = page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Row);
        await Assertions.Expect(lines).Not.ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "类别" }).SelectOptionAsync("应答");
        await Assertions.Expect(lines).ToHaveCountAsync(2);
        await Assertions.Expect(lines.Nth(1)).ToContainTextAsync("林晓");

        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { NameRegex = new("CSV") }).ClickAsync());
        var rows = (await File.ReadAllLinesAsync(await file.PathAsync())).Where(row => row.Length > 0).ToArray();
        Assert.Equal(2, rows.Length);
        Assert.Contains("林晓", rows[1], StringComparison.Ordinal);
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "1" })).ToBeVisibleAsync();
    }
}
