using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

/// <summary>A running conversation of a colleague, and the agent's part in its conference.</summary>
public sealed record Conference(Conversation Conversation, ConferenceMember Member);

/// <summary>Who talks in a running conversation: its agent, and beside him those in its conference, in the order in which they came.</summary>
public sealed record ConferenceTable(AgentId Agent, IReadOnlyList<ConferenceMember> Members);

/// <summary>Reads conferences 会议 (4). What is handed out is a copy; change it through <see cref="ConversationDesk"/> only.</summary>
public sealed class ConferenceQueries(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>The running conversations of colleagues in which an agent helps, in the order in which he came.</summary>
    public async Task<IReadOnlyList<Conference>> OpenOfAsync(CompanyId companyId, AgentId agent, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var found = await context.ConferenceMembers.AsNoTracking()
            .Where(member => member.CompanyId == companyId && member.AgentId == agent && member.LeftAt == null)
            .Join(context.Conversations.AsNoTracking(), member => member.ConversationId, conversation => conversation.Id, (member, conversation) => new { member, conversation })
            .Where(pair => pair.conversation.State == ConversationState.Open)
            .ToListAsync(cancellation);
        return [.. found.OrderBy(pair => pair.member.JoinedAt).Select(pair => new Conference(pair.conversation, pair.member))];
    }

    /// <summary>A running conversation's agent and who is in its conference; nothing where nobody is.</summary>
    public async Task<ConferenceTable?> OfAsync(CompanyId companyId, ConversationId id, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var members = await context.MembersAsync(companyId, id, cancellation);
        if (members.Count == 0 || await context.ConversationAsync(companyId, id, cancellation) is not { State: ConversationState.Open, AgentId: { } agent } conversation) return null;
        var now = members.Where(member => member.IsIn(conversation)).OrderBy(member => member.JoinedAt).ToList();
        return now.Count == 0 ? null : new ConferenceTable(agent, now);
    }

    /// <summary>An agent's part in a conversation's conference, whether it lasts or not; nothing where he never was in it.</summary>
    public async Task<ConferenceMember?> MemberAsync(CompanyId companyId, ConversationId id, AgentId agent, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await context.MemberAsync(companyId, id, agent, cancellation);
    }
}
