using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Notes;

/// <summary>Reads notes 内部备注 (4). Every question names the company first; nothing of a visitor's side asks here.</summary>
public sealed class NoteQueries(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>A conversation's notes in the order in which they were written.</summary>
    public async Task<IReadOnlyList<ConversationNote>> OfAsync(CompanyId companyId, ConversationId conversation, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.ConversationNotes.AsNoTracking()
            .Where(note => note.CompanyId == companyId && note.ConversationId == conversation)
            .OrderBy(note => note.Id)
            .ToListAsync(cancellation);
    }
}
