using Live800.Domain.Companies;
using Live800.Domain.Statistics;

namespace Live800.Portal.Tests.Domain.Statistics;

/// <summary>Periods of statistics (rule 6).</summary>
public class StatisticsPeriodTests
{
    [Theory]
    [InlineData("2026-03-02", "2026-03-01")]
    [InlineData("1999-12-31", "2026-03-01")]
    [InlineData("2026-03-01", "2100-01-01")]
    [InlineData("", "2026-03-01")]
    [InlineData("2026-03-01", null)]
    [InlineData("2026-02-30", "2026-03-01")]
    [InlineData("2026-3-1", "2026-03-01")]
    public void What_means_no_period_is_none(string? from, string? until) => Assert.Null(StatisticsPeriod.Parse(from, until));

    [Fact]
    public void One_date_is_a_period_of_one_day_and_the_day_before_comes_before()
    {
        var day = StatisticsPeriod.Parse("2026-03-01", "2026-03-01")!.Value;
        Assert.Equal((1, StatisticsUnit.Hour), (day.Days, day.BestUnit));
        Assert.Equal("2026-02-28~2026-02-28", day.Before().ToString());
    }

    [Fact]
    public void Whole_months_are_compared_with_whole_months()
    {
        Assert.Equal("2026-02-01~2026-02-28", StatisticsPeriod.Parse("2026-03-01", "2026-03-31")!.Value.Before().ToString());
        Assert.Equal("2026-01-30~2026-02-27", StatisticsPeriod.Parse("2026-02-28", "2026-03-28")!.Value.Before().ToString());
        Assert.Equal("2025-07-01~2025-12-31", StatisticsPeriod.Parse("2026-01-01", "2026-06-30")!.Value.Before().ToString());
    }

    [Fact]
    public void Fifty_years_can_be_asked_for_and_nothing_comes_before_the_beginning()
    {
        var years = StatisticsPeriod.Parse("2000-01-01", "2049-12-31")!.Value;
        Assert.Equal((18263, StatisticsUnit.Month), (years.Days, years.BestUnit));
        Assert.Equal(600, years.Steps(StatisticsUnit.Month).Count());
        Assert.Null(years.Before());
        Assert.Null(years.YearBefore());
        Assert.False(years.Allows(StatisticsUnit.Hour) || years.Allows(StatisticsUnit.Day) || years.Allows(StatisticsUnit.Week));
    }

    [Fact]
    public void The_29th_of_february_is_the_28th_a_year_before() =>
        Assert.Equal("2027-02-28~2027-02-28", StatisticsPeriod.Of(new DateOnly(2028, 2, 29)).YearBefore().ToString());

    [Fact]
    public void Weeks_begin_on_mondays_and_the_first_and_last_are_cut()
    {
        // The 1st of March 2026 is a Sunday.
        var march = StatisticsPeriod.Parse("2026-03-01", "2026-03-31")!.Value;
        Assert.Equal(["2026-03-01", "2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30"], march.Steps(StatisticsUnit.Week).Select(StatisticsPeriod.Write));
        Assert.Equal(new DateOnly(2026, 3, 1), march.StepOf(new(2026, 3, 1), StatisticsUnit.Week));
        Assert.Equal(new DateOnly(2026, 3, 2), march.StepOf(new(2026, 3, 8), StatisticsUnit.Week));
    }

    [Fact]
    public void Every_date_belongs_to_one_of_the_steps()
    {
        var period = StatisticsPeriod.Parse("2026-01-15", "2026-04-02")!.Value;
        foreach (var unit in Enum.GetValues<StatisticsUnit>())
        {
            var steps = period.Steps(unit).ToHashSet();
            for (var day = period.From; day <= period.Until; day = day.AddDays(1)) Assert.Contains(period.StepOf(day, unit), steps);
        }
    }

    [Theory]
    [InlineData("2026-03-29", 23)]
    [InlineData("2026-10-25", 25)]
    [InlineData("2026-06-01", 24)]
    public void A_day_on_which_clocks_change_has_23_or_25_hours(string date, int hours)
    {
        var zones = ZoneHistory.Of("Europe/Berlin");
        var day = StatisticsPeriod.Parse(date, date)!.Value;
        var all = zones.HoursOf(day).ToList();
        Assert.Equal(hours, all.Count);
        Assert.Equal(hours, all.Select(hour => hour.Start).Distinct().Count());
        Assert.All(all, hour => Assert.Equal(day.From, hour.Day));
        Assert.Equal(hours == 25 ? 2 : hours == 23 ? 0 : 1, all.Count(hour => hour.OfDay(zones) == 2));
    }

    [Fact]
    public void Hours_follow_clocks_that_are_half_an_hour_off()
    {
        var zones = ZoneHistory.Of("Asia/Kolkata");
        var hour = StatisticsHour.Of(new DateTimeOffset(2026, 3, 1, 18, 45, 0, TimeSpan.Zero), zones);
        Assert.Equal((new DateTimeOffset(2026, 3, 1, 18, 30, 0, TimeSpan.Zero), new DateOnly(2026, 3, 2), 0), (hour.Start, hour.Day, hour.OfDay(zones)));
    }

    [Fact]
    public void Every_instant_of_a_period_lies_within_its_instants_also_where_the_zone_changed()
    {
        var zones = new ZoneHistory([("Asia/Shanghai", DateTimeOffset.MinValue), ("America/Los_Angeles", new DateTimeOffset(2026, 3, 4, 16, 0, 0, TimeSpan.Zero))]);
        for (var day = new DateOnly(2026, 3, 1); day < new DateOnly(2026, 3, 10); day = day.AddDays(1))
        {
            var start = zones.StartOf(day);
            Assert.True(zones.DateAt(start) >= day && zones.DateAt(start.AddTicks(-1)) < day);
        }
    }
}
