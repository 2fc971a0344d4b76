using Live800.Domain.Statistics;

namespace Live800.Portal.Features.Statistics;

/// <summary>What a period is compared with.</summary>
public enum ComparedWith
{
    /// <summary>The same length directly before.</summary>
    Before = 0,

    /// <summary>The same dates a year before.</summary>
    Year = 1,

    /// <summary>Nothing.</summary>
    Nothing = 2,
}

/// <summary>What somebody wants to see of the statistics. It travels in the page's address, so that it can be kept and sent on: a range that moves with today, or two dates.</summary>
/// <param name="Range">One of <see cref="Ranges"/>; empty where dates are given.</param>
/// <param name="Unit">How finely it is divided; nothing is what suits the period.</param>
public sealed record StatisticsWish(string Range, StatisticsPeriod Period, ComparedWith Compared = ComparedWith.Before, StatisticsUnit? Unit = null)
{
    /// <summary>The range that is shown when none is asked for.</summary>
    public const string Usual = "30d";

    /// <summary>The ranges that move with today, as the page offers them.</summary>
    public static readonly IReadOnlyList<string> Ranges = ["today", "yesterday", "7d", "30d", "90d", "12m", "week", "month", "last-month", "year"];

    /// <summary>The unit in force: the chosen one where the period allows it.</summary>
    public StatisticsUnit UnitInForce => Unit is { } unit && Period.Allows(unit) ? unit : Period.BestUnit;

    /// <summary>What it is compared with; nothing where nothing lies before.</summary>
    public StatisticsPeriod? ComparedPeriod => Compared switch
    {
        ComparedWith.Before => Period.Before(),
        ComparedWith.Year => Period.YearBefore(),
        _ => null,
    };

    /// <summary>As an address asks; nothing where a part of it means nothing.</summary>
    public static StatisticsWish? Parse(string? range, string? from, string? until, string? unit, string? compared, DateOnly today)
    {
        var isDated = !string.IsNullOrEmpty(from) || !string.IsNullOrEmpty(until);
        if (isDated && !string.IsNullOrEmpty(range)) return null;
        if ((isDated ? StatisticsPeriod.Parse(from, until) : PeriodOf(string.IsNullOrEmpty(range) ? Usual : range, today)) is not { } period) return null;
        if (Choice<ComparedWith>(compared) is not { } with || (!string.IsNullOrEmpty(unit) && Choice<StatisticsUnit>(unit) is null)) return null;
        return new StatisticsWish(isDated ? "" : string.IsNullOrEmpty(range) ? Usual : range, period, with, string.IsNullOrEmpty(unit) ? null : Choice<StatisticsUnit>(unit));
    }

    /// <summary>The usual range.</summary>
    public static StatisticsWish Default(DateOnly today) => new(Usual, StatisticsPeriod.Last(30, today));

    /// <summary>The dates of a range today; nothing where there is none of that name.</summary>
    public static StatisticsPeriod? PeriodOf(string range, DateOnly today) => range switch
    {
        "today" => StatisticsPeriod.Of(today),
        "yesterday" => StatisticsPeriod.Of(today.AddDays(-1)),
        "7d" => StatisticsPeriod.Last(7, today),
        "30d" => StatisticsPeriod.Last(30, today),
        "90d" => StatisticsPeriod.Last(90, today),
        "12m" => StatisticsPeriod.Of(today.AddMonths(-12).AddDays(1), today),
        "week" => StatisticsPeriod.Of(today.AddDays(-(((int)today.DayOfWeek + 6) % 7)), today),
        "month" => StatisticsPeriod.Of(new DateOnly(today.Year, today.Month, 1), today),
        "last-month" => new DateOnly(today.Year, today.Month, 1) is var first ? StatisticsPeriod.Of(first.AddMonths(-1), first.AddDays(-1)) : null,
        "year" => StatisticsPeriod.Of(new DateOnly(today.Year, 1, 1), today),
        _ => null,
    };

    /// <summary>As the part of an address after the question mark; empty for the usual.</summary>
    public string ToQuery() => string.Join('&', Parts());

    private IEnumerable<string> Parts()
    {
        if (Range.Length == 0)
        {
            yield return $"from={StatisticsPeriod.Write(Period.From)}";
            yield return $"until={StatisticsPeriod.Write(Period.Until)}";
        }
        else if (Range != Usual)
        {
            yield return $"range={Range}";
        }

        if (Unit is { } unit) yield return $"unit={Write(unit)}";
        if (Compared != default) yield return $"compare={Write(Compared)}";
    }

#pragma warning disable CA1308 // addresses are written in small letters
    private static string Write<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    private static T? Choice<T>(string? text) where T : struct, Enum =>
        string.IsNullOrEmpty(text) ? default(T) : Enum.GetValues<T>().Cast<T?>().FirstOrDefault(value => string.Equals(Write(value!.Value), text, StringComparison.Ordinal));
}
