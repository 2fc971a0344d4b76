using System.Globalization;
using Live800.Domain.Companies;

namespace Live800.Portal.Features.Hours;

/// <summary>One day whose hours are others than before.</summary>
/// <param name="Weekday">Monday is 0; nothing when it is a holiday.</param>
/// <param name="Date">The holiday.</param>
/// <param name="Before">What was there: spans, "-" for closed, for a holiday with its name; empty where there was nothing.</param>
public sealed record HoursChange(int? Weekday, DateOnly? Date, string Before, string After)
{
    /// <summary>A closed day, as it is written.</summary>
    public const string Closed = "-";

    /// <summary>What another timetable has else: weekdays first, then holidays by date.</summary>
    public static IReadOnlyList<HoursChange> Between(Timetable before, Timetable after)
    {
        var days = Enumerable.Range(0, 7).Select(day => new HoursChange(day, null, Text(before.Week[day]), Text(after.Week[day])));
        var dates = before.Holidays.Concat(after.Holidays).Select(holiday => holiday.Date).Distinct().Order();
        return [.. days.Concat(dates.Select(date => new HoursChange(null, date, Text(before.HolidayOn(date)), Text(after.HolidayOn(date))))).Where(change => change.Before != change.After)];
    }

    /// <summary>The spans of a day; "-" when it is closed.</summary>
    public static string Text(IReadOnlyList<DaySpan> spans) => spans.Count == 0 ? Closed : DaySpan.Text(spans);

    /// <summary>The date as it is written everywhere: 2026-10-01.</summary>
    public static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(Holiday? holiday) => holiday is null ? "" : holiday.Name.Length == 0 ? Text(holiday.Spans) : $"{Text(holiday.Spans)} ({holiday.Name})";
}
