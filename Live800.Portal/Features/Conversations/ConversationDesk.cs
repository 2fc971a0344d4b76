using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Blocks;
using Live800.Portal.Features.Groups;
using Live800.Portal.Features.Hours;
using Live800.Portal.Features.Packages;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

/// <summary>What an accept came to; when another agent was faster, <paramref name="Winner"/> says who.</summary>
public readonly record struct AcceptAnswer(Outcome<Conversation> Outcome, AgentId? Winner);

/// <summary>
/// Everything that can be done with a conversation (2, 2.1). Each verb is one work of the write queue: decided on the rows as they are stored then, saved, then told.
/// </summary>
public sealed partial class ConversationDesk(
    IDbContextFactory<PortalDbContext> contexts,
    WriteQueue<PortalDbContext> writes,
    MessageIntake intake,
    AgentPresence presence,
    LiveVisits visits,
    PortalEvents events,
    PackageDesk packages,
    Answering answering,
    BlockBoard blocks,
    StartGate gate,
    MissedBook missed,
    TimeProvider time,
    Moments moments)
{
    private volatile bool _isHistoryIndexed;

    /// <summary>
    /// The visitor asks 要求对话: gets the conversation he has, else accepts the invitation that is open (2), else there is a new request.
    /// Refusals: NobodyCanAnswer (nothing is created), VisitorGone (no running visit), those of <see cref="StartGate"/>.
    /// </summary>
    /// <param name="group">The group he asks for; nothing is the whole company (4).</param>
    public async Task<Outcome<Conversation>> RequestAsync(CompanyId companyId, VisitorId visitor, GroupId? group = null, CancellationToken cancellation = default)
    {
        var isMissed = false;
        var asked = await writes.RunAsync(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                async Task<Coming> MissedAsync(Outcome<Conversation> refused, Invitation? invited = null)
                {
                    isMissed = refused.IsRefused && await missed.NoteRefusedAsync(context, companyId, visitor, group, refused.Refusal, now, token);
                    return new Coming(refused, invited);
                }

                var running = await context.LatestOfVisitorAsync(companyId, visitor, token);
                if (await context.UnclosedInvitationAsync(companyId, visitor, token) is { } invitation && invitation.StateAt(now, moments) == InvitationState.Open)
                    return await MissedAsync(await ComeAsync(context, invitation, running is { IsRunning: true } ? running : null, now, token), invitation);
                if (running is { IsRunning: true }) return new Coming(running);
                if (visits.Find(companyId, visitor, now) is not { } visit) return new Coming(Refusal.VisitorGone);
                if (!await answering.CanAnswerAsync(context, companyId, group, now, token)) return await MissedAsync(Refusal.NobodyCanAnswer);
                if (await gate.CheckAsync(context, companyId, visitor, token) is { IsRefused: true } closed) return await MissedAsync(closed.Refusal);
                var (conversation, lines) = await context.RequestAsync(companyId, visitor, visit.Id, group, await answering.HoursAsync(companyId, token), presence, now, token);
                _ = context.Conversations.Add(conversation);
                context.ChatMessages.AddRange(lines);
                return new Coming(conversation, IsNew: true);
            },
            cancellation);
        Tell(asked);
        if (isMissed) events.Publish(new PortalEvent(companyId, PortalTopic.Missed, visitor.Value));
        return asked.Conversation;
    }

    /// <summary>
    /// The visitor writes (D1 to D3). Into an ended conversation it opens that one again or becomes a new request (2.1); the answer says which conversation has it.
    /// A repeat of the same client id gets the first answer. Refusals: TextEmpty, TextTooLong, SameIdOtherText, ConversationUnknown, NobodyCanAnswer, VisitorGone,
    /// and those of <see cref="StartGate"/> where it would become a new request.
    /// </summary>
    /// <param name="conversation">The conversation the visitor sees, or nothing.</param>
    /// <param name="group">The group he asks for; counts with his first words only (4).</param>
    public async Task<Outcome<Said>> VisitorSaysAsync(CompanyId companyId, VisitorId visitor, ConversationId? conversation, Guid clientId, string? text, GroupId? group = null)
    {
        // Whoever writes while he is invited has come.
        if (visits.Find(companyId, visitor, time.GetUtcNow())?.Invitation is not null && !MessageText.Clean(text).IsRefused)
            await ComeByWritingAsync(companyId, visitor);
        return await intake.TakeAsync(new Incoming(companyId, Speaker.Visitor, visitor, conversation, null, clientId, text) { Group = group });
    }

    /// <summary>The agent writes. Refusals: TextEmpty, TextTooLong, SameIdOtherText, ConversationUnknown, ConversationNotOpen, ConversationOfAnother, SeatLost, SeatMoved.</summary>
    public Task<Outcome<Said>> AgentSaysAsync(CompanyId companyId, AgentId agent, SessionId session, ConversationId conversation, Guid clientId, string? text) =>
        intake.TakeAsync(new Incoming(companyId, Speaker.Agent(agent), null, conversation, session, clientId, text));

    /// <summary>
    /// An agent takes a waiting visitor (S2.5): state, answer, ledger line and the line both sides read, in one transaction. Of two at once one wins.
    /// Refusals: ConversationUnknown, SeatLost, SeatMoved, SeatSurplus (3.9), AlreadyAccepted, ConversationNotWaiting, VisitorGone (free), NoAnswersLeft (3.6).
    /// </summary>
    public async Task<AcceptAnswer> AcceptAsync(CompanyId companyId, AgentId agent, SessionId session, ConversationId id, CancellationToken cancellation = default)
    {
        using var span = Instruments.Source.StartActivity("accept");
        var accepted = await writes.RunAsync((context, token) => AcceptAsync(context, companyId, agent, session, id, token), cancellation);
        if (!accepted.Outcome.IsRefused)
        {
            Tell(accepted.Outcome.Value);
            packages.Tell(companyId);
        }

        return accepted;
    }

    /// <summary>The agent ends it; needs no seat (3.8). Refusals: ConversationUnknown, ConversationNotOpen, ConversationOfAnother.</summary>
    public Task<Outcome> EndByAgentAsync(CompanyId companyId, AgentId agent, ConversationId id, CancellationToken cancellation = default) =>
        ChangeAsync(
            (context, token) => context.ConversationAsync(companyId, id, token),
            (conversation, now) => conversation.End(Speaker.Agent(agent), now),
            cancellation);

    /// <summary>The visitor ends it; a waiting request is withdrawn. Refusals: ConversationUnknown, ConversationNotOpen.</summary>
    public Task<Outcome> EndByVisitorAsync(CompanyId companyId, VisitorId visitor, ConversationId id, CancellationToken cancellation = default) =>
        ChangeAsync(
            (context, token) => context.ConversationOfVisitorAsync(companyId, visitor, id, token),
            (conversation, now) => conversation.End(Speaker.Visitor, now),
            cancellation);

    /// <summary>A request is withdrawn: its visitor has had no living page for 60 s (2.2). Refusals: ConversationUnknown, ConversationNotWaiting.</summary>
    public Task<Outcome> WithdrawAsync(CompanyId companyId, ConversationId id, CancellationToken cancellation = default) =>
        ChangeAsync(
            (context, token) => context.ConversationAsync(companyId, id, token),
            (conversation, now) => conversation.Withdraw(now),
            cancellation);

    /// <summary>Withdraws every request whose visitor has had no living page for 60 s (2.2), in all companies; says how many. Called by the sweeper.</summary>
    public async Task<int> WithdrawAbandonedAsync(CancellationToken cancellation = default)
    {
        await using (var reading = await contexts.CreateDbContextAsync(cancellation))
        {
            // Nobody has gone, mostly: then nothing is written.
            var waiting = await reading.Conversations.AsNoTracking().Where(conversation => conversation.State == ConversationState.Waiting).ToListAsync(cancellation);
            if (!waiting.Exists(conversation => IsAbandoned(conversation, time.GetUtcNow()))) return 0;
        }

        var withdrawn = await writes.RunAsync(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                var waiting = await context.Conversations.Where(conversation => conversation.State == ConversationState.Waiting).ToListAsync(token);
                var gone = waiting.FindAll(conversation => IsAbandoned(conversation, now));
                foreach (var conversation in gone)
                {
                    _ = context.ChatMessages.Add(conversation.Withdraw(now).Value);
                    await missed.NoteAsync(context, conversation, now, token);
                }

                return gone;
            },
            cancellation);
        foreach (var conversation in withdrawn) Tell(conversation);
        return withdrawn.Count;
    }

    /// <summary>
    /// The visit is over: what still ran in it ends, and all of it becomes history (S2.16). Called once the end of the visit is recorded; a repeat changes nothing.
    /// </summary>
    public async Task EndVisitAsync(CompanyId companyId, VisitId visit, CancellationToken cancellation = default)
    {
        var ended = await writes.RunAsync(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                var conversations = await context.Conversations
                    .Where(conversation => conversation.CompanyId == companyId && conversation.VisitId == visit && conversation.VisitEndedAt == null)
                    .ToListAsync(token);
                foreach (var conversation in conversations)
                {
                    if (conversation.EndWithVisit(now) is { } line)
                    {
                        _ = context.ChatMessages.Add(line);
                        await missed.NoteAsync(context, conversation, now, token);
                    }

                    foreach (var member in await context.MembersAsync(companyId, conversation.Id, token)) _ = member.Part(now);
                }

                await HistoryWords.AddAsync(context, conversations, token);
                return conversations;
            },
            cancellation);
        foreach (var conversation in ended) Tell(conversation);
    }

    /// <summary>Puts some conversations into the history's index that became history before there was one (S2.16); says how many. Called by the sweeper until there are none.</summary>
    internal async Task<int> CatchUpHistoryAsync(CancellationToken cancellation = default)
    {
        if (_isHistoryIndexed) return 0;
        var added = await writes.RunAsync(HistoryWords.CatchUpAsync, cancellation);
        // What becomes history from now on is put in with it.
        if (added == 0) _isHistoryIndexed = true;
        return added;
    }

    /// <summary>The agent, or a colleague in its conference, has the lines up to a number on the screen. Refusals: ConversationUnknown, ConversationOfAnother.</summary>
    public Task<Outcome> SeenByAgentAsync(CompanyId companyId, AgentId agent, ConversationId id, int sequence, CancellationToken cancellation = default) =>
        SeenAsync(
            (context, token) => context.ConversationAsync(companyId, id, token),
            async (context, conversation, token) => conversation.AgentId == agent ? conversation.SeenBy(ChatAuthor.Agent, sequence)
                : await context.MemberAsync(companyId, id, agent, token) is { } member && member.IsIn(conversation) ? member.See(conversation, sequence)
                : Refusal.ConversationOfAnother,
            cancellation);

    /// <summary>The visitor has the lines up to a number on the screen. Refusal: ConversationUnknown.</summary>
    public Task<Outcome> SeenByVisitorAsync(CompanyId companyId, VisitorId visitor, ConversationId id, int sequence, CancellationToken cancellation = default) =>
        SeenAsync(
            (context, token) => context.ConversationOfVisitorAsync(companyId, visitor, id, token),
            (_, conversation, _) => Task.FromResult<Outcome<bool>>(conversation.SeenBy(ChatAuthor.Visitor, sequence)),
            cancellation);

    /// <summary>Part of the work that suspends a company: all that runs ends with a note. Tell of them after the commit.</summary>
    internal static async Task<List<Conversation>> EndAllAsync(PortalDbContext context, CompanyId companyId, DateTimeOffset now, CancellationToken cancellation)
    {
        var running = await context.Conversations
            .Where(conversation => conversation.CompanyId == companyId && (conversation.State == ConversationState.Waiting || conversation.State == ConversationState.Open))
            .ToListAsync(cancellation);
        var zones = (await context.Companies.AsNoTracking().SingleAsync(company => company.Id == companyId, cancellation)).Zones;
        foreach (var conversation in running)
        {
            _ = context.ChatMessages.Add(conversation.EndWithSuspension(now).Value);
            if (conversation.State == ConversationState.Withdrawn) _ = context.MissedRequests.Add(MissedRequest.GivenUp(conversation, MissedReason.Suspended, zones.DateAt(now), now));
        }

        return running;
    }

    /// <summary>Tells everybody who looks at it: agents, the visitor, the queue.</summary>
    internal void Tell(Conversation conversation)
    {
        visits.TellOf(conversation, time.GetUtcNow());
        events.Publish(new PortalEvent(conversation.CompanyId, PortalTopic.Conversation, conversation.Id.Value, conversation.VisitorId));
        // Its agent has one conversation less.
        if (conversation.State == ConversationState.Ended) events.Publish(new PortalEvent(conversation.CompanyId, PortalTopic.Seats, conversation.CompanyId.Value));
    }

    private bool IsAbandoned(Conversation waiting, DateTimeOffset now) =>
        now - (visits.LastAlive(waiting.CompanyId, waiting.VisitorId, now) ?? waiting.RequestedAt) > moments.RequestWithdrawnAfter;

    private async Task<AcceptAnswer> AcceptAsync(
        PortalDbContext context, CompanyId companyId, AgentId agent, SessionId? session, ConversationId id, CancellationToken cancellation, bool byHand = true)
    {
        var now = time.GetUtcNow();
        if (await context.ConversationAsync(companyId, id, cancellation) is not { } conversation) return new(Refusal.ConversationUnknown, null);
        var seated = await SeatedAsync(context, companyId, agent, session, now, cancellation);
        if (seated.IsRefused) return new(seated.Refusal, null);

        var lastAlive = visits.LastAlive(companyId, conversation.VisitorId, now) ?? DateTimeOffset.MinValue;
        var possible = conversation.CanAccept(lastAlive, now, moments);
        if (possible.IsRefused) return new(possible.Refusal, conversation.AgentId);
        if (!conversation.AnswerTaken)
        {
            var answer = await packages.TakeAnswerAsync(context, companyId, conversation.Way, agent, conversation.Id, now, cancellation);
            if (answer.IsRefused) return new(answer.Refusal, null);
        }

        _ = context.ChatMessages.Add(conversation.Accept(agent, lastAlive, now, moments, byHand).Value);
        return new(conversation, null);
    }

    // A seat that takes new conversations. Refusals: SeatLost, SeatMoved, SeatSurplus (3.9).
    private async Task<Outcome> SeatedAsync(
        PortalDbContext context, CompanyId companyId, AgentId agent, SessionId? session, DateTimeOffset now, CancellationToken cancellation)
    {
        var plan = await context.SeatPlans.AsNoTracking().SingleOrDefaultAsync(plan => plan.CompanyId == companyId, cancellation);
        var seated = Seating.Of(plan, agent, session, now, moments);
        if (seated.IsRefused) return seated;
        return plan!.IsSurplus(agent, await packages.EntitlementAsync(context, companyId, now, cancellation), now, moments) ? Refusal.SeatSurplus : Outcome.Done;
    }

    private async Task<Outcome> ChangeAsync(
        Func<PortalDbContext, CancellationToken, Task<Conversation?>> find, Func<Conversation, DateTimeOffset, Outcome<ChatMessage>> change, CancellationToken cancellation)
    {
        var (outcome, changed) = await writes.RunAsync(
            async (context, token) =>
            {
                if (await find(context, token) is not { } conversation) return (Outcome.FromRefusal(Refusal.ConversationUnknown), (Conversation?)null);
                var now = time.GetUtcNow();
                var line = change(conversation, now);
                if (line.IsRefused) return (line.WithoutValue(), null);
                _ = context.ChatMessages.Add(line.Value);
                await missed.NoteAsync(context, conversation, now, token);
                return (Outcome.Done, conversation);
            },
            cancellation);
        if (changed is not null) Tell(changed);
        return outcome;
    }

    private async Task<Outcome> SeenAsync(
        Func<PortalDbContext, CancellationToken, Task<Conversation?>> find,
        Func<PortalDbContext, Conversation, CancellationToken, Task<Outcome<bool>>> see,
        CancellationToken cancellation)
    {
        var (outcome, seen) = await writes.RunAsync(
            async (context, token) =>
            {
                if (await find(context, token) is not { } conversation) return (Outcome.FromRefusal(Refusal.ConversationUnknown), (Conversation?)null);
                var changed = await see(context, conversation, token);
                return (changed.WithoutValue(), changed is { IsRefused: false, Value: true } ? conversation : null);
            },
            cancellation);
        if (seen is not null) events.Publish(new PortalEvent(seen.CompanyId, PortalTopic.Conversation, seen.Id.Value, seen.VisitorId));
        return outcome;
    }
}
