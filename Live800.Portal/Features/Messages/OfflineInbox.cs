using Live800.Domain.Messages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Messages;

/// <summary>Messages 留言 left when nobody could answer. Receiving them is never limited by a package (S4.16).</summary>
public sealed class OfflineInbox(IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, PortalEvents events, TimeProvider time)
{
    /// <summary>Most messages handed out at once.</summary>
    public const int MostAtOnce = 200;

    /// <summary>
    /// Stores a message once; the same form's id again gets the first one's id. Refusals: TextEmpty, TextTooLong, NameTooLong, ContactTooLong, CompanyUnknown,
    /// SameIdOtherText.
    /// </summary>
    public async Task<Outcome<OfflineMessageId>> ReceiveAsync(
        CompanyId companyId, VisitorId? visitor, Guid clientId, string? name, string? contact, string? text, CancellationToken cancellation = default)
    {
        var received = await writes.RunAsync(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                var left = OfflineMessage.Leave(new OfflineMessageId(IdSource.Next(now)), companyId, visitor, clientId, name, contact, text, now);
                if (left.IsRefused) return (Outcome: (Outcome<OfflineMessageId>)left.Refusal, IsNew: false);
                var before = await context.OfflineMessages.AsNoTracking()
                    .SingleOrDefaultAsync(message => message.CompanyId == companyId && message.ClientId == clientId, token);
                if (before is not null)
                {
                    return before.VisitorId == visitor && before.Text == left.Value.Text ? (before.Id, false) : (Refusal.SameIdOtherText, false);
                }

                if (!await context.Companies.AnyAsync(company => company.Id == companyId, token)) return (Refusal.CompanyUnknown, false);
                _ = context.OfflineMessages.Add(left.Value);
                return (left.Value.Id, true);
            },
            cancellation);
        if (received.IsNew) Tell(companyId, received.Outcome.Value);
        return received.Outcome;
    }

    /// <summary>Messages, newest first.</summary>
    /// <param name="onlyNew">Only those nobody has handled yet.</param>
    public async Task<IReadOnlyList<OfflineMessage>> ListAsync(CompanyId companyId, bool onlyNew = false, int skip = 0, int take = 50, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var messages = context.OfflineMessages.AsNoTracking().Where(message => message.CompanyId == companyId);
        if (onlyNew) messages = messages.Where(message => message.HandledAt == null);
        return await messages
            .OrderByDescending(message => message.At).ThenByDescending(message => message.Id)
            .Skip(Math.Max(0, skip)).Take(Math.Clamp(take, 1, MostAtOnce))
            .ToListAsync(cancellation);
    }

    /// <summary>How many nobody has handled yet.</summary>
    public async Task<int> CountNewAsync(CompanyId companyId, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.OfflineMessages.CountAsync(message => message.CompanyId == companyId && message.HandledAt == null, cancellation);
    }

    /// <summary>An agent has dealt with it; the first one stays on record. Refusal: InputInvalid (no such message in this company).</summary>
    public async Task<Outcome> HandleAsync(CompanyId companyId, AgentId agent, OfflineMessageId id, CancellationToken cancellation = default)
    {
        var known = await writes.RunAsync(
            async (context, token) =>
            {
                if (await context.OfflineMessages.SingleOrDefaultAsync(message => message.CompanyId == companyId && message.Id == id, token) is not { } message) return false;
                message.Handle(agent, time.GetUtcNow());
                return true;
            },
            cancellation);
        if (!known) return Refusal.InputInvalid;
        Tell(companyId, id);
        return Outcome.Done;
    }

    private void Tell(CompanyId companyId, OfflineMessageId id) => events.Publish(new PortalEvent(companyId, PortalTopic.OfflineMessages, id.Value));
}
