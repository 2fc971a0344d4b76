using System.Net;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Platform;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Platform;

/// <summary>Rule 1: registration by link while it is closed, and the trial an operator can withhold.</summary>
public sealed class RegistrationDeskTests
{
    [Fact]
    public async Task Only_the_operator_makes_and_withdraws_links()
    {
        await using var box = await AccountBox.OpenAsync();
        _ = await box.AgentAsync("zhoumin", administrator: true);
        var forged = await box.SignInAsync("zhoumin") with { IsPlatformOperator = true };
        var desk = box.Portal.Get<RegistrationDesk>();
        Assert.Equal(Refusal.NotAllowed, (await desk.MakeAsync(forged, "", true, 7)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await box.Portal.Get<PlatformDesk>().OfferTrialAsync(forged, offer: false)).Refusal);
        foreach (var (note, days) in new[] { ("", 0), ("", -1), ("", 91), (new string('长', 121), 7) }) Assert.Equal(Refusal.InputInvalid, (await desk.MakeAsync(box.Administrator, note, true, days)).Refusal);
        Assert.Equal(Refusal.InputInvalid, (await desk.WithdrawAsync(box.Administrator, 7)).Refusal);
        _ = await desk.MakeAsync(box.Administrator, "蓝天科技", true, 7);
        var line = Assert.Single((await desk.ReadAsync(0, 10)).Lines);
        Assert.Equal(Refusal.NotAllowed, (await desk.WithdrawAsync(forged, line.Id)).Refusal);
        Assert.Equal((RegistrationLinkState.Open, 1), (line.State, (await box.Portal.Get<PlatformDesk>().ReadAsync()).OpenLinks));
    }

    [Fact]
    public async Task A_link_registers_one_company_while_registration_is_closed()
    {
        await using var box = await AccountBox.OpenAsync();
        var desk = box.Portal.Get<RegistrationDesk>();
        var token = (await desk.MakeAsync(box.Administrator, "蓝天科技", withTrial: true, 7)).Value;
        Assert.True(token.Length * 6 >= 128, token);
        using var browser = box.Portal.Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/register")).Status);

        // Looking uses nothing up.
        var commits = box.Writes.Commits;
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/register?link=" + token)).Status);
        Assert.Equal(commits, box.Writes.Commits);

        // A form with a fault does not use it up either.
        Assert.Contains("蓝天科技", (await browser.SendAsync("/register?link=" + token, "register", Fields("蓝天科技", "weak"))).Html, StringComparison.Ordinal);
        Assert.Equal("/first-steps", (await browser.SendAsync("/register?link=" + token, "register", Fields("蓝天科技"))).Location);
        var line = Assert.Single((await desk.ReadAsync(0, 10)).Lines);
        Assert.Equal((RegistrationLinkState.Used, "蓝天科技"), (line.State, line.CompanyName));
        Assert.True((await box.Portal.Get<PackageDesk>().EntitlementAsync(await CompanyAsync(box, line.CompanyCode!))).IsTrial);

        using var second = box.Portal.Browser();
        await IsOverAsync(box, second, token, companies: 2);
        Assert.Equal(Refusal.ChangedMeanwhile, (await desk.WithdrawAsync(box.Administrator, line.Id)).Refusal);
    }

    [Fact]
    public async Task A_late_withdrawn_or_forged_link_is_answered_with_one_sentence_and_makes_nothing()
    {
        await using var box = await AccountBox.OpenAsync();
        var desk = box.Portal.Get<RegistrationDesk>();
        var (late, withdrawn) = ((await desk.MakeAsync(box.Administrator, "", true, 1)).Value, (await desk.MakeAsync(box.Administrator, "", true, 30)).Value);
        Assert.False((await desk.WithdrawAsync(box.Administrator, (await desk.ReadAsync(0, 1)).Lines[0].Id)).IsRefused);
        using var browser = box.Portal.Browser();
        var early = await browser.GetAsync("/register?link=" + late);
        box.Machine.Advance(TimeSpan.FromDays(1));
        Assert.Contains("这个注册链接不能用", (await browser.SendAsync(early, "/register?link=" + late, "register", Fields("蓝天科技"))).Text, StringComparison.Ordinal);
        foreach (var token in new[] { late, withdrawn, RegistrationLink.NewToken(), late[..^1], late.ToUpperInvariant(), "x", new string('a', 4_000), "%00", "'--" }) await IsOverAsync(box, browser, token, companies: 1);
        Assert.Equal([RegistrationLinkState.Withdrawn, RegistrationLinkState.Expired], (await desk.ReadAsync(0, 10)).Lines.Select(line => line.State));

        // Open registration does not make a worthless link good, and needs none.
        await box.OpenRegistrationAsync();
        await IsOverAsync(box, browser, withdrawn, companies: 1);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/register?link=")).Status);
    }

