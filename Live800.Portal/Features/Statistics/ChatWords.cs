using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Statistics;
using Live800.Portal.Components.Shared;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Statistics;

/// <summary>Which way a figure gets better.</summary>
public enum Better
{
    /// <summary>Neither more nor less is better.</summary>
    Neither = 0,

    More = 1,

    Less = 2,
}

/// <summary>How a figure differs from the period it is compared with.</summary>
/// <param name="Text">With its sign.</param>
/// <param name="IsBetter">Nothing where it is neither better nor worse.</param>
public sealed record FigureChange(string Text, bool? IsBetter);

/// <summary>A figure in a table of figures.</summary>
/// <param name="Before">The same of the period it is compared with.</param>
public sealed record FigureRow(string Name, string Now, string? Before = null, FigureChange? Change = null);

/// <summary>How figures of chats, their shares, times and steps are written.</summary>
public static class ChatWords
{
    /// <summary>Where there is nothing to tell.</summary>
    public const string Nothing = "–";

    /// <summary>94%.</summary>
    public static string Share(double? share) => share is { } value ? Fixed(value * 100, 0) + "%" : Nothing;

    /// <summary>4.3.</summary>
    public static string Mean(double? value) => value is { } mean ? Fixed(mean, 1) : Nothing;

    /// <summary>A length of time of a spread; a dash where nothing took any.</summary>
    public static string Time(TimeSpread spread, Func<TimeSpread, TimeSpan> of) => spread.Count == 0 ? Nothing : Words.Length(of(spread));

    /// <summary>+8.2%; where there was nothing before, or both are few, the difference itself: +9.</summary>
    public static FigureChange Change(long now, long before, Better better)
    {
        var difference = now - before;
        var text = before == 0 || Math.Max(now, before) < 100 ? Sign(difference) + Words.Count(Math.Abs(difference)) : Sign(difference) + Fixed(Math.Abs(100.0 * difference / before), 1) + "%";
        return new(difference == 0 ? "0" : text, Judge(difference, better));
    }

    /// <summary>−0:07; less is better. Nothing where one of both has none.</summary>
    public static FigureChange? Change(TimeSpread now, TimeSpread before, Better better = Better.Less) => Change(now, before, spread => spread.Median, better);

    /// <summary>The same of another length than the median.</summary>
    public static FigureChange? Change(TimeSpread now, TimeSpread before, Func<TimeSpread, TimeSpan> of, Better better = Better.Less)
    {
        if (now.Count == 0 || before.Count == 0) return null;
        var difference = (long)(of(now) - of(before)).TotalSeconds;
        return new(difference == 0 ? "0" : Sign(difference) + Words.Length(TimeSpan.FromSeconds(Math.Abs(difference))), Judge(difference, better));
    }

    /// <summary>−1.2 points of a hundred. Nothing where one of both has none.</summary>
    public static FigureChange? Change(double? now, double? before, IStringLocalizer<ChatTexts> texts, Better better = Better.More)
    {
        if (now is not { } share || before is not { } other) return null;
        var points = Math.Round((share - other) * 100, 1);
        return new(points == 0 ? "0" : texts["Points", Sign(points) + Fixed(Math.Abs(points), 1)], Judge(points, better));
    }

    /// <summary>A step by its first date: 2026-11-23 14:00, 2026-11-23, 2026-11; a week is "from" it.</summary>
    public static string Step(StepInstants step, StatisticsUnit unit, ZoneHistory zones, IStringLocalizer<ChatTexts> texts) => unit switch
    {
        StatisticsUnit.Hour => string.Create(CultureInfo.InvariantCulture, $"{step.Day:yyyy-MM-dd} {TimeZoneInfo.ConvertTime(step.From, zones.ZoneAt(step.From)):HH:mm}"),
        StatisticsUnit.Week => texts["StepWeek", StatisticsPeriod.Write(step.Day)],
        StatisticsUnit.Month => step.Day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        _ => StatisticsPeriod.Write(step.Day),
    };

    /// <summary>08–09.</summary>
    public static string Hour(int hour) => string.Create(CultureInfo.InvariantCulture, $"{hour:D2}:00–{hour + 1:D2}:00");

    /// <summary>Seats in force; without a limit where there is none.</summary>
    public static string Seats(long? fewest, long? most, IStringLocalizer<ChatTexts> texts)
    {
        var last = most is { } seats ? Words.Count(seats) : texts["SeatsUnlimited"].Value;
        return fewest == most ? last : texts["SeatsBetween", fewest is { } few ? Words.Count(few) : texts["SeatsUnlimited"].Value, last];
    }

    private static bool? Judge(double difference, Better better) => difference == 0 || better == Better.Neither ? null : difference > 0 == (better == Better.More);

    private static string Sign(double difference) => difference < 0 ? "−" : "+";

    private static string Fixed(double value, int digits) => value.ToString("N" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
