using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;

namespace Live800.Domain.Conversations;

/// <summary>Where a conversation stands (rule 2.1).</summary>
public enum ConversationState
{
    /// <summary>In the waiting line.</summary>
    Waiting = 0,

    /// <summary>Visitor and agent talk.</summary>
    Open = 1,

    /// <summary>Over; can be read, and opened again for a while.</summary>
    Ended = 2,

    /// <summary>The visitor left before anybody accepted; no answer.</summary>
    Withdrawn = 3,
}

/// <summary>What ended a conversation (rule 2.1).</summary>
public enum EndedBy
{
    /// <summary>The visitor.</summary>
    Visitor = 0,

    /// <summary>The agent.</summary>
    Agent = 1,

    /// <summary>The visit was over.</summary>
    Visit = 2,

    /// <summary>The company was suspended.</summary>
    Platform = 3,
}

/// <summary>A new conversation and its first line, both to be stored.</summary>
public readonly record struct ConversationStart(Conversation Conversation, ChatMessage Line);

/// <summary>
/// A conversation 对话 between a visitor and an agent (S1.2, rules 2 and 2.1). It costs at most one answer, ever: <see cref="AnswerTaken"/> says whether
/// that one is taken; the caller takes it from the account in the same transaction. Verbs return the line to store beside it.
/// </summary>
public sealed partial class Conversation
{
    private Conversation()
    {
    }

    private Conversation(ConversationId id, CompanyId company, VisitorId visitor, VisitId visit, AnswerWay way, DateTimeOffset now)
    {
        Id = id;
        CompanyId = company;
        VisitorId = visitor;
        VisitId = visit;
        Way = way;
        RequestedAt = now;
    }