    [Fact]
    public async Task Two_people_with_one_link_make_exactly_one_company()
    {
        await using var box = await AccountBox.OpenAsync();
        var token = (await box.Portal.Get<RegistrationDesk>().MakeAsync(box.Administrator, "", true, 7)).Value;
        var registry = box.Portal.Get<CompanyRegistry>();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => registry.RegisterAsync(AccountBox.Form("蓝天科技", "wangwei" + i), token)));
        Assert.Single(outcomes, outcome => !outcome.IsRefused);
        Assert.All(outcomes.Where(outcome => outcome.IsRefused), outcome => Assert.Equal(Refusal.LinkOver, outcome.Refusal));
        await using var context = box.Portal.Read();
        Assert.Equal((2, 2), (await context.Companies.CountAsync(), await context.Users.CountAsync()));
    }

    [Fact]
    public async Task The_token_is_stored_nowhere()
    {
        await using var box = await AccountBox.OpenAsync();
        var token = (await box.Portal.Get<RegistrationDesk>().MakeAsync(box.Administrator, "蓝天科技", true, 7)).Value;
        await box.Portal.RestartAsync();
        var text = string.Concat(Directory.GetFiles(box.Portal.Folder, "portal.db*").Select(file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        Assert.DoesNotContain(token, text, StringComparison.Ordinal);
        Assert.Equal(Refusal.None, (await box.Portal.Get<CompanyRegistry>().OfferAsync(token)).Refusal);
    }

    [Fact]
    public async Task The_operator_withholds_the_trial_by_setting_and_by_link()
    {
        await using var box = await AccountBox.OpenAsync();
        var platform = box.Portal.Get<PlatformDesk>();
        _ = await platform.OfferTrialAsync(box.Administrator, offer: false);
        await box.OpenRegistrationAsync();
        using var browser = box.Portal.Browser();
        var page = await browser.GetAsync("/register");
        Assert.Contains("每天 5 次免费应答", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("试用", page.Text, StringComparison.Ordinal);
        var (company, _) = await box.AnotherCompanyAsync();
        Assert.Equal(PackageKind.Free, (await box.Portal.Get<PackageDesk>().EntitlementAsync(company.Id)).Kind);

        // A link says it for its own company.
        foreach (var withTrial in new[] { true, false })
        {
            var token = (await box.Portal.Get<RegistrationDesk>().MakeAsync(box.Administrator, "", withTrial, 7)).Value;
            _ = await platform.OfferTrialAsync(box.Administrator, offer: !withTrial);
            _ = (await box.Portal.Get<CompanyRegistry>().RegisterAsync(AccountBox.Form("绿地", "lvdi"), token)).Value;
            var line = (await box.Portal.Get<RegistrationDesk>().ReadAsync(0, 1)).Lines[0];
            Assert.Equal(withTrial, (await box.Portal.Get<PackageDesk>().EntitlementAsync(await CompanyAsync(box, line.CompanyCode!))).IsTrial);
        }
    }

    private static async Task IsOverAsync(AccountBox box, FormBrowser browser, string token, int companies)
    {
        var page = await browser.GetAsync("/register?link=" + Uri.EscapeDataString(token));
        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Contains("这个注册链接不能用", page.Text, StringComparison.Ordinal);
        Assert.Equal(Refusal.LinkOver, (await box.Portal.Get<CompanyRegistry>().RegisterAsync(AccountBox.Form("再来一家", "wangwei"), token)).Refusal);
        await using var context = box.Portal.Read();
        Assert.Equal(companies, await context.Companies.CountAsync());
    }

    private static async Task<CompanyId> CompanyAsync(AccountBox box, string code)
    {
        await using var context = box.Portal.Read();
        return (await context.Companies.SingleAsync(company => company.Code == code)).Id;
    }

    private static (string Name, string Value)[] Fields(string company, string password = AccountBox.Password) =>
    [
        ("Form.CompanyName", company), ("Form.ZoneId", "Asia/Shanghai"), ("Form.DisplayName", "王伟"), ("Form.AgentName", "wangwei"), ("Form.Email", "wangwei@example.com"), ("Form.Password", password),
    ];
}
