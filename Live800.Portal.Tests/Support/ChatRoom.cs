using Live800.Portal.Data;
using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.BeforeChat;
using Live800.Portal.Features.Blocks;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Groups;
using Live800.Portal.Features.Hours;
using Live800.Portal.Features.Messages;
using Live800.Portal.Features.Packages;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Support;

/// <summary>Storage, seats, packages and conversations together, with companies whose agents are in and whose visitors are on the site.</summary>
public sealed class ChatRoom : IAsyncDisposable
{
    private readonly List<PortalEvent> _told = [];

    private ChatRoom(DataRoom data) => Data = data;

    public DataRoom Data { get; }

    public ConversationDesk Desk => Data.Get<ConversationDesk>();

    public ConversationQueries Queries => Data.Get<ConversationQueries>();

    public SeatRoster Seats => Data.Get<SeatRoster>();

    public PackageDesk Packages => Data.Get<PackageDesk>();

    public OfflineInbox Inbox => Data.Get<OfflineInbox>();

    public OfflineQueries Messages => Data.Get<OfflineQueries>();

    public LiveVisits Visits => Data.Get<LiveVisits>();

    public AgentPresence Presence => Data.Get<AgentPresence>();

    public DateTimeOffset Now => Data.Now;

    /// <summary>Everything told since <see cref="ListenTo"/>.</summary>
    public IReadOnlyList<PortalEvent> Told
    {
        get
        {
            lock (_told) return [.. _told];
        }
    }

    public static async Task<ChatRoom> OpenAsync(Action<IServiceCollection>? with = null) => new(await DataRoom.OpenAsync(services =>
    {
        _ = services.AddSingleton<PortalEvents>().AddSingleton<AgentPresence>().AddSingleton<LiveVisits>();
        _ = services.AddSingleton<TrailWriter>();
        _ = services.AddPackageDesk();
        _ = services.AddBlocks();
        _ = services.AddBeforeChat();
        _ = services.AddConversations();
        _ = services.AddGroups();
        _ = services.AddHours();
        _ = services.AddMessages();
        _ = services.AddSeats();
        with?.Invoke(services);
    }));

    /// <summary>A company with clicks (0: free only) and this many agents; nobody is in yet.</summary>
    public async Task<Firm> CompanyAsync(string code, int clicks = 100, int agents = 2)
    {
        var now = Now;
        var company = Company.Register(new CompanyId(IdSource.Next(now)), code, code, Company.DefaultZone, now).Value;
        var staff = await Data.Writes.RunAsync((context, _) =>
        {
            context.AddRange(company, new SeatPlan(company.Id));
            var account = Packages.Open(context, company, withTrial: false, now);
            var entitlement = account.EntitlementAt(now, new PackageRules(PackageFigures.Default, company.Zones));
            var created = Enumerable.Range(0, agents).Select(i => Agent.Create(
                new AgentId(IdSource.Next(now)), company.Id, $"agent{i}", $"Agent {i}", null, i == 0 ? AgentRole.Administrator : AgentRole.Agent, entitlement, 0, now).Value).ToList();
            context.AddRange(created);
            return Task.FromResult(created);
        });
        if (clicks > 0) Assert.False((await Packages.BuyClicksAsync(company.Id, new OrderId(IdSource.Next(now)), clicks)).IsRefused);
        return new Firm(this, company.Id, [.. staff.Select(agent => new Seat(company.Id, agent.Id, new SessionId(Guid.NewGuid())))]);
    }

    /// <summary>A visitor who has just come to the company's site.</summary>
    public Guest Visitor(CompanyId company)
    {
        var visitor = new VisitorId(IdSource.Next(Now));
        return new Guest(company, visitor, Visits.FindOrStart(company, visitor, Now).Id);
    }

    public IDisposable ListenTo(CompanyId company) => Data.Get<PortalEvents>().Subscribe(company, told =>
    {
        lock (_told) _told.Add(told);
    });

    public async Task<List<LedgerLine>> LedgerAsync(CompanyId company)
    {
        await using var context = Data.Read();
        return await context.LedgerLines.AsNoTracking().Where(line => line.CompanyId == company).OrderBy(line => line.Number).ToListAsync();
    }

    public async Task<int> AnswersAsync(CompanyId company) => (await LedgerAsync(company)).Count(line => line.Kind == LedgerKind.Answer);

    public async Task<Conversation> FindAsync(CompanyId company, ConversationId id) => await Queries.FindAsync(company, id) ?? throw new InvalidOperationException("Not stored.");

    /// <summary>A visitor who asks and an agent who accepts.</summary>
    public async Task<(Guest Guest, Conversation Conversation)> TalkAsync(Firm firm, Seat agent)
    {
        var guest = Visitor(firm.Id);
        var asked = (await Desk.RequestAsync(firm.Id, guest.Id)).Value;
        var accepted = await Desk.AcceptAsync(firm.Id, agent.Agent, agent.Session, asked.Id);
        return (guest, accepted.Outcome.Value);
    }

    public ValueTask DisposeAsync() => Data.DisposeAsync();
}

/// <summary>A company and the workspaces its agents could open.</summary>
public sealed record Firm(ChatRoom Room, CompanyId Id, IReadOnlyList<Seat> Agents)
{
    /// <summary>The agent opens the workspace.</summary>
    public async Task<Seat> EnterAsync(int agent = 0)
    {
        Assert.Equal(Refusal.None, (await Room.Seats.TakeAsync(Id, Agents[agent].Agent, Agents[agent].Session)).Refusal);
        return Agents[agent];
    }
}

/// <summary>An agent in a browser.</summary>
public sealed record Seat(CompanyId Company, AgentId Agent, SessionId Session);

/// <summary>A visitor on his visit.</summary>
public sealed record Guest(CompanyId Company, VisitorId Id, VisitId Visit);
