using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Statistics;

/// <summary>What became of invitations. Those sent are the sum of accepted, refused, expired, unserved and open.</summary>
/// <param name="Delivered">A page of the visitor had it.</param>
/// <param name="Shown">It stood in front of him.</param>
/// <param name="Unserved">He came when no answer was left or nobody was in any more.</param>
/// <param name="Open">Still waits for him.</param>
public readonly record struct InvitationCounts(long Sent, long Delivered, long Shown, long Accepted, long Refused, long Expired, long Unserved, long Open)
{
    /// <summary>The share of those who saw it that came; nothing where nobody saw one.</summary>
    public double? AcceptedShare => Shown == 0 ? null : (double)Accepted / Shown;

    public static InvitationCounts operator +(InvitationCounts a, InvitationCounts b) => new(
        a.Sent + b.Sent, a.Delivered + b.Delivered, a.Shown + b.Shown, a.Accepted + b.Accepted, a.Refused + b.Refused, a.Expired + b.Expired, a.Unserved + b.Unserved, a.Open + b.Open);
}

/// <summary>What a rule's invitations came to.</summary>
/// <param name="Name">What agents call it, or called it last; nothing of one that was deleted before names were kept.</param>
public sealed record RuleInvitations(InvitationRuleId Rule, string? Name, bool IsDeleted, InvitationCounts Counts);

/// <summary>The invitations 邀请 first sent in a period.</summary>
/// <param name="ByHand">Agents' own.</param>
/// <param name="ByRule">Each rule's that invited somebody, the most first.</param>
public sealed record InvitationFigures(InvitationCounts ByHand, IReadOnlyList<RuleInvitations> ByRule)
{
    public InvitationCounts Whole => ByRule.Aggregate(ByHand, (sum, rule) => sum + rule.Counts);

    public InvitationCounts Automatic => ByRule.Aggregate(default(InvitationCounts), (sum, rule) => sum + rule.Counts);
}

/// <summary>What became of invitations (2, 6). Every question names the company first.</summary>
public sealed class InvitationStatistics(IDbContextFactory<PortalDbContext> contexts, Moments moments, TimeProvider clock)
{
    internal const string CountsSql = """
        SELECT "RuleId", COUNT(*), SUM("DeliveredAt" IS NOT NULL), SUM("SeenAt" IS NOT NULL), SUM("ConversationId" IS NOT NULL), SUM("ConversationId" IS NULL AND "IsRefused"),
            SUM("ConversationId" IS NULL AND NOT "IsRefused" AND "AnsweredAt" IS NOT NULL)
        FROM "Invitations" INDEXED BY "IX_Invitations_InvitedAt" WHERE "CompanyId" = @company AND "InvitedAt" >= @from AND "InvitedAt" < @until GROUP BY 1
        """;

    /// <summary>By hand and by rule, as they stand now.</summary>
    public async Task<InvitationFigures> InvitationsAsync(CompanyId company, StatisticsPeriod period, ZoneHistory zones, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var read = await StatisticsRead.OpenAsync(contexts, company, cancellation);
        var (from, until) = zones.InstantsOf(period);
        var since = now - moments.InvitationExpiresAfter;
        // One open invitation a visitor at most, and none for longer than two minutes: they are few.
        var open = (await read.Context.Invitations
            .Where(row => row.CompanyId == company && row.ClosedAt == null && row.SentAt > since && row.InvitedAt >= from && row.InvitedAt < until)
            .ToListAsync(cancellation)).Where(row => row.StateAt(now, moments) == InvitationState.Open).ToLookup(row => row.RuleId?.Value);
        var rows = read.Rows(CountsSql, from, until, row =>
        {
            var rule = row.Whole(0);
            var (sent, accepted, refused, unserved, waits) = (row.GetInt64(1), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), open[rule].LongCount());
            return (Rule: rule, Counts: new InvitationCounts(sent, row.GetInt64(2), row.GetInt64(3), accepted, refused, sent - accepted - refused - unserved - waits, unserved, waits));
        });
        var names = await read.Context.InvitationRules.Where(rule => rule.CompanyId == company).ToDictionaryAsync(rule => rule.Id.Value, rule => rule.Name, cancellation);
        var deleted = await read.Context.DeletedRules.Where(rule => rule.CompanyId == company).ToDictionaryAsync(rule => rule.Id.Value, rule => rule.Name, cancellation);
        return new(
            rows.Find(row => row.Rule is null).Counts,
            [
                .. rows.Where(row => row.Rule is not null).OrderByDescending(row => row.Counts.Sent).ThenBy(row => row.Rule).Select(row => new RuleInvitations(
                    new InvitationRuleId(row.Rule!.Value), names.GetValueOrDefault(row.Rule.Value) ?? deleted.GetValueOrDefault(row.Rule.Value), !names.ContainsKey(row.Rule.Value), row.Counts)),
            ]);
    }
}
