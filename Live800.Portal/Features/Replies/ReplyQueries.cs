using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Replies;

/// <summary>Reads canned replies 常用语. Every question names the company first.</summary>
public sealed class ReplyQueries(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>One owner's, by topic and place; those without a topic come first.</summary>
    /// <param name="owner">The agent, or nothing for the company's.</param>
    public async Task<IReadOnlyList<CannedReply>> OfOwnerAsync(CompanyId companyId, AgentId? owner, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return InOrder(await context.CannedReplies.AsNoTracking().Where(reply => reply.CompanyId == companyId && reply.OwnerId == owner).ToListAsync(cancellation));
    }

    /// <summary>What an agent can use: his own first, then the company's.</summary>
    public async Task<IReadOnlyList<CannedReply>> ForAgentAsync(CompanyId companyId, AgentId agent, CancellationToken cancellation = default) =>
        [.. await OfOwnerAsync(companyId, agent, cancellation), .. await OfOwnerAsync(companyId, null, cancellation)];

    internal static IReadOnlyList<CannedReply> InOrder(IEnumerable<CannedReply> replies) =>
        [.. replies.OrderBy(reply => reply.Topic, StringComparer.Ordinal).ThenBy(reply => reply.Position).ThenBy(reply => reply.Id.Value)];
}
