using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Features.Hours;

namespace Live800.Portal.Tests.Features.Hours;

public sealed class HoursDraftTests
{
    [Theory]
    [InlineData(null), InlineData(""), InlineData("x"), InlineData("25:00"), InlineData("24:01"), InlineData("9:60"), InlineData("-1:00"), InlineData("9:0"), InlineData("1:2:3"), InlineData("009:00"), InlineData("+9:00"), InlineData("9 00"), InlineData("99999")]
    public void What_is_no_time_of_day_is_none(string? text) => Assert.Null(TypedTime.Read(text));

    [Theory]
    [InlineData("9", 540), InlineData("9:00", 540), InlineData(" 09:05 ", 545), InlineData("0905", 545), InlineData("905", 545), InlineData("9.05", 545), InlineData("９：０５", 545), InlineData("0", 0), InlineData("00:00", 0), InlineData("24:00", 1440), InlineData("24", 1440)]
    public void A_time_is_read_as_people_type_it(string text, int minute) => Assert.Equal(minute, TypedTime.Read(text));

    [Fact]
    public void What_is_wrong_is_told_at_its_span_stays_typed_and_is_refused()
    {
        var draft = Draft();
        var day = draft.Week[0];
        day.Become([new(540, 720)]);
        day.Add();
        Assert.Equal(("13:00", "17:00"), (day.Spans[1].From, day.Spans[1].To));
        (day.Spans[1].From, day.Spans[1].To) = ("soon", "17:00");
        Assert.Equal((SpanFault.None, SpanFault.NoTime), (day.FaultOf(day.Spans[0]), day.FaultOf(day.Spans[1])));
        Assert.Equal(Refusal.HoursInvalid, draft.Read().Refusal);
        day.Spans[1].From = "18:00";
        Assert.Equal(SpanFault.EndFirst, day.FaultOf(day.Spans[1]));
        day.Spans[1].From = "11:59";
        Assert.Equal((SpanFault.Overlap, SpanFault.Overlap), (day.FaultOf(day.Spans[0]), day.FaultOf(day.Spans[1])));
        Assert.Equal(Refusal.HoursOverlap, draft.Read().Refusal);
        // An end of 00:00 is midnight.
        (day.Spans[1].From, day.Spans[1].To) = ("12", "00:00");
        Assert.Equal("09:00-12:00, 12:00-24:00", DaySpan.Text(draft.Read().Value.Week[0]));
    }

    [Fact]
    public void A_week_is_set_quickly_and_an_empty_one_is_refused()
    {
        var draft = Draft();
        Assert.False(draft.IsChanged);
        draft.SetWeek([], []);
        Assert.Equal((true, Refusal.HoursEmpty), (draft.IsChanged, draft.Read().Refusal));
        draft.Week[6].Add();
        draft.CopyToWorkingDays(draft.Week[6]);
        Assert.Equal(["09:00-18:00", "", "09:00-18:00"], Enumerable.Range(4, 3).Select(day => DaySpan.Text(draft.Read().Value.Week[day])));
        draft.SetWeek([DaySpan.WholeDay], [DaySpan.WholeDay]);
        Assert.False(draft.IsChanged);
    }

    [Fact]
    public void Holidays_are_added_by_range_and_never_twice_nor_too_many()
    {
        var (draft, first) = (Draft(), new DateOnly(2026, 10, 1));
        Assert.Equal(Refusal.HolidayInvalid, draft.AddHolidays(first, first.AddDays(-1), "").Refusal);
        Assert.Equal(Refusal.HolidayInvalid, draft.AddHolidays(new(26, 10, 1), first, "").Refusal);
        Assert.Equal(Refusal.TooManyHolidays, draft.AddHolidays(first, first.AddDays(Timetable.MostHolidays), "").Refusal);
        Assert.False(draft.AddHolidays(first, first.AddDays(6), "国庆节").IsRefused);
        Assert.Equal(Refusal.HolidayTwice, draft.AddHolidays(first.AddDays(6), first.AddDays(7), "").Refusal);
        Assert.False(draft.AddHolidays(first.AddDays(-1), first.AddDays(-1), null).IsRefused);
        Assert.Equal([.. Enumerable.Range(-1, 8).Select(first.AddDays)], draft.Read().Value.Holidays.Select(holiday => holiday.Date));
    }

    [Fact]
    public void A_group_begins_with_the_companys_week_and_what_somebody_else_saved_takes_nothing_away()
    {
        var company = Timetable.Create(Openings.Until(17).Week, [new Holiday(new(2026, 10, 1), "", [])]).Value;
        var draft = new HoursDraft(new HoursLine(new GroupId(3), "Sales", false, Timetable.Always, 0), company);
        Assert.Equal((false, false), (draft.IsOwn, draft.IsChanged));
        draft.IsOwn = true;
        Assert.True(draft.IsChanged);
        Assert.Equal(("09:00-17:00", 0), (DaySpan.Text(draft.Read().Value.Week[0]), draft.Read().Value.Holidays.Count));
        draft.Week[0].Become([new(0, 60)]);
        draft.KeepOver(new HoursLine(new GroupId(3), "Sales", true, Openings.Until(20), 4));
        Assert.Equal((4L, "00:00-01:00"), (draft.Seen, DaySpan.Text(draft.Read().Value.Week[0])));
    }

    private static HoursDraft Draft() => new(new HoursLine(null, "", false, Timetable.Always, 0), Timetable.Always);
}
