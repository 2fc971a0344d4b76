using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Groups;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

/// <summary>A transfer and the conversation it is about, as they were stored together.</summary>
public sealed record TransferOffer(Transfer Transfer, Conversation Conversation);

// Transfers 转接 (4).
public sealed partial class ConversationDesk
{
    /// <summary>
    /// Offers a conversation to a colleague who is in and takes new ones. The same command again is the same transfer (D7). Refusals: ConversationUnknown, ConversationNotOpen, ConversationOfAnother,
    /// TransferToSelf, TransferOpen, TextTooLong, AgentNotIn (also another company's agent, one who is away, one in a surplus seat), AgentFull (4), InputInvalid (the command of another transfer).
    /// </summary>
    /// <param name="command">The id the page gave its command.</param>
    /// <param name="toConference">He is asked to talk beside the agent 会议; then also refused: ConferenceHasHim, ConferenceFull.</param>
    public Task<Outcome<Transfer>> OfferAsync(
        CompanyId companyId, AgentId from, ConversationId id, AgentId to, Guid command, string? note, bool toConference = false, CancellationToken cancellation = default) => OfferAsync(
        companyId,
        from,
        id,
        command,
        repeated => repeated.ToGroup is null && repeated.To == to && repeated.IsConference == toConference,
        (offer, conversation, last, now) => Transfer.Offer(offer, conversation, from, to, last, command, note, now, moments, toConference),
        async (context, conversation, now, token) =>
        {
            if (toConference && conversation.CanJoin(to, await context.MembersAsync(companyId, id, token)) is { IsRefused: true } impossible) return impossible;
            if ((await SeatedAsync(context, companyId, to, null, now, token)).IsRefused || presence.StatusOf(companyId, to, now) == AgentStatus.Away) return Refusal.AgentNotIn;
            if (toConference) return Outcome.Done;
            var most = (await context.RoutingAsync(companyId, token)).MostOf(to);
            return most is not null && (await context.TalkingAsync(companyId, token)).GetValueOrDefault(to) >= most ? Refusal.AgentFull : Outcome.Done;
        },
        cancellation);

    /// <summary>
    /// Offers a conversation to all of a group who are in and take new ones; the first to take it has it. The same command again is the same transfer (D7). Refusals as for one colleague; GroupUnknown (also removed,
    /// or another company's), GroupNobodyIn (also when the giving agent is the only one).
    /// </summary>
    public Task<Outcome<Transfer>> OfferToGroupAsync(
        CompanyId companyId, AgentId from, ConversationId id, GroupId to, Guid command, string? note, bool toConference = false, CancellationToken cancellation = default) => OfferAsync(
        companyId,
        from,
        id,
        command,
        repeated => repeated.ToGroup == to && repeated.IsConference == toConference,
        (offer, conversation, last, now) => Transfer.OfferToGroup(offer, conversation, from, to, last, command, note, now, moments, toConference),
        async (context, conversation, now, token) =>
        {
            if (await context.GroupAsync(companyId, to, token) is not { } group) return Refusal.GroupUnknown;
            if ((await TakersAsync(context, group, from, toConference ? conversation : null, now, token)).Count > 0) return Outcome.Done;
            return toConference && (await context.MembersAsync(companyId, id, token)).Count(member => member.IsIn(conversation)) >= ConferenceMember.Most ? Refusal.ConferenceFull : Refusal.GroupNobodyIn;
        },
        cancellation);

