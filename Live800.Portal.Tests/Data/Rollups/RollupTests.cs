using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Data.Rollups;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Data.Rollups;

/// <summary>What the statistics count while visits run is what a plain count of the stored facts says, and what a rebuild makes of them (rule 6).</summary>
public class RollupTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_rebuild_makes_every_row_as_it_was_counted_live(int seed)
    {
        await using var history = await TrailHistory.OpenAsync(seed, 150);
        var live = await history.RowsAsync();
        await history.RebuildAsync();
        Assert.Equal(live, await history.RowsAsync());
        await history.RebuildAsync();
        Assert.Equal(live, await history.RowsAsync());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Erasing_visitors_and_old_trails_changes_no_sum_but_forgets_what_was_searched_for(int seed)
    {
        await using var history = await TrailHistory.OpenAsync(seed, 150);
        var before = (await history.RowsAsync(keptApart: false)).Where(row => !IsKeyword(row)).ToList();
        var over = history.Visits.Where(visit => visit.IsOver).ToList();
        await history.StoreAsync(new TrailErase(over[0].Company, [over[0].Visitor]));
        await history.StoreAsync(new TrailErase(over[0].Company, [over[0].Visitor]));
        foreach (var company in new[] { TrailHistory.Shanghai, TrailHistory.Berlin })
        {
            await history.StoreAsync(new TrailExpire(company, [.. over.Where(visit => visit.Company == company).Take(40).Select(visit => visit.Id)], TrailHistory.Begin.AddDays(3)));
        }

        var erased = await history.RowsAsync(keptApart: false);
        Assert.Equal(before, erased.Where(row => !IsKeyword(row)));
        var apart = await history.RowsAsync();
        await history.RebuildAsync();
        Assert.Equal(apart, await history.RowsAsync());
        var words = await history.ScalarAsync("SELECT count(*) FROM Visits WHERE Source_Keyword <> '' AND IsRobot = 0");
        Assert.Equal(words, await history.ScalarAsync("SELECT sum(Visits) FROM SliceRollups WHERE Kind = 5 AND Span = 0"));

        static bool IsKeyword(string row) => row.StartsWith("SliceRollups", StringComparison.Ordinal) && row.Contains(" Kind=5 ", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_figure_is_what_a_plain_count_of_the_facts_says_for_any_period()
    {
        await using var history = await TrailHistory.OpenAsync(6, 250);
        await using var trail = history.Room.ReadTrail();
        var visits = await trail.Visits.AsNoTracking().Where(visit => !visit.IsRobot).ToListAsync();
        var robots = await trail.Visits.AsNoTracking().Where(visit => visit.IsRobot).Select(visit => visit.Id).ToListAsync();
        var steps = (await trail.TrailSteps.AsNoTracking().ToListAsync()).Where(step => !robots.Contains(step.VisitId)).ToList();
        foreach (var (company, zone) in new[] { (TrailHistory.Shanghai, "Asia/Shanghai"), (TrailHistory.Berlin, "Europe/Berlin") })
        {
            var zones = ZoneHistory.Of(zone);
            var (mine, seen) = (visits.Where(visit => visit.CompanyId == company).ToList(), steps.Where(step => step.CompanyId == company).ToList());
            for (var from = new DateOnly(2026, 10, 19); from < new DateOnly(2026, 11, 3); from = from.AddDays(1))
            {
                for (var until = from; until < from.AddDays(8); until = until.AddDays(3))
                {
                    var (begin, end) = zones.InstantsOf(StatisticsPeriod.Of(from, until)!.Value);
                    var within = mine.Where(visit => visit.StartedAt >= begin && visit.StartedAt < end).ToList();
                    var between = $"CompanyId = {company.Value} AND Day BETWEEN {from.DayNumber} AND {until.DayNumber}";
                    var (b, u) = (from.DayNumber, until.DayNumber);
                    Assert.Equal(within.Count, await history.ScalarAsync($"SELECT sum(Visits) FROM HourRollups WHERE {between}"));
                    Assert.Equal(within.Count(visit => visit.Pages == 1), await history.ScalarAsync($"SELECT sum(Bounces) FROM HourRollups WHERE {between}"));
                    Assert.Equal(within.Count(visit => visit.HasTalked), await history.ScalarAsync($"SELECT sum(Talks) FROM HourRollups WHERE {between}"));
                    Assert.Equal(within.Select(visit => visit.VisitorId).Distinct().Count(), await history.ScalarAsync($"SELECT sum(Count) FROM ReturnRollups WHERE {between} AND Kind = 0 AND Before < {b}"));
                    Assert.Equal(within.Select(visit => visit.SourceId).Distinct().Count(), await history.ScalarAsync($"SELECT count(DISTINCT NameId) FROM SliceRollups WHERE CompanyId = {company.Value} AND Kind = 1 AND Span = 0 AND At BETWEEN {b} AND {u}"));
                    var viewed = seen.Where(step => step.At >= begin && step.At < end).ToList();
                    Assert.Equal(viewed.Count, await history.ScalarAsync($"SELECT sum(Views) FROM HourRollups WHERE {between}"));
                    Assert.Equal(viewed.Count, await history.ScalarAsync($"SELECT sum(Views) FROM PageRollups WHERE CompanyId = {company.Value} AND Span = 0 AND At BETWEEN {b} AND {u}"));
                    Assert.Equal(viewed.Count(step => step.Number == 1), await history.ScalarAsync($"SELECT sum(Entries) FROM PageRollups WHERE CompanyId = {company.Value} AND Span = 0 AND At BETWEEN {b} AND {u}"));
                }
            }

            foreach (var hour in mine.GroupBy(visit => StatisticsHour.Of(visit.StartedAt, zones)))
            {
                Assert.Equal(
                    hour.Select(visit => visit.VisitorId).Distinct().Count(), await history.ScalarAsync($"SELECT Visitors FROM HourRollups WHERE CompanyId = {company.Value} AND Hour = {hour.Key.Start.UtcTicks} AND Day = {hour.Key.Day.DayNumber} AND Kept = 0"));
            }

            var exits = seen.GroupBy(step => step.VisitId).Count();
            Assert.Equal(exits, await history.ScalarAsync($"SELECT sum(Exits) FROM PageRollups WHERE CompanyId = {company.Value} AND Span = 1"));
        }

        Assert.Equal(robots.Count, await history.ScalarAsync("SELECT sum(Robots) FROM HourRollups"));
    }

    [Fact]
    public async Task The_address_is_whole_while_a_visit_runs_and_shortened_when_it_is_over()
    {
        await using var history = await TrailHistory.OpenAsync(7, 40);
        await using var trail = history.Room.ReadTrail();
        var visits = await trail.Visits.AsNoTracking().ToListAsync();
        Assert.All(visits, visit => Assert.EndsWith("/24", visit.NetworkAddress, StringComparison.Ordinal));
        Assert.All(visits, visit => Assert.Equal(visit.EndedAt is null, visit.WholeAddress is not null));
    }

    [Fact]
    public async Task A_write_that_fails_is_counted_nowhere()
    {
        await using var history = await TrailHistory.OpenAsync(8, 20);
        var before = await history.RowsAsync();
        var broken = new TrailView(TrailHistory.Shanghai, new VisitorId(900), new VisitId(900), 1, "https://shop.example/new", "new", TrailHistory.Begin)
        {
            // Too large a number for the table's 64 bits never comes; what fails here is the title, which must not be null.
            NewVisit = new NewVisit(VisitSource.Direct, "https://shop.example/new", null!, "agent", "203.0.113.1", TrailHistory.Begin, new VisitFacts("", "", 5, "", false)),
        };
        _ = await Assert.ThrowsAnyAsync<Exception>(() => history.StoreAsync(broken));
        Assert.Equal(before, await history.RowsAsync());
        await history.RebuildAsync();
        Assert.Equal(before.Where(row => !row.StartsWith("LineHours", StringComparison.Ordinal)), (await history.RowsAsync()).Where(row => !row.StartsWith("LineHours", StringComparison.Ordinal)));
    }
}
