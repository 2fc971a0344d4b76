using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Cards;

/// <summary>
/// Everything that can be done with a card 名片 (S2.14, S2.15). Each verb is one work of the write queue: refused with NotAllowed where the right to edit cards is missing (S2.17), decided on the rows as they are stored then, saved, then told.
/// </summary>
public sealed class CardDesk(WriteQueue<PortalDbContext> writes, IDbContextFactory<PortalDbContext> contexts, VisitorQueries visitors, LiveVisits visits, PortalEvents events, TimeProvider time)
{
    /// <summary>
    /// Makes a card, for a visitor if one is given. Refusals: CardNameMissing, CardFieldTooLong, CardNoteTooLong, AgentUnknown (as owner), VisitorUnknown, VisitorHasCard
    /// (then nothing is made).
    /// </summary>
    public async Task<Outcome<VisitorCard>> CreateAsync(CompanyId companyId, AgentId agent, CardContent content, VisitorId? visitor = null, CancellationToken cancellation = default)
    {
        if (visitor is { } named && !await IsKnownAsync(companyId, named, cancellation)) return Refusal.VisitorUnknown;
        var created = await writes.RunAsync(
            async (context, token) =>
            {
                if (!await context.MayAsync(companyId, agent, Permission.CardsEdit, token)) return Refusal.NotAllowed;
                var now = time.GetUtcNow();
                if (visitor is { } whose && await context.AssignmentAsync(companyId, whose, token) is not null) return Refusal.VisitorHasCard;
                if (!await IsOwnerKnownAsync(context, companyId, content.Owner, token)) return Refusal.AgentUnknown;
                var made = VisitorCard.Create(new VisitorCardId(IdSource.Next(now)), companyId, content, agent, now);
                if (made.IsRefused) return made;
                _ = context.VisitorCards.Add(made.Value);
                if (visitor is { } one) _ = context.CardAssignments.Add(CardAssignment.Of(made.Value, one, agent, now).Value);
                return made;
            },
            cancellation);
        if (!created.IsRefused) Tell(companyId, created.Value.Id);
        return created;
    }

    /// <summary>
    /// Writes a card anew; gives it as it is stored then. Refusals: CardUnknown, CardMerged, ChangedMeanwhile (another agent was faster; read again), AgentUnknown,
    /// CardNameMissing, CardFieldTooLong, CardNoteTooLong.
    /// </summary>
    public async Task<Outcome<VisitorCard>> WriteAsync(CompanyId companyId, AgentId agent, VisitorCardId id, long version, CardContent content, CancellationToken cancellation = default)
    {
        var written = await writes.RunAsync<Outcome<VisitorCard>>(
            async (context, token) =>
            {
                if (!await context.MayAsync(companyId, agent, Permission.CardsEdit, token)) return Refusal.NotAllowed;
                if (await context.CardAsync(companyId, id, token) is not { } card) return Refusal.CardUnknown;
                // An owner who is gone stays on the card until another one is chosen.
                if (content.Owner != card.Owner && !await IsOwnerKnownAsync(context, companyId, content.Owner, token)) return Refusal.AgentUnknown;
                var outcome = card.Write(content, version, agent, time.GetUtcNow());
                return outcome.IsRefused ? outcome.Refusal : card;
            },
            cancellation);
        if (!written.IsRefused) Tell(companyId, id);
        return written;
    }

    /// <summary>
    /// Gives a visitor a card that is there, so that the visits of one person come together. The same one again is done. Refusals: VisitorUnknown, CardUnknown, CardMerged,
    /// VisitorHasCard (another one; take that away first).
    /// </summary>
    public async Task<Outcome> AssignAsync(CompanyId companyId, AgentId agent, VisitorId visitor, VisitorCardId id, CancellationToken cancellation = default)
    {
        if (!await IsKnownAsync(companyId, visitor, cancellation)) return Refusal.VisitorUnknown;
        var outcome = await writes.RunAsync<Outcome>(
            async (context, token) =>
            {
                if (!await context.MayAsync(companyId, agent, Permission.CardsEdit, token)) return Refusal.NotAllowed;
                if (await context.CardAsync(companyId, id, token) is not { } card) return Refusal.CardUnknown;
                if (await context.CardOfVisitorAsync(companyId, visitor, token) is { } has) return has.Id == id ? Outcome.Done : Refusal.VisitorHasCard;
                var assigned = CardAssignment.Of(card, visitor, agent, time.GetUtcNow());
                if (assigned.IsRefused) return assigned.Refusal;
                _ = context.CardAssignments.Add(assigned.Value);
                return Outcome.Done;
            },
            cancellation);
        if (!outcome.IsRefused) Tell(companyId, id);
        return outcome;
    }

    /// <summary>
    /// Undoes an assignment: the visitor is without card again, and his conversations filed under it come off; the card stays as it is. Already undone is done.
    /// Refusal: ChangedMeanwhile (he has another card by now).
    /// </summary>
    public async Task<Outcome> TakeAwayAsync(CompanyId companyId, AgentId agent, VisitorId visitor, VisitorCardId id, CancellationToken cancellation = default)
    {
        var outcome = await writes.RunAsync<Outcome>(
            async (context, token) =>
            {
                if (!await context.MayAsync(companyId, agent, Permission.CardsEdit, token)) return Refusal.NotAllowed;
                if (await context.AssignmentAsync(companyId, visitor, token) is not { } assignment) return Outcome.Done;
                if ((await context.ShownCardAsync(companyId, assignment.CardId, token))?.Id != id) return Refusal.ChangedMeanwhile;
                var family = await context.FamilyAsync(companyId, id, token);
                _ = context.CardAssignments.Remove(assignment);
                context.ConversationFilings.RemoveRange(await context.ConversationFilings
                    .Where(filing => filing.CompanyId == companyId && filing.VisitorId == visitor && family.Contains(filing.CardId))
                    .ToListAsync(token));
                return Outcome.Done;
            },
            cancellation);
        if (!outcome.IsRefused) Tell(companyId, id);
        return outcome;
    }