    private async Task<Outcome<Transfer>> OfferAsync(
        CompanyId companyId,
        AgentId from,
        ConversationId id,
        Guid command,
        Func<Transfer, bool> isSame,
        Func<TransferId, Conversation, Transfer?, DateTimeOffset, Outcome<Transfer>> make,
        Func<PortalDbContext, Conversation, DateTimeOffset, CancellationToken, Task<Outcome>> canTake,
        CancellationToken cancellation)
    {
        var offered = await writes.RunAsync<Outcome<Transfer>>(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                if (await context.Transfers.SingleOrDefaultAsync(row => row.CompanyId == companyId && row.CommandId == command, token) is { } repeated)
                    return repeated.ConversationId == id && repeated.From == from && isSame(repeated) ? repeated : Refusal.InputInvalid;
                if (await context.ConversationAsync(companyId, id, token) is not { } conversation) return Refusal.ConversationUnknown;
                var last = await LastTransferAsync(context, companyId, id, token);
                var made = make(new TransferId(IdSource.Next(now)), conversation, last, now);
                if (made.IsRefused) return made;
                var possible = await canTake(context, conversation, now, token);
                if (possible.IsRefused) return possible.Refusal;
                // The one before gives its place up first: there is one without an outcome at most.
                if (last?.Close(conversation, now, moments) == true) _ = await context.SaveChangesAsync(token);
                _ = context.Transfers.Add(made.Value);
                return made;
            },
            cancellation);
        if (!offered.IsRefused) Tell(offered.Value);
        return offered;
    }

    /// <summary>
    /// The colleague takes it, or joins where he was asked into the conference, at no further answer (2): transfer, conversation and the line both sides read in one transaction (D8).
    /// Refusals: SeatLost, SeatMoved, SeatSurplus (3.9), TransferOver, ConversationOfAnother; ConferenceHasHim, ConferenceFull.
    /// </summary>
    public async Task<Outcome<Conversation>> AcceptTransferAsync(CompanyId companyId, AgentId agent, SessionId session, TransferId id, CancellationToken cancellation = default)
    {
        Transfer? transfer = null;
        var taken = await writes.RunAsync<Outcome<Conversation>>(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                if (await FindAsync(context, companyId, id, token) is not { } found) return Refusal.TransferOver;
                var seated = await SeatedAsync(context, companyId, agent, session, now, token);
                if (seated.IsRefused) return seated.Refusal;
                var isOfGroup = await IsOfGroupAsync(context, found.Transfer, agent, token);
                var members = await context.MembersAsync(companyId, found.Conversation.Id, token);
                if (found.Transfer.IsConference)
                {
                    var joined = found.Transfer.Join(found.Conversation, members, agent, now, moments, isOfGroup);
                    if (joined.IsRefused) return joined.Refusal;
                    if (joined.Value.IsNew) _ = context.ConferenceMembers.Add(joined.Value.Member);
                    _ = context.ChatMessages.Add(joined.Value.Line);
                }
                else
                {
                    var line = found.Transfer.Accept(found.Conversation, agent, now, moments, isOfGroup);
                    if (line.IsRefused) return line.Refusal;
                    _ = context.ChatMessages.Add(line.Value);
                    // Whoever only helped has it himself now.
                    _ = members.Find(member => member.AgentId == agent)?.Part(now);
                }

                transfer = found.Transfer;
                return found.Conversation;
            },
            cancellation);
        if (taken.IsRefused) return taken;
        Tell(transfer!);
        Tell(taken.Value);
        return taken;
    }

    /// <summary>
    /// The colleague says no: it stays where it is. Of a group, the others still see it; it is refused when nobody of them is left who could take it. Refusals: TransferOver, ConversationOfAnother.
    /// </summary>
    public Task<Outcome> RefuseTransferAsync(CompanyId companyId, AgentId agent, TransferId id, CancellationToken cancellation = default) => AnswerAsync(
        companyId,
        id,
        async (context, found, now, token) =>
        {
            if (found.Transfer.ToGroup is not { } to) return found.Transfer.Refuse(found.Conversation, agent, now, moments);
            if (await context.GroupAsync(companyId, to, token) is not { } group || !group.Has(agent)) return Refusal.ConversationOfAnother;
            return found.Transfer.RefuseForGroup(found.Conversation, agent, await TakersAsync(context, group, found.Transfer.From, found.Transfer.IsConference ? found.Conversation : null, now, token), now, moments);
        },
        cancellation);

    /// <summary>The giving agent keeps it after all. Refusals: TransferOver, ConversationOfAnother.</summary>
    public Task<Outcome> TakeBackAsync(CompanyId companyId, AgentId agent, TransferId id, CancellationToken cancellation = default) =>
        AnswerAsync(companyId, id, (_, found, now, _) => Task.FromResult(found.Transfer.TakeBack(found.Conversation, agent, now, moments)), cancellation);

    /// <summary>Records the outcome of transfers that timed out or lost their conversation, in all companies; says how many. Called by the sweeper.</summary>
    public async Task<int> CloseTransfersAsync(CancellationToken cancellation = default)
    {
        await using (var reading = await contexts.CreateDbContextAsync(cancellation))
        {
            if (!(await UnclosedAsync(reading.Transfers.AsNoTracking(), reading, cancellation)).Exists(IsOver)) return 0;
        }

        var closed = await writes.RunAsync(
            async (context, token) => (await UnclosedAsync(context.Transfers, context, token)).FindAll(offer => offer.Transfer.Close(offer.Conversation, time.GetUtcNow(), moments)),
            cancellation);
        foreach (var offer in closed) Tell(offer.Transfer);
        return closed.Count;
    }

    private bool IsOver(TransferOffer offer) => offer.Transfer.StateAt(offer.Conversation, time.GetUtcNow(), moments) != TransferState.Open;

    private async Task<Outcome> AnswerAsync(CompanyId companyId, TransferId id, Func<PortalDbContext, TransferOffer, DateTimeOffset, CancellationToken, Task<Outcome>> answer, CancellationToken cancellation)
    {
        var (outcome, answered) = await writes.RunAsync(
            async (context, token) => await FindAsync(context, companyId, id, token) is { } found
                ? (await answer(context, found, time.GetUtcNow(), token), found.Transfer)
                : (Outcome.FromRefusal(Refusal.TransferOver), (Transfer?)null),
            cancellation);
        if (!outcome.IsRefused) Tell(answered!);
        return outcome;
    }

    // Who of a group could take one now: in, not away, not surplus, not the one who gives it, and not full; into a conference may come who is full, but nobody who is in it.
    private async Task<IReadOnlyList<AgentId>> TakersAsync(PortalDbContext context, Group group, AgentId from, Conversation? conference, DateTimeOffset now, CancellationToken cancellation)
    {
        var company = group.CompanyId;
        var present = presence.In(company, now).Where(agent => !agent.IsSurplus && agent.Status != AgentStatus.Away && agent.Agent != from && group.Has(agent.Agent)).Select(agent => agent.Agent);
        if (conference is not null)
        {
            var members = await context.MembersAsync(company, conference.Id, cancellation);
            return [.. present.Where(agent => !conference.CanJoin(agent, members).IsRefused)];
        }

        var (routing, talking) = (await context.RoutingAsync(company, cancellation), await context.TalkingAsync(company, cancellation));
        return [.. present.Where(agent => !(talking.GetValueOrDefault(agent) >= routing.MostOf(agent)))];
    }

    private static async Task<bool> IsOfGroupAsync(PortalDbContext context, Transfer transfer, AgentId agent, CancellationToken cancellation) =>
        transfer.ToGroup is { } to && await context.GroupAsync(transfer.CompanyId, to, cancellation) is { } group && group.Has(agent);

    private void Tell(Transfer transfer) => events.Publish(new PortalEvent(transfer.CompanyId, PortalTopic.Transfer, transfer.ConversationId.Value));

    private static Task<Transfer?> LastTransferAsync(PortalDbContext context, CompanyId companyId, ConversationId id, CancellationToken cancellation) => context.Transfers
        .Where(transfer => transfer.CompanyId == companyId && transfer.ConversationId == id).OrderByDescending(transfer => transfer.Id).FirstOrDefaultAsync(cancellation);

    private static async Task<TransferOffer?> FindAsync(PortalDbContext context, CompanyId companyId, TransferId id, CancellationToken cancellation) =>
        await context.Transfers.SingleOrDefaultAsync(row => row.CompanyId == companyId && row.Id == id, cancellation) is { } transfer
        && await context.ConversationAsync(companyId, transfer.ConversationId, cancellation) is { } conversation
            ? new TransferOffer(transfer, conversation)
            : null;

    private static async Task<List<TransferOffer>> UnclosedAsync(IQueryable<Transfer> transfers, PortalDbContext context, CancellationToken cancellation) => (await transfers
        .Where(transfer => transfer.ClosedAt == null)
        .Join(context.Conversations, transfer => transfer.ConversationId, conversation => conversation.Id, (transfer, conversation) => new { transfer, conversation })
        .ToListAsync(cancellation)).ConvertAll(pair => new TransferOffer(pair.transfer, pair.conversation));
}
