using System.Globalization;

namespace Live800.Portal.Components.Shared;

/// <summary>How times are written, in both languages: 0:42, 14:19, 11-23, with the year only where it is another one.</summary>
public static class Words
{
    private static bool English => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>A length of time: 0:42, 18:24, 1:02:03.</summary>
    public static string Length(TimeSpan length)
    {
        var seconds = (long)Math.Max(0, length.TotalSeconds);
        var (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        return hours >= 100 ? string.Create(CultureInfo.InvariantCulture, $"{hours} h")
            : hours > 0 ? string.Create(CultureInfo.InvariantCulture, $"{hours}:{minutes:D2}:{rest:D2}")
            : string.Create(CultureInfo.InvariantCulture, $"{minutes}:{rest:D2}");
    }

    /// <summary>A time of day: 14:19.</summary>
    public static string Time(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A date: 11-23, in another year 2027-03-01.</summary>
    public static string Date(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (day, today) = (TimeZoneInfo.ConvertTime(at, zone), TimeZoneInfo.ConvertTime(now, zone));
        return day.ToString(day.Year == today.Year ? "MM-dd" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>A date that is always complete: 2027-03-01.</summary>
    public static string FullDate(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Date and time of day: 今天 08:58, 明天 00:00, 11-20 08:58.</summary>
    public static string Moment(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var day = (TimeZoneInfo.ConvertTime(at, zone).Date - TimeZoneInfo.ConvertTime(now, zone).Date).Days switch
        {
            0 => English ? "today" : "今天",
            1 => English ? "tomorrow" : "明天",
            -1 => English ? "yesterday" : "昨天",
            _ => Date(at, now, zone),
        };
        return $"{day} {Time(at, zone)}";
    }

    /// <summary>The line between two days of a conversation: 今天 11 月 23 日 星期一.</summary>
    public static string Day(DateOnly day, DateOnly today)
    {
        var culture = CultureInfo.CurrentUICulture;
        var date = English ? day.ToString("dddd d MMMM", culture) : day.ToString("M 月 d 日 dddd", culture);
        if (day.Year != today.Year) date = English ? $"{date} {day.Year}" : $"{day.Year} 年 {date}";
        return day == today ? English ? $"Today, {date}" : $"今天 {date}"
            : day == today.AddDays(-1) ? English ? $"Yesterday, {date}" : $"昨天 {date}"
            : date;
    }

    /// <summary>What stands between two sentences: a blank in English, nothing after a full-width stop.</summary>
    public static string Gap => English ? " " : "";

    /// <summary>A count with separators: 12,480.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>1st, 2nd, 3rd, 4th; in Chinese the bare number.</summary>
    public static string Ordinal(int number) => !English
        ? number.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{number}{((number % 100) is >= 11 and <= 13 ? "th" : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" })}");

    /// <summary>Money in minor units, as its currency is written: ¥490, ¥490.50, USD 12.00.</summary>
    public static string Money(long amount, string currency)
    {
        var digits = Live800.Domain.Packages.Currency.Find(currency)?.Digits ?? 2;
        var value = amount / (decimal)Math.Pow(10, digits);
        return currency == "CNY"
            ? "¥" + value.ToString(value == decimal.Truncate(value) ? "N0" : "N2", CultureInfo.InvariantCulture)
            : $"{currency} {value.ToString("N" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)}";
    }
}