    /// <summary>
    /// Files a conversation, running or over, under its visitor's card 添加对话到访客 (S2.15). Done again is done; one that lay under a card the visitor had before moves.
    /// Refusals: ConversationUnknown, VisitorWithoutCard (make or choose one first).
    /// </summary>
    public async Task<Outcome> FileUnderAsync(CompanyId companyId, AgentId agent, ConversationId id, CancellationToken cancellation = default)
    {
        var filed = await writes.RunAsync<Outcome<VisitorCardId>>(
            async (context, token) =>
            {
                if (!await context.MayAsync(companyId, agent, Permission.CardsEdit, token)) return Refusal.NotAllowed;
                if (await context.Conversations.AsNoTracking().SingleOrDefaultAsync(row => row.CompanyId == companyId && row.Id == id, token) is not { } conversation) return Refusal.ConversationUnknown;
                var card = await context.CardOfVisitorAsync(companyId, conversation.VisitorId, token);
                var filing = conversation.FileUnder(card, agent, time.GetUtcNow());
                if (filing.IsRefused) return filing.Refusal;
                _ = await context.ConversationFilings.Where(row => row.CompanyId == companyId && row.ConversationId == id).ExecuteDeleteAsync(token);
                _ = context.ConversationFilings.Add(filing.Value);
                return card!.Id;
            },
            cancellation);
        if (!filed.IsRefused) Tell(companyId, filed.Value);
        return filed.WithoutValue();
    }

    /// <summary>Takes a conversation off the card again. Off already is done. Refusal: NotAllowed.</summary>
    public async Task<Outcome> TakeOffAsync(CompanyId companyId, AgentId agent, ConversationId id, CancellationToken cancellation = default)
    {
        var card = await writes.RunAsync<Outcome<VisitorCardId?>>(
            async (context, token) =>
            {
                if (!await context.MayAsync(companyId, agent, Permission.CardsEdit, token)) return Refusal.NotAllowed;
                if (await context.ConversationFilings.SingleOrDefaultAsync(row => row.CompanyId == companyId && row.ConversationId == id, token) is not { } filing) return (VisitorCardId?)null;
                _ = context.ConversationFilings.Remove(filing);
                return filing.CardId;
            },
            cancellation);
        if (card is { IsRefused: false, Value: { } whose }) Tell(companyId, whose);
        return card.WithoutValue();
    }

    /// <summary>One card goes into another one of the same person. Refusals: CardUnknown, CardOfItself, CardMerged.</summary>
    public Task<Outcome> MergeAsync(CompanyId companyId, AgentId agent, VisitorCardId from, VisitorCardId into, CancellationToken cancellation = default) =>
        WithBothAsync(companyId, agent, from, into, (one, other) => one.MergeInto(other, agent, time.GetUtcNow()), cancellation);

    /// <summary>Undoes a merge (rules 4). Refusals: CardUnknown, CardMerged.</summary>
    public Task<Outcome> PartAsync(CompanyId companyId, AgentId agent, VisitorCardId from, VisitorCardId into, CancellationToken cancellation = default) =>
        WithBothAsync(companyId, agent, from, into, (one, other) => one.PartFrom(other, agent, time.GetUtcNow()), cancellation);

    private async Task<Outcome> WithBothAsync(CompanyId companyId, AgentId agent, VisitorCardId from, VisitorCardId into, Func<VisitorCard, VisitorCard, Outcome> verb, CancellationToken cancellation)
    {
        var outcome = await writes.RunAsync(
            async (context, token) =>
                !await context.MayAsync(companyId, agent, Permission.CardsEdit, token) ? Refusal.NotAllowed
                : await context.CardAsync(companyId, from, token) is { } one && await context.CardAsync(companyId, into, token) is { } other ? verb(one, other) : Refusal.CardUnknown,
            cancellation);
        if (outcome.IsRefused) return outcome;
        Tell(companyId, into);
        Tell(companyId, from);
        return outcome;
    }

    // On the site, or seen there before, or known by a conversation (a page without function code).
    private async Task<bool> IsKnownAsync(CompanyId companyId, VisitorId visitor, CancellationToken cancellation)
    {
        if (visits.Find(companyId, visitor, time.GetUtcNow()) is not null || await visitors.VisitorAsync(companyId, visitor, cancellation) is not null) return true;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Conversations.AnyAsync(conversation => conversation.CompanyId == companyId && conversation.VisitorId == visitor, cancellation);
    }

    private static async Task<bool> IsOwnerKnownAsync(PortalDbContext context, CompanyId companyId, AgentId? owner, CancellationToken cancellation) =>
        owner is null || await context.Agents.AnyAsync(agent => agent.CompanyId == companyId && agent.Id == owner, cancellation);

    private void Tell(CompanyId companyId, VisitorCardId id) => events.Publish(new PortalEvent(companyId, PortalTopic.Cards, id.Value));
}
