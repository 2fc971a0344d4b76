using Live800.Domain.Companies;
using Live800.Domain.Messages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.CompanyMail;
using Live800.Portal.Features.Groups;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Messages;

/// <summary>Messages 留言 left when nobody could answer. Receiving them is never limited by a package (S4.16); what agents do with them is refused with NotAllowed where the right is missing (S2.17).</summary>
public sealed class OfflineInbox(IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, OfflineNotices notices, PortalEvents events, TimeProvider time)
{
    /// <summary>
    /// Stores a message once; the same form's id again gets the first one's id. Refusals: TextEmpty, TextTooLong, NameTooLong, ContactTooLong, CompanyUnknown,
    /// SameIdOtherText.
    /// </summary>
    public async Task<Outcome<OfflineMessageId>> ReceiveAsync(
        CompanyId companyId, VisitorId? visitor, Guid clientId, string? name, string? contact, string? text, MessageOrigin? origin = null, CancellationToken cancellation = default)
    {
        var received = await writes.RunAsync(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                // A group that is not this company's, or was removed, is quietly the whole company (S3.4).
                var from = origin?.Group is { } wanted && await context.GroupAsync(companyId, wanted, token) is null ? origin with { Group = null } : origin;
                var left = OfflineMessage.Leave(new OfflineMessageId(IdSource.Next(now)), companyId, visitor, clientId, name, contact, text, now, from);
                if (left.IsRefused) return (Outcome: (Outcome<OfflineMessageId>)left.Refusal, IsNew: false);
                var before = await context.OfflineMessages.AsNoTracking()
                    .SingleOrDefaultAsync(message => message.CompanyId == companyId && message.ClientId == clientId, token);
                if (before is not null)
                {
                    return before.VisitorId == visitor && before.Text == left.Value.Text ? (before.Id, false) : (Refusal.SameIdOtherText, false);
                }

                if (!await context.Companies.AnyAsync(company => company.Id == companyId, token)) return (Refusal.CompanyUnknown, false);
                _ = context.OfflineMessages.Add(left.Value);
                await notices.NoteAsync(context, left.Value, now, token);
                return (left.Value.Id, true);
            },
            cancellation);
        if (received.IsNew)
        {
            Tell(companyId, received.Outcome.Value);
            notices.Call();
        }

        return received.Outcome;
    }

    /// <summary>How many nobody has handled yet.</summary>
    public async Task<int> CountNewAsync(CompanyId companyId, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.OfflineMessages.CountAsync(message => message.CompanyId == companyId && message.HandledAt == null, cancellation);
    }

    /// <summary>An agent has dealt with it; the first one stays on record. Refusal: OfflineMessageUnknown (no such message in this company).</summary>
    public Task<Outcome> HandleAsync(CompanyId companyId, AgentId agent, OfflineMessageId id, CancellationToken cancellation = default) =>
        ChangeAsync(companyId, agent, id, (message, _, _) => { message.Handle(agent, time.GetUtcNow()); return Task.FromResult(Outcome.Done); }, cancellation);

    /// <summary>It is to be dealt with after all. Refusal: OfflineMessageUnknown.</summary>
    public Task<Outcome> ReopenAsync(CompanyId companyId, AgentId by, OfflineMessageId id, CancellationToken cancellation = default) =>
        ChangeAsync(companyId, by, id, (message, _, _) => { message.Reopen(); return Task.FromResult(Outcome.Done); }, cancellation);

    /// <summary>Gives it to an agent, or to nobody. Refusals: OfflineMessageUnknown, AgentUnknown (none of this company), AgentDisabled.</summary>
    public Task<Outcome> AssignAsync(CompanyId companyId, AgentId by, OfflineMessageId id, AgentId? agent, CancellationToken cancellation = default) =>
        ChangeAsync(
            companyId,
            by,
            id,
            async (message, context, token) =>
            {
                if (agent is { } to && to != message.AssigneeId)
                {
                    if (await context.Agents.SingleOrDefaultAsync(row => row.CompanyId == companyId && row.Id == to, token) is not { } found) return Refusal.AgentUnknown;
                    if (found.IsDisabled) return Refusal.AgentDisabled;
                }

                message.Assign(agent);
                return Outcome.Done;
            },
            cancellation);

    /// <summary>Gives it to a group, or to the whole company. Refusals: OfflineMessageUnknown, GroupUnknown (none of this company, or removed).</summary>
    public Task<Outcome> MoveAsync(CompanyId companyId, AgentId by, OfflineMessageId id, GroupId? group, CancellationToken cancellation = default) =>
        ChangeAsync(
            companyId,
            by,
            id,
            async (message, context, token) =>
            {
                if (group is { } to && to != message.GroupId && await context.GroupAsync(companyId, to, token) is null) return Refusal.GroupUnknown;
                message.Move(group);
                return Outcome.Done;
            },
            cancellation);

    /// <summary>The visitor has a reply on his screen. Refusal: OfflineMessageUnknown (no reply to him).</summary>
    public async Task<Outcome> SeenAsync(CompanyId companyId, VisitorId visitor, OfflineReplyId id, CancellationToken cancellation = default)
    {
        var (found, message) = await writes.RunAsync(
            async (context, token) =>
            {
                if (await context.OfflineReplies.SingleOrDefaultAsync(reply => reply.CompanyId == companyId && reply.VisitorId == visitor && reply.Id == id, token) is not { } reply) return (false, default(OfflineMessageId?));
                return (true, reply.See(time.GetUtcNow()) ? reply.MessageId : null);
            },
            cancellation);
        if (message is { } news) Tell(companyId, news);
        return found ? Outcome.Done : Refusal.OfflineMessageUnknown;
    }

    private async Task<Outcome> ChangeAsync(
        CompanyId companyId, AgentId by, OfflineMessageId id, Func<OfflineMessage, PortalDbContext, CancellationToken, Task<Outcome>> change, CancellationToken cancellation)
    {
        var outcome = await writes.RunAsync(
            async (context, token) => !await context.MayAsync(companyId, by, Permission.Messages, token) ? Refusal.NotAllowed
                : await context.OfflineMessages.SingleOrDefaultAsync(message => message.CompanyId == companyId && message.Id == id, token) is { IsErased: false } message
                    ? await change(message, context, token)
                    : Refusal.OfflineMessageUnknown,
            cancellation);
        if (!outcome.IsRefused) Tell(companyId, id);
        return outcome;
    }

    private void Tell(CompanyId companyId, OfflineMessageId id) => events.Publish(new PortalEvent(companyId, PortalTopic.OfflineMessages, id.Value));
}
