using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Features.Agents;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Security;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Guest = Live800.Portal.Features.Agents.Guest;

namespace Live800.Portal.Tests.Features.Security;

/// <summary>The company's shortest password, everywhere a new one is set.</summary>
public sealed class PasswordLengthTests : IAsyncLifetime
{
    // One fewer than the company asks for, and as many.
    private const string Nineteen = "three old locust tr";
    private const string Twenty = "three old locust tre";

    private AccountBox _box = null!;

    private SecurityDesk Desk => _box.Portal.Get<SecurityDesk>();

    public async Task InitializeAsync() => _box = await AccountBox.OpenAsync();

    public async Task DisposeAsync() => await _box.DisposeAsync();

    [Fact]
    public async Task Only_an_administrator_chooses_it_within_its_limits_and_it_stands_in_the_audit_log()
    {
        _ = await _box.AgentAsync("chenzy");
        var chen = await _box.SignInAsync("chenzy");
        Assert.Equal(Refusal.NotAllowed, (await Desk.AskPasswordsAsync(chen with { IsAdministrator = true, Rights = PermissionSet.All }, 20)).Refusal);
        foreach (var bad in new[] { int.MinValue, -1, 0, 8, CompanySecurity.FewestCharacters - 1, CompanySecurity.MostCharacters + 1, int.MaxValue }) Assert.Equal(Refusal.PasswordLengthInvalid, (await Desk.AskPasswordsAsync(_box.Administrator, bad)).Refusal);
        await using var context = _box.Portal.Read();
        Assert.Empty(await context.CompanySecurities.ToListAsync());
        Assert.False((await Desk.AskPasswordsAsync(_box.Administrator, 20)).IsRefused);
        Assert.False((await Desk.AskPasswordsAsync(_box.Administrator, 20)).IsRefused);
        var sheet = await Desk.ReadAsync(_box.Company.Id);
        Assert.Equal((20, null), (sheet.ShortestPassword, sheet.From));
        var entry = await context.Set<AuditEntry>().SingleAsync(entry => entry.Action == AuditAction.PasswordRuleChanged);
        Assert.Equal([new AuditChange("ShortestPassword", "10", "20")], entry.Changes);
    }

    [Fact]
    public async Task It_holds_for_creating_changing_resetting_and_joining_and_what_is_in_use_stays()
    {
        var id = await _box.AgentAsync("chenzy");
        Assert.False((await Desk.AskPasswordsAsync(_box.Administrator, 20)).IsRefused);
        var chen = await _box.SignInAsync("chenzy");
        AgentForm Form(string password) => new() { Name = "zhoumin", DisplayName = "zhoumin", Password = password, Role = AgentRole.Agent };
        Assert.Equal(Refusal.PasswordWeak, (await _box.Roster.CreateAsync(_box.Administrator, Form(Nineteen))).Refusal);
        Assert.False((await _box.Roster.CreateAsync(_box.Administrator, Form(Twenty))).IsRefused);

        var passwords = _box.Portal.Get<PasswordDesk>();
        Assert.Equal(Refusal.PasswordWeak, (await passwords.ChangeAsync(chen, AccountBox.Password, Nineteen, _box.Portal.Now)).Refusal);
        Assert.False((await passwords.ChangeAsync(chen, AccountBox.Password, Twenty, _box.Portal.Now)).IsRefused);

        var token = (await passwords.MakeLinkTokenAsync(id)).Value;
        Assert.Equal(Refusal.PasswordWeak, (await passwords.UseLinkAsync(id.Value, token, Nineteen)).Refusal);
        Assert.False((await passwords.UseLinkAsync(id.Value, token, Twenty + "e")).IsRefused);

        var link = (await _box.Portal.Get<InviteDesk>().InviteAsync(_box.Administrator, [new Guest("赵敏", null)], AgentRole.Agent)).Value.Single().Link;
        var (joining, invitation) = (_box.Portal.Get<JoinDesk>(), link[(link.LastIndexOf('/') + 1)..]);
        Assert.Equal(Refusal.PasswordWeak, (await joining.JoinAsync(invitation, new JoinForm { AgentName = "zhaomin", DisplayName = "zhaomin", Password = Nineteen })).Refusal);
        Assert.False((await joining.JoinAsync(invitation, new JoinForm { AgentName = "zhaomin", DisplayName = "zhaomin", Password = Twenty })).IsRefused);
    }

    [Fact]
    public async Task The_pages_say_how_many_characters_and_another_company_keeps_its_own()
    {
        var id = await _box.AgentAsync("chenzy");
        Assert.False((await Desk.AskPasswordsAsync(_box.Administrator, 20)).IsRefused);
        using var chen = await _box.BrowserOfAsync("chenzy");
        Assert.Contains("至少 20 个字符", (await chen.GetAsync("/profile")).Text, StringComparison.Ordinal);
        Assert.Contains("密码至少要 20 个字符", (await chen.SendAsync("/profile", "password", ("Old", AccountBox.Password), ("New", Nineteen))).Text, StringComparison.Ordinal);
        using var stranger = _box.Portal.Browser();
        var reset = new Uri((await _box.Roster.MakeLinkAsync(_box.Administrator, id)).Value).PathAndQuery;
        Assert.Contains("至少 20 个字符", (await stranger.GetAsync(reset)).Text, StringComparison.Ordinal);
        Assert.Contains("密码至少要 20 个字符", (await stranger.SendAsync(reset, "reset", ("Password", Nineteen))).Text, StringComparison.Ordinal);
        var link = new Uri((await _box.Portal.Get<InviteDesk>().InviteAsync(_box.Administrator, [new Guest("赵敏", null)], AgentRole.Agent)).Value.Single().Link).PathAndQuery;
        Assert.Contains("至少 20 个字符", (await stranger.GetAsync(link)).Text, StringComparison.Ordinal);
        Assert.Contains("密码至少要 20 个字符", (await stranger.SendAsync(link, "join", ("Form.AgentName", "zhaomin"), ("Form.DisplayName", "zhaomin"), ("Form.Password", Nineteen))).Text, StringComparison.Ordinal);

        var (other, wang) = await _box.AnotherCompanyAsync();
        Assert.Equal(PasswordRules.Shortest, (await Desk.ReadAsync(other.Id)).ShortestPassword);
        Assert.False((await _box.Portal.Get<PasswordDesk>().ChangeAsync(wang, AccountBox.Password, "old locust", _box.Portal.Now)).IsRefused);
    }
}
