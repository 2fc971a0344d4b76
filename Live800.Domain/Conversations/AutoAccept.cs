using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

/// <summary>Why a request of a line that is given out waits for an agent's hand all the same (rule 2).</summary>
public enum HandReason
{
    /// <summary>It does not: it is given as soon as somebody has room.</summary>
    None = 0,

    /// <summary>The visitor has typed nothing yet.</summary>
    NothingTyped = 1,

    /// <summary>The browser calls itself a robot.</summary>
    Robot = 2,

    /// <summary>This visitor was accepted by itself often enough today.</summary>
    VisitorDay = 3,

    /// <summary>This network address was accepted by itself often enough today.</summary>
    AddressDay = 4,
}

/// <summary>
/// The portal accepted a request for an agent 自动应答 (rule 2): a fact that is kept, so that the limits of the day outlive a restart. A robot must not use clicks up: three a day
/// for a visitor, twenty for an address, of the company's calendar.
/// </summary>
public sealed class AutoAccept
{
    /// <summary>Most a day for one visitor.</summary>
    public const int MostOfVisitor = 3;

    /// <summary>Most a day for one network address.</summary>
    public const int MostOfAddress = 20;

    private AutoAccept()
    {
    }

    /// <summary>Notes what was just accepted.</summary>
    /// <param name="address">The network address as one line of a customer.</param>
    /// <param name="tookAnswer">Whether an answer was taken with it; only those count for the day.</param>
    public AutoAccept(long id, Conversation conversation, AgentId agent, string address, bool tookAnswer, DateTimeOffset now)
    {
        Id = id;
        CompanyId = conversation.CompanyId;
        ConversationId = conversation.Id;
        VisitorId = conversation.VisitorId;
        AgentId = agent;
        Address = address;
        TookAnswer = tookAnswer;
        At = now;
    }

    public long Id { get; private set; }

    public CompanyId CompanyId { get; private set; }

    public ConversationId ConversationId { get; private set; }

    public VisitorId VisitorId { get; private set; }

    public AgentId AgentId { get; private set; }

    public string Address { get; private set; } = "";

    public bool TookAnswer { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>Why an agent's hand is needed. What an answer was taken for already can use none up: there the day's numbers do not count.</summary>
    /// <param name="ofVisitor">How many of this visitor were accepted today.</param>
    /// <param name="ofAddress">How many of this address were accepted today.</param>
    public static HandReason WhyByHand(Conversation conversation, bool hasTyped, bool isRobot, int ofVisitor, int ofAddress) =>
        !hasTyped ? HandReason.NothingTyped
        : isRobot ? HandReason.Robot
        : conversation.AnswerTaken ? HandReason.None
        : ofVisitor >= MostOfVisitor ? HandReason.VisitorDay
        : ofAddress >= MostOfAddress ? HandReason.AddressDay
        : HandReason.None;
}
