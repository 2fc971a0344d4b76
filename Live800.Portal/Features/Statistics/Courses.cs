using Live800.Domain.Statistics;

namespace Live800.Portal.Features.Statistics;

/// <summary>Draws courses of traffic: one figure, step by step.</summary>
public static class Courses
{
    /// <summary>The figures that can be drawn over time, by the name that stands in the address.</summary>
    public static readonly IReadOnlyDictionary<string, Func<TrafficSums, long>> Figures = new Dictionary<string, Func<TrafficSums, long>>(StringComparer.Ordinal)
    {
        ["visits"] = sums => sums.Visits,
        ["visitors"] = sums => sums.Visitors,
        ["views"] = sums => sums.Views,
        ["addresses"] = sums => sums.Lines,
        ["new"] = sums => sums.NewVisitors,
        ["talks"] = sums => sums.Talks,
        ["robots"] = sums => sums.Robots,
    };

    /// <summary>The name of a figure in the address, or that of the first.</summary>
    public static string NameOf(string? asked) => asked is not null && Figures.ContainsKey(asked) ? asked : "visits";

    /// <summary>The points of a figure; steps that have not come yet are not drawn.</summary>
    public static IReadOnlyList<StatisticsChart.Point> Points(Traffic traffic, string figure, StatisticsFrame frame) =>
    [
        .. traffic.Steps.Where(step => step.Hour is { } hour ? hour <= frame.Now : step.Day <= frame.Today)
            .Select(step => new StatisticsChart.Point(At(step, frame), FigureWords.Step(step, frame), Figures[figure](step.Sums))),
    ];

    /// <summary>All points of a figure, for the period before.</summary>
    public static IReadOnlyList<StatisticsChart.Point> All(Traffic? traffic, string figure, StatisticsFrame frame) =>
        traffic is null ? [] : [.. traffic.Steps.Select(step => new StatisticsChart.Point(At(step, frame), FigureWords.Step(step, frame), Figures[figure](step.Sums)))];

    private static DateTime At(TrafficStep step, StatisticsFrame frame) =>
        step.Hour is { } hour ? TimeZoneInfo.ConvertTime(hour, frame.Zones.ZoneAt(hour)).DateTime : step.Day.ToDateTime(TimeOnly.MinValue);
}
