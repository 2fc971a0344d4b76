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
}

/// <summary>An invitation 邀请对话, by an agent or by a rule 自动邀请. Only its acceptance can lead to an answer (S1.2).</summary>
public sealed class Invitation
{
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

    /// <summary>When.</summary>
    public DateTimeOffset InvitedAt { get; private set; }

    /// <summary>When the visitor answered.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>What became of it.</summary>
    public ConversationId? ConversationId { get; private set; }

    /// <summary>Whether the visitor refused.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>Which way of starting it is.</summary>
    public AnswerWay Way => AgentId is null ? AnswerWay.AutomaticInvitation : AnswerWay.Invitation;

    /// <summary>
    /// Invites (S2.3). The caller has checked the answers (rule 3.6). Refusals: VisitorGone, AlreadyTalking, VisitorIsWaiting, AlreadyInvited, RefusedLately.
    /// </summary>
    /// <param name="running">The visitor's waiting or open conversation.</param>
    /// <param name="last">The visitor's last invitation.</param>
    public static Outcome<Invitation> Send(
        InvitationId id, CompanyId company, VisitorId visitor, VisitId visit, AgentId? agent, DateTimeOffset visitorLastAlive,
        Conversation? running, Invitation? last, DateTimeOffset now, Moments moments)
    {
        var possible = StartRules.CanApproach(visitorLastAlive, running, last, now, moments);
        if (possible.IsRefused)
        {
            return possible.Refusal;
        }

        return last is not null && last.StateAt(now, moments) == InvitationState.Refused && now < last.AnsweredAt + moments.InvitationRest
            ? Refusal.RefusedLately
            : new Invitation { Id = id, CompanyId = company, VisitorId = visitor, VisitId = visit, AgentId = agent, InvitedAt = now };
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

        return now < InvitedAt + moments.InvitationExpiresAfter ? InvitationState.Open : InvitationState.Expired;
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

        ConversationId = conversation;
        AnsweredAt = now;
        Version++;
        return Conversation.FromInvitation(conversation, this, inviterIsIn, now);
    }

    /// <summary>The visitor says no; costs nothing (S1.2). Refusal: InvitationOver.</summary>
    public Outcome Refuse(DateTimeOffset now, Moments moments)
    {
        if (StateAt(now, moments) != InvitationState.Open)
        {
            return Refusal.InvitationOver;
        }

        IsRefused = true;
        AnsweredAt = now;
        Version++;
        return Outcome.Done;
    }
}
