using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Live800.Portal.Data.Rollups;
using Live800.Portal.Features.Statistics;

namespace Live800.Portal.Features.CompanyMail;

/// <summary>The key figures of one week.</summary>
/// <param name="FirstReply">Half of all first replies came within this; nothing without one.</param>
/// <param name="Satisfied">Share of those who rated that gave 4 or 5; nothing without a rating.</param>
public sealed record WeekNumbers(long Visits, long Visitors, long Views, long Answers, long Missed, TimeSpan? FirstReply, long Ratings, double? Satisfied)
{
    /// <summary>Nothing happened at all.</summary>
    public bool IsEmpty => Visits + Views + Answers + Missed + Ratings == 0;
}

/// <summary>One date of the week, and the same weekday of the week before.</summary>
public sealed record WeekDay(DateOnly Date, long Visits, long Before);

/// <summary>What a weekly report says.</summary>
/// <param name="Week">Monday to Sunday.</param>
/// <param name="Sources">The names with the most visits, with those of the week before.</param>
/// <param name="Pages">The pages with the most views.</param>
/// <param name="Busiest">The weekday and hour in which most visits began; nothing without visits.</param>
public sealed record WeekFigures(
    StatisticsPeriod Week, WeekNumbers Now, WeekNumbers Before, IReadOnlyList<WeekDay> Days, IReadOnlyList<SliceGroup> Sources, IReadOnlyList<PageFigures> Pages, (DayOfWeek Day, int Hour)? Busiest)
{
    /// <summary>How many sources and pages are named.</summary>
    public const int Named = 5;

    /// <summary>There is nothing to tell of either week.</summary>
    public bool IsEmpty => Now.IsEmpty && Before.IsEmpty;

    /// <summary>There is something to draw.</summary>
    public bool HasVisits => Days.Any(day => day.Visits + day.Before > 0);
}

/// <summary>Reads a weekly report's figures where the statistics read theirs (6), so that letter and page agree.</summary>
public sealed class ReportQueries(RollupReader traffic, ChatStatistics chats, MissedStatistics missed, RatingStatistics ratings)
{
    /// <summary>The figures of the week that began on a Monday, against the week before.</summary>
    public async Task<WeekFigures> OfAsync(CompanyId company, DateOnly monday, ZoneHistory zones, CancellationToken cancellation = default)
    {
        var (week, before) = (StatisticsPeriod.Of(monday, monday.AddDays(6))!.Value, StatisticsPeriod.Of(monday.AddDays(-7), monday.AddDays(-1))!.Value);
        var (visits, was) = (await traffic.TrafficAsync(company, week, StatisticsUnit.Day, zones, cancellation), await traffic.TrafficAsync(company, before, StatisticsUnit.Day, zones, cancellation));
        var sources = SourceGroups.Named(await traffic.SlicesAsync(company, SliceKind.Source, week, cancellation: cancellation), await traffic.SlicesAsync(company, SliceKind.Source, before, cancellation: cancellation));
        var hours = (await traffic.WeekAsync(company, week, zones, cancellation)).Visits;
        return new WeekFigures(
            week,
            await NumbersAsync(company, week, visits.Whole, zones, cancellation),
            await NumbersAsync(company, before, was.Whole, zones, cancellation),
            [.. visits.Steps.Zip(was.Steps, (now, then) => new WeekDay(now.Day, now.Sums.Visits, then.Sums.Visits))],
            [.. sources.Where(source => source.Sums.Visits > 0).Take(WeekFigures.Named)],
            (await traffic.PagesAsync(company, week, PageOrder.Views, take: WeekFigures.Named, cancellation: cancellation)).Rows,
            hours.Count > 0 ? hours.Busiest : null);
    }

    private async Task<WeekNumbers> NumbersAsync(CompanyId company, StatisticsPeriod week, TrafficSums sums, ZoneHistory zones, CancellationToken cancellation)
    {
        var reply = (await chats.TimesAsync(company, week, zones, cancellation)).FirstReply;
        var rated = (await ratings.SatisfactionAsync(company, week, zones, cancellation)).Whole;
        return new WeekNumbers(
            sums.Visits,
            sums.Visitors,
            sums.Views,
            (await chats.AnswersAsync(company, week, StatisticsUnit.Day, zones, cancellation)).Whole.Count,
            (await missed.MissedAsync(company, week, StatisticsUnit.Day, zones, cancellation)).Count,
            reply.Count > 0 ? reply.Median : null,
            rated.Count,
            rated.Share);
    }
}
