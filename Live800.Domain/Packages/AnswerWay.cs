namespace Live800.Domain.Packages;

/// <summary>The four ways a conversation starts (S1.2, rule 2); each says when its one answer is taken.</summary>
public enum AnswerWay
{
    /// <summary>The visitor asks 要求对话: taken when an agent accepts.</summary>
    VisitorAsks = 0,

    /// <summary>An agent starts 主动对话: taken at once, whatever becomes of it.</summary>
    Proactive = 1,

    /// <summary>An agent invites 邀请对话: taken when the visitor accepts.</summary>
    Invitation = 2,

    /// <summary>A rule invites 自动邀请: accepting it only joins the waiting line; taken when an agent accepts.</summary>
    AutomaticInvitation = 3,
}
