using System.Globalization;
using Live800.Domain.Statistics;
using Live800.Portal.Components.Shared;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Statistics;

/// <summary>How figures of the statistics are written.</summary>
public static class FigureWords
{
    /// <summary>What stands where there is no figure.</summary>
    public const string None = "–";

    /// <summary>A share: 34%, 3.4%.</summary>
    public static string Percent(double? share) => share is { } of
        ? (of * 100).ToString(of is > 0 and < 0.0995 ? "0.0" : "0", CultureInfo.InvariantCulture) + "%"
        : None;

    /// <summary>A length of time.</summary>
    public static string Length(TimeSpan? length) => length is { } of ? Words.Length(of) : None;

    /// <summary>A number with one decimal: 3.7.</summary>
    public static string OneDecimal(double? number) => number is { } of ? of.ToString("0.0", CultureInfo.InvariantCulture) : None;

    /// <summary>A change as a share, with its sign: +8.2%, −3.1%.</summary>
    public static string Change(double change) => WithSign(change, (Math.Abs(change) * 100).ToString(Math.Abs(change) >= 10 ? "N0" : "0.0", CultureInfo.InvariantCulture) + "%");

    /// <summary>Something with the sign of a number before it; nothing has none.</summary>
    public static string WithSign(double sign, string text) => sign > 0 ? "+" + text : sign < 0 ? "−" + text : text;

    /// <summary>A step of a period: 09:00, 11-23, 11-23 ~ 11-29, 2026-11.</summary>
    public static string Step(TrafficStep step, StatisticsFrame frame) => Step(step.Day, step.Hour, frame);

    /// <summary>A step of a period.</summary>
    public static string Step(DateOnly day, DateTimeOffset? hour, StatisticsFrame frame) => frame.Unit switch
    {
        StatisticsUnit.Hour when hour is { } at => $"{Day(day, frame)} {TimeZoneInfo.ConvertTime(at, frame.Zones.ZoneAt(at)).ToString("HH:mm", CultureInfo.InvariantCulture)}",
        StatisticsUnit.Week => $"{Day(day, frame)} ~ {Day(EndOfWeek(day, frame.Period), frame)}",
        StatisticsUnit.Month => day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        _ => Day(day, frame),
    };

    /// <summary>A date, with its year where the period has several.</summary>
    public static string Day(DateOnly day, StatisticsFrame frame) =>
        day.ToString(frame.Period.From.Year == frame.Today.Year && frame.Period.Until.Year == frame.Today.Year ? "MM-dd" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An address without what all of them begin with.</summary>
    public static string Address(string address) => address.IndexOf("://", StringComparison.Ordinal) is > 0 and < 6 and var end ? address[(end + 3)..] : address;

    /// <summary>A weekday.</summary>
    public static string Weekday(DayOfWeek weekday, IStringLocalizer<Texts> texts) => texts["Weekday" + (((int)weekday + 6) % 7).ToString(CultureInfo.InvariantCulture)];

    private static DateOnly EndOfWeek(DateOnly day, StatisticsPeriod period)
    {
        var end = day.AddDays(6 - (((int)day.DayOfWeek + 6) % 7));
        return end < period.Until ? end : period.Until;
    }
}
