using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

/// <summary>Finds who is or was in a conference 会议 (4).</summary>
internal static class ConferenceRows
{
    public static Task<List<ConferenceMember>> MembersAsync(this PortalDbContext context, CompanyId companyId, ConversationId id, CancellationToken cancellation = default) =>
        context.ConferenceMembers.Where(member => member.ConversationId == id && member.CompanyId == companyId).ToListAsync(cancellation);

    public static Task<ConferenceMember?> MemberAsync(this PortalDbContext context, CompanyId companyId, ConversationId id, AgentId agent, CancellationToken cancellation = default) =>
        context.ConferenceMembers.SingleOrDefaultAsync(member => member.ConversationId == id && member.AgentId == agent && member.CompanyId == companyId, cancellation);
}
