using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Groups;

/// <summary>What an administrator sees of the company's groups.</summary>
/// <param name="Agents">All enabled agents, by name.</param>
/// <param name="Waiting">How many requests wait for each group.</param>
/// <param name="Open">How many conversations of each group are talked in.</param>
public sealed record GroupBoard(
    CompanyRouting Routing, IReadOnlyList<Group> Groups, IReadOnlyList<(AgentId Id, string Name)> Agents, IReadOnlyDictionary<GroupId, int> Waiting, IReadOnlyDictionary<GroupId, int> Open)
{
    public string NameOf(AgentId agent) => Agents.FirstOrDefault(other => other.Id == agent).Name ?? "";
}

/// <summary>Reads groups and ways of giving out (4).</summary>
public sealed class GroupQueries(IDbContextFactory<PortalDbContext> contexts, VisitorSignsQueries signs, TimeProvider time)
{
    public async Task<GroupBoard> BoardAsync(CompanyId companyId, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        var groups = await context.Groups.Where(group => group.CompanyId == companyId && group.RemovedAt == null).OrderBy(group => group.Position).ThenBy(group => group.Id).ToListAsync(cancellation);
        var agents = await context.Agents.Where(agent => agent.CompanyId == companyId && !agent.IsDisabled).OrderBy(agent => agent.DisplayName).Select(agent => new { agent.Id, agent.DisplayName }).ToListAsync(cancellation);
        var running = await context.Conversations
            .Where(row => row.CompanyId == companyId && (row.State == ConversationState.Waiting || row.State == ConversationState.Open) && row.GroupId != null)
            .Select(row => new { Group = row.GroupId!.Value, row.State }).ToListAsync(cancellation);
        Dictionary<GroupId, int> Count(ConversationState state) => running.Where(row => row.State == state).CountBy(row => row.Group).ToDictionary();
        return new GroupBoard(
            await context.RoutingAsync(companyId, cancellation), groups, [.. agents.Select(agent => (agent.Id, agent.DisplayName))], Count(ConversationState.Waiting), Count(ConversationState.Open));
    }

    /// <summary>Why each of these waiting requests needs a hand; those of lines that are given out by hand anyway are left out.</summary>
    public async Task<IReadOnlyDictionary<ConversationId, HandNeed>> HandsAsync(CompanyId companyId, IReadOnlyList<Conversation> waiting, CancellationToken cancellation = default)
    {
        var needs = new Dictionary<ConversationId, HandNeed>();
        if (waiting.Count == 0) return needs;
        await using var context = await ReadAsync(cancellation);
        var routed = await context.Groups.Where(group => group.CompanyId == companyId && group.RemovedAt == null && group.Way != RoutingWay.ByHand).Select(group => group.Id).ToListAsync(cancellation);
        var isCompanyRouted = (await context.RoutingAsync(companyId, cancellation)).Way != RoutingWay.ByHand;
        if (routed.Count == 0 && !isCompanyRouted) return needs;
        var (now, company) = (time.GetUtcNow(), await context.Companies.SingleAsync(row => row.Id == companyId, cancellation));
        foreach (var conversation in waiting.Where(row => row.CompanyId == companyId && (row.GroupId is { } group ? routed.Contains(group) : isCompanyRouted)))
            needs[conversation.Id] = await context.WhyByHandAsync(conversation, await signs.OfVisitAsync(companyId, conversation.VisitId, cancellation), company.Zones, now, cancellation);
        return needs;
    }

    private async Task<PortalDbContext> ReadAsync(CancellationToken cancellation)
    {
        var context = await contexts.CreateDbContextAsync(cancellation);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }
}
