using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

/// <summary>Which conversations of the past somebody wants to read (S2.16).</summary>
/// <param name="Text">Words that occur in one of its messages.</param>
/// <param name="Before">Go on below this conversation; nothing starts at the newest.</param>
public sealed record HistoryFilter(
    DateTimeOffset? From = null, DateTimeOffset? Until = null, AgentId? Agent = null, string? Text = null, ConversationId? Before = null, int Take = 50, GroupId? Group = null)
{
    /// <summary>Only conversations in which this agent has a part: he has no right to the others (S2.17).</summary>
    public AgentId? WithPartOf { get; init; }

    public const int MostAtOnce = 200;
}

/// <summary>A page of history, newest first.</summary>
/// <param name="Next">What to pass as <see cref="HistoryFilter.Before"/> for the following page; nothing when this is the last.</param>
/// <param name="OfVisitorsOnTheSite">Conversations that are over or running but not history yet, because their visitor is still on the site (S2.16).</param>
public sealed record HistoryPage(IReadOnlyList<Conversation> Conversations, ConversationId? Next, int OfVisitorsOnTheSite);

/// <summary>Reads conversations. What is handed out is a copy of what was stored; change it through <see cref="ConversationDesk"/> only.</summary>
public sealed class ConversationQueries(IDbContextFactory<PortalDbContext> contexts, Moments moments)
{
    /// <summary>Most lines handed out at once.</summary>
    public const int MostLines = 500;

    /// <summary>The waiting line, longest first.</summary>
    public Task<IReadOnlyList<Conversation>> WaitingAsync(CompanyId companyId, CancellationToken cancellation = default) =>
        ListAsync(
            conversations => conversations
                .Where(conversation => conversation.CompanyId == companyId && conversation.State == ConversationState.Waiting)
                .OrderBy(conversation => conversation.RequestedAt).ThenBy(conversation => conversation.Id),
            cancellation);

    /// <summary>What an agent is talking in, oldest first.</summary>
    public Task<IReadOnlyList<Conversation>> OpenOfAsync(CompanyId companyId, AgentId agent, CancellationToken cancellation = default) =>
        ListAsync(
            conversations => conversations
                .Where(conversation => conversation.CompanyId == companyId && conversation.AgentId == agent && conversation.State == ConversationState.Open)
                .OrderBy(conversation => conversation.AcceptedAt).ThenBy(conversation => conversation.Id),
            cancellation);

    /// <summary>How many of an agent's running conversations he has not looked into yet: what came to him by itself (4).</summary>
    public async Task<int> UnseenOfAsync(CompanyId companyId, AgentId agent, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        return await context.Conversations.CountAsync(
            conversation => conversation.CompanyId == companyId && conversation.AgentId == agent && conversation.State == ConversationState.Open && conversation.AgentSeen == 0, cancellation);
    }

    /// <summary>Every conversation whose visitor is still on the site: the queue's rows take their status from them.</summary>
    public Task<IReadOnlyList<Conversation>> OfRunningVisitsAsync(CompanyId companyId, CancellationToken cancellation = default) =>
        ListAsync(
            conversations => conversations
                .Where(conversation => conversation.CompanyId == companyId && conversation.VisitEndedAt == null)
                .OrderBy(conversation => conversation.Id),
            cancellation);

    /// <summary>A visit's conversations, oldest first.</summary>
    public Task<IReadOnlyList<Conversation>> OfVisitAsync(CompanyId companyId, VisitId visit, CancellationToken cancellation = default) =>
        ListAsync(
            conversations => conversations
                .Where(conversation => conversation.CompanyId == companyId && conversation.VisitId == visit)
                .OrderBy(conversation => conversation.Id),
            cancellation);

    /// <summary>A visitor's conversations of all visits, newest first.</summary>
    public Task<IReadOnlyList<Conversation>> OfVisitorAsync(CompanyId companyId, VisitorId visitor, int take = 50, CancellationToken cancellation = default) =>
        ListAsync(
            conversations => conversations
                .Where(conversation => conversation.CompanyId == companyId && conversation.VisitorId == visitor)
                .OrderByDescending(conversation => conversation.Id)
                .Take(Math.Clamp(take, 1, HistoryFilter.MostAtOnce)),
            cancellation);

    public async Task<Conversation?> FindAsync(CompanyId companyId, ConversationId id, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        return await context.ConversationAsync(companyId, id, cancellation);
    }

    /// <summary>
    /// One of the company that the agent may read: he has a part in it, it waits for somebody, or he has the right to see others' (S2.17). Anything else is not there for him.
    /// </summary>
    public async Task<Conversation?> FindForAsync(CompanyId companyId, AgentId agent, ConversationId id, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        return await context.ConversationAsync(companyId, id, cancellation) is { } found && await context.MayReadAsync(found, agent, cancellation) ? found : null;
    }

    /// <summary>The visitor's own one; another visitor's does not exist for him.</summary>
    public async Task<Conversation?> FindOfVisitorAsync(CompanyId companyId, VisitorId visitor, ConversationId id, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        return await context.ConversationOfVisitorAsync(companyId, visitor, id, cancellation);
    }

