using System.Globalization;
using Live800.Domain.Companies;

namespace Live800.Portal.Tests.Domain.Companies;

public sealed class OpeningCalendarTests
{
    private static readonly DaySpan NineToSix = new(9 * 60, 18 * 60);

    [Theory]
    [InlineData("2026-03-02T08:59:59.9999999", false, "2026-03-02T09:00")]
    [InlineData("2026-03-02T09:00", true, "2026-03-02T12:00")]
    [InlineData("2026-03-02T11:59:59.9999999", true, "2026-03-02T12:00")]
    [InlineData("2026-03-02T12:00", false, "2026-03-02T13:00")]
    [InlineData("2026-03-02T18:00", false, "2026-03-03T09:00")]
    // Over the weekend, and over a week in which Monday is a holiday.
    [InlineData("2026-03-06T18:00", false, "2026-03-10T09:00")]
    // The holiday on a Saturday has hours of its own.
    [InlineData("2026-03-13T18:00", false, "2026-03-14T10:00")]
    [InlineData("2026-03-14T10:00", true, "2026-03-14T11:00")]
    public void Hours_begin_and_end_at_the_minute_and_holidays_go_before_weekdays(string at, bool isOpen, string next)
    {
        var times = Working([new(540, 720), new(780, 1080)], [new Holiday(new(2026, 3, 9), "", []), new Holiday(new(2026, 3, 14), "", [new(600, 660)])]);
        var calendar = new OpeningCalendar(ZoneHistory.Of("Asia/Shanghai"), times);
        Assert.Equal(isOpen, calendar.IsOpen(Shanghai(at)));
        Assert.Equal(isOpen, calendar.IsOpen(DateTime.Parse(at, CultureInfo.InvariantCulture)));
        Assert.Equal(Shanghai(next), calendar.NextChange(Shanghai(at)));
    }

    [Fact]
    public void Twenty_four_hours_followed_by_midnight_is_no_change()
    {
        IReadOnlyList<IReadOnlyList<DaySpan>> week = [[new(540, 1440)], [new(0, 60)], [], [], [], [], []];
        var calendar = new OpeningCalendar(ZoneHistory.Of("Asia/Shanghai"), Timetable.Create(week, []).Value);
        Assert.Equal(Shanghai("2026-03-03T01:00"), calendar.NextChange(Shanghai("2026-03-02T10:00")));
        Assert.True(calendar.IsOpen(Shanghai("2026-03-02T23:59:59.9999999")));
        Assert.True(calendar.IsOpen(Shanghai("2026-03-03T00:00")));
        Assert.Equal(Shanghai("2026-03-09T09:00"), calendar.NextChange(Shanghai("2026-03-03T01:00")));
    }

    [Fact]
    public void Who_is_always_open_never_changes_and_a_far_holiday_is_found()
    {
        Assert.Null(new OpeningCalendar(ZoneHistory.Of("Asia/Shanghai"), Timetable.Always).NextChange(Shanghai("2026-03-02T10:00")));
        var holiday = new OpeningCalendar(ZoneHistory.Of("Asia/Shanghai"), Timetable.Create(Timetable.Always.Week, [new Holiday(new(2028, 2, 29), "", []), new Holiday(new(2028, 3, 1), "", [])]).Value);
        Assert.Equal(Shanghai("2028-02-29T00:00"), holiday.NextChange(Shanghai("2026-03-02T10:00")));
        Assert.Equal(Shanghai("2028-03-02T00:00"), holiday.NextChange(Shanghai("2028-02-29T00:00")));
        Assert.Null(holiday.NextChange(Shanghai("2028-03-02T00:00")));
    }

    [Fact]
    public void A_group_has_its_own_week_and_the_companys_holidays_unless_it_lists_the_date_itself()
    {
        var company = Working([NineToSix], [new Holiday(new(2026, 3, 3), "", []), new Holiday(new(2026, 3, 4), "", [])]);
        var own = Timetable.Create([[new(1200, 1320)], [new(1200, 1320)], [new(1200, 1320)], [], [], [], [new(0, 60)]], [new Holiday(new(2026, 3, 4), "", [new(60, 120)])]).Value;
        var group = new OpeningCalendar(ZoneHistory.Of("Asia/Shanghai"), company, own);
        Assert.Equal("20:00-22:00", DaySpan.Text(group.SpansOf(new(2026, 3, 2))));
        Assert.Empty(group.SpansOf(new(2026, 3, 3)));
        Assert.Equal("01:00-02:00", DaySpan.Text(group.SpansOf(new(2026, 3, 4))));
        Assert.Equal("00:00-01:00", DaySpan.Text(group.SpansOf(new(2026, 3, 8))));
        Assert.Equal(Shanghai("2026-03-04T01:00"), group.NextChange(Shanghai("2026-03-02T22:00")));
    }

