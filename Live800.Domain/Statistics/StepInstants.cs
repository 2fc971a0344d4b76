using Live800.Domain.Companies;

namespace Live800.Domain.Statistics;

/// <summary>One step of a period 统计粒度 (rule 6): an hour, a day, a week or a month of the company's calendar, as far as it lies in the period.</summary>
/// <param name="Day">Its first date.</param>
/// <param name="From">Its first instant.</param>
/// <param name="Until">The first instant after it; the first of the next step.</param>
public readonly record struct StepInstants(DateOnly Day, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Whether an instant lies in it.</summary>
    public bool Has(DateTimeOffset at) => From <= at && at < Until;
}

/// <summary>From periods to their steps (rule 6).</summary>
public static class StepCalendar
{
    /// <summary>The unit that is used: the one asked for, or the best one where a period cannot be divided by that.</summary>
    public static StatisticsUnit UnitOf(this StatisticsPeriod period, StatisticsUnit wanted) => period.Allows(wanted) ? wanted : period.BestUnit;

    /// <summary>All steps of a period, in order, without gap or overlap; where a zone change swallowed a date, its step is empty.</summary>
    public static IReadOnlyList<StepInstants> StepsOf(this ZoneHistory zones, StatisticsPeriod period, StatisticsUnit unit)
    {
        var (from, until) = zones.InstantsOf(period);
        List<(DateOnly Day, DateTimeOffset From)> starts = unit == StatisticsUnit.Hour
            ? [.. zones.HoursOf(period).Select(hour => (hour.Day, hour.Start < from ? from : hour.Start))]
            : [.. period.Steps(unit).Select(day => (day, zones.StartOf(day)))];
        return [.. starts.Select((start, i) => new StepInstants(start.Day, start.From, i + 1 < starts.Count ? starts[i + 1].From : until))];
    }
}
