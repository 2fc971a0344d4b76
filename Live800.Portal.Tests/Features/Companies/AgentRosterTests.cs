using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Packages;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Companies;

public sealed class AgentRosterTests : IAsyncLifetime
{
    private AccountBox _box = null!;

    public async Task InitializeAsync() => _box = await AccountBox.OpenAsync();

    public async Task DisposeAsync() => await _box.DisposeAsync();

    [Theory]
    [InlineData("", "name", null, Refusal.AgentNameInvalid)]
    [InlineData("a", "name", null, Refusal.AgentNameInvalid)]
    [InlineData("with space", "name", null, Refusal.AgentNameInvalid)]
    [InlineData("a@example.com", "name", null, Refusal.AgentNameInvalid)]
    [InlineData("<script>", "name", null, Refusal.AgentNameInvalid)]
    [InlineData("chenzy", "", null, Refusal.DisplayNameInvalid)]
    [InlineData("chenzy", "\u200B\u200B", null, Refusal.DisplayNameInvalid)]
    [InlineData("chenzy", "name", "not an address", Refusal.EmailInvalid)]
    [InlineData("LINXIAO", "name", null, Refusal.AgentNameTaken)]
    [InlineData("chenzy", "name", "LINXIAO@example.com", Refusal.EmailTaken)]
    public async Task An_agent_with_a_fault_is_not_created(string name, string display, string? email, Refusal refusal)
    {
        var outcome = await _box.Roster.CreateAsync(_box.Administrator, new AgentForm { Name = name, DisplayName = display, Email = email, Password = AccountBox.Password });
        Assert.Equal(refusal, outcome.Refusal);
        Assert.Equal(1, await CountAsync(_box.Company.Id));
    }

    [Fact]
    public async Task A_weak_first_password_is_refused() =>
        Assert.Equal(Refusal.PasswordWeak, (await _box.Roster.CreateAsync(_box.Administrator, new AgentForm { Name = "chenzy", DisplayName = "陈志远", Password = "1234567890" })).Refusal);

    [Fact]
    public async Task The_eleventh_account_is_refused_under_free_and_allowed_under_click()
    {
        _box.Machine.Advance(TimeSpan.FromDays(8));
        for (var i = 2; i <= 10; i++) _ = await _box.AgentAsync("agent" + i);
        Assert.Equal(Refusal.AgentLimitReached, (await _box.Roster.CreateAsync(_box.Administrator, Eleventh())).Refusal);
        var table = await _box.Roster.TableAsync(_box.Company.Id);
        Assert.Equal((10, 10L, false), (table.Enabled, table.Limit, table.HasRoom));

        Assert.False((await _box.Portal.Get<PackageDesk>().GrantClicksAsync(_box.Company.Id, 1, "test")).IsRefused);
        Assert.False((await _box.Roster.CreateAsync(_box.Administrator, Eleventh())).IsRefused);
        Assert.Null((await _box.Roster.TableAsync(_box.Company.Id)).Limit);
    }

    [Fact]
    public async Task At_the_limit_enabling_is_refused_until_another_is_disabled()
    {
        var first = await _box.AgentAsync("agent2");
        Assert.False((await _box.Roster.DisableAsync(_box.Administrator, first)).IsRefused);
        for (var i = 3; i <= 11; i++) _ = await _box.AgentAsync("agent" + i);
        Assert.Equal(Refusal.AgentLimitReached, (await _box.Roster.EnableAsync(_box.Administrator, first)).Refusal);
        var other = (await _box.Roster.TableAsync(_box.Company.Id)).Agents.Single(agent => agent.Name == "agent3");
        _ = await _box.Roster.DisableAsync(_box.Administrator, other.Id);
        Assert.False((await _box.Roster.EnableAsync(_box.Administrator, first)).IsRefused);
    }

