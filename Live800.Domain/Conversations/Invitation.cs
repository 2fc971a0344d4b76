using Live800.Domain.Packages;
using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

/// <summary>How an invitation stands; <see cref="Open"/> becomes expired by the clock alone (rule 2.2).</summary>
public enum InvitationState
{
    /// <summary>Waits for the visitor.</summary>
    Open = 0,

    /// <summary>The visitor came.</summary>
    Accepted = 1,

    /// <summary>The visitor said no; he is left alone for a while (rule 2.2).</summary>
    Refused = 2,

    /// <summary>Nobody answered in time.</summary>
    Expired = 3,

    /// <summary>The visitor came when no answer was left or nobody was in any more; he got the offline-message form (rule 2).</summary>
    Unserved = 4,
}

/// <summary>An invitation 邀请对话, by an agent or by a rule 自动邀请. Only its acceptance can lead to an answer (S1.2).</summary>
public sealed class Invitation
{
    /// <summary>Longest words of an invitation, in characters: the window beside the visitor's page is small.</summary>
    public const int TextLimit = 200;

    private Invitation()
    {
    }

    /// <summary>Key.</summary>
    public InvitationId Id { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The invited visitor.</summary>
    public VisitorId VisitorId { get; private set; }

    /// <summary>The visit.</summary>
    public VisitId VisitId { get; private set; }

    /// <summary>The inviting agent; nothing when a rule invited.</summary>
    public AgentId? AgentId { get; private set; }

    /// <summary>The id the inviting page gave its command; a repeat of it is the same invitation (D7). Nothing when a rule invited.</summary>
    public Guid? CommandId { get; private set; }

    /// <summary>The rule that invited; nothing when an agent did.</summary>
    public InvitationRuleId? RuleId { get; private set; }

    /// <summary>The words the visitor reads.</summary>
    public string Text { get; private set; } = "";

    /// <summary>When it was first sent.</summary>
    public DateTimeOffset InvitedAt { get; private set; }

    /// <summary>When it was sent last; from here it expires (rule 2.2).</summary>
    public DateTimeOffset SentAt { get; private set; }

    /// <summary>When a page of the visitor acknowledged it.</summary>
    public DateTimeOffset? DeliveredAt { get; private set; }

    /// <summary>When it stood in front of the visitor.</summary>
    public DateTimeOffset? SeenAt { get; private set; }

    /// <summary>When the visitor answered.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>When its outcome was recorded; one without it is the visitor's only open one, or expired by the clock (rule 2).</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>What became of it.</summary>
    public ConversationId? ConversationId { get; private set; }

    /// <summary>Whether the visitor refused.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>Which way of starting it is.</summary>
    public AnswerWay Way => AgentId is null ? AnswerWay.AutomaticInvitation : AnswerWay.Invitation;

    /// <summary>
    /// Invites (S2.3). The caller has checked the answers (rule 3.6). Refusals: VisitorGone, AlreadyTalking, VisitorIsWaiting, AlreadyInvited, RefusedLately, TextTooLong.
    /// </summary>
    /// <param name="running">The visitor's waiting or open conversation.</param>
    /// <param name="last">The visitor's last invitation.</param>
    /// <param name="text">The words the visitor reads, one line; empty for the frame's own.</param>
    public static Outcome<Invitation> Send(
        InvitationId id, CompanyId company, VisitorId visitor, VisitId visit, AgentId? agent, DateTimeOffset visitorLastAlive,
        Conversation? running, Invitation? last, DateTimeOffset now, Moments moments, string? text = null, Guid? command = null, InvitationRuleId? rule = null)
    {
        var possible = StartRules.CanInvite(visitorLastAlive, running, last, now, moments);
        if (possible.IsRefused)
        {
            return possible.Refusal;
        }

        var words = MessageText.Line(text);
        return words.Length > TextLimit
            ? Refusal.TextTooLong
            : new Invitation
            {
                Id = id,
                CompanyId = company,
                VisitorId = visitor,
                VisitId = visit,
                AgentId = agent,
                CommandId = command,
                RuleId = rule,
                Text = words,
                InvitedAt = now,
                SentAt = now,
            };
    }

    /// <summary>How it stands at an instant (rule 2.2).</summary>
    public InvitationState StateAt(DateTimeOffset now, Moments moments)
    {
        if (ConversationId is not null)
        {
            return InvitationState.Accepted;
        }

        if (IsRefused)
        {
            return InvitationState.Refused;
        }

        if (AnsweredAt is not null)
        {
            return InvitationState.Unserved;
        }

        return ClosedAt is null && now < ExpiresAt(moments) ? InvitationState.Open : InvitationState.Expired;
    }

    /// <summary>When it is over if nobody answers (rule 2.2).</summary>
    public DateTimeOffset ExpiresAt(Moments moments) => SentAt + moments.InvitationExpiresAfter;

    /// <summary>How far it has come on its way to the visitor (rules 2.2 and 4).</summary>
    public DeliveryState DeliveryAt(DateTimeOffset now, Moments moments) => Delivery.At(SentAt, DeliveredAt, SeenAt is not null, now, moments);

    /// <summary>A page of the visitor has it, and perhaps it stands in front of him. Says whether anything changed.</summary>
    public bool Reached(bool isSeen, DateTimeOffset now)
    {
        if (ClosedAt is not null || (DeliveredAt is not null && (!isSeen || SeenAt is not null)))
        {
            return false;
        }

        DeliveredAt ??= now;
        SeenAt ??= isSeen ? now : null;
        Version++;
        return true;
    }

    /// <summary>Sends one again that no page acknowledged; it is the same invitation and costs nothing more (rule 2). Refusal: InvitationOver.</summary>
    public Outcome SendAgain(DateTimeOffset now, Moments moments)
    {
        if (StateAt(now, moments) != InvitationState.Open)
        {
            return Refusal.InvitationOver;
        }

        if (DeliveredAt is null)
        {
            SentAt = now;
            Version++;
        }

        return Outcome.Done;
    }

    /// <summary>
    /// The visitor accepts; a click on the icon does the same (rule 2). The caller takes the answer in the same transaction when an agent invited. Refusal: InvitationOver.
    /// </summary>
    public Outcome<ConversationStart> Accept(ConversationId conversation, bool inviterIsIn, DateTimeOffset now, Moments moments)
    {
        if (StateAt(now, moments) != InvitationState.Open)
        {
            return Refusal.InvitationOver;
        }

        Close(now);
        ConversationId = conversation;
        return Conversation.FromInvitation(conversation, this, inviterIsIn, now);
    }

    /// <summary>The visitor came into a conversation that he has by another way; nothing is taken for it (rule 2). Says whether anything changed.</summary>
    public bool Join(ConversationId conversation, DateTimeOffset now, Moments moments)
    {
        if (StateAt(now, moments) != InvitationState.Open)
        {
            return false;
        }

        Close(now);
        ConversationId = conversation;
        return true;
    }

    /// <summary>The visitor came, but there is no answer left or nobody in: he gets the form, nothing is taken (rule 2).</summary>
    public void LeaveUnserved(DateTimeOffset now) => Close(now);

    /// <summary>Records that nobody answered in time. Says whether that is so.</summary>
    public bool Expire(DateTimeOffset now, Moments moments)
    {
        if (ClosedAt is not null || StateAt(now, moments) != InvitationState.Expired)
        {
            return false;
        }

        ClosedAt = now;
        Version++;
        return true;
    }

    /// <summary>The visitor says no; costs nothing (S1.2). Refusal: InvitationOver.</summary>
    public Outcome Refuse(DateTimeOffset now, Moments moments)
    {
        if (StateAt(now, moments) != InvitationState.Open)
        {
            return Refusal.InvitationOver;
        }

        Close(now);
        IsRefused = true;
        return Outcome.Done;
    }

    // Whoever answers has seen it, whatever became of the page's acknowledgement.
    private void Close(DateTimeOffset now)
    {
        DeliveredAt ??= now;
        SeenAt ??= now;
        AnsweredAt = now;
        ClosedAt = now;
        Version++;
    }
}
