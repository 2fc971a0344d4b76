using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

/// <summary>How a transfer stands; an open one times out by the clock alone (rule 2.2), or is over with its conversation.</summary>
public enum TransferState
{
    /// <summary>Waits for the other agent.</summary>
    Open = 0,

    /// <summary>The other agent has the conversation.</summary>
    Accepted = 1,

    /// <summary>The other agent said no.</summary>
    Refused = 2,

    /// <summary>The giving agent took it back.</summary>
    TakenBack = 3,

    /// <summary>Nobody answered in time: the conversation stayed where it was.</summary>
    TimedOut = 4,

    /// <summary>Its conversation ended, or left the giving agent by another way.</summary>
    Over = 5,
}

/// <summary>One agent of the group said no.</summary>
public sealed class TransferRefusal
{
    private TransferRefusal()
    {
    }

    internal TransferRefusal(AgentId agent) => AgentId = agent;

    public AgentId AgentId { get; private set; }
}

/// <summary>
/// A transfer 转接 (rule 4): an agent offers his running conversation to a colleague who is in, or to all of a group who are in. Until one accepts, it stays with the giving agent, so
/// that its visitor is never without somebody; it takes no answer (rule 2). Numbered and idempotent, it ends in an outcome that is kept (D7). Asking a colleague into a conference 会议 is offered
/// and answered the same way; the conversation stays whose it is.
/// </summary>
public sealed class Transfer
{
    /// <summary>Longest note for the colleague, in characters.</summary>
    public const int NoteLimit = 200;

    private readonly List<TransferRefusal> _refusals = [];

    private Transfer()
    {
    }

    public TransferId Id { get; private set; }

    public CompanyId CompanyId { get; private set; }

    public ConversationId ConversationId { get; private set; }

    /// <summary>The giving agent.</summary>
    public AgentId From { get; private set; }

    /// <summary>The colleague; for one offered to a group, who took it over: nobody (0) until somebody has.</summary>
    public AgentId To { get; private set; }

    /// <summary>The group it was offered to; nothing where it was offered to one colleague.</summary>
    public GroupId? ToGroup { get; private set; }

    /// <summary>Who of the group said no.</summary>
    public IReadOnlyList<TransferRefusal> Refusals => _refusals;

    /// <summary>The colleague is asked to talk beside the agent, not to take the conversation over.</summary>
    public bool IsConference { get; private set; }

    /// <summary>Nobody was asked: a supervisor took it over 接管.</summary>
    public bool IsTakeOver { get; private set; }

    /// <summary>A word for the colleague; the visitor never reads it.</summary>
    public string Note { get; private set; } = "";

    /// <summary>The id the giving page gave its command; a repeat of it is the same transfer (D7).</summary>
    public Guid CommandId { get; private set; }

    public DateTimeOffset OfferedAt { get; private set; }

    /// <summary>When its outcome was recorded; one without it is the conversation's only open one, or timed out by the clock.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>The recorded outcome; <see cref="TransferState.Open"/> while there is none.</summary>
    public TransferState Outcome { get; private set; }

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>
    /// Offers a conversation. The caller has looked whether the colleague is in. Refusals: ConversationNotOpen, ConversationOfAnother, TransferToSelf, TransferOpen (one is under way), TextTooLong.
    /// </summary>
    /// <param name="last">The conversation's last transfer.</param>
    /// <param name="toConference">He is asked to talk beside the agent.</param>
    public static Outcome<Transfer> Offer(
        TransferId id, Conversation conversation, AgentId from, AgentId to, Transfer? last, Guid command, string? note, DateTimeOffset now, Moments moments, bool toConference = false)
    {
        var offered = Offer(id, conversation, from, last, command, note, now, moments, toConference);
        if (offered.IsRefused) return offered;
        if (from == to) return Refusal.TransferToSelf;
        offered.Value.To = to;
        return offered;
    }

