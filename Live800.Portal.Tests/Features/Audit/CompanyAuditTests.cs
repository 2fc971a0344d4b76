using System.Net;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Components.Shared;
using Live800.Portal.Features.Audit;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Groups;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Sites;
using Live800.Portal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;

namespace Live800.Portal.Tests.Features.Audit;

/// <summary>The company's own part of the audit log (1): bad input first, then what is read, never another company's.</summary>
public sealed class CompanyAuditTests : IAsyncLifetime
{
    private AccountBox _box = null!;

    private CompanyAudit Audit => _box.Portal.Get<CompanyAudit>();

    public async Task InitializeAsync() => _box = await AccountBox.OpenAsync();

    public async Task DisposeAsync()
    {
        await _box.DisposeAsync();
        Assert.DoesNotContain(_box.Portal.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x", null, null, null)]
    [InlineData("-1", null, null, null)]
    [InlineData("0", null, null, null)]
    [InlineData(null, "Nonsense", null, null)]
    [InlineData(null, "63", null, null)]
    [InlineData(null, "ClockShifted", null, null)]
    [InlineData(null, null, "2026-13-01", null)]
    [InlineData(null, null, null, "yesterday")]
    [InlineData(null, null, "2026-03-02", "2026-03-01")]
    public async Task A_filter_that_means_nothing_is_refused_and_nothing_is_entered(string? by, string? act, string? from, string? until)
    {
        Assert.Null(CompanyAuditFilter.Parse(by, act, from, until, null));
        using var browser = await _box.BrowserOfAsync("linxiao");
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Client.GetAsync($"/company/audit/export?format=csv&by={by}&act={act}&from={from}&until={until}")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Client.GetAsync("/company/audit/export?format=csv&text=" + new string('x', 65))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Client.GetAsync("/company/audit/export?format=pdf")).StatusCode);
        Assert.DoesNotContain(await AllAsync(), line => line.Action == AuditAction.AuditExported);
    }

    [Fact]
    public async Task Who_is_no_administrator_gets_neither_page_nor_file()
    {
        _ = await _box.AgentAsync("chenzy");
        using var agent = await _box.BrowserOfAsync("chenzy");
        using var nobody = _box.Portal.Browser();
        foreach (var path in new[] { "/company/audit", "/company/audit/export?format=csv", "/company/personal-data", "/company/personal-data/export?visitor=1" })
        {
            Assert.StartsWith("/not-allowed", (await agent.GetAsync(path)).Location, StringComparison.Ordinal);
            Assert.StartsWith("/sign-in", (await nobody.GetAsync(path)).Location, StringComparison.Ordinal);
        }

        // A right that was taken away a moment ago: the write looks again.
        var late = (await _box.SignInAsync("chenzy")) with { IsAdministrator = true };
        Assert.Equal(Refusal.NotAllowed, (await Audit.BeginExportAsync(late, new CompanyAuditFilter(), [], default)).Refusal);
        Assert.DoesNotContain(await AllAsync(), line => line.Action == AuditAction.AuditExported);
    }

    [Fact]
    public async Task No_entry_is_ever_changed_or_removed_by_whatever_way()
    {
        Assert.False((await _box.Portal.Get<SiteDesk>().AllowAsync(_box.Administrator, "shop.example")).IsRefused);
        foreach (var sql in new[] { "UPDATE AuditEntries SET Who = 'x'", "UPDATE AuditEntries SET Detail = Detail", "DELETE FROM AuditEntries", "DELETE FROM AuditEntries WHERE Id = (SELECT max(Id) FROM AuditEntries)", "REPLACE INTO AuditEntries SELECT * FROM AuditEntries" })
        {
            var refused = await Assert.ThrowsAsync<SqliteException>(() => _box.Writes.RunAsync((context, token) => context.Database.ExecuteSqlRawAsync(sql, token)));
            Assert.True(refused.Message.Contains("never", StringComparison.Ordinal) || refused.SqliteErrorCode == 19, sql + ": " + refused.Message);
        }

        _ = await Assert.ThrowsAsync<DbUpdateException>(() => _box.Writes.RunAsync(async (context, token) => context.Remove(await context.Set<AuditEntry>().FirstAsync(token))));
        _ = await Assert.ThrowsAsync<DbUpdateException>(() => _box.Writes.RunAsync(async (context, token) => context.Entry(await context.Set<AuditEntry>().FirstAsync(token)).Property(entry => entry.Who).CurrentValue = "x"));
        Assert.Equal("shop.example", Assert.Single(await AllAsync(), line => line.Action == AuditAction.SiteAllowed).Detail);
    }

    [Fact]
    public async Task An_entry_says_who_what_before_after_and_from_where_without_the_companys_own_id()
    {
        var by = _box.Administrator with { Address = "203.0.113.9" };
        var made = await _box.Portal.Get<GroupDesk>().RouteAsync(by, RoutingWay.InTurn);
        Assert.False(made.IsRefused);
        var line = Assert.Single(await AllAsync(), line => line.Action == AuditAction.RoutingChanged);
        Assert.Equal(("linxiao", "", "203.0.113.9"), (line.Who, line.Detail, line.Address));
        Assert.Equal(new AuditChange("RoutingWay", "ByHand", "InTurn"), Assert.Single(line.Changes));
        Assert.Equal(_box.Portal.Now, line.At);
    }

