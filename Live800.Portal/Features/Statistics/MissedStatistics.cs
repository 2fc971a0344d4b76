using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Statistics;

/// <summary>How many requests came to nothing for one reason.</summary>
/// <param name="Waited">Who had begun and waited.</param>
/// <param name="NotBegun">Who could not even begin.</param>
public readonly record struct MissedCount(MissedReason Reason, long Waited, long NotBegun)
{
    public long Count => Waited + NotBegun;
}

/// <summary>The requests of a period that came to nothing 错过的请求, by the instant at which they did.</summary>
/// <param name="ByReason">The most frequent reason first.</param>
/// <param name="Waited">How long those waited who had begun.</param>
/// <param name="Hours">By weekday and hour.</param>
/// <param name="ByHour">The same for each reason.</param>
public sealed record MissedFigures(
    IReadOnlyList<MissedCount> ByReason, TimeSpread Waited, WeekHours Hours, IReadOnlyDictionary<MissedReason, WeekHours> ByHour, SteppedFigures<long> Steps)
{
    public long Count => ByReason.Sum(of => of.Count);

    public long NotBegun => ByReason.Sum(of => of.NotBegun);

    /// <summary>How many for one reason.</summary>
    public long Of(MissedReason reason) => ByReason.FirstOrDefault(of => of.Reason == reason).Count;

    /// <summary>How many in an hour of the day for one reason.</summary>
    public long OfHour(MissedReason reason, int hour) => ByHour.TryGetValue(reason, out var hours) ? hours.OfHour(hour) : 0;
}

/// <summary>A visitor who was missed 错过的访客. Where he was then, the trail knows: by <paramref name="Visitor"/> and <paramref name="At"/>.</summary>
/// <param name="Since">When he asked first.</param>
/// <param name="At">When it came to nothing, the last time.</param>
/// <param name="Times">How often he tried.</param>
/// <param name="Waited">How long he waited; nothing where he could not begin.</param>
/// <param name="Conversation">The request that was withdrawn; nothing where none was made.</param>
public sealed record MissedVisitor(
    long Id, VisitorId Visitor, ConversationId? Conversation, GroupId? Group, DateTimeOffset Since, DateTimeOffset At, int Times, MissedReason Reason, TimeSpan? Waited);

