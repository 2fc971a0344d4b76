using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Hours;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Groups;

/// <summary>How groups and lines are found. Whether rows are tracked is the context's matter.</summary>
internal static class GroupRows
{
    /// <summary>A group that was not removed.</summary>
    public static Task<Group?> GroupAsync(this PortalDbContext context, CompanyId companyId, GroupId id, CancellationToken cancellation) =>
        context.Groups.SingleOrDefaultAsync(group => group.CompanyId == companyId && group.Id == id && group.RemovedAt == null, cancellation);

    /// <summary>The company's own; a company that never chose anything has the defaults.</summary>
    public static async Task<CompanyRouting> RoutingAsync(this PortalDbContext context, CompanyId companyId, CancellationToken cancellation) =>
        await context.CompanyRoutings.SingleOrDefaultAsync(routing => routing.CompanyId == companyId, cancellation) ?? new CompanyRouting(companyId);

    /// <summary>How many conversations each agent of the company has.</summary>
    public static async Task<Dictionary<AgentId, int>> TalkingAsync(this PortalDbContext context, CompanyId companyId, CancellationToken cancellation) => (await context.Conversations
        .Where(conversation => conversation.CompanyId == companyId && conversation.State == ConversationState.Open && conversation.AgentId != null)
        .GroupBy(conversation => conversation.AgentId)
        .Select(talks => new { Agent = talks.Key, Count = talks.Count() })
        .ToListAsync(cancellation)).ToDictionary(row => row.Agent!.Value, row => row.Count);

    /// <summary>
    /// A new request, in the line it asked for. A group that is not this company's, or was removed, is quietly the whole company (S3.4); one that is closed, or of which nobody is in, is left at once, with the line both sides read.
    /// </summary>
    public static async Task<(Conversation Conversation, IReadOnlyList<ChatMessage> Lines)> RequestAsync(
        this PortalDbContext context, CompanyId companyId, VisitorId visitor, VisitId visit, GroupId? wanted, CompanyHours hours, AgentPresence presence, DateTimeOffset now, CancellationToken cancellation)
    {
        var group = wanted is { } id ? await context.GroupAsync(companyId, id, cancellation) : null;
        var (conversation, line) = Conversation.Request(new ConversationId(IdSource.Next(now)), companyId, visitor, visit, now, group?.Id);
        return group is null || RequestLine.Of(group).IsAnyoneIn(hours, presence, companyId, now)
            ? (conversation, [line])
            : (conversation, [line, conversation.WaitForCompany(now).Value]);
    }
}
