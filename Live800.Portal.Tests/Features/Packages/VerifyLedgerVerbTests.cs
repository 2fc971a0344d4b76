using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Packages;

namespace Live800.Portal.Tests.Features.Packages;

/// <summary>Rule 2.3: whatever is done to the ledger behind the portal's back, the command finds it and names the line.</summary>
public class VerifyLedgerVerbTests
{
    [Fact]
    public async Task Untouched_ledgers_are_as_written()
    {
        await using var room = await WithLinesAsync();
        var (exit, text) = await room.VerifyAsync();
        Assert.Equal(0, exit);
        Assert.Contains("2 companies, 9 ledger lines checked, all as written", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_portal_that_serves_meanwhile_is_not_disturbed()
    {
        await using var room = await WithLinesAsync();
        _ = await room.Desk.GrantClicksAsync(await IdOfAsync(room, "qingfeng"), 100, "");
        for (var i = 0; i < 20; i++)
        {
            var writing = room.AnswerAsync(await IdOfAsync(room, "qingfeng"));
            var verifying = room.VerifyAsync();
            Assert.False((await writing).IsRefused);
            Assert.Equal(0, (await verifying).Exit);
        }
    }

    [Theory]
    [InlineData("UPDATE LedgerLines SET BalanceAfter = BalanceAfter + 1 WHERE Number = 3", 3, "changed after it was written")]
    [InlineData("UPDATE LedgerLines SET Charged = 0 WHERE Number = 4", 4, "changed after it was written")]
    [InlineData("UPDATE LedgerLines SET At = At + 1 WHERE Number = 1", 1, "changed after it was written")]
    [InlineData("UPDATE LedgerLines SET AgentId = 8 WHERE Number = 6", 6, "changed after it was written")]
    [InlineData("UPDATE LedgerLines SET Seal = upper(Seal) WHERE Number = 2", 2, "changed after it was written")]
    [InlineData("UPDATE LedgerLines SET At = 9223372036854775807 WHERE Number = 5", 5, "changed after it was written")]
    [InlineData("DELETE FROM LedgerLines WHERE Number = 1", 1, "missing")]
    [InlineData("DELETE FROM LedgerLines WHERE Number = 4", 4, "missing")]
    [InlineData("DELETE FROM LedgerLines WHERE Number = 6", 6, "missing")]
    [InlineData("DELETE FROM LedgerLines WHERE Number = 3; UPDATE LedgerLines SET Number = Number - 1 WHERE Number > 3", 3, "changed after it was written")]
    [InlineData("DELETE FROM LedgerLines", 1, "missing")]
    [InlineData("UPDATE PackageAccounts SET LedgerNumber = LedgerNumber + 1", 7, "missing")]
    [InlineData("UPDATE PackageAccounts SET LedgerLastSeal = 'x'", 6, "the account's record of the last line was changed")]
    [InlineData("UPDATE ClickCredits SET Used = 0", 2, "the account's balance is not what the ledger says")]
    [InlineData("UPDATE ClickCredits SET Bought = 1000000", 2, "the account's balance is not what the ledger says")]
    [InlineData("UPDATE MonthlyTerms SET \"End\" = \"End\" + 864000000000", 1, "the account's balance is not what the ledger says")]
    [InlineData("DELETE FROM ClickCredits", 2, "the account's balance is not what the ledger says")]
    [InlineData("UPDATE PackageAccounts SET FreeUsed = 0, FreeDay = NULL", 6, "the account's balance is not what the ledger says")]
    [InlineData("DELETE FROM PackageAccounts", 0, "the company has no package account")]
    public async Task What_is_done_by_SQL_is_found_and_named(string sql, long line, string words)
    {
        await using var room = await WithLinesAsync();
        var company = await IdOfAsync(room, "qingfeng");
        Assert.True(await room.SqlAsync(OnlyOf(sql, company)) > 0);

        var (exit, text) = await room.VerifyAsync();

        Assert.Equal(1, exit);
        Assert.Contains($"Company qingfeng, line {line}: {words}.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("lantian", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_slipped_in_is_found()
    {
        await using var room = await WithLinesAsync();
        var company = await IdOfAsync(room, "qingfeng");
        var columns = "Kind, At, OrderId, Origin, Clicks, Seats, TermStart, TermEnd, Way, AgentId, ConversationId, Charged, FreeDay, FreePerDay, BalanceAfter, Seal";
        var copied = columns.Replace("ConversationId", "99", StringComparison.Ordinal);
        _ = await room.SqlAsync($"INSERT INTO LedgerLines (CompanyId, Number, {columns}) SELECT CompanyId, 7, {copied} FROM LedgerLines WHERE CompanyId = {company} AND Number = 6");

        var (exit, text) = await room.VerifyAsync();

        Assert.Equal(1, exit);
        Assert.Contains("Company qingfeng, line 7: changed after it was written.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removing_the_last_line_is_found_even_when_the_account_is_set_back_with_it()
    {
        await using var room = await WithLinesAsync();
        var company = await IdOfAsync(room, "qingfeng");
        _ = await room.SqlAsync(
            $"UPDATE PackageAccounts SET LedgerNumber = 5, FreeUsed = 0, FreeDay = NULL, LedgerLastSeal = (SELECT Seal FROM LedgerLines WHERE CompanyId = {company} AND Number = 5) WHERE CompanyId = {company};" +
            $"DELETE FROM LedgerLines WHERE CompanyId = {company} AND Number = 6");

        var (exit, text) = await room.VerifyAsync();

        Assert.Equal(1, exit);
        Assert.Contains("Company qingfeng, line 5: the account's record of the last line was changed.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_scripts_the_finding_is_JSON()
    {
        await using var room = await WithLinesAsync();
        Assert.Equal("""{"ok":true,"companies":2,"lines":9,"bad":[]}""", (await room.VerifyAsync(json: true)).Text.Trim());
        _ = await room.SqlAsync(OnlyOf("DELETE FROM LedgerLines WHERE Number = 6", await IdOfAsync(room, "qingfeng")));
        var (exit, text) = await room.VerifyAsync(json: true);
        Assert.Equal(1, exit);
        Assert.Equal("""{"ok":false,"companies":2,"lines":8,"bad":[{"company":"qingfeng","line":6,"fault":"Missing"}]}""", text.Trim());
    }

    [Fact]
    public async Task Without_the_key_nothing_is_called_changed_and_no_new_key_is_made()
    {
        await using var room = await WithLinesAsync();
        var key = Path.Combine(room.Data.Folder, "keys", "ledger.key");
        File.Move(key, key + ".away");

        var (exit, text) = await room.VerifyAsync();

        Assert.Equal(1, exit);
        Assert.Contains("Not found:", text, StringComparison.Ordinal);
        Assert.False(File.Exists(key));
    }

    [Fact]
    public async Task Another_key_calls_the_first_line_changed()
    {
        await using var room = await WithLinesAsync();
        await File.WriteAllBytesAsync(Path.Combine(room.Data.Folder, "keys", "ledger.key"), new byte[32]);
        var (exit, text) = await room.VerifyAsync();
        Assert.Equal(1, exit);
        Assert.Contains("Company qingfeng, line 1:", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_is_for_the_owner_alone()
    {
        await using var room = await WithLinesAsync();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(room.Data.Folder, "keys", "ledger.key")));
        }
    }

    [Theory]
    [InlineData]
    [InlineData("--demo")]
    [InlineData("--urls", "verify-ledger")]
    public async Task Any_other_command_line_starts_the_portal(params string[] args) => Assert.Null(await VerifyLedgerVerb.TryRunAsync(args));

    [Fact]
    public async Task An_empty_folder_is_told_and_not_filled()
    {
        var folder = Path.Combine(Path.GetTempPath(), "live800-none-" + Guid.NewGuid().ToString("N"));
        Assert.Equal(1, await VerifyLedgerVerb.RunAsync(new PortalOptions { DataDirectory = folder }, json: false, new StringWriter()));
        Assert.False(Directory.Exists(folder));
    }

    /// <summary>qingfeng: trial, three clicks, an answer in the trial, a click, a refund, a free answer. lantian: trial, two answers.</summary>
    private static async Task<PackageRoom> WithLinesAsync()
    {
        var room = await PackageRoom.OpenAsync();
        var qingfeng = await room.RegisterAsync("qingfeng");
        var lantian = await room.RegisterAsync("lantian");
        Assert.False((await room.AnswerAsync(lantian)).IsRefused);
        Assert.False((await room.AnswerAsync(lantian)).IsRefused);
        var order = new OrderId(5);
        Assert.False((await room.Desk.BuyClicksAsync(qingfeng, order, 3)).IsRefused);
        Assert.False((await room.AnswerAsync(qingfeng)).IsRefused);
        room.Data.Machine.Advance(TimeSpan.FromDays(8));
        Assert.False((await room.AnswerAsync(qingfeng)).IsRefused);
        Assert.False((await room.Desk.RefundAsync(qingfeng, order)).IsRefused);
        Assert.False((await room.AnswerAsync(qingfeng)).IsRefused);
        return room;
    }

    private static async Task<CompanyId> IdOfAsync(PackageRoom room, string code)
    {
        await using var context = room.Data.Read();
        return context.Companies.Single(c => c.Code == code).Id;
    }

    private static string OnlyOf(string sql, CompanyId company) => string.Join(';', sql.Split(';').Select(s =>
        s.Contains("WHERE", StringComparison.Ordinal) ? s.Replace("WHERE", $"WHERE CompanyId = {company} AND", StringComparison.Ordinal) : $"{s} WHERE CompanyId = {company}"));
}
