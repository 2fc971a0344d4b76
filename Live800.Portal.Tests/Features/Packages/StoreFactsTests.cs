using Bunit;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Packages;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Packages;

/// <summary>What an owner reads first: what is in force, until which minute, how many seats are in use and were at most (3.11).</summary>
public class StoreFactsTests : ComponentTest
{
    [Fact]
    public async Task The_trial_is_named_with_the_minute_it_ends_and_seats_with_their_peak()
    {
        await using var box = await AccountBox.OpenAsync();
        Assert.Contains("试用 应答不限 至 2026-03-09 12:00，还有 7 天", await ShownAsync(box), StringComparison.Ordinal);
        Assert.Contains("0 / 2 在用 近 7 天没有打开过工作台 2026-03-09 12:00 起 2", await ShownAsync(box), StringComparison.Ordinal);
        Assert.False((await box.Portal.Get<Live800.Portal.Features.Companies.SeatRoster>().TakeAsync(box.Company.Id, box.Administrator.AgentId, new SessionId(Guid.NewGuid()))).IsRefused);
        Assert.Contains("1 / 2 在用 近 7 天最多同时 1 个", await ShownAsync(box), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Near_its_end_the_hours_are_told_and_under_an_hour_that()
    {
        await using var box = await AccountBox.OpenAsync();
        box.Machine.Advance(TimeSpan.FromHours((6 * 24) + 19));
        Assert.Contains("至 2026-03-09 12:00，还有 5 小时", await ShownAsync(box), StringComparison.Ordinal);
        box.Machine.Advance(TimeSpan.FromHours(4.5));
        Assert.Contains("至 2026-03-09 12:00，不到 1 小时", await ShownAsync(box), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clicks_bought_in_the_trial_are_frozen_until_the_minute_it_ends_and_used_afterwards()
    {
        await using var box = await AccountBox.OpenAsync();
        _ = await box.Portal.Get<PackageDesk>().BuyClicksAsync(box.Company.Id, new OrderId(1), 100);
        Assert.Contains("100 次，冻结中 2026-03-09 12:00 解冻后开始使用", await ShownAsync(box), StringComparison.Ordinal);
        box.Machine.Advance(TimeSpan.FromDays(7));
        Assert.Contains("点击 用多少算多少", await ShownAsync(box), StringComparison.Ordinal);
    }

    private async Task<string> ShownAsync(AccountBox box)
    {
        var view = await box.Portal.Get<StoreQueries>().ReadAsync(box.Company.Id);
        var part = Page.Render<StoreFacts>(facts => facts.Add(p => p.View, view).Add(p => p.Figures, PackageFigures.Default));
        return string.Join(' ', part.FindAll("dd").Select(line => Read(line.TextContent)));
    }
}