    [Fact]
    public async Task The_address_of_a_request_is_known_to_whatever_it_does()
    {
        using var browser = await _box.BrowserOfAsync("linxiao");
        browser.Client.DefaultRequestHeaders.Add(PortalFactory.AddressHeader, "203.0.113.77");
        Assert.Equal(HttpStatusCode.OK, (await browser.Client.GetAsync("/company/audit/export?format=csv")).StatusCode);
        var line = Assert.Single(await AllAsync(), line => line.Action == AuditAction.AuditExported);
        Assert.Equal(("linxiao", "203.0.113.77"), (line.Who, line.Address));
    }

    [Fact]
    public async Task Of_another_company_nothing_is_read_by_whatever_way_and_an_operator_is_only_an_operator()
    {
        var (other, wang) = await _box.AnotherCompanyAsync();
        Assert.False((await _box.Portal.Get<SiteDesk>().AllowAsync(_box.Administrator, "ours.example")).IsRefused);
        Assert.False((await _box.Portal.Get<SiteDesk>().AllowAsync(wang, "theirs.example")).IsRefused);
        var operated = _box.Administrator with { Address = "203.0.113.1" };
        Assert.False((await _box.Portal.Get<CompanyBook>().GrantClicksAsync(operated, other.Id, 300, "开业")).IsRefused);

        var theirs = (await Audit.PageAsync(other.Id, new CompanyAuditFilter(), [])).Lines;
        Assert.Equal([AuditAction.ClicksGranted, AuditAction.SiteAllowed], theirs.Select(line => line.Action));
        Assert.Equal((null, "300", ""), (theirs[0].Who, theirs[0].Detail, theirs[0].Address));
        Assert.DoesNotContain(await AllAsync(), line => line.Action is AuditAction.ClicksGranted or AuditAction.RegistrationOpened || line.Detail.Contains("theirs", StringComparison.Ordinal));

        // Neither by his id nor by his name or address.
        Assert.Empty(await FoundAsync(other.Id, new CompanyAuditFilter(Agent: _box.Administrator.AgentId)));
        Assert.Empty(await FoundAsync(other.Id, new CompanyAuditFilter(Text: "linxiao")));
        Assert.Empty(await FoundAsync(other.Id, new CompanyAuditFilter(Text: "203.0.113")));
        Assert.Equal(AuditAction.ClicksGranted, Assert.Single(await FoundAsync(other.Id, new CompanyAuditFilter(ByPlatform: true))).Action);
        Assert.Empty(await FoundAsync(_box.Company.Id, new CompanyAuditFilter(Agent: wang.AgentId)));
        using var browser = await _box.BrowserOfAsync("linxiao");
        var file = await browser.Client.GetStringAsync($"/company/audit/export?format=csv&by={wang.AgentId}");
        Assert.DoesNotContain("theirs", file, StringComparison.Ordinal);
        Assert.Single(file.Trim().Split('\n'));
    }

    [Fact]
    public async Task Words_are_words_whatever_signs_are_in_them()
    {
        var sites = _box.Portal.Get<SiteDesk>();
        foreach (var site in new[] { "a.example", "b.example" }) Assert.False((await sites.AllowAsync(_box.Administrator, site)).IsRefused);
        await _box.Writes.RunAsync((context, token) =>
        {
            _ = context.Add(AuditEntry.Of(_box.Administrator, AuditAction.GroupMade, "100%_\"a\" 'b' \\", _box.Portal.Now, [new AuditChange("GroupIs", "say \"hi\"", "50%")]));
            return Task.CompletedTask;
        });
        foreach (var text in new[] { "100%_", "\"a\"", "'b'", "\\", "say \"hi\"", "50%", "SAY" }) Assert.Equal(AuditAction.GroupMade, Assert.Single(await FoundAsync(_box.Company.Id, new CompanyAuditFilter(Text: text))).Action);
        foreach (var text in new[] { "%example%", "_.example", "'; DROP TABLE AuditEntries; --", "\"x" }) Assert.Empty(await FoundAsync(_box.Company.Id, new CompanyAuditFilter(Text: text)));
        Assert.Equal("a.example", Assert.Single(await FoundAsync(_box.Company.Id, new CompanyAuditFilter(Text: "A.EXAMPLE"))).Detail);
        // The act by its name in the reader's language.
        Assert.Equal(2, (await Audit.PageAsync(_box.Company.Id, new CompanyAuditFilter(Text: "允许网站"), [AuditAction.SiteAllowed])).Lines.Count);
    }

