using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

/// <summary>Why nobody talked to a visitor who wanted to talk (rule 4). Stored by number.</summary>
public enum MissedReason
{
    /// <summary>Somebody was in and had room, and did not take it.</summary>
    NotTaken = 0,

    /// <summary>Nobody was in as online or busy.</summary>
    NobodyIn = 1,

    /// <summary>All seats were taken, so that who could have answered did not come in (rule 3.8).</summary>
    SeatsFull = 2,

    /// <summary>No answers were left (rule 3.6).</summary>
    AnswersUsedUp = 3,

    /// <summary>Outside working hours (rule 5).</summary>
    OutsideHours = 4,

    /// <summary>Everybody who was in had as many conversations as he may have (rule 4).</summary>
    AgentsFull = 5,

    /// <summary>An agent blocked the visitor while he waited (rule 4).</summary>
    Rejected = 6,

    /// <summary>The company was suspended.</summary>
    Suspended = 7,

    /// <summary>Only members of the company's site may begin a conversation, and he is none (rule 5).</summary>
    MembersOnly = 8,

    /// <summary>He was asked something first and did not answer (rule 5).</summary>
    NotAnswered = 9,
}

/// <summary>
/// A request that came to nothing 错过的请求 (rule 4), with the reason as it was then: the visitor gave up waiting, or could not even begin. An invitation he declined is none. Of starts that were refused there
/// is one row for a visitor and day, and a bounded number for a company and day, so that a stranger who presses the icon for hours fills nothing.
/// </summary>
public sealed class MissedRequest
{
    /// <summary>Most refused starts kept for one company and day; more are not noted.</summary>
    public const int MostOfDay = 2000;

    /// <summary>Tries within this time are one.</summary>
    public static readonly TimeSpan SameTry = TimeSpan.FromMinutes(1);

    private MissedRequest()
    {
    }

    /// <summary>Key.</summary>
    public long Id { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The visitor.</summary>
    public VisitorId VisitorId { get; private set; }

    /// <summary>The request that was withdrawn; nothing where none was made.</summary>
    public ConversationId? ConversationId { get; private set; }

    /// <summary>The group he asked for; nothing is the whole company.</summary>
    public GroupId? GroupId { get; private set; }

    /// <summary>The company's date.</summary>
    public DateOnly Day { get; private set; }

    /// <summary>When he asked first.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>When it came to nothing, the last time.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>How often he tried.</summary>
    public int Times { get; private set; }

    /// <summary>Why, the last time.</summary>
    public MissedReason Reason { get; private set; }

    /// <summary>Whether he waited; otherwise he could not begin.</summary>
    public bool HasWaited => ConversationId is not null;

    /// <summary>A waiting request was withdrawn.</summary>
    public static MissedRequest GivenUp(Conversation withdrawn, MissedReason reason, DateOnly day, DateTimeOffset now) => new()
    {
        Id = IdSource.Next(now),
        CompanyId = withdrawn.CompanyId,
        VisitorId = withdrawn.VisitorId,
        ConversationId = withdrawn.Id,
        GroupId = withdrawn.GroupId,
        Day = day,
        Since = withdrawn.RequestedAt,
        At = now,
        Times = 1,
        Reason = reason,
    };

    /// <summary>A start was refused, this visitor's first of the day.</summary>
    public static MissedRequest NotStarted(CompanyId company, VisitorId visitor, GroupId? group, MissedReason reason, DateOnly day, DateTimeOffset now) => new()
    {
        Id = IdSource.Next(now),
        CompanyId = company,
        VisitorId = visitor,
        GroupId = group,
        Day = day,
        Since = now,
        At = now,
        Times = 1,
        Reason = reason,
    };

    /// <summary>He tried again on the same day. Says whether anything changed: a click that follows at once is none.</summary>
    public bool TryAgain(GroupId? group, MissedReason reason, DateTimeOffset now)
    {
        if (now - At < SameTry)
        {
            return false;
        }

        (GroupId, Reason, At) = (group, reason, now);
        Times++;
        return true;
    }
}
