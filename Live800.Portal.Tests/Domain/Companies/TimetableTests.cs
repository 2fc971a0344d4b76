using Live800.Domain.Companies;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Companies;

public sealed class TimetableTests
{
    [Theory]
    [InlineData("an end before its start", Refusal.HoursInvalid, 18 * 60, 9 * 60)]
    [InlineData("no length", Refusal.HoursInvalid, 540, 540)]
    [InlineData("25:00", Refusal.HoursInvalid, 540, 25 * 60)]
    [InlineData("one minute after 24:00", Refusal.HoursInvalid, 540, 1441)]
    [InlineData("before midnight", Refusal.HoursInvalid, -1, 540)]
    [InlineData("from 24:00 on", Refusal.HoursInvalid, 1440, 1440)]
    [InlineData("an overlap of a minute", Refusal.HoursOverlap, 540, 721, 720, 1080)]
    [InlineData("one inside the other, out of order", Refusal.HoursOverlap, 600, 660, 540, 1080)]
    [InlineData("the same twice", Refusal.HoursOverlap, 540, 600, 540, 600)]
    [InlineData("five", Refusal.TooManySpans, 0, 60, 120, 180, 240, 300, 360, 420, 480, 540)]
    public void A_day_that_is_none_is_refused_in_the_week_and_as_a_holiday(string what, Refusal expected, params int[] minutes)
    {
        Assert.NotNull(what);
        IReadOnlyList<DaySpan> day = [.. minutes.Chunk(2).Select(pair => new DaySpan(pair[0], pair[1]))];
        Assert.Equal(expected, Timetable.Create(Week(day), []).Refusal);
        Assert.Equal(expected, Timetable.Create(Week([new(540, 600)]), [new Holiday(new(2026, 10, 1), "", day)]).Refusal);
    }

    [Fact]
    public void A_week_without_hours_or_without_seven_days_is_refused()
    {
        Assert.Equal(Refusal.HoursEmpty, Timetable.Create(Week(), []).Refusal);
        Assert.Equal(Refusal.HoursEmpty, Timetable.Create(Week(), [new Holiday(new(2026, 10, 1), "", [DaySpan.WholeDay])]).Refusal);
        Assert.Equal(Refusal.HoursInvalid, Timetable.Create([[DaySpan.WholeDay]], []).Refusal);
    }

    [Fact]
    public void A_date_twice_a_name_too_long_a_year_that_is_none_and_the_201st_holiday_are_refused()
    {
        var day = new DateOnly(2026, 10, 1);
        Assert.Equal(Refusal.HolidayTwice, With(new Holiday(day, "a", []), new Holiday(day, "b", [DaySpan.WholeDay])).Refusal);
        Assert.Equal(Refusal.HolidayInvalid, With(new Holiday(day, new string('x', 41), [])).Refusal);
        Assert.Equal(Refusal.HolidayInvalid, With(new Holiday(new DateOnly(26, 1, 1), "", [])).Refusal);
        var many = Enumerable.Range(0, Timetable.MostHolidays).Select(i => new Holiday(day.AddDays(-i), "", [])).ToList();
        Assert.Equal([.. many.Select(holiday => holiday.Date).Order()], With([.. many]).Value.Holidays.Select(holiday => holiday.Date));
        Assert.Equal(Refusal.TooManyHolidays, With([.. many, new Holiday(day.AddDays(1), "", [])]).Refusal);

        static Outcome<Timetable> With(params Holiday[] holidays) => Timetable.Create(Week([new(540, 600)]), holidays);
    }

    [Fact]
    public void Spans_are_put_in_order_may_touch_and_end_at_24_and_a_name_is_one_line()
    {
        var made = Timetable.Create(Week([new(720, 1440), new(540, 720)]), [new Holiday(new(2026, 10, 1), " 国庆\n节 ", [new(900, 960), new(0, 60)])]).Value;
        Assert.Equal("09:00-12:00, 12:00-24:00", DaySpan.Text(made.Week[0]));
        Assert.Equal(("国庆 节", "00:00-01:00, 15:00-16:00"), (made.Holidays[0].Name, DaySpan.Text(made.Holidays[0].Spans)));
        Assert.False(made.IsAlways);
        Assert.True(Timetable.Always.IsAlways);
        Assert.True(Timetable.Create([.. Enumerable.Repeat<IReadOnlyList<DaySpan>>([DaySpan.WholeDay], 7)], []).Value.IsAlways);
    }

    [Fact]
    public void What_was_changed_meanwhile_is_refused_and_a_group_that_follows_again_keeps_its_hours_for_later()
    {
        var hours = new WorkingHours(new(1), new GroupId(5));
        var times = Timetable.Create(Week([new(540, 600)]), []).Value;
        Assert.Equal((false, new GroupId(5), 0L), (hours.IsOwn, hours.GroupId, hours.Version));
        Assert.Equal(Refusal.ChangedMeanwhile, hours.Set(times, 1).Refusal);
        Assert.False(hours.Set(times, 0).IsRefused);
        Assert.Equal(Refusal.ChangedMeanwhile, hours.Follow(0).Refusal);
        Assert.True(hours.IsOwn);
        Assert.False(hours.Follow(1).IsRefused);
        Assert.Equal((false, times, 2L), (hours.IsOwn, hours.Times, hours.Version));
    }

    /// <summary>Monday has these hours, or none; the other days are closed.</summary>
    private static IReadOnlyList<IReadOnlyList<DaySpan>> Week(IReadOnlyList<DaySpan>? monday = null) => [monday ?? [], [], [], [], [], [], []];
}
