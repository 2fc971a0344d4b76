using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

// Into whose hands and into which line it goes: groups, transfers, seats that are gone (rules 3.8 and 4).
public sealed partial class Conversation
{
    /// <summary>The agent's seat was released or he is gone: it waits for the group again; whoever accepts pays no second answer (rules 2 and 3.8). Refusal: ConversationNotOpen.</summary>
    public Outcome<ChatMessage> ReturnToGroup(DateTimeOffset now)
    {
        if (State != ConversationState.Open)
        {
            return Refusal.ConversationNotOpen;
        }

        State = ConversationState.Waiting;
        AgentId = null;
        return Line(Speaker.System, ChatMessageKind.ReturnedToGroup, now);
    }

    /// <summary>A visitor who waits chooses a group before his first words. Says whether anything changed.</summary>
    public bool WaitIn(GroupId? group)
    {
        if (State != ConversationState.Waiting || GroupId == group)
        {
            return false;
        }

        GroupId = group;
        Version++;
        return true;
    }

    /// <summary>Nobody of its group is in, or the group is gone: it waits for the whole company (rule 4). Refusal: ConversationNotWaiting (also one that waits for the company already).</summary>
    public Outcome<ChatMessage> WaitForCompany(DateTimeOffset now)
    {
        if (State != ConversationState.Waiting || GroupId is null)
        {
            return Refusal.ConversationNotWaiting;
        }

        GroupId = null;
        return Line(Speaker.System, ChatMessageKind.WaitsForCompany, now);
    }

    /// <summary>Its group was removed while it is talked in: returned one day, it waits for the whole company. Says whether anything changed.</summary>
    public bool LeaveGroup()
    {
        if (State != ConversationState.Open || GroupId is null)
        {
            return false;
        }

        GroupId = null;
        Version++;
        return true;
    }

    /// <summary>A colleague has accepted a transfer 转接: it is his from now on, at no further answer (rule 2). Only an open <see cref="Transfer"/> does this. Refusal: ConversationNotOpen.</summary>
    /// <param name="group">The group it was given to, whose it is from now on; nothing leaves that as it is.</param>
    internal Outcome<ChatMessage> HandOver(AgentId to, GroupId? group, DateTimeOffset now)
    {
        if (State != ConversationState.Open)
        {
            return Refusal.ConversationNotOpen;
        }

        AgentId = to;
        GroupId = group ?? GroupId;
        AgentSeen = LastSequence;
        return Line(new Speaker(ChatAuthor.System, to), ChatMessageKind.Transferred, now);
    }
}
