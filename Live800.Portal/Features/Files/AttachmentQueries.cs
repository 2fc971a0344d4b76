using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Files;

/// <summary>Reads attachments. Every question names the company first; a visitor's names him too.</summary>
public sealed class AttachmentQueries(IDbContextFactory<PortalDbContext> contexts)
{
    private static readonly Dictionary<int, Attachment> None = [];

    /// <summary>Those of a conversation, by the number of their line.</summary>
    public async Task<IReadOnlyDictionary<int, Attachment>> OfConversationAsync(CompanyId companyId, ConversationId conversation, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Attachments.AsNoTracking()
            .Where(attachment => attachment.CompanyId == companyId && attachment.ConversationId == conversation)
            .ToDictionaryAsync(attachment => attachment.Sequence, cancellation);
    }

    /// <summary>Those of the lines read; nothing is asked where there are none.</summary>
    public async Task<IReadOnlyDictionary<int, Attachment>> OfAsync(Transcript transcript) =>
        await OfAsync(transcript.Company, transcript.Conversation, transcript.Lines);

    /// <inheritdoc cref="OfAsync(Transcript)"/>
    internal async ValueTask<IReadOnlyDictionary<int, Attachment>> OfAsync(CompanyId companyId, ConversationId conversation, IReadOnlyList<ChatMessage> lines, CancellationToken cancellation = default) =>
        lines.Any(line => line.Kind == ChatMessageKind.File) ? await OfConversationAsync(companyId, conversation, cancellation) : None;

    /// <summary>One of the company's; nothing where there is none.</summary>
    public async Task<Attachment?> FindAsync(CompanyId companyId, AttachmentId id, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Attachments.AsNoTracking().SingleOrDefaultAsync(attachment => attachment.CompanyId == companyId && attachment.Id == id, cancellation);
    }

    /// <summary>One of the visitor's own conversations; another visitor's does not exist for him.</summary>
    public async Task<Attachment?> FindOfVisitorAsync(CompanyId companyId, VisitorId visitor, AttachmentId id, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Attachments.AsNoTracking()
            .SingleOrDefaultAsync(attachment => attachment.CompanyId == companyId && attachment.VisitorId == visitor && attachment.Id == id, cancellation);
    }

    /// <summary>How many files the visitor has sent today.</summary>
    public async Task<int> OfTodayAsync(CompanyId companyId, VisitorId visitor, DateTimeOffset now, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.FilesOfTodayAsync(companyId, visitor, now, cancellation);
    }

    /// <summary>Whether a line of this client id is stored already (D2).</summary>
    internal async Task<bool> IsStoredAsync(CompanyId companyId, ConversationId? conversation, Guid clientId, CancellationToken cancellation)
    {
        if (conversation is not { } id) return false;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.ChatMessages.AnyAsync(line => line.CompanyId == companyId && line.ConversationId == id && line.ClientId == clientId, cancellation);
    }
}