    [Fact]
    public void Where_the_clock_leaps_forward_hours_that_begin_in_the_gap_begin_with_the_leap()
    {
        // Berlin, 2026-03-29: 02:00 becomes 03:00 at 01:00 UTC; there is no 02:30.
        var calendar = Berlin([new(150, 240)]);
        Assert.Equal(Utc("2026-03-29T01:00"), calendar.NextChange(Utc("2026-03-28T12:00")));
        Assert.False(calendar.IsOpen(Utc("2026-03-29T00:59:59")));
        Assert.True(calendar.IsOpen(Utc("2026-03-29T01:00")));
        Assert.Equal(Utc("2026-03-29T02:00"), calendar.NextChange(Utc("2026-03-29T01:00")));
        // Hours that end in the gap end with the leap, and those that lie in it do not happen.
        Assert.Equal(Utc("2026-03-29T01:00"), Berlin([new(60, 150)]).NextChange(Utc("2026-03-29T00:30")));
        Assert.Equal(Utc("2026-03-30T00:10"), Berlin([new(130, 150)]).NextChange(Utc("2026-03-29T00:40")));
    }

    [Fact]
    public void Where_the_clock_falls_back_the_doubled_hour_is_lived_twice()
    {
        // Berlin, 2026-10-25: 03:00 becomes 02:00 at 01:00 UTC; 02:30 comes at 00:30 and at 01:30 UTC.
        var calendar = Berlin([new(150, 240)]);
        Assert.Equal(Utc("2026-10-25T00:30"), calendar.NextChange(Utc("2026-10-24T12:00")));
        Assert.Equal(Utc("2026-10-25T01:00"), calendar.NextChange(Utc("2026-10-25T00:30")));
        Assert.Equal(Utc("2026-10-25T01:30"), calendar.NextChange(Utc("2026-10-25T01:00")));
        Assert.Equal(Utc("2026-10-25T03:00"), calendar.NextChange(Utc("2026-10-25T01:30")));
        // Nothing changes in a doubled hour that is open both times.
        Assert.Equal(Utc("2026-10-25T16:00"), Berlin([new(60, 1020)]).NextChange(Utc("2026-10-24T23:30")));
    }

    [Fact]
    public void Another_zone_counts_from_its_instant_on()
    {
        var zones = new ZoneHistory([("Asia/Shanghai", DateTimeOffset.MinValue), ("Europe/Berlin", Shanghai("2026-03-03T00:00"))]);
        var calendar = new OpeningCalendar(zones, Working([NineToSix]));
        Assert.Equal(Shanghai("2026-03-02T18:00"), calendar.NextChange(Shanghai("2026-03-02T10:00")));
        // 2026-03-03 00:00 in Shanghai is 17:00 of the day before in Berlin: open again for an hour.
        Assert.Equal(Shanghai("2026-03-03T00:00"), calendar.NextChange(Shanghai("2026-03-02T18:00")));
        Assert.Equal(Utc("2026-03-02T17:00"), calendar.NextChange(Utc("2026-03-02T16:00")));
        Assert.Equal(Utc("2026-03-03T08:00"), calendar.NextChange(Utc("2026-03-02T17:00")));
    }

    [Theory]
    [InlineData("Europe/Berlin"), InlineData("America/Santiago"), InlineData("Australia/Lord_Howe"), InlineData("Africa/Casablanca"), InlineData("Asia/Kathmandu")]
    public void The_next_change_is_the_first_moment_that_differs_all_year_long(string zone)
    {
        IReadOnlyList<DaySpan> day = [new(0, 15), new(90, 150), new(165, 185), new(1380, 1440)];
        var calendar = new OpeningCalendar(ZoneHistory.Of(zone), Timetable.Create([day, day, [], day, day, day, day], [new Holiday(new(2026, 9, 6), "", [new(0, 30)])]).Value);
        var (at, end) = (Utc("2026-01-01T00:00"), Utc("2027-01-01T00:00"));
        var (isOpen, next) = (calendar.IsOpen(at), calendar.NextChange(at));
        for (; at < end; at += TimeSpan.FromMinutes(5))
        {
            if (calendar.IsOpen(at) == isOpen) continue;
            Assert.Equal(at, next);
            (isOpen, next) = (!isOpen, calendar.NextChange(at));
        }
    }

    private static Timetable Working(IReadOnlyList<DaySpan> day, params Holiday[] holidays) => Timetable.Create([day, day, day, day, day, [], []], holidays).Value;

    private static OpeningCalendar Berlin(IReadOnlyList<DaySpan> day) => new(ZoneHistory.Of("Europe/Berlin"), Timetable.Create([.. Enumerable.Repeat(day, 7)], []).Value);

    private static DateTimeOffset Shanghai(string text) => new(DateTime.Parse(text, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    private static DateTimeOffset Utc(string text) => new(DateTime.Parse(text, CultureInfo.InvariantCulture), TimeSpan.Zero);
}
