using CsCheck;
using Live800.Domain.Companies;
using Live800.Domain.Statistics;

namespace Live800.Portal.Tests.Domain.Statistics;

/// <summary>Medians, shares, steps and what more seats would have caught (rule 6).</summary>
public class SpreadTests
{
    [Fact]
    public void Of_nothing_there_is_nothing()
    {
        Assert.Equal(0, TimeSpread.Of([]).Count);
        Assert.Equal(0, TimeSpread.Of([new TimeCount(5, 0, 0)]).Count);
        Assert.Equal((0L, null, null), (RatingSpread.None.Count, RatingSpread.None.Share, RatingSpread.None.Mean));
        Assert.Empty(MoreSeats.Of([]));
    }

    [Fact]
    public void Median_and_ninety_per_cent_are_those_of_the_sorted_lengths() => Gen.Long[0, 500].Array[1, 200].Sample(seconds =>
    {
        var spread = TimeSpread.Of([.. seconds.GroupBy(one => one).Select(of => new TimeCount(of.Key, of.Count(), of.Key * of.Count() * TimeSpan.TicksPerSecond))]);
        var sorted = seconds.Order().ToList();
        // Half of them, and nine tenths, are no longer than this one, and of what is shorter this is not so.
        Assert.Equal(sorted[(int)Math.Ceiling(sorted.Count / 2m) - 1], spread.Median.TotalSeconds);
        Assert.Equal(sorted[(int)Math.Ceiling(sorted.Count * 9 / 10m) - 1], spread.Ninety.TotalSeconds);
        var tally = new TimeTally();
        foreach (var one in seconds) tally.Add(one * TimeSpan.TicksPerSecond);
        Assert.Equal(spread, tally.Spread);
        Assert.Equal((sorted.Count, sorted[^1]), (spread.Count, spread.Longest.TotalSeconds));
        Assert.InRange(spread.Mean.TotalSeconds, sorted.Average() - 0.000001, sorted.Average() + 0.000001);
    });

    [Fact]
    public void Four_and_five_are_satisfied()
    {
        var ratings = new RatingSpread([(1, 1), (3, 2), (4, 3), (5, 2), (5, 2)]);
        Assert.Equal((10L, 7L, 0.7, 3.9), (ratings.Count, ratings.Satisfied, ratings.Share, ratings.Mean));
        Assert.Equal(ratings, new RatingSpread([(1, 1), (3, 2), (4, 3), (5, 4)]));
    }

    [Theory]
    [InlineData("2026-03-29", 23)]
    [InlineData("2026-10-25", 25)]
    [InlineData("2026-06-01", 24)]
    public void A_day_has_the_hours_the_clock_shows(string date, int hours)
    {
        var zones = ZoneHistory.Of("Europe/Berlin");
        var steps = zones.StepsOf(StatisticsPeriod.Parse(date, date)!.Value, StatisticsUnit.Hour);
        Assert.Equal(hours, steps.Count);
        Assert.All(steps, step => Assert.Equal(TimeSpan.FromHours(1), step.Until - step.From));
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("Asia/Kolkata")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("America/Havana")]
    public void Steps_follow_each_other_without_gap_or_overlap(string zone) =>
        Gen.Select(Gen.Int[0, 12000], Gen.Int[1, 800], Gen.Enum<StatisticsUnit>()).Sample((start, days, wanted) =>
        {
            var zones = ZoneHistory.Of(zone);
            var period = StatisticsPeriod.Of(StatisticsPeriod.Earliest.AddDays(start), StatisticsPeriod.Earliest.AddDays(start + days - 1))!.Value;
            var steps = zones.StepsOf(period, period.UnitOf(wanted));
            var (from, until) = zones.InstantsOf(period);
            Assert.Equal((from, until), (steps[0].From, steps[^1].Until));
            Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
            Assert.All(steps, step => Assert.True(step.From < step.Until));
            // A quarter of an hour lies in one step.
            Assert.All(steps, step => Assert.Equal(0, step.From.UtcTicks % (15 * TimeSpan.TicksPerMinute)));
        }, iter: 60);

    [Fact]
    public void A_move_to_the_west_and_one_to_the_east_leave_no_gap_either()
    {
        var zones = new ZoneHistory([
            ("Asia/Shanghai", DateTimeOffset.MinValue), ("America/New_York", new(2026, 3, 9, 16, 0, 0, TimeSpan.Zero)), ("Pacific/Auckland", new(2026, 3, 20, 4, 0, 0, TimeSpan.Zero))]);
        var period = StatisticsPeriod.Parse("2026-03-01", "2026-03-31")!.Value;
        foreach (var unit in Enum.GetValues<StatisticsUnit>())
        {
            var steps = zones.StepsOf(period, unit);
            Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
            Assert.Equal(zones.InstantsOf(period), (steps[0].From, steps[^1].Until));
        }
    }

    [Fact]
    public void A_unit_that_cannot_be_drawn_gives_way_to_the_best_one()
    {
        Assert.Equal(StatisticsUnit.Month, StatisticsPeriod.Parse("2000-01-01", "2049-12-31")!.Value.UnitOf(StatisticsUnit.Hour));
        Assert.Equal(StatisticsUnit.Hour, StatisticsPeriod.Parse("2026-03-01", "2026-03-01")!.Value.UnitOf(StatisticsUnit.Month));
    }

    [Fact]
    public void More_seats_catch_the_hours_that_wanted_no_more()
    {
        var zones = ZoneHistory.Of("Asia/Shanghai");
        ShortHour At(int hour, int refused, long missed) => new(StatisticsHour.Of(new(2026, 3, 2, hour, 0, 0, TimeSpan.Zero), zones), refused, missed);
        // Nobody was refused in the third hour, and still somebody was missed: one seat was wanted.
        var caught = MoreSeats.Of([At(1, 1, 4), At(2, 3, 5), At(3, 0, 2), At(4, 1, 0)]);
        Assert.Equal([new(1, 3, 6), new(2, 3, 6), new(3, 4, 11)], caught);
        Assert.Equal(MoreSeats.Most, MoreSeats.Of([At(1, 400, 1)]).Count);
    }
}