    /// <summary>
    /// Offers a conversation to a group: whoever of it takes it first has it. The caller has looked whether anybody else of it is in. Refusals as <see cref="Offer(TransferId, Conversation, AgentId, AgentId, Transfer?, Guid, string?, DateTimeOffset, Moments, bool)"/>.
    /// </summary>
    public static Outcome<Transfer> OfferToGroup(
        TransferId id, Conversation conversation, AgentId from, GroupId to, Transfer? last, Guid command, string? note, DateTimeOffset now, Moments moments, bool toConference = false)
    {
        var offered = Offer(id, conversation, from, last, command, note, now, moments, toConference);
        if (!offered.IsRefused) offered.Value.ToGroup = to;
        return offered;
    }

    /// <summary>
    /// A supervisor takes it over 接管: no offer, the conversation is his from now on, at no further answer; what is offered of it otherwise is over with it. Refusals as <see cref="Conversation.CanTakeOver"/>.
    /// </summary>
    /// <param name="from">The agent from whom he means to take it.</param>
    public static Outcome<TransferTaken> TakeOver(TransferId id, Conversation conversation, AgentId by, AgentId from, Guid command, DateTimeOffset now)
    {
        var possible = conversation.CanTakeOver(by, from);
        if (possible.IsRefused) return possible.Refusal;
        var taken = new Transfer { Id = id, CompanyId = conversation.CompanyId, ConversationId = conversation.Id, From = from, To = by, CommandId = command, IsTakeOver = true, OfferedAt = now };
        taken.Record(TransferState.Accepted, now);
        return new TransferTaken(taken, conversation.HandOver(by, null, now).Value);
    }

    private static Outcome<Transfer> Offer(TransferId id, Conversation conversation, AgentId from, Transfer? last, Guid command, string? note, DateTimeOffset now, Moments moments, bool toConference)
    {
        if (conversation.State != ConversationState.Open) return Refusal.ConversationNotOpen;
        if (conversation.AgentId != from) return Refusal.ConversationOfAnother;
        if (last?.StateAt(conversation, now, moments) == TransferState.Open) return Refusal.TransferOpen;
        var words = MessageText.Line(note);
        return words.Length > NoteLimit
            ? Refusal.TextTooLong
            : new Transfer { Id = id, CompanyId = conversation.CompanyId, ConversationId = conversation.Id, From = from, CommandId = command, IsConference = toConference, Note = words, OfferedAt = now };
    }

    /// <summary>How it stands at an instant; <paramref name="conversation"/> is the one it is about.</summary>
    public TransferState StateAt(Conversation conversation, DateTimeOffset now, Moments moments) =>
        ClosedAt is not null ? Outcome
        : conversation.State != ConversationState.Open || conversation.AgentId != From ? TransferState.Over
        : now >= OfferedAt + moments.TransferTimesOutAfter ? TransferState.TimedOut
        : TransferState.Open;

    /// <summary>Whether it is offered to this agent; of a group, until he said no.</summary>
    /// <param name="isOfGroup">Whether he belongs to the group it was offered to.</param>
    public bool IsTo(AgentId agent, bool isOfGroup) => ToGroup is null ? agent == To : isOfGroup && agent != From && !_refusals.Exists(refusal => refusal.AgentId == agent);

    /// <summary>The colleague takes it: the conversation is his from now on, at no further answer. Refusals: TransferOver (answered, timed out, taken back, conversation gone), ConversationOfAnother.</summary>
    /// <param name="isOfGroup">Whether he belongs to the group it was offered to.</param>
    public Outcome<ChatMessage> Accept(Conversation conversation, AgentId agent, DateTimeOffset now, Moments moments, bool isOfGroup = false)
    {
        if (IsConference) throw new InvalidOperationException("Who is asked into a conference joins.");
        var answered = Answer(conversation, IsFor(agent, isOfGroup), TransferState.Accepted, now, moments);
        if (answered.IsRefused) return answered.Refusal;
        To = agent;
        return conversation.HandOver(agent, ToGroup, now);
    }

