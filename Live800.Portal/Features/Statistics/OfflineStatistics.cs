using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Statistics;

/// <summary>What became of offline messages; those left are handled or open.</summary>
/// <param name="Replied">An agent wrote back at least once.</param>
public readonly record struct OfflineCounts(long Left, long Handled, long Replied)
{
    public long Open => Left - Handled;
}

/// <summary>The offline messages 留言 left in a period, as they stand now.</summary>
/// <param name="Handling">From its arrival until it was marked as handled, of those that are.</param>
public sealed record OfflineFigures(SteppedFigures<OfflineCounts> Counts, TimeSpread Handling);

/// <summary>Offline messages (5, 6); erased ones are counted still. Every question names the company first.</summary>
public sealed class OfflineStatistics(IDbContextFactory<PortalDbContext> contexts)
{
    internal const string CountsSql = """
        SELECT COUNT(*), COALESCE(SUM(m."HandledAt" IS NOT NULL), 0), COALESCE(SUM(EXISTS (SELECT 1 FROM "OfflineReplies" r WHERE r."MessageId" = m."Id")), 0)
        FROM "OfflineMessages" m INDEXED BY "IX_OfflineMessages_CompanyId_At" WHERE m."CompanyId" = @company AND m."At" >= @from AND m."At" < @until
        """;

    internal const string HandlingSql = """
        SELECT ("HandledAt" - "At") / 10000000, COUNT(*), SUM("HandledAt" - "At")
        FROM "OfflineMessages" INDEXED BY "IX_OfflineMessages_CompanyId_At" WHERE "CompanyId" = @company AND "At" >= @from AND "At" < @until AND "HandledAt" IS NOT NULL GROUP BY 1
        """;

    /// <summary>How many, and how long they took to be handled.</summary>
    public async Task<OfflineFigures> OfflineAsync(CompanyId company, StatisticsPeriod period, StatisticsUnit unit, ZoneHistory zones, CancellationToken cancellation = default)
    {
        await using var read = await StatisticsRead.OpenAsync(contexts, company, cancellation);
        var (from, until) = zones.InstantsOf(period);
        var steps = read.Steps(CountsSql, zones.StepsOf(period, period.UnitOf(unit)), row => new OfflineCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)))
            .Select(of => new Stepped<OfflineCounts>(of.Step, of.Rows[0])).ToList();
        var whole = steps.Aggregate(default(OfflineCounts), (sum, of) => new(sum.Left + of.Value.Left, sum.Handled + of.Value.Handled, sum.Replied + of.Value.Replied));
        return new(new(period.UnitOf(unit), whole, steps), TimeSpread.Of(read.Rows(HandlingSql, from, until, row => row.Time(0))));
    }
}
