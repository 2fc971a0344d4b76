using System.Net;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Packages;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Companies;

public sealed class CompanyRegistryTests
{
    [Theory]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData(null)]
    public async Task A_wrong_set_up_token_sets_nothing_up(string? token)
    {
        await using var portal = new PortalFactory();
        _ = portal.Get<SetupToken>().Issue();
        Assert.Equal(Refusal.SetupTokenWrong, (await portal.Get<CompanyRegistry>().SetUpAsync(AccountBox.Form("清风家居", "linxiao") with { Token = token })).Refusal);
        Assert.True(await portal.Get<CompanyRegistry>().IsEmptyAsync());
    }

    [Fact]
    public async Task The_token_is_the_same_until_it_was_used_and_only_its_owner_may_read_it()
    {
        await using var portal = new PortalFactory();
        var token = portal.Get<SetupToken>();
        var issued = token.Issue();
        Assert.Equal(issued, token.Issue());
        var path = Path.Combine(portal.Folder, "setup-token");
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));

        Assert.False((await portal.Get<CompanyRegistry>().SetUpAsync(AccountBox.Form("清风家居", "linxiao") with { Token = issued })).IsRefused);
        Assert.False(File.Exists(path));
        Assert.False(token.IsRight(issued));
        Assert.False(token.IsRight(""));
    }

    [Fact]
    public async Task An_empty_box_leads_to_its_set_up_and_through_it_to_the_first_steps()
    {
        await using var portal = new PortalFactory();
        using var browser = portal.Browser();
        Assert.Equal("/setup", (await browser.GetAsync("/sign-in")).Location);
        Assert.Equal("/setup", (await browser.GetAsync("/register")).Location);

        var wrong = await browser.SendAsync("/setup", "setup", Fields("wrong"));
        Assert.Contains("设置口令不对", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("清风家居", wrong.Html, StringComparison.Ordinal);

        Assert.Equal("/first-steps", (await browser.SendAsync("/setup", "setup", Fields(portal.Get<SetupToken>().Issue()))).Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/first-steps")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/platform")).Status);
    }

    [Fact]
    public async Task A_second_set_up_is_refused_also_when_both_come_at_once()
    {
        await using var portal = new PortalFactory();
        var registry = portal.Get<CompanyRegistry>();
        var token = portal.Get<SetupToken>().Issue();
        var outcomes = await Task.WhenAll(
            registry.SetUpAsync(AccountBox.Form("清风家居", "linxiao") with { Token = token }),
            registry.SetUpAsync(AccountBox.Form("蓝天科技", "wangwei") with { Token = token }));
        Assert.Single(outcomes, outcome => !outcome.IsRefused);
        Assert.Equal(Refusal.SetupDone, (await registry.SetUpAsync(AccountBox.Form("蓝天科技", "wangwei") with { Token = token })).Refusal);
        await using var context = portal.Read();
        Assert.Equal(1, await context.Companies.CountAsync());
    }

    [Fact]
    public async Task Registration_is_closed_after_the_set_up_until_the_operator_opens_it()
    {
        await using var box = await AccountBox.OpenAsync();
        using var browser = box.Portal.Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/register")).Status);
        Assert.DoesNotContain("/register", (await browser.GetAsync("/sign-in")).Html, StringComparison.Ordinal);
        Assert.Equal(Refusal.RegistrationClosed, (await box.Portal.Get<CompanyRegistry>().RegisterAsync(AccountBox.Form("蓝天科技", "wangwei"))).Refusal);

        await box.OpenRegistrationAsync();
        Assert.Contains("/register", (await browser.GetAsync("/sign-in")).Html, StringComparison.Ordinal);
        Assert.Equal("/first-steps", (await browser.SendAsync("/register", "register", Fields(null))).Location);
    }

    [Fact]
    public async Task A_form_opened_before_registration_was_closed_is_refused_after()
    {
        await using var box = await AccountBox.OpenAsync();
        await box.OpenRegistrationAsync();
        using var browser = box.Portal.Browser();
        var page = await browser.GetAsync("/register");
        _ = await box.Portal.Get<Live800.Portal.Features.Platform.PlatformDesk>().OpenRegistrationAsync(box.Administrator, open: false);
        var late = await browser.SendAsync(page, "/register", "register", Fields(null));
        Assert.Contains("注册没有开放", late.Text, StringComparison.Ordinal);
        await using var context = box.Portal.Read();
        Assert.Equal(1, await context.Companies.CountAsync());
    }

    [Fact]
    public async Task A_new_company_has_its_code_from_the_system_its_trial_and_one_administrator()
    {
        await using var box = await AccountBox.OpenAsync();
        Assert.Matches("^[a-z]{4,12}[1-9][0-9]{2}$", box.Company.Code);
        var entitlement = await box.Portal.Get<PackageDesk>().EntitlementAsync(box.Company.Id);
        Assert.True(entitlement is { IsTrial: true, Kind: PackageKind.Monthly, Seats: 2, AgentAccounts: 10 });
        var table = await box.Roster.TableAsync(box.Company.Id);
        Assert.True(Assert.Single(table.Agents).IsAdministrator);
    }

    [Theory]
    [InlineData("CompanyName", "   ", Refusal.CompanyNameInvalid)]
    [InlineData("ZoneId", "Mars/Olympus", Refusal.TimeZoneUnknown)]
    [InlineData("AgentName", "a b", Refusal.AgentNameInvalid)]
    [InlineData("DisplayName", "", Refusal.DisplayNameInvalid)]
    [InlineData("Email", "", Refusal.EmailInvalid)]
    [InlineData("Email", "nobody", Refusal.EmailInvalid)]
    [InlineData("Password", "short", Refusal.PasswordWeak)]
    [InlineData("Password", "wangwei123", Refusal.PasswordWeak)]
    public async Task A_registration_with_a_fault_is_refused_without_hashing_or_writing(string field, string value, Refusal refusal)
    {
        await using var box = await AccountBox.OpenAsync();
        await box.OpenRegistrationAsync();
        var form = AccountBox.Form("蓝天科技", "wangwei");
        typeof(RegistrationForm).GetProperty(field)!.SetValue(form, value);
        box.Hasher.Reset();
        var commits = box.Writes.Commits;
        Assert.Equal(refusal, (await box.Portal.Get<CompanyRegistry>().RegisterAsync(form)).Refusal);
        Assert.Equal((0, commits), (box.Hasher.Count, box.Writes.Commits));
    }

    private static (string Name, string Value)[] Fields(string? token) =>
    [
        .. token is null ? [] : new[] { ("Form.Token", token) },
        ("Form.CompanyName", "清风家居"), ("Form.ZoneId", "Asia/Shanghai"), ("Form.DisplayName", "林晓"), ("Form.AgentName", "linxiao"), ("Form.Email", "linxiao@example.com"), ("Form.Password", AccountBox.Password),
    ];
}
