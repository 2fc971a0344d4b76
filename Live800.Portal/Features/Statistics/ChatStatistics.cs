using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Statistics;

/// <summary>Requests, answers and times of a company's conversations (6). A conversation belongs to the instant it began, an answer to the one it was taken. Every question names the company first.</summary>
public sealed class ChatStatistics(IDbContextFactory<PortalDbContext> contexts)
{
    internal const string RequestsSql = """
        SELECT "Way" * 3 + CASE WHEN "AcceptedAt" IS NOT NULL THEN 0 WHEN "State" = 0 THEN 2 ELSE 1 END, COUNT(*)
        FROM "Conversations" INDEXED BY "IX_Conversations_Statistics" WHERE "CompanyId" = @company AND "RequestedAt" >= @from AND "RequestedAt" < @until GROUP BY 1
        """;

    internal const string AnswersSql = """
        SELECT "Way", "AgentId", COUNT(*) FROM "LedgerLines" INDEXED BY "IX_LedgerLines_AnsweredAt"
        WHERE "CompanyId" = @company AND "Kind" = 2 AND "At" >= @from AND "At" < @until GROUP BY 1, 2
        """;

    // Every length as it is, -1 where there is none: to put a year of them in order by the database takes four times as long as to read them.
    internal const string TimesSql = """
        SELECT CASE WHEN "Way" IN (0, 3) OR ("Way" = 2 AND "AcceptedAt" > "RequestedAt") THEN "AcceptedAt" - "RequestedAt" ELSE -1 END,
            COALESCE("FirstReplyAt" - CASE "Way" WHEN 1 THEN "VisitorWroteAt" ELSE "AcceptedAt" END, -1), COALESCE("EndedAt" - "AcceptedAt", -1)
        FROM "Conversations" INDEXED BY "IX_Conversations_Statistics" WHERE "CompanyId" = @company AND "RequestedAt" >= @from AND "RequestedAt" < @until AND "AcceptedAt" IS NOT NULL
        """;

    /// <summary>Conversations that began, by way and by what became of them up to now; for the whole period and for each step.</summary>
    public async Task<SteppedFigures<RequestTally>> RequestsAsync(CompanyId company, StatisticsPeriod period, StatisticsUnit unit, ZoneHistory zones, CancellationToken cancellation = default)
    {
        await using var read = await StatisticsRead.OpenAsync(contexts, company, cancellation);
        var (whole, steps) = (new RequestTally(), new List<Stepped<RequestTally>>());
        foreach (var (step, rows) in read.Steps(RequestsSql, zones.StepsOf(period, period.UnitOf(unit)), row => (Key: row.GetInt32(0), Count: row.GetInt64(1))))
        {
            cancellation.ThrowIfCancellationRequested();
            var tally = new RequestTally();
            foreach (var (key, count) in rows) tally.Add((AnswerWay)(key / 3), (RequestResult)(key % 3), count);
            whole.Add(tally);
            steps.Add(new(step, tally));
        }

        return new(period.UnitOf(unit), whole, steps);
    }

    /// <summary>Answers that were taken, by way and by agent, from the ledger; for the whole period and for each step.</summary>
    public async Task<SteppedFigures<AnswerTally>> AnswersAsync(CompanyId company, StatisticsPeriod period, StatisticsUnit unit, ZoneHistory zones, CancellationToken cancellation = default)
    {
        await using var read = await StatisticsRead.OpenAsync(contexts, company, cancellation);
        var (whole, steps) = (new AnswerTally(), new List<Stepped<AnswerTally>>());
        foreach (var (step, rows) in read.Steps(AnswersSql, zones.StepsOf(period, period.UnitOf(unit)), row => (Way: (AnswerWay)row.GetInt32(0), Agent: new AgentId(row.GetInt64(1)), Count: row.GetInt64(2))))
        {
            cancellation.ThrowIfCancellationRequested();
            var tally = new AnswerTally();
            foreach (var (way, agent, count) in rows) tally.Add(agent, way, count);
            whole.Add(tally);
            steps.Add(new(step, tally));
        }

        return new(period.UnitOf(unit), whole, steps);
    }

    /// <summary>Waiting, first reply and duration of the conversations that began in the period.</summary>
    public async Task<ChatTimes> TimesAsync(CompanyId company, StatisticsPeriod period, ZoneHistory zones, CancellationToken cancellation = default)
    {
        await using var read = await StatisticsRead.OpenAsync(contexts, company, cancellation);
        var (from, until) = zones.InstantsOf(period);
        var (waiting, reply, duration) = (new TimeTally(), new TimeTally(), new TimeTally());
        read.Each(TimesSql, from, until, row =>
        {
            Add(waiting, row, 0);
            Add(reply, row, 1);
            Add(duration, row, 2);
        });
        return new(waiting.Spread, reply.Spread, duration.Spread);

        static void Add(TimeTally tally, WholeNumbers row, int column)
        {
            if (row[column] is >= 0 and var ticks) tally.Add(ticks);
        }
    }
}
