using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

/// <summary>What must hold before an agent approaches a visitor, by a proactive chat or an invitation (rule 2). A refused command costs nothing.</summary>
public static class StartRules
{
    /// <summary>Refusals: VisitorGone, AlreadyTalking, VisitorIsWaiting (offer accept instead), AlreadyInvited.</summary>
    public static Outcome CanApproach(DateTimeOffset visitorLastAlive, Conversation? running, Invitation? last, DateTimeOffset now, Moments moments)
    {
        if (now - visitorLastAlive > moments.StreamDeadAfter)
        {
            return Refusal.VisitorGone;
        }

        switch (running?.State)
        {
            case ConversationState.Open:
                return Refusal.AlreadyTalking;
            case ConversationState.Waiting:
                return Refusal.VisitorIsWaiting;
        }

        return last is not null && last.StateAt(now, moments) == InvitationState.Open ? Refusal.AlreadyInvited : Outcome.Done;
    }

    /// <summary>For an invitation, as <see cref="CanApproach"/>, and a visitor who said no is left alone for a while (rule 2.2). Refusal beside those: RefusedLately.</summary>
    public static Outcome CanInvite(DateTimeOffset visitorLastAlive, Conversation? running, Invitation? last, DateTimeOffset now, Moments moments)
    {
        var possible = CanApproach(visitorLastAlive, running, last, now, moments);
        return !possible.IsRefused && last is { IsRefused: true } && now < last.AnsweredAt + moments.InvitationRest ? Refusal.RefusedLately : possible;
    }
}
