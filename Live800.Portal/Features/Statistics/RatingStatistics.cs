using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Statistics;

/// <summary>What visitors who rated said, and about whom.</summary>
/// <param name="ByAgent">By whose conversation it was then; ratings of conversations that nobody had then are in no row.</param>
public sealed record SatisfactionFigures(RatingSpread Whole, IReadOnlyDictionary<AgentId, RatingSpread> ByAgent);

/// <summary>How often a label was given.</summary>
/// <param name="IsRetired">It is offered no more.</param>
public sealed record LabelFigure(ConversationLabelId Id, LabelKind Kind, string Name, bool IsRetired, long Count);

/// <summary>Satisfaction 满意度, topics 话题 and close reasons 结束原因 (4, 6), by the instant at which they were given. Every question names the company first.</summary>
public sealed class RatingStatistics(IDbContextFactory<PortalDbContext> contexts)
{
    internal const string RatingsSql = """
        SELECT "AgentId", "Score", COUNT(*) FROM "ConversationRatings" WHERE "CompanyId" = @company AND "At" >= @from AND "At" < @until GROUP BY 1, 2
        """;

    internal const string LabelsSql = """
        SELECT "LabelId", COUNT(*) FROM "ConversationLabellings" WHERE "CompanyId" = @company AND "At" >= @from AND "At" < @until GROUP BY 1
        """;

    /// <summary>Ratings of the period, by score and by agent.</summary>
    public async Task<SatisfactionFigures> SatisfactionAsync(CompanyId company, StatisticsPeriod period, ZoneHistory zones, CancellationToken cancellation = default)
    {
        await using var read = await StatisticsRead.OpenAsync(contexts, company, cancellation);
        var (from, until) = zones.InstantsOf(period);
        var rows = read.Rows(RatingsSql, from, until, row => (Agent: row.Agent(0), Score: row.GetInt32(1), Count: row.GetInt64(2)));
        return new(
            new RatingSpread(rows.Select(row => (row.Score, row.Count))),
            rows.Where(row => row.Agent is not null).GroupBy(row => row.Agent!.Value).ToDictionary(of => of.Key, of => new RatingSpread(of.Select(row => (row.Score, row.Count)))));
    }

    /// <summary>Labels given in the period, also retired ones, the most frequent first; those nobody gave are not among them.</summary>
    public async Task<IReadOnlyList<LabelFigure>> LabelsAsync(CompanyId company, StatisticsPeriod period, ZoneHistory zones, CancellationToken cancellation = default)
    {
        await using var read = await StatisticsRead.OpenAsync(contexts, company, cancellation);
        var (from, until) = zones.InstantsOf(period);
        var counts = read.Rows(LabelsSql, from, until, row => (Id: new ConversationLabelId(row.GetInt64(0)), Count: row.GetInt64(1)));
        if (counts.Count == 0) return [];
        var labels = await read.Context.ConversationLabels.Where(label => label.CompanyId == company).ToDictionaryAsync(label => label.Id, cancellation);
        return
        [
            .. counts.Where(of => labels.ContainsKey(of.Id)).Select(of => new LabelFigure(of.Id, labels[of.Id].Kind, labels[of.Id].Name, labels[of.Id].IsRetired, of.Count))
                .OrderBy(of => of.Kind).ThenByDescending(of => of.Count).ThenBy(of => labels[of.Id].Position).ThenBy(of => of.Id.Value),
        ];
    }
}