    /// <summary>The visitor's newest conversation, running or not.</summary>
    public async Task<Conversation?> LatestOfVisitorAsync(CompanyId companyId, VisitorId visitor, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        return await context.LatestOfVisitorAsync(companyId, visitor, cancellation);
    }

    /// <summary>The visitor's newest invitation, open or over.</summary>
    public async Task<Invitation?> LastInvitationAsync(CompanyId companyId, VisitorId visitor, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        return await context.LastInvitationAsync(companyId, visitor, cancellation);
    }

    /// <summary>
    /// The words to which a visitor came by an invitation, an agent's or a rule's; nothing where the conversation began otherwise, with the built-in words, or
    /// where they stand in it anyway as its agent's first message.
    /// </summary>
    public async Task<string?> InvitedWithAsync(Conversation conversation, CancellationToken cancellation = default)
    {
        if (conversation.Way is not (AnswerWay.Invitation or AnswerWay.AutomaticInvitation)) return null;
        await using var context = await ReadAsync(cancellation);
        var words = await context.Invitations
            .Where(invitation => invitation.CompanyId == conversation.CompanyId && invitation.VisitorId == conversation.VisitorId && invitation.ConversationId == conversation.Id)
            .Where(invitation => !context.ChatMessages.Any(line => line.CompanyId == conversation.CompanyId && line.ConversationId == conversation.Id && line.ClientId == invitation.CommandId && line.Author == ChatAuthor.Agent))
            .Select(invitation => invitation.Text).FirstOrDefaultAsync(cancellation);
        return words is { Length: > 0 } ? words : null;
    }

    /// <summary>The visitor's invitation if it is open at this instant (2.2).</summary>
    public async Task<Invitation?> OpenInvitationAsync(CompanyId companyId, VisitorId visitor, DateTimeOffset now, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        return await context.UnclosedInvitationAsync(companyId, visitor, cancellation) is { } last && last.StateAt(now, moments) == InvitationState.Open ? last : null;
    }

    /// <summary>How many wait before this one in its line, itself included; 0 when it does not wait.</summary>
    public async Task<int> PositionAsync(CompanyId companyId, ConversationId id, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        if (await context.ConversationAsync(companyId, id, cancellation) is not { State: ConversationState.Waiting } waiting) return 0;
        return 1 + await context.Conversations.CountAsync(
            other => other.CompanyId == companyId && other.State == ConversationState.Waiting && other.GroupId == waiting.GroupId && other.RequestedAt < waiting.RequestedAt, cancellation);
    }

    /// <summary>Lines after a number, in order, at most <see cref="MostLines"/>: ask again after the last one got until fewer come (D4).</summary>
    public async Task<IReadOnlyList<ChatMessage>> MessagesAsync(
        CompanyId companyId, ConversationId id, int after = 0, int take = MostLines, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        return await context.ChatMessages
            .Where(message => message.CompanyId == companyId && message.ConversationId == id && message.Sequence > after)
            .OrderBy(message => message.Sequence)
            .Take(Math.Clamp(take, 1, MostLines))
            .ToListAsync(cancellation);
    }

    /// <summary>History 历史对话: only conversations whose visit has ended (S2.16).</summary>
    public async Task<HistoryPage> HistoryAsync(CompanyId companyId, HistoryFilter filter, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        var found = context.History(companyId, filter);
        if (filter.Before is { } before && await context.ConversationAsync(companyId, before, cancellation) is { } last)
        {
            // Several may have begun at the same instant; typed ids are not compared in the database.
            var twins = await found.Where(conversation => conversation.RequestedAt == last.RequestedAt).Select(conversation => conversation.Id).ToListAsync(cancellation);
            var rest = twins.Where(twin => twin.Value < before.Value).ToArray();
            found = found.Where(conversation => conversation.RequestedAt < last.RequestedAt || rest.Contains(conversation.Id));
        }

        var take = Math.Clamp(filter.Take, 1, HistoryFilter.MostAtOnce);
        var page = await found
            .OrderByDescending(conversation => conversation.RequestedAt).ThenByDescending(conversation => conversation.Id)
            .Take(take + 1)
            .ToListAsync(cancellation);
        var onTheSite = await context.Conversations.CountAsync(
            conversation => conversation.CompanyId == companyId && conversation.VisitEndedAt == null, cancellation);
        var hasMore = page.Count > take;
        if (hasMore) page.RemoveAt(take);
        return new HistoryPage(page, hasMore ? page[^1].Id : null, onTheSite);
    }

    private async Task<IReadOnlyList<Conversation>> ListAsync(
        Func<IQueryable<Conversation>, IQueryable<Conversation>> which, CancellationToken cancellation)
    {
        await using var context = await ReadAsync(cancellation);
        return await which(context.Conversations).ToListAsync(cancellation);
    }

    private async Task<PortalDbContext> ReadAsync(CancellationToken cancellation)
    {
        var context = await contexts.CreateDbContextAsync(cancellation);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }
}
