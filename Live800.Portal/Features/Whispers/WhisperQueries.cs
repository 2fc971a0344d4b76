using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Supervision;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Whispers;

/// <summary>Reads whispers 悄悄话 (4). Every question names the company and the reader; nothing of a visitor's side asks here.</summary>
public sealed class WhisperQueries(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>
    /// A conversation's whispers in the order in which they were written: while its visit lasts to supervisors, to those who talk in it and to whoever wrote one; as history to every agent of the company. Nothing for
    /// anybody else.
    /// </summary>
    public async Task<IReadOnlyList<Whisper>> OfAsync(CompanyId companyId, AgentId reader, ConversationId id, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var all = await context.Whispers.Where(whisper => whisper.CompanyId == companyId && whisper.ConversationId == id).OrderBy(whisper => whisper.Id).ToListAsync(cancellation);
        // Most conversations have none, and nobody is asked anything then.
        if (all.Count == 0 || await context.ConversationAsync(companyId, id, cancellation) is not { } conversation) return [];
        if (!await context.Agents.AnyAsync(agent => agent.CompanyId == companyId && agent.Id == reader && !agent.IsDisabled, cancellation)) return [];
        var may = conversation.VisitEndedAt is not null
            || all.Exists(whisper => whisper.AgentId == reader)
            || await context.TalksInAsync(conversation, reader, cancellation)
            || await context.MaySuperviseAsync(companyId, reader, cancellation);
        return may ? all : [];
    }

    /// <summary>The newest whisper of others in each running conversation somebody has or helps in.</summary>
    public async Task<IReadOnlyList<Whisper>> NewestToAsync(CompanyId companyId, AgentId agent, IReadOnlyCollection<ConversationId> conversations, CancellationToken cancellation = default)
    {
        if (conversations.Count == 0) return [];
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var heard = await context.Whispers.AsNoTracking()
            .Where(whisper => whisper.CompanyId == companyId && conversations.Contains(whisper.ConversationId) && whisper.AgentId != agent)
            .ToListAsync(cancellation);
        return [.. heard.GroupBy(whisper => whisper.ConversationId).Select(of => of.MaxBy(whisper => whisper.Id.Value)!).OrderBy(whisper => whisper.Id.Value)];
    }
}
