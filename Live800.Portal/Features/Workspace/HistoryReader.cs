using System.Runtime.CompilerServices;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Cards;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Labels;
using Live800.Portal.Features.Visitors;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Workspace;

/// <summary>A conversation of the past with what is known around it.</summary>
/// <param name="GivenName">The name its visitor gave, if any.</param>
/// <param name="CardName">The name on his card, if he has one.</param>
/// <param name="Labels">Topics, then the close reason.</param>
public sealed record HistoryEntry(Conversation Conversation, string? GivenName, string? CardName, ConversationRating? Rating, IReadOnlyList<ConversationLabel> Labels);

/// <summary>Reads the history for a file: some hundred conversations are in memory at once, however many there are.</summary>
public sealed class HistoryReader(IDbContextFactory<PortalDbContext> contexts, VisitorQueries visitors, CardQueries cards)
{
    private const int AtOnce = 200;

    public async Task<int> CountAsync(CompanyId company, HistoryFilter filter, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.History(company, filter).CountAsync(cancellation);
    }

    /// <summary>Newest first.</summary>
    public async IAsyncEnumerable<HistoryEntry> ReadAsync(CompanyId company, HistoryFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var found = context.History(company, filter).AsNoTracking().OrderByDescending(conversation => conversation.RequestedAt).ThenByDescending(conversation => conversation.Id).AsAsyncEnumerable();
        var some = new List<Conversation>(AtOnce);
        await foreach (var conversation in found.WithCancellation(cancellation))
        {
            some.Add(conversation);
            if (some.Count < AtOnce) continue;
            foreach (var entry in await EntriesAsync(company, some, cancellation)) yield return entry;
            some.Clear();
        }

        foreach (var entry in await EntriesAsync(company, some, cancellation)) yield return entry;
    }

    private async Task<IReadOnlyList<HistoryEntry>> EntriesAsync(CompanyId company, List<Conversation> conversations, CancellationToken cancellation)
    {
        if (conversations.Count == 0) return [];
        VisitorId[] who = [.. conversations.Select(conversation => conversation.VisitorId).Distinct()];
        var ids = conversations.ConvertAll(conversation => conversation.Id);
        var (given, named) = (await visitors.VisitorsAsync(company, who, cancellation), await cards.NamesAsync(company, who, cancellation));
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var ratings = await context.ConversationRatings.AsNoTracking().Where(rating => rating.CompanyId == company && ids.Contains(rating.ConversationId)).ToDictionaryAsync(rating => rating.ConversationId, cancellation);
        var labels = (await context.ConversationLabellings.AsNoTracking()
            .Where(labelling => labelling.CompanyId == company && ids.Contains(labelling.ConversationId))
            .Join(context.ConversationLabels.AsNoTracking(), labelling => labelling.LabelId, label => label.Id, (labelling, label) => new { labelling.ConversationId, label })
            .ToListAsync(cancellation)).ToLookup(pair => pair.ConversationId, pair => pair.label);
        return conversations.ConvertAll(conversation => new HistoryEntry(
            conversation, given.GetValueOrDefault(conversation.VisitorId)?.GivenName, named.GetValueOrDefault(conversation.VisitorId), ratings.GetValueOrDefault(conversation.Id), LabelQueries.InOrder(labels[conversation.Id])));
    }
}
