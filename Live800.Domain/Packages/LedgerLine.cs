using System.Globalization;
using Live800.Domain.Shared;

namespace Live800.Domain.Packages;

/// <summary>The three kinds of ledger lines (rule 2.3).</summary>
public enum LedgerKind
{
    /// <summary>An order, a grant or the trial put something in.</summary>
    Credit = 0,

    /// <summary>A refund took back what was unused.</summary>
    Refund = 1,

    /// <summary>A conversation took its answer.</summary>
    Answer = 2,
}

/// <summary>
/// One line of a company's answer ledger (rule 2.3): appended, never changed. Numbered without gaps per company and sealed over its content and the
/// line before. Ids only, no names or text, so that erasing a person does not touch it.
/// </summary>
public sealed class LedgerLine
{
    private LedgerLine()
    {
    }

    /// <summary>The company; key together with <see cref="Number"/>.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>1, 2, 3 … without gaps.</summary>
    public long Number { get; private set; }

    /// <summary>What kind of line.</summary>
    public LedgerKind Kind { get; private set; }

    /// <summary>When; never before the line before.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Credit, refund: the order or grant (unique among credits). Answer from clicks: the order whose click was used.</summary>
    public OrderId? OrderId { get; private set; }

    /// <summary>Credit: how it came in.</summary>
    public CreditOrigin? Origin { get; private set; }

    /// <summary>Credit, refund of clicks: how many; 0 for terms.</summary>
    public int Clicks { get; private set; }

    /// <summary>Credit, refund of a term: its seats; 0 for clicks.</summary>
    public int Seats { get; private set; }

    /// <summary>Credit, refund of a term: its start.</summary>
    public DateTimeOffset? TermStart { get; private set; }

    /// <summary>Credit of a term: its end; refund: its new end.</summary>
    public DateTimeOffset? TermEnd { get; private set; }

    /// <summary>Answer: how the conversation was started.</summary>
    public AnswerWay? Way { get; private set; }

    /// <summary>Answer: the agent.</summary>
    public AgentId? AgentId { get; private set; }

    /// <summary>Answer: the conversation (unique among answers).</summary>
    public ConversationId? ConversationId { get; private set; }

    /// <summary>Answer: the package charged; under monthly nothing is debited.</summary>
    public PackageKind? Charged { get; private set; }

    /// <summary>Answer charged to free: the company's day (rule 3.5).</summary>
    public DateOnly? FreeDay { get; private set; }

    /// <summary>Answer charged to free: the free answers a day had then.</summary>
    public int? FreePerDay { get; private set; }

    /// <summary>Answer charged to free: free answers left that day. Every other line: clicks left, frozen or not.</summary>
    public long BalanceAfter { get; private set; }

    /// <summary>HMAC-SHA256 over the content and the seal of the line before, hexadecimal.</summary>
    public string Seal { get; private set; } = "";

    internal static LedgerLine Credit(CompanyId company, OrderId order, CreditOrigin origin, int clicks, MonthlyTerm? term) => new()
    {
        CompanyId = company,
        Kind = LedgerKind.Credit,
        OrderId = order,
        Origin = origin,
        Clicks = clicks,
        Seats = term?.Seats ?? 0,
        TermStart = term?.Start,
        TermEnd = term?.End,
    };

    internal static LedgerLine Refund(CompanyId company, OrderId order, int clicks, MonthlyTerm? term) => new()
    {
        CompanyId = company,
        Kind = LedgerKind.Refund,
        OrderId = order,
        Clicks = clicks,
        Seats = term?.Seats ?? 0,
        TermStart = term?.Start,
        TermEnd = term?.End,
    };

    internal static LedgerLine Answer(CompanyId company, AnswerWay way, AgentId agent, ConversationId conversation, PackageKind charged) => new()
    {
        CompanyId = company,
        Kind = LedgerKind.Answer,
        Way = way,
        AgentId = agent,
        ConversationId = conversation,
        Charged = charged,
    };

    internal LedgerLine FromClicks(OrderId order)
    {
        OrderId = order;
        return this;
    }

    internal LedgerLine OnFreeDay(DateOnly day, int perDay)
    {
        FreeDay = day;
        FreePerDay = perDay;
        return this;
    }

    internal LedgerLine Close(long number, DateTimeOffset at, long balance, string sealBefore, LedgerSeal seal)
    {
        Number = number;
        At = at.ToUniversalTime();
        BalanceAfter = balance;
        Seal = seal.Over(Content(sealBefore));
        return this;
    }

    /// <summary>What the seal stands for: every field in a fixed order and form, and the seal of the line before.</summary>
    internal string Content(string sealBefore) => string.Create(
        CultureInfo.InvariantCulture,
        $"1|{CompanyId}|{Number}|{Kind:D}|{At.UtcTicks}|{OrderId}|{Origin:D}|{Clicks}|{Seats}|{TermStart?.UtcTicks}|{TermEnd?.UtcTicks}|{Way:D}|{AgentId}|{ConversationId}|{Charged:D}|{FreeDay:yyyy-MM-dd}|{FreePerDay}|{BalanceAfter}|{sealBefore}");
}
