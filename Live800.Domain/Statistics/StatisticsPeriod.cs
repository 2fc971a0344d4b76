using System.Globalization;

namespace Live800.Domain.Statistics;

/// <summary>How finely a period is divided.</summary>
public enum StatisticsUnit
{
    /// <summary>By hour of the company's clock.</summary>
    Hour = 0,

    /// <summary>By date of the company's calendar.</summary>
    Day = 1,

    /// <summary>By week, from Monday.</summary>
    Week = 2,

    /// <summary>By calendar month.</summary>
    Month = 3,
}

/// <summary>The dates of the company's calendar that statistics are asked for 统计时段 (rule 6), both ends among them. Any period can be asked for, also one that has not come.</summary>
public readonly record struct StatisticsPeriod
{
    /// <summary>The first date that can be asked for; there were no statistics before.</summary>
    public static readonly DateOnly Earliest = new(2000, 1, 1);

    /// <summary>The last date that can be asked for.</summary>
    public static readonly DateOnly Latest = new(2099, 12, 31);

    private StatisticsPeriod(DateOnly from, DateOnly until) => (From, Until) = (from, until);

    /// <summary>First date.</summary>
    public DateOnly From { get; }

    /// <summary>Last date, itself included.</summary>
    public DateOnly Until { get; }

    /// <summary>How many dates; at least one.</summary>
    public int Days => Until.DayNumber - From.DayNumber + 1;

    /// <summary>The finest unit whose picture can still be read, which is what is shown unless another is chosen.</summary>
    public StatisticsUnit BestUnit => Days switch
    {
        <= 2 => StatisticsUnit.Hour,
        <= 92 => StatisticsUnit.Day,
        <= 731 => StatisticsUnit.Week,
        _ => StatisticsUnit.Month,
    };

    /// <summary>A period; nothing where it ends before it begins or lies outside what can be asked for.</summary>
    public static StatisticsPeriod? Of(DateOnly from, DateOnly until) => from <= until && from >= Earliest && until <= Latest ? new(from, until) : null;

    /// <summary>One date.</summary>
    public static StatisticsPeriod Of(DateOnly day) => new(day, day);

    /// <summary>The last so many dates, today among them.</summary>
    public static StatisticsPeriod Last(int days, DateOnly today) => new(today.AddDays(1 - days), today);

    /// <summary>As an address writes it: two dates, yyyy-MM-dd. Nothing where they mean no period.</summary>
    public static StatisticsPeriod? Parse(string? from, string? until) => Date(from) is { } first && Date(until) is { } last ? Of(first, last) : null;

    /// <summary>The same number of dates directly before; where the period is whole calendar months, as many months before. Nothing before the earliest date.</summary>
    public StatisticsPeriod? Before()
    {
        if (IsWholeMonths)
        {
            var months = ((Until.Year - From.Year) * 12) + Until.Month - From.Month + 1;
            return From.Year > Earliest.Year ? Of(From.AddMonths(-months), From.AddDays(-1)) : null;
        }

        return From.DayNumber - Days >= Earliest.DayNumber ? Of(From.AddDays(-Days), From.AddDays(-1)) : null;
    }

    /// <summary>The same dates a year before; the 29th of February becomes the 28th.</summary>
    public StatisticsPeriod? YearBefore() => Of(From.AddYears(-1), Until.AddYears(-1));

    /// <summary>Whether a unit is neither too fine to be drawn nor coarser than the period: hours up to 31 days, days up to two years, weeks from 8 days to ten years, months from 28 days.</summary>
    public bool Allows(StatisticsUnit unit) => unit switch
    {
        StatisticsUnit.Hour => Days <= 31,
        StatisticsUnit.Day => Days <= 731 && Days > 1,
        StatisticsUnit.Week => Days is >= 8 and <= 3660,
        _ => Days >= 28,
    };

    /// <summary>What a date belongs to: itself, the Monday of its week or the first of its month; never before the period begins.</summary>
    public DateOnly StepOf(DateOnly day, StatisticsUnit unit)
    {
        var start = unit switch
        {
            StatisticsUnit.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            StatisticsUnit.Month => new DateOnly(day.Year, day.Month, 1),
            _ => day,
        };
        return start < From ? From : start;
    }

    /// <summary>The first dates of all steps, in order.</summary>
    public IEnumerable<DateOnly> Steps(StatisticsUnit unit)
    {
        for (var day = From; day <= Until;)
        {
            yield return day;
            var next = unit switch
            {
                StatisticsUnit.Week => StepStart(day, unit).AddDays(7),
                StatisticsUnit.Month => StepStart(day, unit).AddMonths(1),
                _ => day.AddDays(1),
            };
            day = next;
        }
    }

    /// <summary>Both dates with a tilde between, for file names and addresses.</summary>
    public override string ToString() => $"{Write(From)}~{Write(Until)}";

    /// <summary>A date as addresses write it.</summary>
    public static string Write(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private bool IsWholeMonths => From.Day == 1 && Until.AddDays(1).Day == 1;

    private static DateOnly StepStart(DateOnly day, StatisticsUnit unit) =>
        unit == StatisticsUnit.Week ? day.AddDays(-(((int)day.DayOfWeek + 6) % 7)) : new DateOnly(day.Year, day.Month, 1);

    private static DateOnly? Date(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
