using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Packages;

/// <summary>A company of pure domain objects, with a clock that is moved by hand; what it says reads like the FAQ.</summary>
internal sealed class Shop
{
    public static readonly CompanyId Id = new(1);
    public static readonly LedgerSeal Seal = new([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);
    public static readonly AgentId Linxiao = new(101);
    public static readonly AgentId Chenzy = new(102);

    private long _next = 10_000;

    public Shop(string now = "2026-03-02 12:00", string zone = Company.DefaultZone)
    {
        Company = Company.Register(Id, "qingfeng", "清风家居", zone, DateTimeOffset.UnixEpoch).Value;
        Now = At(now);
        Account = new PackageAccount(Id, Seal);
        Seats = new SeatPlan(Id);
    }

    public Company Company { get; }

    public PackageAccount Account { get; }

    public SeatPlan Seats { get; }

    public List<LedgerLine> Ledger { get; } = [];

    public Moments Moments { get; } = Moments.Default;

    public DateTimeOffset Now { get; set; }

    public PackageRules Rules => new(PackageFigures.Default, Company.Zones);

    public Entitlement Entitlement => Account.EntitlementAt(Now, Rules);

    public int Answers => Ledger.Count(l => l.Kind == LedgerKind.Answer);

    public LedgerFinding? FirstBadLine => LedgerVerification.FirstBadLine(Account, Ledger, Seal);

    /// <summary>An instant by the company's wall clock.</summary>
    public DateTimeOffset At(string local) =>
        LocalCalendar.InstantOf(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), Company.Zones.ZoneAt(DateTimeOffset.UnixEpoch));

    public Shop On(string local)
    {
        Now = At(local);
        return this;
    }

    public Shop Trial() => Kept(Account.GiveTrial(NewOrder(), Now, Rules, Seal));

    public Shop Clicks(int clicks, long? order = null) => Kept(Account.BuyClicks(order is { } o ? new(o) : NewOrder(), clicks, Now, Seal));

    public Shop Monthly(int seats, int months = 1, TermStart start = default, long? order = null) =>
        Kept(Account.BuyTerm(order is { } o ? new(o) : NewOrder(), seats, months, start, Now, Rules, Seal));

    public Outcome<LedgerLine> Refund(long order)
    {
        var line = Account.Refund(new(order), Now, Seal);
        if (!line.IsRefused) Ledger.Add(line.Value);
        return line;
    }

    public Conversation Request() => Conversation.Request(new(++_next), Id, new(_next), new(_next), Now).Conversation;

    /// <summary>An agent accepts, as the desk does it: asked whether it works, answer taken where none was, accepted.</summary>
    public Refusal Accept(Conversation conversation, AgentId? agent = null)
    {
        var possible = conversation.CanAccept(Now, Now, Moments);
        if (possible.IsRefused) return possible.Refusal;
        if (!conversation.AnswerTaken)
        {
            var taken = Answer(conversation.Way, agent ?? Linxiao, conversation.Id);
            if (taken != Refusal.None) return taken;
        }

        return conversation.Accept(agent ?? Linxiao, Now, Now, Moments).Refusal;
    }

    /// <summary>Somebody asks and is accepted.</summary>
    public Refusal Accept() => Accept(Request());

    public Shop Accepts(int times)
    {
        for (var i = 0; i < times; i++) Assert.Equal(Refusal.None, Accept());
        return this;
    }

    public (Refusal Refusal, Conversation? Conversation) Proactive()
    {
        var id = new ConversationId(++_next);
        var taken = Answer(AnswerWay.Proactive, Linxiao, id);
        return taken == Refusal.None ? (taken, Conversation.Proactive(id, Id, new(_next), new(_next), Linxiao, Now).Conversation) : (taken, null);
    }

    public Outcome<Invitation> Invite(AgentId? by) => Account.CanAnswerAt(Now, Rules)
        ? Invitation.Send(new(++_next), Id, new(_next), new(_next), by, Now, null, null, Now, Moments)
        : Refusal.NoAnswersLeft;

    /// <summary>The visitor accepts, as the desk does it: the answer is taken first where an agent invited.</summary>
    public (Refusal Refusal, Conversation? Conversation) VisitorAccepts(Invitation invitation, bool inviterIsIn = true)
    {
        if (invitation.StateAt(Now, Moments) != InvitationState.Open) return (Refusal.InvitationOver, null);
        var id = new ConversationId(++_next);
        if (invitation.AgentId is { } agent && Answer(AnswerWay.Invitation, agent, id) is var taken && taken != Refusal.None) return (taken, null);
        var started = invitation.Accept(id, inviterIsIn, Now, Moments);
        return (started.Refusal, started.Value.Conversation);
    }

    public Refusal Enter(int agent, bool moveHere = false, Guid session = default) =>
        Seats.TryTake(new(agent), new(session == default ? Session(agent) : session), Entitlement, Now, moveHere, Moments).Refusal;

    public static Guid Session(int agent) => new(agent, 0, 0, new byte[8]);

    public Outcome<Agent> NewAgent(int enabled) => Agent.Create(new(++_next), Id, $"agent{enabled}", "客服", null, AgentRole.Agent, Entitlement, enabled, Now);

    private Refusal Answer(AnswerWay way, AgentId agent, ConversationId conversation)
    {
        var line = Account.TryAnswer(way, agent, conversation, Now, Rules, Seal);
        if (!line.IsRefused) Ledger.Add(line.Value);
        return line.Refusal;
    }

    private Shop Kept(Outcome<LedgerLine> line)
    {
        Ledger.Add(line.Value);
        return this;
    }

    private OrderId NewOrder() => new(++_next);
}
