using Live800.Domain.Statistics;
using Live800.Portal.Features.Statistics;
using Microsoft.AspNetCore.WebUtilities;

namespace Live800.Portal.Tests.Features.Statistics;

/// <summary>What an address asks of the statistics (6): what cannot be read is nothing, what was written is read as the same.</summary>
public sealed class StatisticsWishTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    public static TheoryData<string> Unreadable =>
    [
        "range=x", "range=30D", "range=30d ", "range= 30d", "range=-7d", "range=7", "range=Today", "range=last_month", "range=２０d", "range=30d%00", "range=" + new string('7', 100_000),
        "from=2026-01-01", "until=2026-01-31", "from=2026-01-01&until=", "from=&until=2026-01-31", "from=x&until=y",
        "from=2026-01-02&until=2026-01-01", "from=2026-02-30&until=2026-03-01", "from=2026-02-29&until=2026-03-01", "from=2026-13-01&until=2026-14-01", "from=2026-00-10&until=2026-01-10",
        "from=2026-1-1&until=2026-1-31", "from=20260101&until=20260131", "from=01.02.2026&until=02.02.2026", "from=2026/01/01&until=2026/01/31", "from=26-01-01&until=26-01-31",
        "from=2026-01-01T00:00&until=2026-01-31T00:00", "from= 2026-01-01&until=2026-01-31", "from=2026-01-01&until=2026-01-31%0A", "from=２０２６-01-01&until=2026-01-31", "from=٢٠٢٦-01-01&until=2026-01-31",
        "from=1999-12-31&until=2000-01-01", "from=2099-12-31&until=2100-01-01", "from=0001-01-01&until=9999-12-31", "from=-2026-01-01&until=2026-01-31", "from=99999-01-01&until=99999-01-31",
        "range=30d&from=2026-01-01&until=2026-01-31", "range=30d&from=2026-01-01", "range=30d&until=x",
        "unit=x", "unit=Day", "unit=DAY", "unit=1", "unit=day ", "unit=-1", "unit=minute", "unit=day,week",
        "compare=x", "compare=Before", "compare=0", "compare=-1", "compare=before,year", "compare=9223372036854775808",
        "range=7d&unit=day&compare=x", "range=x&unit=day&compare=year", "from=2026-01-01&until=2026-01-31&unit=x",
    ];

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void What_cannot_be_read_is_nothing_and_no_fault(string query) => Assert.Null(Parse(query, Today));

    [Theory]
    [InlineData("")]
    [InlineData("range=&from=&until=&unit=&compare=")]
    [InlineData("figure=views&page=3&of=x")]
    public void Nothing_asked_is_the_usual(string query)
    {
        Assert.Equal(StatisticsWish.Default(Today), Parse(query, Today));
        Assert.Equal("", Parse(query, Today)!.ToQuery());
    }

    [Theory]
    [InlineData("today", "2026-03-02", "2026-03-02")]
    [InlineData("yesterday", "2026-03-01", "2026-03-01")]
    [InlineData("7d", "2026-02-24", "2026-03-02")]
    [InlineData("30d", "2026-02-01", "2026-03-02")]
    [InlineData("90d", "2025-12-03", "2026-03-02")]
    [InlineData("12m", "2025-03-03", "2026-03-02")]
    [InlineData("week", "2026-03-02", "2026-03-02")]
    [InlineData("month", "2026-03-01", "2026-03-02")]
    [InlineData("last-month", "2026-02-01", "2026-02-28")]
    [InlineData("year", "2026-01-01", "2026-03-02")]
    public void A_range_ends_with_today_and_begins_where_its_name_says(string range, string from, string until) => Assert.Equal(StatisticsPeriod.Parse(from, until), Parse("range=" + range, Today)!.Period);

    [Fact]
    public void A_week_begins_on_Monday_whatever_day_it_is()
    {
        for (var day = new DateOnly(2027, 12, 20); day < new DateOnly(2028, 1, 20); day = day.AddDays(1))
        {
            var week = StatisticsWish.PeriodOf("week", day)!.Value;
            Assert.Equal((DayOfWeek.Monday, day), (week.From.DayOfWeek, week.Until));
            Assert.InRange(week.Days, 1, 7);
        }
    }

    [Fact]
    public void What_was_written_is_read_as_the_same_for_all_ranges_units_and_comparisons()
    {
        foreach (var (today, range, unit, compared) in
            from today in new[] { Today, new DateOnly(2028, 2, 29), new DateOnly(2026, 12, 31), new DateOnly(2027, 1, 1), new DateOnly(2026, 3, 31) }
            from range in StatisticsWish.Ranges
            from unit in Units
            from compared in Enum.GetValues<ComparedWith>()
            select (today, range, unit, compared))
        {
            Same(new StatisticsWish(range, StatisticsWish.PeriodOf(range, today)!.Value, compared, unit), today);
        }
    }

    [Fact]
    public void What_was_written_is_read_as_the_same_for_any_two_dates()
    {
        var chance = new Random(6);
        var days = StatisticsPeriod.Latest.DayNumber - StatisticsPeriod.Earliest.DayNumber;
        for (var i = 0; i < 2000; i++)
        {
            var from = i == 0 ? 0 : chance.Next(days + 1);
            var until = i == 0 ? days : Math.Min(days, from + chance.Next(i % 2 == 0 ? 40 : days));
            var period = StatisticsPeriod.Of(StatisticsPeriod.Earliest.AddDays(from), StatisticsPeriod.Earliest.AddDays(until))!.Value;
            var wish = new StatisticsWish("", period, (ComparedWith)chance.Next(3), Units[chance.Next(Units.Length)]);
            Same(wish, Today);
            // Whatever is asked for, the unit in force can be drawn, and what it is compared with lies before.
            Assert.True(period.Allows(wish.UnitInForce));
            Assert.True(wish.ComparedPeriod is not { } before || (before.From < period.From && before.From >= StatisticsPeriod.Earliest));
        }
    }

    private static StatisticsUnit?[] Units => [null, .. Enum.GetValues<StatisticsUnit>()];

    private static void Same(StatisticsWish wish, DateOnly today)
    {
        var query = wish.ToQuery();
        Assert.Equal(query, Uri.UnescapeDataString(query));
        Assert.Equal(wish, Parse(query, today));
    }

    private static StatisticsWish? Parse(string query, DateOnly today)
    {
        var read = QueryHelpers.ParseQuery(query);
        return StatisticsWish.Parse(Of("range"), Of("from"), Of("until"), Of("unit"), Of("compare"), today);

        string? Of(string name) => read.TryGetValue(name, out var value) ? (string?)value : null;
    }
}
