using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Messages;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Data;

/// <summary>
/// What <c>--demo</c> starts with: two companies, their agents, and a month that is over, told by the same verbs that real days use. Nobody is on
/// the site and nobody is in: whoever looks is the first. Done once; a folder with companies that are not the demo's is refused.
/// </summary>
public sealed class DemoSeed(
    IDbContextFactory<PortalDbContext> contexts,
    WriteQueue<PortalDbContext> writes,
    WriteQueue<TrailDbContext> trailWrites,
    PackageFigures figures,
    PasswordDesk passwords,
    LedgerSeal seal,
    Moments moments,
    PortalFiles files,
    IOptions<PortalOptions> options,
    TimeProvider clock)
{
    /// <summary>The password of every demo agent. The demo listens on this machine only.</summary>
    public const string Password = "live800-demo";

    public const string FirstCompany = "qingfeng";

    public const string SecondCompany = "lantian";

    private const int DaysTold = 21;
    private const int DaysOfTraffic = 38;

    // The same month every time, so that two people who look at the demo speak of the same thing.
    private readonly Random _chance = new(800);
    private readonly List<object> _rows = [];
    private readonly List<object> _trail = [];
    private readonly List<Visitor> _passers = [];

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await using (var context = await contexts.CreateDbContextAsync(cancellation))
        {
            if (await context.Set<PlatformSettings>().AnyAsync(settings => settings.IsDemo, cancellation)) return;
            if (await context.Users.AnyAsync(cancellation))
                throw new StartRefusedException($"{files.Root} holds real companies. The demo does not touch them: start without --demo, or give the demo a folder of its own with Portal__DataDirectory.");
        }

        var now = clock.GetUtcNow();
        var hash = passwords.Hash(Password);
        var first = Found(FirstCompany, "清风家居", "#2F6B4F", [("linxiao", "林晓"), ("chenzy", "陈志远"), ("zhoumin", "周敏"), ("xujia", "许佳")], hash, now.AddDays(-40));
        var second = Found(SecondCompany, "蓝天户外", "#1F5FA8", [("wangwei", "王伟"), ("liuyang", "刘洋")], hash, now.AddDays(-39));
        first.Accounts[0].OperatePlatform(first.Agents[0].Email!);
        Buy(first, now.AddDays(-32));
        Keep(first.Packages.GrantClicks(NewOrder(now.AddDays(-31)), 500, "演示赠送 / demo grant", now.AddDays(-31), seal));
        var known = Tell(first, DemoStories.Qingfeng, visitsPerDay: 5, now, passersPerDay: 34);
        MakeCards(first, known, now);
        _ = Tell(second, DemoStories.Lantian, visitsPerDay: 2, now, passersPerDay: 0);
        LeaveMessages(first, known, now);

        var store = new StoreSettings();
        _ = store.Sell("演示平台 / demo platform", "演示不收款：以平台运营身份（林晓）在“平台”里确认这笔订单即可。\nThe demo takes no money: as the platform operator (linxiao) confirm the order under “Platform”.");
        _rows.Add(store);
        var settings = new PlatformSettings();
        settings.OpenRegistration(open: true);
        settings.MarkDemo();
        _rows.Add(settings);

        // The trail first: without the mark in the business file the next start begins anew and clears what was half done.
        await trailWrites.RunAsync(
            async (trail, token) =>
            {
                _ = await trail.TrailSteps.ExecuteDeleteAsync(token);
                _ = await trail.Visits.ExecuteDeleteAsync(token);
                _ = await trail.Visitors.ExecuteDeleteAsync(token);
                trail.AddRange(_trail);
            },
            cancellation);
        await writes.RunAsync(
            (context, _) =>
            {
                context.AddRange(_rows);
                return Task.CompletedTask;
            },
            cancellation);
    }

    private Founded Found(string code, string name, string colour, (string Name, string DisplayName)[] agents, string hash, DateTimeOffset at)
    {
        var company = Company.Register(new CompanyId(IdSource.Next(at)), code, name, Company.DefaultZone, at).Value;
        _ = company.Appear(new Appearance { Colour = colour });
        company.Converse(previewTyping: true, asksRating: true, wantsReason: false, pushAsks: false);
        var account = new PackageAccount(company.Id, seal);
        var founded = new Founded(company, account);
        Keep(account.GiveTrial(NewOrder(at), at, founded.Rules(figures), seal));
        foreach (var (agentName, displayName) in agents)
        {
            var role = founded.Agents.Count == 0 ? AgentRole.Administrator : AgentRole.Agent;
            var entitlement = account.EntitlementAt(at, founded.Rules(figures));
            var agent = Agent.Create(new AgentId(IdSource.Next(at)), company.Id, agentName, displayName, $"{agentName}@{code}.example", role, entitlement, founded.Agents.Count, at).Value;
            founded.Agents.Add(agent);
            founded.Accounts.Add(PortalAccount.Of(agent.Id, code, agentName, hash));
        }

        _rows.AddRange([company, account, new SeatPlan(company.Id), .. founded.Agents, .. founded.Accounts]);
        return founded;
    }

    /// <summary>Five seats for half a year, ordered and paid by transfer the same morning.</summary>
    private void Buy(Founded company, DateTimeOffset at)
    {
        var item = OrderItem.Term(5, 6, TermStart.Now);
        var invoice = InvoiceDetails.Of(InvoiceKind.Ordinary, company.Company.Name, "", "", "", company.Agents[0].Email).Value;
        var order = Order.Place(NewOrder(at), company.Company.Id, 1, item, PackageCatalog.Default.Quote(item).Value, invoice, PackageCatalog.Default, company.Agents[0].Id, at).Value;
        var paid = at.AddMinutes(40);
        var notice = new PaymentNotice(IdSource.Next(paid), order, PaymentWay.Manual, order.NameIn(company.Company.Code), order.Amount, order.Currency, paid);
        Keep(order.Fulfil(company.Packages, paid, company.Rules(figures), seal));
        _rows.AddRange([order, notice]);
    }

    private List<Visitor> Tell(Founded company, IReadOnlyList<DemoStory> stories, int visitsPerDay, DateTimeOffset now, int passersPerDay)
    {
        var zone = company.Company.Zones.ZoneAt(now);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var known = new List<Visitor>();
        var next = 0;
        for (var day = today.AddDays(-DaysOfTraffic); day < today; day = day.AddDays(1))
        {
            if (passersPerDay > 0) PassBy(company, DemoTraffic.Of(day, passersPerDay, _chance), day, zone);
            if (day < today.AddDays(-DaysTold)) continue;
            // Office hours, spread evenly: one visit is over before the next begins, so ids, ledger and clock agree.
            var opens = LocalCalendar.InstantOf(day.ToDateTime(new TimeOnly(9, 0)), zone);
            var step = TimeSpan.FromHours(9) / visitsPerDay;
            // Workspaces were open too: nobody all day, everybody at some hour.
            for (var hour = 0; hour < 9; hour++) _rows.Add(new SeatSample(company.Company.Id, opens.AddHours(hour), 1 + ((day.DayNumber + hour) % company.Agents.Count)));
            for (var i = 0; i < visitsPerDay; i++) Visit(company, known, stories[next++ % stories.Count], opens + (step * i) + Between(0, 1200));
        }

        return known;
    }

    /// <summary>Visits in which nothing was said: most of a site's. They make the statistics and nothing else.</summary>
    private void PassBy(Founded company, IEnumerable<DemoPasser> passers, DateOnly day, TimeZoneInfo zone)
    {
        foreach (var passer in passers)
        {
            var at = LocalCalendar.InstantOf(day.ToDateTime(passer.At), zone);
            var visitor = _passers.Count > 20 && _chance.Next(3) == 0 ? _passers[_passers.Count - 1 - _chance.Next(20)] : null;
            if (visitor is null)
            {
                _passers.Add(visitor = new Visitor(new VisitorId(IdSource.Next(at)), company.Company.Id, at));
                _trail.Add(visitor);
            }

            visitor.Come();
            var shop = Shop();
            var visit = new Visit(
                new VisitId(IdSource.Next(at)), company.Company.Id, visitor.Id, VisitSource.Classify(passer.Referrer, shop + passer.Pages[0].Path + passer.Campaign), shop + passer.Pages[0].Path, passer.Pages[0].Title, passer.UserAgent, passer.Address, at);
            _trail.Add(visit);
            TrailStep? open = null;
            foreach (var (path, title) in passer.Pages)
            {
                open?.Leave(at);
                _trail.Add(open = visit.See(shop + path, title, at));
                at += Between(8, 170);
            }

            visit.Live(at);
            open!.Leave(at);
            visit.End(at + moments.VisitEndsAfter);
        }
    }

    private void Visit(Founded company, List<Visitor> known, DemoStory story, DateTimeOffset at)
    {
        var visitor = known.Count > 5 && _chance.Next(4) == 0 ? known[_chance.Next(known.Count)] : null;
        if (visitor is null)
        {
            visitor = new Visitor(new VisitorId(IdSource.Next(at)), company.Company.Id, at);
            known.Add(visitor);
            _trail.Add(visitor);
        }

        visitor.Come();
        var shop = Shop();
        var (path, title) = story.Pages[0];
        var source = VisitSource.Classify(story.Referrer, shop + path);
        var visit = new Visit(
            new VisitId(IdSource.Next(at)), company.Company.Id, visitor.Id, source, shop + path, title,
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", "203.0.113." + _chance.Next(1, 250).ToString(System.Globalization.CultureInfo.InvariantCulture), at);
        _trail.Add(visit);

        var time = at;
        TrailStep? open = null;
        foreach (var (address, pageTitle) in story.Pages)
        {
            open?.Leave(time);
            open = visit.See(shop + address, pageTitle, time);
            _trail.Add(open);
            time += Between(20, 150);
        }

        var conversation = story.Said.Length > 0 ? Talk(company, visitor, visit, story, ref time) : null;
        visit.Live(time);
        open!.Leave(time);
        var end = time + moments.VisitEndsAfter;
        visit.End(end);
        if (conversation?.EndWithVisit(end) is { } line) _rows.Add(line);
    }

    private Conversation Talk(Founded company, Visitor visitor, Visit visit, DemoStory story, ref DateTimeOffset time)
    {
        var (conversation, asked) = Conversation.Request(new ConversationId(IdSource.Next(time)), company.Company.Id, visitor.Id, visit.Id, time);
        _rows.AddRange([conversation, asked]);
        Say(conversation, Speaker.Visitor, story.Said[0], time += Between(6, 20));
        if (story.Said.Length == 1)
        {
            // Nobody took it: the visitor left, no answer was counted.
            _rows.Add(conversation.Withdraw(time += Between(90, 150)).Value);
            _rows.Add(MissedRequest.GivenUp(conversation, MissedReason.NotTaken, company.Company.Zones.DateAt(time), time));
            return conversation;
        }

        time += Between(8, 35);
        var agent = company.Agents[_chance.Next(company.Agents.Count)];
        var answer = company.Packages.TryAnswer(AnswerWay.VisitorAsks, agent.Id, conversation.Id, time, company.Rules(figures), seal);
        if (answer.IsRefused)
        {
            _rows.Add(conversation.Withdraw(time += Between(60, 120)).Value);
            _rows.Add(MissedRequest.GivenUp(conversation, MissedReason.AnswersUsedUp, company.Company.Zones.DateAt(time), time));
            return conversation;
        }

        _rows.Add(answer.Value);
        _rows.Add(conversation.Accept(agent.Id, time - TimeSpan.FromSeconds(5), time, moments).Value);
        foreach (var said in story.Said.Skip(1))
            Say(conversation, said[0] == 'v' ? Speaker.Visitor : Speaker.Agent(agent.Id), said, time += Between(9, 48));
        _ = conversation.SeenBy(ChatAuthor.Visitor, conversation.LastSequence);
        _ = conversation.SeenBy(ChatAuthor.Agent, conversation.LastSequence);
        if (_chance.Next(5) > 0) _rows.Add(conversation.End(_chance.Next(3) == 0 ? Speaker.Visitor : Speaker.Agent(agent.Id), time += Between(5, 40)).Value);
        return conversation;
    }

    private void Say(Conversation conversation, Speaker by, string said, DateTimeOffset at) => _rows.Add(conversation.Say(by, Guid.NewGuid(), said[2..], at).Value);

    private void MakeCards(Founded company, List<Visitor> known, DateTimeOffset now)
    {
        foreach (var (index, content) in DemoStories.Cards.Index())
        {
            var (at, agent) = (now.AddDays(-9 + index), company.Agents[index % company.Agents.Count]);
            var card = VisitorCard.Create(new VisitorCardId(IdSource.Next(at)), company.Company.Id, content with { Owner = agent.Id }, agent.Id, at).Value;
            _rows.Add(card);
            foreach (var visitor in index == 0 ? known.Take(2) : known.Skip(index + 2).Take(1)) _rows.Add(CardAssignment.Of(card, visitor.Id, agent.Id, at).Value);
        }
    }

    private void LeaveMessages(Founded company, List<Visitor> known, DateTimeOffset now)
    {
        var zone = company.Company.Zones.ZoneAt(now);
        var evening = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime).AddDays(-DemoStories.Messages.Count - 1);
        foreach (var (index, (name, contact, text, answer)) in DemoStories.Messages.Index())
        {
            var at = LocalCalendar.InstantOf(evening.ToDateTime(new TimeOnly(20, 10)), zone);
            // The last one came through the form without JavaScript: nobody knows whose browser that was.
            VisitorId? visitor = index + 1 < DemoStories.Messages.Count ? known[index + 6].Id : null;
            var message = OfflineMessage.Leave(new OfflineMessageId(IdSource.Next(at)), company.Company.Id, visitor, Guid.NewGuid(), name, contact, text, at).Value;
            if (answer.Length > 0) _rows.Add(message.Reply(new OfflineReplyId(IdSource.Next(at.AddHours(13))), company.Agents[1].Id, Guid.NewGuid(), answer, null, message.Version, true, at.AddHours(13)).Value);
            else message.Assign(index == 1 ? company.Agents[0].Id : null);
            _rows.Add(message);
            evening = evening.AddDays(1);
        }
    }

    private string Shop()
    {
        var first = options.Value.DemoUrls.Split(';', 2)[0].TrimEnd('/');
        return first.EndsWith(":0", StringComparison.Ordinal) ? "http://localhost:5081" : first;
    }

    private TimeSpan Between(int seconds, int andSeconds) => TimeSpan.FromSeconds(_chance.Next(seconds, andSeconds));

    private void Keep(Outcome<LedgerLine> line) => _rows.Add(line.Value);

    private static OrderId NewOrder(DateTimeOffset at) => new(IdSource.Next(at));

    private sealed record Founded(Company Company, PackageAccount Packages)
    {
        public List<Agent> Agents { get; } = [];

        public List<PortalAccount> Accounts { get; } = [];

        public PackageRules Rules(PackageFigures figures) => new(figures, Company.Zones);
    }
}