/// <summary>Requests that came to nothing (4, 6). Who was only asked something first and then began is not among them. Every question names the company first.</summary>
public sealed class MissedStatistics(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>Most missed visitors that are listed at once.</summary>
    public const int MostListed = 200;

    private const string Missed = """
        FROM "MissedRequests" m INDEXED BY "IX_MissedRequests_CompanyId_At" WHERE m."CompanyId" = @company AND m."At" >= @from AND m."At" < @until AND (m."Reason" <> 9 OR NOT EXISTS (
            SELECT 1 FROM "Conversations" c INDEXED BY "IX_Conversations_OfVisitor" WHERE c."CompanyId" = @company AND c."VisitorId" = m."VisitorId" AND c."RequestedAt" >= m."Since"))
        """;

    internal const string CountsSql = $"""SELECT m."At" / 9000000000, m."Reason", m."ConversationId" IS NOT NULL, COUNT(*) {Missed} GROUP BY 1, 2, 3""";

    internal const string WaitedSql = $"""SELECT (m."At" - m."Since") / 10000000, COUNT(*), SUM(m."At" - m."Since") {Missed} AND m."ConversationId" IS NOT NULL GROUP BY 1""";

    internal const string SeatsFullSql = $"""SELECT m."At" / 9000000000, COUNT(*) {Missed} AND m."Reason" = 2 GROUP BY 1""";

    internal const string RefusedSql = """
        SELECT DISTINCT "At" / 9000000000, "AgentId" FROM "SeatRefusals" WHERE "CompanyId" = @company AND "At" >= @from AND "At" < @until
        """;

    internal const string AllSql = $"""
        SELECT m."Id", m."VisitorId", m."ConversationId", m."GroupId", m."Since", m."At", m."Times", m."Reason" {Missed} ORDER BY m."At" DESC, m."Id" DESC
        """;

    internal const string ListSql = $"{AllSql} LIMIT 200";

    internal const string CountSql = $"SELECT COUNT(*) {Missed}";

    /// <summary>How many.</summary>
    public async Task<long> CountAsync(CompanyId company, StatisticsPeriod period, ZoneHistory zones, CancellationToken cancellation = default)
    {
        await using var read = await StatisticsRead.OpenAsync(contexts, company, cancellation);
        var (from, until) = zones.InstantsOf(period);
        return read.Rows(CountSql, from, until, row => row.GetInt64(0)).Single();
    }

    /// <summary>How many, why, when, and how long they waited.</summary>
    public async Task<MissedFigures> MissedAsync(CompanyId company, StatisticsPeriod period, StatisticsUnit unit, ZoneHistory zones, CancellationToken cancellation = default)
    {
        await using var read = await StatisticsRead.OpenAsync(contexts, company, cancellation);
        var (from, until) = zones.InstantsOf(period);
        var rows = read.Rows(CountsSql, from, until, row => (At: row.Quarters(0), Reason: (MissedReason)row.GetInt32(1), Waited: row.GetBoolean(2), Count: row.GetInt64(3)));
        var (hours, byHour) = (new WeekHours(), new Dictionary<MissedReason, WeekHours>());
        foreach (var row in rows)
        {
            if (!byHour.TryGetValue(row.Reason, out var its)) byHour.Add(row.Reason, its = new WeekHours());
            hours.Add(row.At, row.Count, zones);
            its.Add(row.At, row.Count, zones);
        }

        var steps = zones.StepsOf(period, period.UnitOf(unit));
        return new(
            [
                .. rows.GroupBy(row => row.Reason)
                    .Select(of => new MissedCount(of.Key, of.Where(row => row.Waited).Sum(row => row.Count), of.Where(row => !row.Waited).Sum(row => row.Count)))
                    .OrderByDescending(of => of.Count).ThenBy(of => of.Reason),
            ],
            TimeSpread.Of(read.Rows(WaitedSql, from, until, row => row.Time(0))),
            hours,
            byHour,
            new(period.UnitOf(unit), rows.Sum(row => row.Count), Sum(steps, rows.Select(row => (row.At, row.Count)))));
    }

    /// <summary>The newest of them, one by one, before an instant where that is given.</summary>
    public Task<IReadOnlyList<MissedVisitor>> VisitorsAsync(CompanyId company, StatisticsPeriod period, ZoneHistory zones, DateTimeOffset? before = null, CancellationToken cancellation = default) =>
        ListAsync(ListSql, company, period, zones, before, cancellation);

    /// <summary>All of them, one by one, the newest first.</summary>
    public Task<IReadOnlyList<MissedVisitor>> AllAsync(CompanyId company, StatisticsPeriod period, ZoneHistory zones, CancellationToken cancellation = default) => ListAsync(AllSql, company, period, zones, null, cancellation);

    /// <summary>What more seats would have caught: an estimate, see <see cref="MoreSeats"/>.</summary>
    public async Task<IReadOnlyList<MoreSeatsCatch>> MoreSeatsAsync(CompanyId company, StatisticsPeriod period, ZoneHistory zones, CancellationToken cancellation = default) =>
        MoreSeats.Of(await ShortHoursAsync(company, period, zones, cancellation));

    /// <summary>The hours in which seats were short, in order.</summary>
    public async Task<IReadOnlyList<ShortHour>> ShortHoursAsync(CompanyId company, StatisticsPeriod period, ZoneHistory zones, CancellationToken cancellation = default)
    {
        await using var read = await StatisticsRead.OpenAsync(contexts, company, cancellation);
        var (from, until) = zones.InstantsOf(period);
        var refused = read.Rows(RefusedSql, from, until, row => (Hour: StatisticsHour.Of(row.Quarters(0), zones), Agent: row.GetInt64(1))).Distinct().GroupBy(row => row.Hour).ToDictionary(of => of.Key, of => of.Count());
        var missed = read.Rows(SeatsFullSql, from, until, row => (Hour: StatisticsHour.Of(row.Quarters(0), zones), Count: row.GetInt64(1))).GroupBy(row => row.Hour).ToDictionary(of => of.Key, of => of.Sum(row => row.Count));
        return [.. refused.Keys.Union(missed.Keys).OrderBy(hour => hour.Start).Select(hour => new ShortHour(hour, refused.GetValueOrDefault(hour), missed.GetValueOrDefault(hour)))];
    }

    /// <summary>Counts of quarters of an hour, in any order, summed by step: a quarter lies in one step.</summary>
    internal static IReadOnlyList<Stepped<long>> Sum(IReadOnlyList<StepInstants> steps, IEnumerable<(DateTimeOffset At, long Count)> quarters)
    {
        var sums = new long[steps.Count];
        foreach (var (at, count) in quarters)
        {
            var (low, high) = (0, steps.Count - 1);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (steps[middle].Until <= at) low = middle + 1;
                else high = middle;
            }

            sums[low] += count;
        }

        return [.. steps.Select((step, i) => new Stepped<long>(step, sums[i]))];
    }

    private async Task<IReadOnlyList<MissedVisitor>> ListAsync(string sql, CompanyId company, StatisticsPeriod period, ZoneHistory zones, DateTimeOffset? before, CancellationToken cancellation)
    {
        await using var read = await StatisticsRead.OpenAsync(contexts, company, cancellation);
        var (from, until) = zones.InstantsOf(period);
        return read.Rows(sql, from, before is { } earlier && earlier < until ? earlier : until, row =>
        {
            var (conversation, since, at) = (row.Whole(2), row.Instant(4), row.Instant(5));
            return new MissedVisitor(
                row.GetInt64(0), new VisitorId(row.GetInt64(1)), conversation is { } id ? new ConversationId(id) : null, row.Whole(3) is { } group ? new GroupId(group) : null,
                since, at, row.GetInt32(6), (MissedReason)row.GetInt32(7), conversation is null ? null : at - since);
        });
    }
}
