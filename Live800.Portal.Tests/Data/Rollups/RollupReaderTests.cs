using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Live800.Portal.Data;
using Live800.Portal.Data.Rollups;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Data.Rollups;

/// <summary>What the pages of the statistics ask (rule 6): any period, and every way of dividing it, agrees with a plain count.</summary>
public class RollupReaderTests
{
    private static readonly ZoneHistory Zones = ZoneHistory.Of("Europe/Berlin");

    public static TheoryData<string, string> Periods => new()
    {
        { "2026-10-25", "2026-10-25" }, { "2026-10-20", "2026-10-31" }, { "2026-10-24", "2026-10-26" }, { "2026-09-15", "2026-11-20" }, { "2026-10-01", "2026-10-31" }, { "2026-11-01", "2026-11-30" },
        { "2000-01-01", "2049-12-31" }, { "2030-01-01", "2030-01-31" }, { "2001-01-01", "2001-01-01" },
    };

    [Fact]
    public async Task A_company_without_any_visit_has_zeros_in_every_step()
    {
        await using var history = await TrailHistory.OpenAsync(1, 0);
        var reader = Reader(history);
        var week = StatisticsPeriod.Parse("2026-10-20", "2026-10-26")!.Value;
        Assert.Null(await reader.FirstDayAsync(TrailHistory.Berlin));
        var traffic = await reader.TrafficAsync(TrailHistory.Berlin, week, StatisticsUnit.Day, Zones);
        Assert.Equal((default(TrafficSums), 7), (traffic.Whole, traffic.Steps.Count));
        Assert.Null(traffic.Whole.BounceRate);
        Assert.Equal(0, (await reader.WeekAsync(TrailHistory.Berlin, week, Zones)).Visits.Most);
        Assert.Empty(await reader.SlicesAsync(TrailHistory.Berlin, SliceKind.Source, week));
        Assert.Empty((await reader.PagesAsync(TrailHistory.Berlin, week, PageOrder.Views)).Rows);
        Assert.Empty(await reader.EntriesAsync(TrailHistory.Berlin, [1], week));
    }

    [Theory]
    [MemberData(nameof(Periods))]
    public async Task All_pages_agree_with_a_plain_count_and_with_each_other(string from, string until)
    {
        await using var history = await TrailHistory.OpenAsync(11, 120);
        var (reader, period, company) = (Reader(history), StatisticsPeriod.Parse(from, until)!.Value, TrailHistory.Berlin);
        var (begin, end) = Zones.InstantsOf(period);
        await using var trail = history.Room.ReadTrail();
        var visits = await trail.Visits.AsNoTracking().Where(visit => visit.CompanyId == company && !visit.IsRobot && visit.StartedAt >= begin && visit.StartedAt < end).ToListAsync();
        var robots = trail.Visits.Where(visit => visit.IsRobot).Select(visit => visit.Id);
        var steps = await trail.TrailSteps.AsNoTracking().Where(step => step.CompanyId == company && step.At >= begin && step.At < end && !robots.Contains(step.VisitId)).ToListAsync();
        foreach (var unit in Enum.GetValues<StatisticsUnit>())
        {
            if (!period.Allows(unit)) continue;
            var traffic = await reader.TrafficAsync(company, period, unit, Zones);
            Assert.Equal((visits.Count, steps.Count), ((int)traffic.Whole.Visits, (int)traffic.Whole.Views));
            Assert.Equal(visits.Select(visit => visit.VisitorId).Distinct().Count(), (int)traffic.Whole.Visitors);
            Assert.Equal((traffic.Whole.Visits, traffic.Whole.Views, traffic.Whole.Bounces), (traffic.Steps.Sum(step => step.Sums.Visits), traffic.Steps.Sum(step => step.Sums.Views), traffic.Steps.Sum(step => step.Sums.Bounces)));
            Assert.Equal(unit == StatisticsUnit.Hour ? 0 : traffic.Whole.NewVisitors, traffic.Steps.Sum(step => step.Sums.NewVisitors));
            foreach (var step in traffic.Steps)
            {
                var of = visits.Where(visit => step.Hour is { } hour ? StatisticsHour.Of(visit.StartedAt, Zones).Start == hour : period.StepOf(Zones.DateAt(visit.StartedAt), unit) == step.Day).ToList();
                Assert.Equal((of.Count, of.Select(visit => visit.VisitorId).Distinct().Count()), ((int)step.Sums.Visits, (int)step.Sums.Visitors));
            }
        }

        var week = await reader.WeekAsync(company, period, Zones);
        Assert.Equal((visits.Count, steps.Count), ((int)week.Visits.Count, (int)week.Views.Count));
        foreach (var kind in new[] { SliceKind.Source, SliceKind.Place, SliceKind.Device }) Assert.Equal(visits.Count, (await reader.SlicesAsync(company, kind, period)).Sum(slice => slice.Sums.Visits));
        Assert.Equal(visits.Count(visit => visit.Source.Keyword.Length > 0), (await reader.SlicesAsync(company, SliceKind.Keyword, period)).Sum(slice => slice.Sums.Visits));
        foreach (var source in await reader.SlicesAsync(company, SliceKind.Source, period))
        {
            var of = visits.Where(visit => visit.SourceId == source.Id).ToList();
            Assert.Equal((of.Count, of.Count(visit => visit.HasTalked), of.Count(visit => visit.Pages == 1)), ((int)source.Sums.Visits, (int)source.Sums.Talks, (int)source.Sums.Bounces));
            Assert.Equal(of.Count(visit => visit.EntryAddress.Length > 0), (await reader.EntriesAsync(company, [source.Id], period)).Sum(entry => entry.Visits));
        }

        foreach (var order in Enum.GetValues<PageOrder>())
        {
            var pages = await reader.PagesAsync(company, period, order);
            Assert.Equal(steps.Count, pages.Rows.Sum(page => page.Views));
            Assert.Equal((pages.Rows.Count, steps.Count), (pages.Count, (int)pages.Whole.Views));
            Assert.Equal(steps.Count(step => step.Number == 1), pages.Rows.Sum(page => page.Entries));
        }

        var oak = await reader.PagesAsync(company, period, PageOrder.Views, "OAK");
        Assert.Equal(steps.Count(step => step.Address.Contains("oak", StringComparison.Ordinal)), (int)oak.Whole.Views);
    }

    [Fact]
    public async Task Another_companys_figures_are_never_read()
    {
        await using var history = await TrailHistory.OpenAsync(12, 60);
        var period = StatisticsPeriod.Parse("2026-10-01", "2026-11-30")!.Value;
        var nobody = new CompanyId(99);
        var reader = Reader(history);
        Assert.Equal(default, (await reader.TrafficAsync(nobody, period, StatisticsUnit.Day, Zones)).Whole);
        Assert.Empty((await reader.PagesAsync(nobody, period, PageOrder.Views)).Rows);
        var ids = (await reader.SlicesAsync(TrailHistory.Berlin, SliceKind.Source, period)).Select(slice => slice.Id).ToList();
        Assert.Empty(await reader.EntriesAsync(TrailHistory.Shanghai, ids, period));
    }

    private static RollupReader Reader(TrailHistory history) => new(history.Room.Get<IDbContextFactory<TrailDbContext>>());
}
