using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

// Invitations 邀请对话 and proactive chats 主动对话 (2).
public sealed partial class ConversationDesk
{
    /// <summary>
    /// An agent invites (S2.3). The answers are only looked at; one is taken when the visitor accepts. The same command again is the same invitation (D7). Refusals: NotAllowed (S2.17), SeatLost, SeatMoved, SeatSurplus,
    /// TextTooLong, VisitorGone (also another company's visitor), AlreadyTalking, VisitorIsWaiting, AlreadyInvited, RefusedLately, VisitorBlocked, NoAnswersLeft (3.6), InputInvalid (the command of another visitor).
    /// </summary>
    /// <param name="command">The id the page gave its command.</param>
    public async Task<Outcome<Invitation>> InviteAsync(
        CompanyId companyId, AgentId agent, SessionId session, VisitorId visitor, Guid command, string? words, CancellationToken cancellation = default)
    {
        var invited = await writes.RunAsync<Outcome<Invitation>>(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                if (await context.Invitations.SingleOrDefaultAsync(row => row.CompanyId == companyId && row.CommandId == command, token) is { } repeated)
                    return repeated.VisitorId == visitor && repeated.AgentId == agent ? repeated : Refusal.InputInvalid;
                if (!await context.MayAsync(companyId, agent, Permission.Invite, token)) return Refusal.NotAllowed;
                var seated = await SeatedAsync(context, companyId, agent, session, now, token);
                if (seated.IsRefused) return seated.Refusal;
                if (visits.Find(companyId, visitor, now) is not { } visit) return Refusal.VisitorGone;
                if (await blocks.CoversAsync(companyId, visitor, visit.NetworkAddress, token)) return Refusal.VisitorBlocked;
                var running = await context.LatestOfVisitorAsync(companyId, visitor, token) is { IsRunning: true } latest ? latest : null;
                var last = await context.LastInvitationAsync(companyId, visitor, token);
                var sent = Invitation.Send(
                    new InvitationId(IdSource.Next(now)), companyId, visitor, visit.Id, agent, visit.LastAlive(now), running, last, now, moments, words, command);
                if (sent.IsRefused) return sent.Refusal;
                if (!(await packages.EntitlementAsync(context, companyId, now, token)).HasAnswers) return Refusal.NoAnswersLeft;
                // The one before gives its place up first: there is one without an outcome at most.
                if (last?.Expire(now, moments) == true) _ = await context.SaveChangesAsync(token);
                _ = context.Invitations.Add(sent.Value);
                return sent;
            },
            cancellation);
        if (!invited.IsRefused) Tell(invited.Value);
        return invited;
    }

    /// <summary>
    /// An agent starts a conversation: it is open at once and its answer is taken now, whatever becomes of it (S1.2); ledger line, conversation and first words in one transaction (D8). The same command
    /// again is the same conversation (D7). Refusals as <see cref="InviteAsync"/>, RefusedLately apart.
    /// </summary>
    public async Task<Outcome<Conversation>> StartProactiveAsync(
        CompanyId companyId, AgentId agent, SessionId session, VisitorId visitor, Guid command, string? words, CancellationToken cancellation = default)
    {
        var started = await writes.RunAsync<Outcome<Conversation>>(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                if (await context.Conversations.SingleOrDefaultAsync(row => row.CompanyId == companyId && row.CommandId == command, token) is { } repeated)
                    return repeated.VisitorId == visitor ? repeated : Refusal.InputInvalid;
                if (MessageText.Clean(words) is { Refusal: Refusal.TextTooLong }) return Refusal.TextTooLong;
                if (!await context.MayAsync(companyId, agent, Permission.Proactive, token)) return Refusal.NotAllowed;
                var seated = await SeatedAsync(context, companyId, agent, session, now, token);
                if (seated.IsRefused) return seated.Refusal;
                if (visits.Find(companyId, visitor, now) is not { } visit) return Refusal.VisitorGone;
                if (await blocks.CoversAsync(companyId, visitor, visit.NetworkAddress, token)) return Refusal.VisitorBlocked;
                var running = await context.LatestOfVisitorAsync(companyId, visitor, token);
                var possible = StartRules.CanApproach(visit.LastAlive(now), running, await context.LastInvitationAsync(companyId, visitor, token), now, moments);
                if (possible.IsRefused) return possible.Refusal;
                var id = new ConversationId(IdSource.Next(now));
                var answer = await packages.TakeAnswerAsync(context, companyId, AnswerWay.Proactive, agent, id, now, token);
                if (answer.IsRefused) return answer.Refusal;
                var (conversation, line) = Conversation.Proactive(id, companyId, visitor, visit.Id, agent, now, command);
                _ = context.Conversations.Add(conversation);
                _ = context.ChatMessages.Add(line);
                if (conversation.Say(Speaker.Agent(agent), command, words, now) is { IsRefused: false } said) _ = context.ChatMessages.Add(said.Value);
                return conversation;
            },
            cancellation);
        if (!started.IsRefused)
        {
            Tell(started.Value);
            packages.Tell(companyId);
        }

        return started;
    }

    /// <summary>Sends an invitation again that no page acknowledged; costs nothing more. Refusal: InvitationOver (then one invites anew).</summary>
    public async Task<Outcome> InviteAgainAsync(CompanyId companyId, InvitationId id, CancellationToken cancellation = default)
    {
        var (outcome, sent) = await writes.RunAsync(
            async (context, token) =>
            {
                if (await context.Invitations.SingleOrDefaultAsync(row => row.CompanyId == companyId && row.Id == id, token) is not { } invitation)
                    return (Refusal.InvitationOver, null);
                return (invitation.SendAgain(time.GetUtcNow(), moments), (Invitation?)invitation);
            },
            cancellation);
        if (sent is not null && !outcome.IsRefused) Tell(sent);
        return outcome;
    }

    /// <summary>Sends a proactive chat again that no page acknowledged; costs nothing more. Refusals: ConversationUnknown, ConversationNotOpen, ConversationOfAnother.</summary>
    public async Task<Outcome> StartAgainAsync(CompanyId companyId, AgentId agent, ConversationId id, CancellationToken cancellation = default)
    {
        var (outcome, sent) = await writes.RunAsync(
            async (context, token) =>
            {
                if (await context.ConversationAsync(companyId, id, token) is not { } conversation) return (Refusal.ConversationUnknown, null);
                return (conversation.SendAgain(agent, time.GetUtcNow()), (Conversation?)conversation);
            },
            cancellation);
        if (sent is not null && !outcome.IsRefused) Tell(sent);
        return outcome;
    }

    /// <summary>The visitor says no; a repeat says it again. Refusal: InvitationOver (expired, accepted, or none of his).</summary>
    public Task<Outcome> DeclineAsync(CompanyId companyId, VisitorId visitor, InvitationId id, CancellationToken cancellation = default) =>
        ChangeAsync(
            companyId,
            visitor,
            id,
            (invitation, now) => invitation.IsRefused ? (Outcome.Done, false) : (invitation.Refuse(now, moments), true),
            cancellation);

    /// <summary>A page of the visitor has the invitation, and perhaps it stands in front of him. What is over stays as it is. Refusal: InvitationOver (none of his).</summary>
    public Task<Outcome> ReachedAsync(CompanyId companyId, VisitorId visitor, InvitationId id, bool isSeen, CancellationToken cancellation = default) =>
        ChangeAsync(companyId, visitor, id, (invitation, now) => (Outcome.Done, invitation.Reached(isSeen, now)), cancellation);

    /// <summary>A page of the visitor has the proactive chat. Refusal: ConversationUnknown.</summary>
    public async Task<Outcome> ReachedAsync(CompanyId companyId, VisitorId visitor, ConversationId id, CancellationToken cancellation = default)
    {
        var (outcome, reached) = await writes.RunAsync(
            async (context, token) =>
            {
                if (await context.ConversationOfVisitorAsync(companyId, visitor, id, token) is not { } conversation) return (Refusal.ConversationUnknown, null);
                return (Outcome.Done, conversation.Reached(time.GetUtcNow()) ? conversation : null);
            },
            cancellation);
        if (reached is not null) Tell(reached);
        return outcome;
    }

    /// <summary>Records every invitation that nobody answered in time (2.2), in all companies; says how many. What is open is computed from its dates: this only tells. Called by the sweeper.</summary>
    public async Task<int> CloseExpiredAsync(CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        await using (var reading = await contexts.CreateDbContextAsync(cancellation))
        {
            var unclosed = await reading.Invitations.AsNoTracking().Where(invitation => invitation.ClosedAt == null).ToListAsync(cancellation);
            if (!unclosed.Exists(invitation => invitation.StateAt(now, moments) == InvitationState.Expired)) return 0;
        }

        var expired = await writes.RunAsync(
            async (context, token) =>
            {
                var unclosed = await context.Invitations.Where(invitation => invitation.ClosedAt == null).ToListAsync(token);
                return unclosed.FindAll(invitation => invitation.Expire(now, moments));
            },
            cancellation);
        foreach (var invitation in expired) Tell(invitation);
        return expired.Count;
    }

    /// <summary>What the visitor's coming led to.</summary>
    /// <param name="Invitation">The invitation that is over with it.</param>
    private readonly record struct Coming(Outcome<Conversation> Conversation, Invitation? Invitation = null, bool IsNew = false);

    private void Tell(Coming came)
    {
        if (!came.Conversation.IsRefused && (came.IsNew || came.Invitation is not null)) Tell(came.Conversation.Value);
        if (came.Invitation is not { } invitation) return;
        Tell(invitation);
        packages.Tell(invitation.CompanyId);
    }

    private void Tell(Invitation invitation)
    {
        visits.Note(invitation, time.GetUtcNow());
        events.Publish(new PortalEvent(invitation.CompanyId, PortalTopic.Invitation, invitation.Id.Value, invitation.VisitorId));
    }

    // What he writes into a conversation that can be opened again opens that one, free (2.1); then the invitation has been of no need.
    private async Task ComeByWritingAsync(CompanyId companyId, VisitorId visitor)
    {
        var came = await writes.RunAsync(async (context, token) =>
        {
            var now = time.GetUtcNow();
            if (await context.UnclosedInvitationAsync(companyId, visitor, token) is not { } invitation || invitation.StateAt(now, moments) != InvitationState.Open)
                return (Coming?)null;
            var latest = await context.LatestOfVisitorAsync(companyId, visitor, token);
            var goesOn = latest is not null && (latest.IsRunning || latest.CanReopen(IsIn(companyId, latest.AgentId, now), now, moments));
            return new Coming(await ComeAsync(context, invitation, goesOn ? latest : null, now, token), invitation);
        });
        if (came is { } done) Tell(done);
    }

    // The visitor comes to an open invitation: into the conversation he has, or into a new one for which an answer is taken in the same transaction when an agent invited.
    private async Task<Outcome<Conversation>> ComeAsync(PortalDbContext context, Invitation invitation, Conversation? has, DateTimeOffset now, CancellationToken cancellation)
    {
        var company = invitation.CompanyId;
        if (has is not null)
        {
            _ = invitation.Join(has.Id, now, moments);
            return has;
        }

        var id = new ConversationId(IdSource.Next(now));
        var inviterIsIn = invitation.AgentId is { } inviter && !(await SeatedAsync(context, company, inviter, null, now, cancellation)).IsRefused;
        var isServed = inviterIsIn || await answering.CanAnswerAsync(context, company, null, now, cancellation);
        // Not yet: the invitation stays open while he answers.
        if (isServed && await gate.CheckAsync(context, company, invitation.VisitorId, cancellation) is { IsRefused: true } closed) return closed.Refusal;
        if (isServed && invitation.AgentId is { } agent)
            isServed = !(await packages.TakeAnswerAsync(context, company, invitation.Way, agent, id, now, cancellation)).IsRefused;
        if (!isServed)
        {
            invitation.LeaveUnserved(now);
            return Refusal.NobodyCanAnswer;
        }

        var (conversation, line) = invitation.Accept(id, inviterIsIn, now, moments).Value;
        _ = context.Conversations.Add(conversation);
        _ = context.ChatMessages.Add(line);
        // What the visitor said yes to stands in the conversation, as its agent's first words.
        if (inviterIsIn && conversation.Say(Speaker.Agent(invitation.AgentId!.Value), invitation.CommandId ?? Guid.NewGuid(), invitation.Text, now) is { IsRefused: false } said)
            _ = context.ChatMessages.Add(said.Value);
        return conversation;
    }

    private bool IsIn(CompanyId company, AgentId? agent, DateTimeOffset now) => presence.In(company, now).Any(present => present.Agent == agent && !present.IsSurplus);

    private async Task<Outcome> ChangeAsync(
        CompanyId companyId, VisitorId visitor, InvitationId id, Func<Invitation, DateTimeOffset, (Outcome Outcome, bool Changed)> change, CancellationToken cancellation)
    {
        var (outcome, changed) = await writes.RunAsync(
            async (context, token) =>
            {
                var invitation = await context.Invitations.SingleOrDefaultAsync(row => row.CompanyId == companyId && row.VisitorId == visitor && row.Id == id, token);
                if (invitation is null) return (Refusal.InvitationOver, null);
                var (outcome, isChanged) = change(invitation, time.GetUtcNow());
                return (outcome, isChanged && !outcome.IsRefused ? invitation : null);
            },
            cancellation);
        if (changed is not null) Tell(changed);
        return outcome;
    }
}