    /// <summary>
    /// The colleague who was asked into the conference joins; the conversation stays whose it is. Refusals as <see cref="Accept"/>, and ConferenceHasHim, ConferenceFull, which leave it open.
    /// </summary>
    /// <param name="members">Whoever is or was in the conference.</param>
    /// <param name="isOfGroup">Whether he belongs to the group that was asked.</param>
    public Outcome<ConferenceJoin> Join(Conversation conversation, IReadOnlyCollection<ConferenceMember> members, AgentId agent, DateTimeOffset now, Moments moments, bool isOfGroup = false)
    {
        if (!IsConference) throw new InvalidOperationException("What is handed over is accepted.");
        if (StateAt(conversation, now, moments) == TransferState.Open && conversation.CanJoin(agent, members) is { IsRefused: true } impossible) return impossible.Refusal;
        var answered = Answer(conversation, IsFor(agent, isOfGroup), TransferState.Accepted, now, moments);
        if (answered.IsRefused) return answered.Refusal;
        To = agent;
        return conversation.Join(agent, From, members, now);
    }

    /// <summary>The colleague says no; the conversation stays where it is. Refusals as <see cref="Accept"/>.</summary>
    public Outcome Refuse(Conversation conversation, AgentId agent, DateTimeOffset now, Moments moments) => Answer(conversation, ToGroup is null && agent == To, TransferState.Refused, now, moments);

    /// <summary>One of the group says no; when nobody is left whom it is offered to, it is refused. Refusals as <see cref="Accept"/>.</summary>
    /// <param name="others">The other agents of the group who could still take it.</param>
    public Outcome RefuseForGroup(Conversation conversation, AgentId agent, IEnumerable<AgentId> others, DateTimeOffset now, Moments moments)
    {
        if (!IsTo(agent, isOfGroup: true) || ToGroup is null) return Refusal.ConversationOfAnother;
        if (StateAt(conversation, now, moments) != TransferState.Open) return Refusal.TransferOver;
        _refusals.Add(new TransferRefusal(agent));
        Version++;
        return others.Any(other => other != agent && IsTo(other, isOfGroup: true)) ? Shared.Outcome.Done : Answer(conversation, true, TransferState.Refused, now, moments);
    }

    /// <summary>Its group was removed: it is over, the conversation stays where it is. Says whether there was something to record.</summary>
    public bool LoseGroup(DateTimeOffset now)
    {
        if (ClosedAt is not null) return false;
        Record(TransferState.Over, now);
        return true;
    }

    /// <summary>The giving agent keeps it after all. Refusals as <see cref="Accept"/>.</summary>
    public Outcome TakeBack(Conversation conversation, AgentId agent, DateTimeOffset now, Moments moments) => Answer(conversation, agent == From, TransferState.TakenBack, now, moments);

    /// <summary>Records what the clock or the conversation's end brought about. Says whether there was something to record.</summary>
    public bool Close(Conversation conversation, DateTimeOffset now, Moments moments)
    {
        var state = StateAt(conversation, now, moments);
        if (ClosedAt is not null || state == TransferState.Open) return false;
        Record(state, state == TransferState.TimedOut ? OfferedAt + moments.TransferTimesOutAfter : now);
        return true;
    }

    // Of a group's agents the second hears that it is taken, not that it was never his.
    private bool IsFor(AgentId agent, bool isOfGroup) => IsTo(agent, isOfGroup) || (ToGroup is not null && agent == To);

    private Outcome Answer(Conversation conversation, bool isAllowed, TransferState state, DateTimeOffset now, Moments moments)
    {
        if (!isAllowed) return Refusal.ConversationOfAnother;
        if (StateAt(conversation, now, moments) != TransferState.Open) return Refusal.TransferOver;
        Record(state, now);
        return Shared.Outcome.Done;
    }

    private void Record(TransferState state, DateTimeOffset at)
    {
        Outcome = state;
        ClosedAt = at;
        Version++;
    }
}

/// <summary>A conversation that was taken over, and the line both sides read, both to be stored.</summary>
public readonly record struct TransferTaken(Transfer Transfer, ChatMessage Line);
