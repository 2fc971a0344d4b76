using Live800.Domain.Companies;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Companies;

/// <summary>When a week is told of (rules 1 and 6): what is no choice first, then that each week comes once, whatever clocks and zones do.</summary>
public sealed class ReportRuleTests
{
    private static readonly AgentChoice Lin = AgentChoice.Of([new AgentId(7)]);
    private static readonly ReportRule Usual = ReportRule.Off with { IsOn = true, Chosen = Lin };

    private readonly CompanyLetters _letters = new(new CompanyId(1));

    [Fact]
    public void An_hour_or_day_there_is_not_too_many_or_no_readers_are_refused_and_change_nothing()
    {
        var zones = ZoneHistory.Of("Asia/Shanghai");
        var now = new DateTimeOffset(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);
        foreach (var wrong in new[] { Usual with { Hour = -1 }, Usual with { Hour = 24 }, Usual with { Weekday = (DayOfWeek)7 }, Usual with { Chosen = AgentChoice.Of(Enumerable.Range(1, AgentChoice.Most + 1).Select(id => new AgentId(id))) } })
            Assert.Equal(Refusal.InputInvalid, _letters.Choose(wrong, zones, now).Refusal);
        Assert.Equal(Refusal.NobodyChosen, _letters.Choose(Usual with { Chosen = AgentChoice.Nobody }, zones, now).Refusal);
        Assert.Equal((ReportRule.Off, 0L, null), (_letters.Report, _letters.Version, _letters.ReportUpTo));
        Assert.Null(_letters.DueReport(zones, now));
    }

    [Fact]
    public void It_is_the_whole_week_before_at_the_chosen_hour_and_only_the_last_one_after_a_long_time()
    {
        var zones = ZoneHistory.Of("Asia/Shanghai");
        var eight = new DateTimeOffset(2026, 3, 9, 8, 0, 0, TimeSpan.FromHours(8));
        Turn(Usual, zones, eight.AddDays(-4));
        Assert.Null(_letters.DueReport(zones, eight.AddTicks(-1)));
        Assert.Equal(new DateOnly(2026, 3, 2), _letters.DueReport(zones, eight));
        _letters.Reported(new DateOnly(2026, 3, 2));
        Assert.Null(_letters.DueReport(zones, eight.AddDays(6)));
        // A clock that is set back tells nothing twice, and forgets nothing.
        Assert.Null(_letters.DueReport(zones, eight.AddDays(-6)));
        _letters.Reported(new DateOnly(2026, 2, 23));
        Assert.Null(_letters.DueReport(zones, eight));
        // Down for a month: one letter, about the last week.
        Assert.Equal(new DateOnly(2026, 3, 30), _letters.DueReport(zones, eight.AddDays(30)));
        _letters.Reported(new DateOnly(2026, 3, 30));
        Assert.Null(_letters.DueReport(zones, eight.AddDays(30)));
        // Down over the hour: it is told of on another day of the week.
        Assert.Equal(new DateOnly(2026, 4, 6), _letters.DueReport(zones, eight.AddDays(40)));
    }

    [Fact]
    public void Turned_on_it_waits_for_its_next_time_and_another_day_tells_no_week_twice()
    {
        var zones = ZoneHistory.Of("Asia/Shanghai");
        var monday = new DateTimeOffset(2026, 3, 9, 8, 0, 0, TimeSpan.FromHours(8));
        Turn(Usual, zones, monday.AddHours(1));
        Assert.Null(_letters.DueReport(zones, monday.AddDays(6)));
        Assert.Equal(new DateOnly(2026, 3, 9), _letters.DueReport(zones, monday.AddDays(7)));
        _letters.Reported(new DateOnly(2026, 3, 9));
        Turn(Usual with { Weekday = DayOfWeek.Friday, Hour = 18 }, zones, monday.AddDays(8));
        Assert.Null(_letters.DueReport(zones, monday.AddDays(13)));
        Assert.Null(_letters.DueReport(zones, monday.AddDays(18).AddHours(10).AddTicks(-1)));
        Assert.Equal(new DateOnly(2026, 3, 16), _letters.DueReport(zones, monday.AddDays(18).AddHours(10)));
        // Off for a while: what went by meanwhile is not told of.
        Turn(ReportRule.Off, zones, monday.AddDays(19));
        Assert.Null(_letters.DueReport(zones, monday.AddDays(60)));
        Turn(Usual, zones, monday.AddDays(61));
        Assert.Null(_letters.DueReport(zones, monday.AddDays(62)));
    }

    [Theory]
    [InlineData("Europe/Berlin", 2026, 3, 23, DayOfWeek.Sunday, 2)] // 02:00 of that Sunday is skipped
    [InlineData("Europe/Berlin", 2026, 10, 19, DayOfWeek.Sunday, 2)] // 02:00 comes twice
    [InlineData("America/Sao_Paulo", 2018, 10, 29, DayOfWeek.Sunday, 0)] // midnight is skipped
    [InlineData("Asia/Shanghai", 2026, 3, 2, DayOfWeek.Monday, 0)]
    [InlineData("Asia/Shanghai", 2026, 12, 21, DayOfWeek.Monday, 23)]
    public void When_clocks_change_every_week_is_told_of_exactly_once(string zone, int year, int month, int day, DayOfWeek weekday, int hour)
    {
        var zones = ZoneHistory.Of(zone);
        var first = new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero);
        Turn(Usual with { Weekday = weekday, Hour = hour }, zones, first.AddDays(-7));
        var monday = new DateOnly(year, month, day);
        Assert.Equal([monday.AddDays(-7), monday, monday.AddDays(7)], ToldOver(zones, first, 21).Where(told => told >= monday.AddDays(-7)).Take(3));
    }

    [Theory]
    [InlineData("Asia/Shanghai", "America/Los_Angeles")]
    [InlineData("America/Los_Angeles", "Asia/Shanghai")]
    [InlineData("Pacific/Midway", "Pacific/Kiritimati")]
    [InlineData("Pacific/Kiritimati", "Pacific/Midway")]
    public void When_the_company_moves_no_week_is_told_of_twice(string from, string to)
    {
        var noon = new DateTimeOffset(2026, 3, 7, 12, 0, 0, TimeSpan.Zero);
        var zones = new ZoneHistory([(from, DateTimeOffset.MinValue), (to, ZoneHistory.Of(from).NextMidnight(noon.AddDays(1)))]);
        Turn(Usual with { Hour = 0 }, zones, noon.AddDays(-7));
        var told = ToldOver(zones, noon.AddDays(-7), 28);
        Assert.Equal(told.Distinct().Order(), told);
        Assert.Equal([new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 9), new DateOnly(2026, 3, 16)], told.Where(week => week >= new DateOnly(2026, 3, 2)).Take(3));
    }

    private void Turn(ReportRule rule, ZoneHistory zones, DateTimeOffset now) => Assert.False(_letters.Choose(rule, zones, now).IsRefused);

    private List<DateOnly> ToldOver(ZoneHistory zones, DateTimeOffset from, int days)
    {
        var told = new List<DateOnly>();
        for (var now = from; now < from.AddDays(days); now = now.AddMinutes(5))
        {
            if (_letters.DueReport(zones, now) is not { } week) continue;
            _letters.Reported(week);
            told.Add(week);
        }

        return told;
    }
}
