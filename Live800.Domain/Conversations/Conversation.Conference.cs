using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

// Conference 会议: colleagues who talk beside its agent (rule 4).
public sealed partial class Conversation
{
    /// <summary>Whether <see cref="Join"/> would let him in. Refusals: ConversationNotOpen, ConferenceHasHim (also its agent), ConferenceFull.</summary>
    /// <param name="members">Whoever is or was in its conference.</param>
    public Outcome CanJoin(AgentId agent, IReadOnlyCollection<ConferenceMember> members) =>
        State != ConversationState.Open ? Refusal.ConversationNotOpen
        : agent == AgentId || members.Any(member => member.AgentId == agent && member.IsIn(this)) ? Refusal.ConferenceHasHim
        : members.Count(member => member.IsIn(this)) >= ConferenceMember.Most ? Refusal.ConferenceFull
        : Outcome.Done;

    /// <summary>A colleague joins, at no further answer (rule 2). Only an open <see cref="Transfer"/> does this. Refusals as <see cref="CanJoin"/>.</summary>
    internal Outcome<ConferenceJoin> Join(AgentId agent, AgentId askedBy, IReadOnlyCollection<ConferenceMember> members, DateTimeOffset now)
    {
        var possible = CanJoin(agent, members);
        if (possible.IsRefused)
        {
            return possible.Refusal;
        }

        var before = members.FirstOrDefault(member => member.AgentId == agent && member.ConversationId == Id);
        var member = before ?? new ConferenceMember(this, agent);
        var line = Line(new Speaker(ChatAuthor.System, agent), ChatMessageKind.ConferenceJoined, now);
        member.Come(askedBy, LastSequence, now);
        return new ConferenceJoin(member, line, before is null);
    }

    /// <summary>A colleague leaves the conference, or its agent takes him out of it. Refusals: ConversationNotOpen, ConversationOfAnother (also one who is not in it).</summary>
    public Outcome<ChatMessage> Leave(ConferenceMember member, AgentId by, DateTimeOffset now)
    {
        if (State != ConversationState.Open)
        {
            return Refusal.ConversationNotOpen;
        }

        if (!member.IsIn(this) || (by != member.AgentId && by != AgentId))
        {
            return Refusal.ConversationOfAnother;
        }

        _ = member.Part(now);
        return Line(new Speaker(ChatAuthor.System, member.AgentId), ChatMessageKind.ConferenceLeft, now);
    }

    /// <summary>Its agent is gone: a colleague who is in it has it from now on, so that its visitor does not wait again (rule 3.8). Refusals: ConversationNotOpen, ConversationOfAnother (not in it).</summary>
    public Outcome<ChatMessage> Inherit(ConferenceMember member, DateTimeOffset now)
    {
        if (!member.IsIn(this))
        {
            return Refusal.ConversationOfAnother;
        }

        var seen = member.Seen;
        var line = HandOver(member.AgentId, null, now);
        if (line.IsRefused)
        {
            return line;
        }

        AgentSeen = seen;
        _ = member.Part(now);
        return line;
    }
}
