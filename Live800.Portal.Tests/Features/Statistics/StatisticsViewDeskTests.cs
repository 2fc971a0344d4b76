using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Live800.Portal.Features.Statistics;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Statistics;

/// <summary>Kept views of the statistics (rule 6): what is no name and no address first, then that they are an agent's own.</summary>
public sealed class StatisticsViewDeskTests : IAsyncLifetime
{
    private AccountBox _box = null!;

    private CurrentAgent Boss => _box.Administrator;

    private StatisticsViewDesk Desk => _box.Portal.Get<StatisticsViewDesk>();

    public async Task InitializeAsync() => _box = await AccountBox.OpenAsync();

    public async Task DisposeAsync() => await _box.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("company/mail")]
    [InlineData("/statistics")]
    [InlineData("https://evil.example/statistics")]
    [InlineData("//evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("statisticsx")]
    [InlineData("statistics/../company")]
    [InlineData("statistics/traffic/more")]
    [InlineData("statistics/Traffic")]
    [InlineData("statistics/nosuchpart")]
    [InlineData("statistics?text=a b")]
    [InlineData("statistics?text=a\nb")]
    [InlineData("statistics?text=地毯")]
    [InlineData("statistics\n")]
    public async Task Nothing_but_an_address_of_the_statistics_is_kept(string? path)
    {
        Assert.Equal(Refusal.InputInvalid, (await Desk.AddAsync(Boss, "一", path)).Refusal);
        Assert.Empty(await Desk.ListAsync(Boss));
    }

    [Fact]
    public async Task Names_are_1_to_40_signs_addresses_at_most_1000_and_no_two_names_are_the_same()
    {
        foreach (var name in new[] { null, "", " \n ", new string('长', 41) }) Assert.Equal(Refusal.ViewNameInvalid, (await Desk.AddAsync(Boss, name, "statistics")).Refusal);
        Assert.Equal(Refusal.InputInvalid, (await Desk.AddAsync(Boss, "一", "statistics?text=".PadRight(1001, 'a'))).Refusal);
        await KeepAsync(Boss, new string('长', 40), "statistics?text=".PadRight(1000, 'a'));
        await KeepAsync(Boss, "  Weekly\n", "statistics/traffic?range=7d#top");
        Assert.Equal(Refusal.ViewNameTaken, (await Desk.AddAsync(Boss, "weekly", "statistics")).Refusal);
        var views = (await Desk.ListAsync(Boss)).OrderBy(view => view.Name.Length).ToList();
        Assert.Equal(("Weekly", "statistics/traffic?range=7d"), (views[0].Name, views[0].Path));
        Assert.Equal(Refusal.ViewNameTaken, (await Desk.RenameAsync(Boss, views[1].Id, "WEEKLY")).Refusal);
        Assert.Equal(Refusal.ViewNameInvalid, (await Desk.RenameAsync(Boss, views[1].Id, " ")).Refusal);
        Assert.Equal(Refusal.None, (await Desk.RenameAsync(Boss, views[0].Id, "WEEKLY")).Refusal);
        Assert.Contains(await Desk.ListAsync(Boss), view => view.Name == "WEEKLY");
    }

    [Fact]
    public async Task Each_agent_keeps_20_of_his_own_and_sees_and_changes_nobody_elses()
    {
        var colleague = await CurrentAsync(await _box.AgentAsync("wangwei", administrator: true));
        for (var i = 1; i <= StatisticsView.MostOfAgent; i++) await KeepAsync(Boss, $"v{i}", "statistics");
        Assert.Equal(Refusal.TooManyViews, (await Desk.AddAsync(Boss, "one more", "statistics")).Refusal);
        Assert.Empty(await Desk.ListAsync(colleague));
        await KeepAsync(colleague, "v1", "statistics/sources?of=1~%E7%99%BE%E5%BA%A6");
        var first = (await Desk.ListAsync(Boss))[0];
        Assert.Equal(Refusal.ViewUnknown, (await Desk.RenameAsync(colleague, first.Id, "mine")).Refusal);
        Assert.Equal(Refusal.None, (await Desk.DeleteAsync(colleague, first.Id)).Refusal);
        Assert.Equal(StatisticsView.MostOfAgent, (await Desk.ListAsync(Boss)).Count);
        Assert.Equal(Refusal.None, (await Desk.DeleteAsync(Boss, first.Id)).Refusal);
        Assert.Equal(Refusal.None, (await Desk.DeleteAsync(Boss, first.Id)).Refusal);
        Assert.Equal(Refusal.ViewUnknown, (await Desk.RenameAsync(Boss, first.Id, "gone")).Refusal);
        Assert.Equal(Refusal.None, (await Desk.AddAsync(Boss, "one more", "statistics")).Refusal);
        Assert.Single(await Desk.ListAsync(colleague));
    }

    [Fact]
    public async Task Whoever_lost_the_right_reads_and_changes_nothing()
    {
        var agent = await CurrentAsync(await _box.AgentAsync("chenzy"));
        await _box.Writes.RunAsync(async (context, token) =>
        {
            _ = context.Add(PermissionTemplate.Make(_box.Company.Id, new AgentRole(1000), "仅对话", PermissionSet.None).Value);
            Assert.False((await context.Agents.SingleAsync(row => row.Id == agent.AgentId, token)).Become(new AgentRole(1000), 1).IsRefused);
        });
        Assert.Empty(await Desk.ListAsync(agent));
        Assert.Equal(Refusal.NotAllowed, (await Desk.AddAsync(agent, "v", "statistics")).Refusal);
    }

    private async Task KeepAsync(CurrentAgent by, string name, string path) => Assert.Equal(Refusal.None, (await Desk.AddAsync(by, name, path)).Refusal);

    private async Task<CurrentAgent> CurrentAsync(AgentId id)
    {
        await using var context = _box.Portal.Read();
        var agent = await context.Agents.SingleAsync(row => row.Id == id);
        return Boss with { AgentId = id, DisplayName = agent.DisplayName, Role = agent.Role };
    }
}
