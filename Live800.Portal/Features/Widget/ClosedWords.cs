using System.Globalization;
using Live800.Domain.Shared;
using Live800.Portal.Features.Hours;

namespace Live800.Portal.Features.Widget;

/// <summary>
/// What a visitor reads outside working hours: why, and when somebody is back, in his language and the company's zone (5). Named by weekday or date and never "tomorrow": a page may stay open over midnight.
/// </summary>
internal static class ClosedWords
{
    /// <summary>The sentence; empty while the company, or the group he asks for, is within its hours.</summary>
    public static string Of(CompanyHours hours, GroupId? group, DateTimeOffset now, CultureInfo language)
    {
        if (hours.IsOpen(now) || (group is not null && hours.IsOpen(now, group))) return "";
        var opens = Earliest(hours.NextChange(now), group is null ? null : hours.NextChange(now, group));
        return opens is { } at ? string.Format(language, FrameTexts.Of("HoursBack", language), Day(at, now, hours, language), Local(at, hours).ToString("HH:mm", CultureInfo.InvariantCulture)) : FrameTexts.Of("HoursOver", language);
    }

    private static string Day(DateTimeOffset at, DateTimeOffset now, CompanyHours hours, CultureInfo language)
    {
        var day = Local(at, hours);
        // Within a week a weekday is enough, and is only one day.
        var format = (day.Date - Local(now, hours).Date).Days < 7 ? "dddd" : language.TwoLetterISOLanguageName == "en" ? "dddd d MMMM" : "M 月 d 日 dddd";
        return day.ToString(format, language);
    }

    // At the instant of a change of zone the one that ends.
    private static DateTime Local(DateTimeOffset at, CompanyHours hours) => TimeZoneInfo.ConvertTime(at, hours.Zones.ZoneAt(at.AddTicks(-1))).DateTime;

    private static DateTimeOffset? Earliest(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;
}
