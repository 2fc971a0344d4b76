using Live800.Domain.Conversations;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Platform;

/// <summary>A page of the audit log, the newest first, and how many lines were found.</summary>
public sealed record AuditPageLines(IReadOnlyList<AuditEntry> Lines, int Found);

/// <summary>Reads the audit log of the platform: everything done on its pages, nothing that people do within their companies.</summary>
public sealed class AuditQueries(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>Lines of one act, or of all, in which the words stand: who did it, what it was about, what was there before and after.</summary>
    public async Task<AuditPageLines> SearchAsync(AuditAction? action, string? words, int skip, int take, CancellationToken cancellation = default)
    {
        var text = MessageText.Line(words, 64).ToLowerInvariant();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var entries = context.Set<AuditEntry>().AsNoTracking().Where(entry => PlatformActs.All.Contains(entry.Action));
        if (action is { } wanted) entries = entries.Where(entry => entry.Action == wanted);
#pragma warning disable CA1304, CA1311, CA1862 // translated to SQL
        if (text.Length > 0) entries = entries.Where(entry => entry.Who.ToLower().Contains(text) || entry.Detail.ToLower().Contains(text) || entry.ChangesText.ToLower().Contains(text));
#pragma warning restore CA1304, CA1311, CA1862
        return new AuditPageLines(
            await entries.OrderByDescending(entry => entry.Id).Skip(Math.Max(0, skip)).Take(take).ToListAsync(cancellation),
            await entries.CountAsync(cancellation));
    }
}
