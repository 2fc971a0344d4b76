using System.Runtime.InteropServices;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Statistics;

/// <summary>What an agent did in a period.</summary>
/// <param name="Agent">Disabled ones too.</param>
/// <param name="Conversations">That began in the period, were taken, and are or were last his: one handed over counts for whom it was handed to.</param>
/// <param name="Answers">That he took, from the ledger.</param>
/// <param name="FirstReply">Of the conversations that began in the period and in which he wrote the first reply.</param>
/// <param name="Online">How long he held a seat, to the minute; nothing where the period lies before what is kept of that.</param>
public sealed record AgentFigures(Agent Agent, long Conversations, long Answers, TimeSpread FirstReply, RatingSpread Ratings, TimeSpan? Online)
{
    /// <summary>Conversations for an hour of holding a seat; nothing where he held none for as much as a minute.</summary>
    public double? PerOnlineHour => Online is { } online && online >= TimeSpan.FromMinutes(1) ? Conversations / online.TotalHours : null;
}

/// <summary>What agents did (6). Every question names the company first.</summary>
public sealed class AgentStatistics(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
{
    // One row each: to put a year of them in order by the database takes longer than to read them.
    internal const string ConversationsSql = """
        SELECT COALESCE("AgentId", -1), COALESCE("FirstReplyBy", -1), "FirstReplyAt" - CASE "Way" WHEN 1 THEN "VisitorWroteAt" ELSE "AcceptedAt" END FROM "Conversations" INDEXED BY "IX_Conversations_Statistics"
        WHERE "CompanyId" = @company AND "RequestedAt" >= @from AND "RequestedAt" < @until AND "AcceptedAt" IS NOT NULL
        """;

    internal const string AnswersSql = """
        SELECT "AgentId" FROM "LedgerLines" INDEXED BY "IX_LedgerLines_AnsweredAt" WHERE "CompanyId" = @company AND "Kind" = 2 AND "At" >= @from AND "At" < @until
        """;

    // The stored stay of a seat that is held may end a minute ago: that one comes from the seat itself.
    internal const string StaysSql = """
        SELECT s."AgentId", SUM(MIN(s."Until", @until) - MAX(s."From", @from)) FROM "SeatStays" s INDEXED BY "IX_SeatStays_CompanyId_Until"
        WHERE s."CompanyId" = @company AND s."Until" > @from AND s."From" < @until
            AND NOT EXISTS (SELECT 1 FROM "SeatLeases" l WHERE l."CompanyId" = @company AND l."AgentId" = s."AgentId" AND l."TakenAt" = s."From") GROUP BY 1
        """;

    /// <summary>Every agent the company has or had, whoever had the most conversations first.</summary>
    public async Task<IReadOnlyList<AgentFigures>> AgentsAsync(CompanyId company, StatisticsPeriod period, ZoneHistory zones, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var read = await StatisticsRead.OpenAsync(contexts, company, cancellation);
        var (from, until) = zones.InstantsOf(period);
        var (conversations, replies) = (new Dictionary<long, long>(), new Dictionary<long, TimeTally>());
        read.Each(ConversationsSql, from, until, row =>
        {
            if (row[0] is >= 0 and var agent) CollectionsMarshal.GetValueRefOrAddDefault(conversations, agent, out _)++;
            if (row[1] is not (>= 0 and var replier)) return;
            if (!replies.TryGetValue(replier, out var its)) replies.Add(replier, its = new TimeTally());
            its.Add(row[2]);
        });
        var answers = new Dictionary<long, long>();
        read.Each(AnswersSql, from, until, row => CollectionsMarshal.GetValueRefOrAddDefault(answers, row[0], out _)++);
        var ratings = read.Rows(RatingStatistics.RatingsSql, from, until, row => (Agent: row.Whole(0), Score: row.GetInt32(1), Count: row.GetInt64(2))).ToLookup(row => row.Agent);
        var online = read.Rows(StaysSql, from, until, row => (Agent: row.GetInt64(0), Ticks: row.GetInt64(1))).ToDictionary(row => row.Agent, row => row.Ticks);
        var plan = await read.Context.SeatPlans.SingleOrDefaultAsync(row => row.CompanyId == company, cancellation);
        foreach (var lease in plan?.Leases ?? [])
        {
            var stay = new SeatStay(company, lease.AgentId, lease.TakenAt, lease.RenewedAt);
            online[lease.AgentId.Value] = online.GetValueOrDefault(lease.AgentId.Value) + stay.Within(from, until).Ticks;
        }

        var isKept = from >= now - SeatStay.KeptFor;
        var agents = await read.Context.Agents.Where(agent => agent.CompanyId == company).ToListAsync(cancellation);
        return
        [
            .. agents.Select(agent => new AgentFigures(
                    agent,
                    conversations.GetValueOrDefault(agent.Id.Value),
                    answers.GetValueOrDefault(agent.Id.Value),
                    replies.GetValueOrDefault(agent.Id.Value)?.Spread ?? TimeSpread.None,
                    new RatingSpread(ratings[agent.Id.Value].Select(row => (row.Score, row.Count))),
                    isKept ? new TimeSpan(online.GetValueOrDefault(agent.Id.Value)) : null))
                .OrderByDescending(of => of.Conversations).ThenByDescending(of => of.Answers).ThenBy(of => of.Agent.IsDisabled).ThenBy(of => of.Agent.Name, StringComparer.Ordinal),
        ];
    }
}
