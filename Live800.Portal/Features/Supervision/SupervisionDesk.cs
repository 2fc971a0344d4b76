using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Supervision;

/// <summary>Opens conversations of others to be read (4). Reading takes no seat and no answer, joins nothing and is told to nobody but the audit log.</summary>
public sealed class SupervisionDesk(IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, TimeProvider time)
{
    /// <summary>
    /// The conversation, if he may read it. The first time a supervisor opens one that is not his own stands in the audit log, once for each conversation and reader. Refusals: NotAllowed, ConversationUnknown (also another
    /// company's).
    /// </summary>
    public async Task<Outcome<Conversation>> OpenAsync(CurrentAgent by, ConversationId id, CancellationToken cancellation = default)
    {
        await using (var reading = await contexts.CreateDbContextAsync(cancellation))
        {
            reading.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
            var asked = await FindAsync(reading, by, id, cancellation);
            if (asked.IsRefused || await IsKnownAsync(reading, asked.Value, by, cancellation)) return asked;
        }

        return await writes.RunAsync<Outcome<Conversation>>(
            async (context, token) =>
            {
                var found = await FindAsync(context, by, id, token);
                if (found.IsRefused || await IsKnownAsync(context, found.Value, by, token)) return found;
                var now = time.GetUtcNow();
                _ = context.ConversationReadings.Add(new ConversationReading(found.Value, by.AgentId, now));
                _ = context.Add(AuditEntry.Of(by, AuditAction.ConversationRead, $"{by.CompanyCode} · #{id}", now));
                return found;
            },
            cancellation);
    }

    private static async Task<Outcome<Conversation>> FindAsync(PortalDbContext context, CurrentAgent by, ConversationId id, CancellationToken cancellation)
    {
        if (!await context.MaySuperviseAsync(by.CompanyId, by.AgentId, cancellation)) return Refusal.NotAllowed;
        return await context.ConversationAsync(by.CompanyId, id, cancellation) is { } conversation ? conversation : Refusal.ConversationUnknown;
    }

    // His own, one he talks in, and one he has opened before.
    private static async Task<bool> IsKnownAsync(PortalDbContext context, Conversation conversation, CurrentAgent by, CancellationToken cancellation) =>
        conversation.AgentId == by.AgentId
        || (await context.MemberAsync(by.CompanyId, conversation.Id, by.AgentId, cancellation))?.IsIn(conversation) == true
        || await context.ConversationReadings.AnyAsync(reading => reading.CompanyId == by.CompanyId && reading.ConversationId == conversation.Id && reading.AgentId == by.AgentId, cancellation);
}