    [Fact]
    public async Task Of_many_created_at_once_none_goes_over_the_limit()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            _box.Roster.CreateAsync(_box.Administrator, new AgentForm { Name = "agent" + i, DisplayName = "agent" + i, SetByLink = true })));
        Assert.Equal(9, outcomes.Count(outcome => !outcome.IsRefused));
        Assert.Equal(10, await CountAsync(_box.Company.Id));
    }

    [Fact]
    public async Task The_last_administrator_is_neither_disabled_nor_made_an_agent()
    {
        var self = _box.Administrator.AgentId;
        Assert.Equal(Refusal.LastAdministrator, (await _box.Roster.DisableAsync(_box.Administrator, self)).Refusal);
        Assert.Equal(Refusal.LastAdministrator, (await _box.Roster.BecomeAsync(_box.Administrator, self, AgentRole.Agent)).Refusal);

        var second = await _box.AgentAsync("zhoumin", administrator: true);
        Assert.False((await _box.Roster.DisableAsync(_box.Administrator, second)).IsRefused);
        Assert.Equal(Refusal.LastAdministrator, (await _box.Roster.BecomeAsync(_box.Administrator, self, AgentRole.Agent)).Refusal);
    }

    [Fact]
    public async Task Of_two_administrators_who_disable_each_other_at_once_one_stays()
    {
        _ = await _box.AgentAsync("zhoumin", administrator: true);
        var second = await _box.SignInAsync("zhoumin");
        var outcomes = await Task.WhenAll(_box.Roster.DisableAsync(_box.Administrator, second.AgentId), _box.Roster.DisableAsync(second, _box.Administrator.AgentId));
        Assert.Single(outcomes, outcome => !outcome.IsRefused);
    }

    [Fact]
    public async Task An_agent_of_another_company_is_not_there()
    {
        var (company, administrator) = await _box.AnotherCompanyAsync();
        var foreign = await _box.AgentAsync("foreign", by: administrator);
        Assert.Equal(Refusal.AgentUnknown, (await _box.Roster.DisableAsync(_box.Administrator, foreign)).Refusal);
        Assert.Equal(Refusal.AgentUnknown, (await _box.Roster.EnableAsync(_box.Administrator, foreign)).Refusal);
        Assert.Equal(Refusal.AgentUnknown, (await _box.Roster.BecomeAsync(_box.Administrator, foreign, AgentRole.Administrator)).Refusal);
        Assert.Equal(Refusal.AgentUnknown, (await _box.Roster.MakeLinkAsync(_box.Administrator, foreign)).Refusal);
        Assert.DoesNotContain((await _box.Roster.TableAsync(_box.Company.Id)).Agents, agent => agent.Id == foreign);
        Assert.Equal(2, await CountAsync(company.Id));
    }

    [Fact]
    public async Task Claims_that_name_another_company_do_not_help()
    {
        var (_, administrator) = await _box.AnotherCompanyAsync();
        var forged = _box.Administrator with { CompanyId = administrator.CompanyId };
        Assert.Equal(Refusal.NotAllowed, (await _box.Roster.DisableAsync(forged, administrator.AgentId)).Refusal);
    }

    [Fact]
    public async Task Whoever_is_no_administrator_any_more_changes_nothing_whatever_his_claims_say()
    {
        var second = await _box.AgentAsync("zhoumin", administrator: true);
        var claims = await _box.SignInAsync("zhoumin");
        Assert.True(claims.IsAdministrator);
        _ = await _box.Roster.BecomeAsync(_box.Administrator, second, AgentRole.Agent);
        Assert.Equal(Refusal.NotAllowed, (await _box.Roster.DisableAsync(claims, _box.Administrator.AgentId)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await _box.Roster.CreateAsync(claims, Eleventh())).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await _box.Roster.MakeLinkAsync(claims, _box.Administrator.AgentId)).Refusal);
    }

    [Fact]
    public async Task Disabling_frees_the_seat()
    {
        var agent = await _box.AgentAsync("chenzy");
        var current = await _box.SignInAsync("chenzy");
        var seats = _box.Portal.Get<SeatRoster>();
        Assert.False((await seats.TakeAsync(_box.Company.Id, agent, current.SessionId)).IsRefused);
        _ = await _box.Roster.DisableAsync(_box.Administrator, agent);
        Assert.Null(await seats.FindAsync(_box.Company.Id, agent));
        Assert.Equal(Refusal.AgentDisabled, (await seats.TakeAsync(_box.Company.Id, agent, current.SessionId)).Refusal);
    }

    private static AgentForm Eleventh() => new() { Name = "eleventh", DisplayName = "eleventh", SetByLink = true };

    private async Task<int> CountAsync(CompanyId company)
    {
        await using var context = _box.Portal.Read();
        return await context.Agents.CountAsync(agent => agent.CompanyId == company);
    }
}
