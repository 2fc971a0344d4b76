using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Invitations;

/// <summary>What became of a rule's invitations.</summary>
public readonly record struct RuleFigures(int Sent, int Seen, int Accepted, int Refused);

/// <summary>Reads automatic invitation rules (2). Every question names the company first.</summary>
public sealed class RuleQueries(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>The company's rules in the order in which they are looked at.</summary>
    public async Task<IReadOnlyList<InvitationRule>> OfAsync(CompanyId companyId, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return InOrder(await context.InvitationRules.AsNoTracking().Where(rule => rule.CompanyId == companyId).ToListAsync(cancellation));
    }

    /// <summary>The rules that invite, of all companies.</summary>
    public async Task<ILookup<CompanyId, InvitationRule>> OnAsync(CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return InOrder(await context.InvitationRules.AsNoTracking().Where(rule => rule.IsOn).ToListAsync(cancellation)).ToLookup(rule => rule.CompanyId);
    }

    /// <summary>What became of each rule's invitations since an instant.</summary>
    public async Task<IReadOnlyDictionary<InvitationRuleId, RuleFigures>> FiguresAsync(CompanyId companyId, DateTimeOffset since, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var rows = await context.Invitations.AsNoTracking()
            .Where(invitation => invitation.CompanyId == companyId && invitation.RuleId != null && invitation.InvitedAt >= since)
            .GroupBy(invitation => invitation.RuleId)
            .Select(group => new
            {
                Rule = group.Key,
                Sent = group.Count(),
                Seen = group.Count(invitation => invitation.SeenAt != null),
                Accepted = group.Count(invitation => invitation.ConversationId != null),
                Refused = group.Count(invitation => invitation.IsRefused),
            })
            .ToListAsync(cancellation);
        return rows.ToDictionary(row => row.Rule!.Value, row => new RuleFigures(row.Sent, row.Seen, row.Accepted, row.Refused));
    }

    internal static List<InvitationRule> InOrder(IEnumerable<InvitationRule> rules) => [.. rules.OrderBy(rule => rule.Position).ThenBy(rule => rule.Id.Value)];
}