    /// <summary>Key.</summary>
    public ConversationId Id { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The visitor; one waiting or open conversation each (rule 2).</summary>
    public VisitorId VisitorId { get; private set; }

    /// <summary>The visit it belongs to (S2.16).</summary>
    public VisitId VisitId { get; private set; }

    /// <summary>How it was started (rule 2).</summary>
    public AnswerWay Way { get; private set; }

    /// <summary>Where it stands.</summary>
    public ConversationState State { get; private set; }

    /// <summary>The agent; nothing while it waits for one.</summary>
    public AgentId? AgentId { get; private set; }

    /// <summary>The group 分组 in whose line it waits or would wait again; nothing is the whole company's (rule 4).</summary>
    public GroupId? GroupId { get; private set; }

    /// <summary>When it began, by whichever way.</summary>
    public DateTimeOffset RequestedAt { get; private set; }

    /// <summary>When an agent first took it.</summary>
    public DateTimeOffset? AcceptedAt { get; private set; }

    /// <summary>When it ended or was withdrawn.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>What ended it.</summary>
    public EndedBy? EndedBy { get; private set; }

    /// <summary>When its visit ended; from then on it is history (S2.16).</summary>
    public DateTimeOffset? VisitEndedAt { get; private set; }

    /// <summary>Whether its one answer has been taken (rule 2).</summary>
    public bool AnswerTaken { get; private set; }

    /// <summary>The id the starting page gave its command; a repeat of it is the same proactive chat (D7). Nothing for the other ways.</summary>
    public Guid? CommandId { get; private set; }

    /// <summary>When a proactive chat was sent to the visitor's page last; nothing for the other ways.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>When a page of the visitor acknowledged a proactive chat.</summary>
    public DateTimeOffset? DeliveredAt { get; private set; }

    /// <summary>Number of its last line; 0 before the first.</summary>
    public int LastSequence { get; private set; }

    /// <summary>Number of the last line the visitor has seen.</summary>
    public int VisitorSeen { get; private set; }

    /// <summary>Number of the last line the agent has seen.</summary>
    public int AgentSeen { get; private set; }

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>Whether it is waiting or open: the visitor cannot have another one beside it (rule 2).</summary>
    public bool IsRunning => State is ConversationState.Waiting or ConversationState.Open;

    /// <summary>The visitor asks 要求对话: waits for an agent, costs nothing yet (rule 2).</summary>
    /// <param name="group">The group in whose line he waits; nothing is the whole company's.</param>
    public static ConversationStart Request(ConversationId id, CompanyId company, VisitorId visitor, VisitId visit, DateTimeOffset now, GroupId? group = null)
    {
        var conversation = new Conversation(id, company, visitor, visit, AnswerWay.VisitorAsks, now) { GroupId = group };
        return new(conversation, conversation.Line(Speaker.System, ChatMessageKind.Requested, now));
    }

    /// <summary>An agent starts 主动对话: open at once; the answer is taken with this command, whatever becomes of it (S1.2).</summary>
    public static ConversationStart Proactive(
        ConversationId id, CompanyId company, VisitorId visitor, VisitId visit, AgentId agent, DateTimeOffset now, Guid? command = null)
    {
        var conversation = new Conversation(id, company, visitor, visit, AnswerWay.Proactive, now)
        {
            State = ConversationState.Open,
            AgentId = agent,
            AcceptedAt = now,
            AnswerTaken = true,
            CommandId = command,
            SentAt = now,
        };
        return new(conversation, conversation.Line(Speaker.Agent(agent) with { Author = ChatAuthor.System }, ChatMessageKind.ProactiveStarted, now));
    }

    /// <summary>
    /// The visitor accepted an invitation 邀请对话. An agent's invitation takes the answer now and binds that agent; when he is not in, it waits for the
    /// group, still one answer. An automatic one only joins the waiting line (rule 2).
    /// </summary>
    internal static ConversationStart FromInvitation(ConversationId id, Invitation invitation, bool inviterIsIn, DateTimeOffset now)
    {
        var byAgent = invitation.AgentId is not null;
        var bound = byAgent && inviterIsIn;
        var conversation = new Conversation(id, invitation.CompanyId, invitation.VisitorId, invitation.VisitId, invitation.Way, now)
        {
            State = bound ? ConversationState.Open : ConversationState.Waiting,
            AgentId = bound ? invitation.AgentId : null,
            AcceptedAt = bound ? now : null,
            AnswerTaken = byAgent,
        };
        return new(conversation, conversation.Line(new Speaker(ChatAuthor.System, conversation.AgentId), ChatMessageKind.InvitationAccepted, now));
    }

    /// <summary>
    /// An agent takes the waiting visitor (S2.5). The caller takes an answer before when <see cref="AnswerTaken"/> is false. Refusals: AlreadyAccepted (another was
    /// faster; <see cref="AgentId"/> says who), ConversationNotWaiting, VisitorGone (last sign of life older than 45 s, rule 2.2; free).
    /// </summary>
    /// <param name="byHand">The agent saw what he took; what the portal took for him is unread.</param>
    public Outcome<ChatMessage> Accept(AgentId agent, DateTimeOffset visitorLastAlive, DateTimeOffset now, Moments moments, bool byHand = true)
    {
        var possible = CanAccept(visitorLastAlive, now, moments);
        if (possible.IsRefused)
        {
            return possible.Refusal;
        }

        State = ConversationState.Open;
        AgentId = agent;
        AcceptedAt ??= now;
        AnswerTaken = true;
        if (byHand)
        {
            AgentSeen = LastSequence;
        }

        return Line(new Speaker(ChatAuthor.System, agent), ChatMessageKind.Accepted, now);
    }

    /// <summary>Whether <see cref="Accept"/> would take it; asked before an answer is taken, so that a refused accept costs nothing (rule 2).</summary>
    public Outcome CanAccept(DateTimeOffset visitorLastAlive, DateTimeOffset now, Moments moments)
    {
        if (State == ConversationState.Open)
        {
            return Refusal.AlreadyAccepted;
        }

        if (State != ConversationState.Waiting)
        {
            return Refusal.ConversationNotWaiting;
        }

        return now - visitorLastAlive > moments.StreamDeadAfter ? Refusal.VisitorGone : Outcome.Done;
    }

    /// <summary>
    /// Somebody writes. A visitor may write while he waits; a colleague while he is in its conference. Refusals: TextEmpty, TextTooLong, ConversationNotOpen, ConversationOfAnother.
    /// Whether <paramref name="clientId"/> was stored before is the caller's question to the store (D2).
    /// </summary>
    /// <param name="member">Who writes, where he is not its agent.</param>
    public Outcome<ChatMessage> Say(Speaker by, Guid clientId, string? text, DateTimeOffset now, ConferenceMember? member = null)
    {
        var clean = MessageText.Clean(text);
        if (clean.IsRefused)
        {
            return clean.Refusal;
        }

        var allowed = CanSay(by, member);
        if (allowed.IsRefused)
        {
            return allowed.Refusal;
        }

        var message = Add(by, ChatMessageKind.Text, clientId, clean.Value, now);
        SeeOwn(by);
        return message;
    }

    /// <summary>
    /// Somebody sends a file that is stored whole already (rule 4): an ordinary line with its name, and what is known of the file. As <see cref="Say"/> otherwise. Refusals: ConversationNotOpen, ConversationOfAnother.
    /// </summary>
    public Outcome<AttachmentStart> Attach(Speaker by, Guid clientId, AttachedFile file, DateTimeOffset now, ConferenceMember? member = null)
    {
        var allowed = CanSay(by, member);
        if (allowed.IsRefused)
        {
            return allowed.Refusal;
        }

        var line = Add(by, ChatMessageKind.File, clientId, file.Name, now);
        SeeOwn(by);
        return new AttachmentStart(new Attachment(this, line, file), line);
    }

    /// <summary>Visitor or agent ends it (rule 2.1). A waiting request ended by its visitor is withdrawn. Refusals: ConversationNotOpen, ConversationOfAnother.</summary>
    public Outcome<ChatMessage> End(Speaker by, DateTimeOffset now)
    {
        if (State == ConversationState.Waiting && by.Author == ChatAuthor.Visitor)
        {
            return Withdraw(now);
        }

        if (State != ConversationState.Open)
        {
            return Refusal.ConversationNotOpen;
        }

        if (by.Author == ChatAuthor.Agent && by.AgentId != AgentId)
        {
            return Refusal.ConversationOfAnother;
        }

        return Close(by.Author == ChatAuthor.Agent ? Conversations.EndedBy.Agent : Conversations.EndedBy.Visitor, by.AgentId, now);
    }

    /// <summary>A request without a living page for 60 s, or given up by the visitor, costs nothing (rule 2.2). Refusal: ConversationNotWaiting.</summary>
    public Outcome<ChatMessage> Withdraw(DateTimeOffset now)
    {
        if (State != ConversationState.Waiting)
        {
            return Refusal.ConversationNotWaiting;
        }

        State = ConversationState.Withdrawn;
        EndedAt = now;
        return Line(Speaker.System, ChatMessageKind.Withdrawn, now);
    }

    /// <summary>The visit is over: what still runs ends with it, and from now on it is history (S2.16). Returns the line to store, if one arose.</summary>
    public ChatMessage? EndWithVisit(DateTimeOffset now)
    {
        if (VisitEndedAt is not null)
        {
            return null;
        }

        VisitEndedAt = now;
        Version++;
        return State switch
        {
            ConversationState.Open => Close(Conversations.EndedBy.Visit, null, now),
            ConversationState.Waiting => Withdraw(now).Value,
            _ => null,
        };
    }

    /// <summary>The company was suspended: what runs ends with a line that says so, a waiting request too, and costs nothing more. Refusal: ConversationNotOpen.</summary>
    public Outcome<ChatMessage> EndWithSuspension(DateTimeOffset now)
    {
        if (!IsRunning)
        {
            return Refusal.ConversationNotOpen;
        }

        State = State == ConversationState.Open ? ConversationState.Ended : ConversationState.Withdrawn;
        EndedAt = now;
        EndedBy = State == ConversationState.Ended ? Conversations.EndedBy.Platform : null;
        return Line(Speaker.System, ChatMessageKind.Suspended, now);
    }

    /// <summary>
    /// A message comes into an ended conversation: within 10 minutes, while the visit lasts and its agent is in, it opens again at no cost (rule 2.1).
    /// Refusals: ConversationOver (it must become a new request), AlreadyAccepted (it is open).
    /// </summary>
    public Outcome<ChatMessage> Reopen(bool agentIsIn, DateTimeOffset now, Moments moments)
    {
        if (IsRunning)
        {
            return Refusal.AlreadyAccepted;
        }

        if (!CanReopen(agentIsIn, now, moments))
        {
            return Refusal.ConversationOver;
        }

        State = ConversationState.Open;
        EndedAt = null;
        EndedBy = null;
        return Line(new Speaker(ChatAuthor.System, AgentId), ChatMessageKind.Reopened, now);
    }

    /// <summary>Whether <see cref="Reopen"/> would open it (rule 2.1).</summary>
    public bool CanReopen(bool agentIsIn, DateTimeOffset now, Moments moments) =>
        State == ConversationState.Ended && agentIsIn && VisitEndedAt is null && AgentId is not null && now < EndedAt + moments.ReopenWithin;

    /// <summary>Visitor or agent has the lines up to a number on the screen; never goes back, never beyond the last line. Says whether anything changed.</summary>
    public bool SeenBy(ChatAuthor author, int sequence)
    {
        var seen = Math.Min(sequence, LastSequence);
        if (author == ChatAuthor.Visitor && seen > VisitorSeen)
        {
            VisitorSeen = seen;
        }
        else if (author == ChatAuthor.Agent && seen > AgentSeen)
        {
            AgentSeen = seen;
        }
        else
        {
            return false;
        }

        Version++;
        return true;
    }

    /// <summary>
    /// Files it, running or over, under its visitor's card 添加对话到访客 (S2.15). Refusals: VisitorWithoutCard, CardUnknown (another company's), CardMerged.
    /// </summary>
    public Outcome<ConversationFiling> FileUnder(VisitorCard? card, AgentId by, DateTimeOffset now)
    {
        if (card is null)
        {
            return Refusal.VisitorWithoutCard;
        }

        if (card.CompanyId != CompanyId)
        {
            return Refusal.CardUnknown;
        }

        return card.IsMerged ? Refusal.CardMerged : new ConversationFiling(this, card, by, now);
    }

    private Outcome CanSay(Speaker by, ConferenceMember? member)
    {
        if (by.Author == ChatAuthor.System)
        {
            throw new ArgumentException("The portal does not write text.", nameof(by));
        }

        if (!(State == ConversationState.Open || (State == ConversationState.Waiting && by.Author == ChatAuthor.Visitor)))
        {
            return Refusal.ConversationNotOpen;
        }

        return by.Author != ChatAuthor.Agent || by.AgentId == AgentId || (member?.AgentId == by.AgentId && member!.IsIn(this)) ? Outcome.Done : Refusal.ConversationOfAnother;
    }

    // Whoever writes has seen what is there. What a colleague in a conference has seen is his own matter.
    private void SeeOwn(Speaker by)
    {
        if (by.Author == ChatAuthor.Visitor || by.AgentId == AgentId)
        {
            _ = SeenBy(by.Author, LastSequence);
        }
    }

    private ChatMessage Close(EndedBy by, AgentId? agent, DateTimeOffset now)
    {
        State = ConversationState.Ended;
        EndedAt = now;
        EndedBy = by;
        return Line(new Speaker(ChatAuthor.System, agent), ChatMessageKind.Ended, now);
    }

    private ChatMessage Line(Speaker by, ChatMessageKind kind, DateTimeOffset now) => Add(by, kind, null, "", now);

    private ChatMessage Add(Speaker by, ChatMessageKind kind, Guid? clientId, string text, DateTimeOffset now)
    {
        Version++;
        NoteWords(by, kind, now);
        return new ChatMessage(this, ++LastSequence, by, kind, clientId, text, now);
    }
}