    [Fact]
    public async Task A_day_is_the_companys_day_from_its_first_to_its_last_second()
    {
        var sites = _box.Portal.Get<SiteDesk>();
        // 23:59:59 in Shanghai.
        _box.Machine.Advance(DataRoom.Noon.Date.AddHours(15).AddMinutes(59).AddSeconds(59) - _box.Machine.GetUtcNow().UtcDateTime);
        Assert.False((await sites.AllowAsync(_box.Administrator, "a.example")).IsRefused);
        _box.Machine.Advance(TimeSpan.FromSeconds(1));
        Assert.False((await sites.AllowAsync(_box.Administrator, "b.example")).IsRefused);
        var day = DateOnly.FromDateTime(DataRoom.Noon.Date);
        Assert.Contains("a.example", (await FoundAsync(_box.Company.Id, new CompanyAuditFilter(From: day, Until: day))).Select(line => line.Detail));
        Assert.Equal("b.example", Assert.Single(await FoundAsync(_box.Company.Id, new CompanyAuditFilter(From: day.AddDays(1)))).Detail);
        Assert.Empty(await FoundAsync(_box.Company.Id, new CompanyAuditFilter(From: DateOnly.MinValue, Until: DateOnly.MinValue)));
        Assert.NotEmpty(await FoundAsync(_box.Company.Id, new CompanyAuditFilter(Until: DateOnly.MaxValue)));
    }

    [Fact]
    public async Task A_hundred_thousand_entries_are_turned_page_by_page()
    {
        var (company, account) = (_box.Company.Id.Value, _box.Administrator.AgentId.Value);
        await _box.Writes.RunAsync((context, token) => context.Database.ExecuteSqlAsync(
            $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) INSERT INTO AuditEntries (Id, At, CompanyId, AccountId, Address, Who, Action, Detail, ChangesText) SELECT 9000000000000000 + i, i, CASE WHEN i % 2 THEN {company} ELSE {company} + 1 END, {account}, '', 'x', 75, 's' || i, '' FROM n", token));
        var newest = await Audit.PageAsync(_box.Company.Id, new CompanyAuditFilter(), []);
        Assert.Equal(("s99999", "s99901", false, true), (newest.Lines[0].Detail, newest.Lines[^1].Detail, newest.HasNewer, newest.HasOlder));
        var older = await Audit.PageAsync(_box.Company.Id, new CompanyAuditFilter(), [], below: newest.Lines[^1].Id);
        Assert.Equal(("s99899", true, true), (older.Lines[0].Detail, older.HasNewer, older.HasOlder));
        var back = await Audit.PageAsync(_box.Company.Id, new CompanyAuditFilter(), [], above: older.Lines[0].Id);
        Assert.Equal((newest.Lines[0].Id, newest.Lines[^1].Id, false, true), (back.Lines[0].Id, back.Lines[^1].Id, back.HasNewer, back.HasOlder));
        Assert.Empty((await Audit.PageAsync(_box.Company.Id, new CompanyAuditFilter(), [], below: 0)).Lines);
        Assert.Empty((await Audit.PageAsync(_box.Company.Id, new CompanyAuditFilter(), [], above: long.MaxValue - 1)).Lines);
    }

    [Fact]
    public async Task The_file_holds_what_the_filter_leaves_no_formula_and_not_the_entry_it_makes()
    {
        _ = await _box.Roster.CreateAsync(_box.Administrator, new AgentForm { Name = "evil", DisplayName = "=1+1", Password = AccountBox.Password, Role = AgentRole.Administrator });
        Assert.False((await _box.Portal.Get<SiteDesk>().AllowAsync(await _box.SignInAsync("evil"), "shop.example")).IsRefused);
        Assert.False((await _box.Portal.Get<GroupDesk>().RouteAsync(_box.Administrator, RoutingWay.InTurn)).IsRefused);
        using var browser = await _box.BrowserOfAsync("linxiao");
        foreach (var (format, who) in new[] { ("csv", "'=1+1"), ("xlsx", "=1+1") })
        {
            var export = _box.Portal.Get<FileExports>().Offer(_box.Company.Id);
            using var stream = new MemoryStream(await browser.Client.GetByteArrayAsync($"/company/audit/export?format={format}&act=SiteAllowed&ticket={export.Ticket}"));
            var row = Assert.Single((await stream.QueryAsync(useHeaderRow: true, excelType: format == "csv" ? ExcelType.CSV : ExcelType.XLSX)).Cast<IDictionary<string, object>>());
            Assert.Equal((who, "允许网站：shop.example"), (row["谁"], row["做了什么"]));
            Assert.Equal((FileExportState.Done, 1L), (export.State, export.Total));
        }

        var all = await browser.Client.GetStringAsync("/company/audit/export?format=csv");
        Assert.Contains("分配方式: 轮流", all, StringComparison.Ordinal);
        var exports = (await AllAsync()).Where(line => line.Action == AuditAction.AuditExported).ToList();
        Assert.Equal(["6", "1", "1"], exports.Select(line => line.Detail));
        // The two before it, and not itself.
        Assert.Equal(2, all.Split("下载操作记录").Length - 1);
    }

    private async Task<IReadOnlyList<CompanyAuditLine>> AllAsync() => (await Audit.PageAsync(_box.Company.Id, new CompanyAuditFilter(), [], take: 1000)).Lines;

    private async Task<IReadOnlyList<CompanyAuditLine>> FoundAsync(CompanyId company, CompanyAuditFilter filter) => (await Audit.PageAsync(company, filter, [])).Lines;
}
