using System.Globalization;
using Live800.Domain.Companies;
using Live800.Portal.Components.Shared;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Hours;

/// <summary>Working hours in the words agents read, in the company's zone.</summary>
public static class HoursWords
{
    /// <summary>Open now, until 18:00. Closed now, opens Monday 09:00.</summary>
    public static string Now(OpeningCalendar calendar, ZoneHistory zones, DateTimeOffset now, DateTimeOffset? next, IStringLocalizer texts) => (calendar.IsOpen(now), next) switch
    {
        (true, null) => texts["OpenAlways"],
        (true, { } end) => texts["OpenUntil", At(end, now, zones)],
        (false, null) => texts["ClosedForGood"],
        (false, { } begin) => texts["ClosedUntil", At(begin, now, zones)],
    };

    /// <summary>18:00 of today, the weekday within a week, otherwise the date: 18:00, Monday 09:00, 10-08 09:00.</summary>
    public static string At(DateTimeOffset at, DateTimeOffset now, ZoneHistory zones)
    {
        // At the instant of a change the zone that ends: its clock is the one people look at.
        var zone = zones.ZoneAt(at.AddTicks(-1));
        var days = (TimeZoneInfo.ConvertTime(at, zone).Date - TimeZoneInfo.ConvertTime(now, zones.ZoneAt(now)).Date).Days;
        return days == 0 ? Words.Time(at, zone)
            : days is > 0 and < 7 ? $"{Weekday(TimeZoneInfo.ConvertTime(at, zone).DayOfWeek)} {Words.Time(at, zone)}"
            : $"{Words.Date(at, now, zone)} {Words.Time(at, zone)}";
    }

    /// <summary>Monday, 星期一.</summary>
    public static string Weekday(DayOfWeek day) => CultureInfo.CurrentUICulture.DateTimeFormat.GetDayName(day);

    /// <summary>The weekday's name; Monday is 0.</summary>
    public static string Weekday(int day) => Weekday((DayOfWeek)((day + 1) % 7));

    /// <summary>09:00–12:00, 13:00–18:00; all day; closed.</summary>
    public static string Spans(IReadOnlyList<DaySpan> spans, IStringLocalizer texts) =>
        spans.Count == 0 ? texts["Closed"] : spans is [{ From: 0, To: DaySpan.EndOfDay }] ? texts["AllDay"] : DaySpan.Text(spans).Replace('-', '–');

    /// <summary>What a change says of a day before or after: nothing, closed, or its spans.</summary>
    public static string Of(string text, IStringLocalizer texts) =>
        text.Length == 0 ? texts["NotListed"] : text.StartsWith(HoursChange.Closed, StringComparison.Ordinal) ? texts["Closed"] + text[1..] : text;
}
