using System.Globalization;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Platform;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Packages;

/// <summary>A portal set up by its own page, with what a case of PRODUCT section 3 needs at hand. It begins on 2026-03-02 at 12:00 in Shanghai, with the trial.</summary>
internal sealed class PortalCase : IAsyncDisposable
{
    private readonly AccountBox _box;

    private PortalCase(AccountBox box) => _box = box;

    public PortalFactory Portal => _box.Portal;

    public CompanyId Company => _box.Company.Id;

    public string Code => _box.Company.Code;

    public SeatRoster Seats => Portal.Get<SeatRoster>();

    /// <summary>The administrator's workspace.</summary>
    public Seat Owner => new(Company, _box.Administrator.AgentId, _box.Administrator.SessionId);

    public Dictionary<string, TestVisitor> Visitors { get; } = [];

    public Dictionary<string, ConversationId> Conversations { get; } = [];

    public static async Task<PortalCase> OpenAsync() => new(await AccountBox.OpenAsync("Development"));

    /// <summary>A wall-clock time of the company.</summary>
    public static DateTimeOffset At(string local) => new DateTimeOffset(DateTime.Parse(local, CultureInfo.InvariantCulture), TimeSpan.FromHours(8)).ToUniversalTime();

    /// <summary>Turns the Development clock, as the operator does on its page.</summary>
    public async Task UntilAsync(string local) =>
        Assert.False((await Portal.Get<PlatformDesk>().ShiftClockAsync(_box.Administrator, At(local) - Portal.Now)).IsRefused);

    /// <summary>Time goes by.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        _box.Machine.Advance(time);
        await Portal.SweepAsync();
    }

    /// <summary>The portal is stopped and started again at that time.</summary>
    public Task RestartAsync(DateTimeOffset at) => Portal.RestartAsync(at - Portal.Now);

    /// <summary>Half an hour after the trial's end.</summary>
    public Task WithoutTrialAsync() => UntilAsync("2026-03-09 12:30");

    public async Task GrantClicksAsync(int clicks) =>
        Assert.False((await Portal.Get<CompanyBook>().GrantClicksAsync(_box.Administrator, Company, clicks, "case")).IsRefused);

    /// <summary>The administrator orders, and the operator sees the money.</summary>
    public async Task<Order> OrderAsync(OrderItem item, bool confirm = true)
    {
        var desk = Portal.Get<OrderDesk>();
        var price = Portal.Get<StoreBoard>().Terms.Catalog.Quote(item).Value;
        var order = (await desk.PlaceAsync(_box.Administrator, new OrderDraft(new OrderId(IdSource.Next(Portal.Now)), item, price, null))).Value;
        if (confirm) Assert.False((await desk.ConfirmAsync(_box.Administrator, order.Id, price, "transfer")).IsRefused);
        return order;
    }

    /// <summary>This many further agents; they set their passwords by link.</summary>
    public async Task<IReadOnlyList<Seat>> AgentsAsync(int count)
    {
        var seats = new List<Seat>();
        for (var i = 0; i < count; i++)
        {
            var made = await _box.Roster.CreateAsync(_box.Administrator, new AgentForm { Name = $"b{i}", DisplayName = $"b{i}", SetByLink = true });
            seats.Add(new Seat(Company, made.Value, new SessionId(Guid.NewGuid())));
        }

        return seats;
    }

    public async Task<Refusal> CreateAgentAsync(string name) =>
        (await _box.Roster.CreateAsync(_box.Administrator, new AgentForm { Name = name, DisplayName = name, SetByLink = true })).Refusal;

    public async Task<Refusal> EnterAsync(Seat seat) => (await Seats.TakeAsync(seat.Company, seat.Agent, seat.Session)).Refusal;

    public Task LeaveAsync(Seat seat) => Seats.LeaveAsync(seat.Company, seat.Agent, seat.Session);

    /// <summary>Workspaces that hold a seat now.</summary>
    public async Task<int> InAsync() => (await Seats.SituationAsync(Company)).Holders.Count;

    public TestVisitor NewVisitor() => Portal.Visitor(new TestSite(Company, Code, Owner.Agent, Owner.Session), page: Guid.NewGuid().ToString("N")[..10]);

    /// <summary>Somebody opens a page and clicks the icon.</summary>
    public async Task<ConversationId> AskAsync(string name = "")
    {
        var visitor = NewVisitor();
        _ = await visitor.ViewAsync();
        var told = (await visitor.RequestAsync()).Of("conv").Single();
        Assert.Equal("waiting", (string?)told["s"]);
        var conversation = new ConversationId((long)told["c"]!);
        (Visitors[name], Conversations[name]) = (visitor, conversation);
        return conversation;
    }

    public async Task<Refusal> AcceptAsync(ConversationId conversation, Seat? by = null)
    {
        var seat = by ?? Owner;
        return (await Portal.Desk.AcceptAsync(Company, seat.Agent, seat.Session, conversation)).Outcome.Refusal;
    }

    public Task<Entitlement> EntitlementAsync() => Portal.Get<PackageDesk>().EntitlementAsync(Company);

    /// <summary>The ledger's answer lines, in order.</summary>
    public async Task<List<LedgerLine>> AnswersAsync()
    {
        await using var context = Portal.Read();
        return await context.LedgerLines.AsNoTracking().Where(line => line.CompanyId == Company && line.Kind == LedgerKind.Answer).OrderBy(line => line.Number).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // Whatever was done, the book agrees with itself.
        var check = new LedgerCheck(Portal.Get<IDbContextFactory<PortalDbContext>>(), Portal.Get<LedgerSeal>());
        Assert.Empty((await check.RunAsync()).Bad);
        await _box.DisposeAsync();
    }
}
