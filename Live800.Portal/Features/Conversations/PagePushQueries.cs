using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

/// <summary>A page that was pushed before.</summary>
public sealed record PushedPage(string Address, string Title);

/// <summary>Reads pushed pages 推送页面. Every question names the company first.</summary>
public sealed class PagePushQueries(IDbContextFactory<PortalDbContext> contexts)
{
    private const int LookedThrough = 60;

    /// <summary>Those of a conversation, by the number of their line.</summary>
    public async Task<IReadOnlyDictionary<int, PagePush>> OfConversationAsync(CompanyId companyId, ConversationId conversation, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.PagePushes.AsNoTracking()
            .Where(push => push.CompanyId == companyId && push.ConversationId == conversation)
            .ToDictionaryAsync(push => push.Sequence, cancellation);
    }

    /// <summary>Those of the lines read; nothing is asked where there are none.</summary>
    public async Task<IReadOnlyDictionary<int, PagePush>> OfAsync(Transcript transcript) =>
        transcript.Lines.Any(line => line.Kind == ChatMessageKind.PagePush) ? await OfConversationAsync(transcript.Company, transcript.Conversation) : new Dictionary<int, PagePush>();

    /// <summary>The pages the company pushed last, newest first, each once.</summary>
    public async Task<IReadOnlyList<PushedPage>> LastAsync(CompanyId companyId, int take = 5, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var last = await context.PagePushes.AsNoTracking()
            .Where(push => push.CompanyId == companyId)
            .OrderByDescending(push => push.SentAt)
            .Take(LookedThrough)
            .Select(push => new PushedPage(push.Address, push.Title))
            .ToListAsync(cancellation);
        return [.. last.DistinctBy(page => page.Address).Take(take)];
    }
}
