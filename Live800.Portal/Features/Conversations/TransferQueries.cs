using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

/// <summary>Reads transfers 转接. What is handed out is a copy; change it through <see cref="ConversationDesk"/> only.</summary>
public sealed class TransferQueries(IDbContextFactory<PortalDbContext> contexts, Moments moments)
{
    /// <summary>When an open transfer times out.</summary>
    public DateTimeOffset EndOf(Transfer transfer) => transfer.OfferedAt + moments.TransferTimesOutAfter;

    /// <summary>What is offered to an agent at this instant, to him alone or to a group of his, oldest first.</summary>
    public async Task<IReadOnlyList<TransferOffer>> OpenToAsync(CompanyId companyId, AgentId agent, DateTimeOffset now, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var groups = (await context.Groups.AsNoTracking().Where(group => group.CompanyId == companyId && group.RemovedAt == null && group.Members.Any(member => member.AgentId == agent))
            .Select(group => group.Id).ToListAsync(cancellation)).ConvertAll(id => (GroupId?)id);
        var found = await context.Transfers.AsNoTracking()
            .Where(transfer => transfer.CompanyId == companyId && transfer.ClosedAt == null && (transfer.To == agent || groups.Contains(transfer.ToGroup)))
            .Join(context.Conversations.AsNoTracking(), transfer => transfer.ConversationId, conversation => conversation.Id, (transfer, conversation) => new { transfer, conversation })
            .OrderBy(pair => pair.transfer.Id)
            .ToListAsync(cancellation);
        // Whoever is in a conference is not asked into it again with his group.
        var joined = !found.Exists(pair => pair.transfer.IsConference) ? [] : await context.ConferenceMembers
            .Where(member => member.CompanyId == companyId && member.AgentId == agent && member.LeftAt == null).Select(member => member.ConversationId).ToListAsync(cancellation);
        return [.. found.Where(pair => !(pair.transfer.IsConference && joined.Contains(pair.conversation.Id)) && pair.transfer.IsTo(agent, isOfGroup: true) && pair.transfer.StateAt(pair.conversation, now, moments) == TransferState.Open).Select(pair => new TransferOffer(pair.transfer, pair.conversation))];
    }

    /// <summary>What supervisors took over from an agent since an instant, and have still, newest first.</summary>
    public async Task<IReadOnlyList<TransferOffer>> TakenFromAsync(CompanyId companyId, AgentId agent, DateTimeOffset since, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var found = await context.Transfers.AsNoTracking()
            .Where(transfer => transfer.CompanyId == companyId && transfer.From == agent && transfer.IsTakeOver && transfer.OfferedAt >= since)
            .Join(context.Conversations.AsNoTracking(), transfer => transfer.ConversationId, conversation => conversation.Id, (transfer, conversation) => new { transfer, conversation })
            .ToListAsync(cancellation);
        return [.. found.Where(pair => pair.conversation.AgentId != agent).OrderByDescending(pair => pair.transfer.Id.Value).Select(pair => new TransferOffer(pair.transfer, pair.conversation))];
    }

    /// <summary>A conversation's last transfer and how it stands; nothing when there was none.</summary>
    public async Task<(Transfer Transfer, TransferState State)?> LastAsync(CompanyId companyId, ConversationId id, DateTimeOffset now, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var last = await context.Transfers.AsNoTracking().Where(transfer => transfer.CompanyId == companyId && transfer.ConversationId == id).OrderByDescending(transfer => transfer.Id).FirstOrDefaultAsync(cancellation);
        return last is not null && await context.ConversationAsync(companyId, id, cancellation) is { } conversation ? (last, last.StateAt(conversation, now, moments)) : null;
    }
}
