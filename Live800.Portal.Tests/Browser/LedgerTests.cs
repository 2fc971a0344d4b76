using Live800.Portal.Tests.Browser.Support;

namespace Live800.Portal.Tests.Browser;

/// <summary><c>verify-ledger</c> as a process, on the files of a box on which people were set up the true way.</summary>
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
}
