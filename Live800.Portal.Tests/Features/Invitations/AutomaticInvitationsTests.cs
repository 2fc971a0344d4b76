using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.Blocks;
using Live800.Portal.Features.Invitations;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.Invitations;

/// <summary>Automatic invitations at the whole portal, with the real wire, the sweeper and a second company (rule 2).</summary>
public sealed class AutomaticInvitationsTests() : PortalTest(new FakeTimeProvider(DataRoom.Noon))
{
    private static readonly RuleConditions Prices = new("/PRICE", 0, 30, 1, 1, null);

    private TestSite _site = null!;

    private RuleDesk Desk => Portal.Get<RuleDesk>();

    private RuleQueries Queries => Portal.Get<RuleQueries>();

    public override async Task InitializeAsync()
    {
        _site = await Portal.AddCompanyAsync("qingfeng");
        await Portal.SeatAsync(_site);
    }

    [Theory]
    [InlineData("", 0, 0, 1, 1)]
    [InlineData("long", 0, 0, 1, 1)]
    [InlineData("a", -1, 0, 1, 1)]
    [InlineData("a", 3601, 0, 1, 1)]
    [InlineData("a", 0, -1, 1, 1)]
    [InlineData("a", 0, 0, 0, 1)]
    [InlineData("a", 0, 0, 1, 0)]
    [InlineData("a", 0, 0, 1001, 1)]
    public async Task A_rule_that_is_none_is_refused(string name, int onSite, int onPage, int pages, int visits)
    {
        var form = new RuleForm(name == "long" ? new string('长', 41) : name, "", new RuleConditions("", onSite, onPage, pages, visits, null), true);
        Assert.Equal(Refusal.InvitationRuleInvalid, (await Desk.AddAsync(SignedIn.To(_site.Company, _site.Agent), form)).Refusal);
        Assert.Equal(Refusal.TextTooLong, (await Desk.AddAsync(SignedIn.To(_site.Company, _site.Agent), new RuleForm("a", new string('长', 201), Prices, true))).Refusal);
        Assert.Equal(Refusal.InvitationRuleInvalid, (await Desk.AddAsync(SignedIn.To(_site.Company, _site.Agent), new RuleForm("a", "", Prices with { Source = (VisitSourceKind)9 }, true))).Refusal);
        Assert.Empty(await Queries.OfAsync(_site.Company));
    }

    [Fact]
    public async Task Rules_are_their_companys_administrators()
    {
        var rule = await AddAsync(new RuleForm("价格页", "需要报价吗？", Prices, true));
        var other = await Portal.AddCompanyAsync("lantian");
        foreach (var (company, agent, refusal) in new[] { (_site.Company, other.Agent, Refusal.NotAllowed), (other.Company, other.Agent, Refusal.InvitationRuleUnknown) })
        {
            Assert.Equal(refusal, (await Desk.ChangeAsync(SignedIn.To(company, agent), rule.Id, rule.Version, new RuleForm("x", "", Prices, true))).Refusal);
            Assert.Equal(refusal, (await Desk.TurnAsync(SignedIn.To(company, agent), rule.Id, on: false)).Refusal);
            Assert.Equal(refusal, (await Desk.MoveAsync(SignedIn.To(company, agent), rule.Id, up: true)).Refusal);
        }

        Assert.Equal(Refusal.NotAllowed, (await Desk.AddAsync(SignedIn.To(_site.Company, other.Agent), new RuleForm("x", "", Prices, true))).Refusal);
        Assert.False((await Desk.DeleteAsync(SignedIn.To(other.Company, other.Agent), rule.Id, rule.Version)).IsRefused); // for them there is none
        Assert.Empty(await Queries.OfAsync(other.Company));
        Assert.Equal(Refusal.ChangedMeanwhile, (await Desk.ChangeAsync(SignedIn.To(_site.Company, _site.Agent), rule.Id, rule.Version - 1, new RuleForm("x", "", Prices, true))).Refusal);
        Assert.Equal("价格页", Assert.Single(await Queries.OfAsync(_site.Company)).Name);
    }

    [Fact]
    public async Task Whom_a_rule_fits_is_invited_once_costs_nothing_and_accepting_only_joins_the_waiting_line()
    {
        _ = await AddAsync(new RuleForm("价格页", "需要报价吗？", Prices, true));
        var (there, elsewhere) = (await ComesAsync("p1", "https://shop.example/price?x=1"), await ComesAsync("p2", "https://shop.example/"));
        await Portal.SweepAsync();
        Assert.Empty((await there.PollAsync()).Of("invite"));
        await PassAsync(31, there, elsewhere);

        Assert.Equal("需要报价吗？", (string?)(await there.PollAsync()).Of("invite").Single()["x"]);
        Assert.Equal("", (string?)(await there.PollAsync()).Of("invite").Single()["g"]);
        Assert.Empty((await elsewhere.PollAsync()).Of("invite"));
        Assert.Equal("waiting", (string?)(await there.RequestAsync()).Of("conv").Single()["s"]);
        // Nobody has joined him yet, and his page says no such thing.
        Assert.Equal("requested", (string?)(await there.PollAsync()).Of("msg").Single()["k"]);
        Assert.Equal(0, await AnswersAsync());
        Assert.Equal(new RuleFigures(1, 1, 1, 0), (await Queries.FiguresAsync(_site.Company, Portal.Now.AddDays(-1))).Values.Single());

        var waiting = new ConversationId((long)(await there.PollAsync()).Of("conv").Single()["c"]!);
        Assert.False((await Portal.Desk.AcceptAsync(_site.Company, _site.Agent, _site.Session, waiting)).Outcome.IsRefused);
        Assert.Equal(1, await AnswersAsync());
    }

    [Fact]
    public async Task Nobody_is_invited_again_in_his_visit_nor_ever_by_a_rule_that_says_once_also_after_a_restart()
    {
        _ = await AddAsync(new RuleForm("一次", "", Prices with { OnPageSeconds = 0 }, OncePerVisitor: true));
        var second = await AddAsync(new RuleForm("每次", "", Prices with { OnPageSeconds = 0 }, OncePerVisitor: false));
        var visitor = await ComesAsync("p1", "https://shop.example/price");
        await Portal.SweepAsync();
        var first = (long)(await visitor.PollAsync()).Of("invite").Single()["i"]!;
        await PassAsync(125, visitor);
        Assert.Empty((await visitor.PollAsync()).Of("invite"));
        await Portal.RestartAsync();
        visitor = Again(visitor);
        _ = await visitor.ViewAsync("https://shop.example/price");
        await Portal.SeatAsync(_site);
        await PassAsync(4, visitor);
        Assert.Equal(1, await CountAsync());

        // His next visit: the first rule has had its turn, the second one may.
        await PassAsync(600);
        _ = await visitor.ViewAsync("https://shop.example/price");
        await Portal.SeatAsync(_site);
        await Portal.SweepAsync();
        Assert.NotEqual(first, (long)(await visitor.PollAsync()).Of("invite").Single()["i"]!);
        await using var context = Portal.Read();
        Assert.Equal(second.Id, (await context.Invitations.OrderByDescending(row => row.Id).FirstAsync()).RuleId);
    }

    [Fact]
    public async Task Who_waits_talks_has_talked_refused_or_is_blocked_is_left_alone_and_so_is_everybody_when_nobody_can_answer()
    {
        _ = await AddAsync(new RuleForm("都请", "", Prices with { PageContains = "", OnPageSeconds = 5 }, false));
        var (waits, talked, refused, blocked) = (await ComesAsync("p1"), await ComesAsync("p2"), await ComesAsync("p3"), await ComesAsync("p4"));
        _ = await waits.RequestAsync();
        _ = await talked.PostAsync("end", ("c", $"{(long)(await talked.SayAsync("在吗"))["c"]!}"));
        var invited = await Portal.Desk.InviteAsync(_site.Company, _site.Agent, _site.Session, IdOf(refused), Guid.NewGuid(), null);
        _ = await refused.PostAsync("decline", ("i", $"{invited.Value.Id}"));
        Assert.False((await Portal.Get<BlockDesk>().BlockVisitorAsync(SignedIn.To(_site.Company, _site.Agent), IdOf(blocked), null, null)).IsRefused);
        await PassAsync(10, waits, talked, refused, blocked);
        Assert.Equal(0, await CountAsync());

        await PassAsync(70); // the seat was kept for a minute: nobody is in any more
        var late = await ComesAsync("p5");
        await PassAsync(10, late);
        Assert.Equal(0, await CountAsync());
        await Portal.SeatAsync(_site);
        await PassAsync(3, late);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Of_two_rules_that_fit_the_first_invites_and_a_rule_that_is_off_or_deleted_invites_nobody()
    {
        var words = new[] { "一", "二", "三" };
        var rules = new List<InvitationRule>();
        foreach (var word in words) rules.Add(await AddAsync(new RuleForm(word, word, Prices with { PageContains = "", OnPageSeconds = 0 }, true)));
        Assert.False((await Desk.MoveAsync(SignedIn.To(_site.Company, _site.Agent), rules[1].Id, up: true)).IsRefused);
        Assert.False((await Desk.TurnAsync(SignedIn.To(_site.Company, _site.Agent), rules[1].Id, on: false)).IsRefused);
        var first = await ComesAsync("p1");
        await Portal.SweepAsync();
        Assert.Equal("一", (string?)(await first.PollAsync()).Of("invite").Single()["x"]);

        var one = (await Queries.OfAsync(_site.Company)).Single(rule => rule.Name == "一");
        Assert.False((await Desk.DeleteAsync(SignedIn.To(_site.Company, _site.Agent), one.Id, one.Version)).IsRefused);
        var second = await ComesAsync("p2");
        await PassAsync(3, second);
        Assert.Equal("三", (string?)(await second.PollAsync()).Of("invite").Single()["x"]);
        Assert.Equal(2, await CountAsync(withoutRule: true)); // what the deleted one invited stays
        await using var context = Portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContext();
        var kept = await context.DeletedRules.SingleAsync(); // and statistics name it
        Assert.Equal((one.Id, "一"), (kept.Id, kept.Name));
    }

    [Fact]
    public async Task A_rule_that_is_turned_on_does_not_fall_on_a_whole_site_at_once()
    {
        foreach (var i in Enumerable.Range(0, AutomaticInvitations.MostAtOnce + 3)) _ = await ComesAsync($"p{i}");
        _ = await AddAsync(new RuleForm("都请", "", Prices with { PageContains = "", OnPageSeconds = 0 }, true));
        Assert.Equal(AutomaticInvitations.MostAtOnce, await Portal.Get<AutomaticInvitations>().SweepAsync());
        Assert.Equal(3, await Portal.Get<AutomaticInvitations>().SweepAsync());
        Assert.Equal(0, await Portal.Get<AutomaticInvitations>().SweepAsync());
    }

    [Fact]
    public async Task Those_who_said_no_do_not_keep_the_turn_from_somebody_who_may_be_invited()
    {
        foreach (var i in Enumerable.Range(0, AutomaticInvitations.MostAtOnce * 2))
        {
            var refused = await ComesAsync($"p{i}");
            var invited = await Portal.Desk.InviteAsync(_site.Company, _site.Agent, _site.Session, IdOf(refused), Guid.NewGuid(), null);
            _ = await refused.PostAsync("decline", ("i", $"{invited.Value.Id}"));
        }

        _ = await AddAsync(new RuleForm("都请", "", Prices with { PageContains = "", OnPageSeconds = 0 }, true));
        _ = await ComesAsync("late");
        var sent = 0;
        foreach (var _ in Enumerable.Range(0, 3)) sent += await Portal.Get<AutomaticInvitations>().SweepAsync();
        Assert.Equal((1, 1), (sent, await CountAsync()));
    }

    private async Task<InvitationRule> AddAsync(RuleForm form)
    {
        Assert.Equal(Refusal.None, (await Desk.AddAsync(SignedIn.To(_site.Company, _site.Agent), form)).Refusal);
        var rule = (await Queries.OfAsync(_site.Company)).Single(rule => rule.Name == form.Name);
        Assert.False(rule.IsOn);
        Assert.Equal(Refusal.None, (await Desk.TurnAsync(SignedIn.To(_site.Company, _site.Agent), rule.Id, on: true)).Refusal);
        return (await Queries.OfAsync(_site.Company)).Single(rule => rule.Name == form.Name);
    }

    private async Task<TestVisitor> ComesAsync(string page, string address = "https://shop.example/")
    {
        var visitor = Portal.Visitor(_site, page: page);
        _ = await visitor.ViewAsync(address);
        return visitor;
    }

    private TestVisitor Again(TestVisitor before)
    {
        var after = Portal.Visitor(_site, page: before.Page);
        after.Pass = before.Pass;
        return after;
    }

    // Time goes by while these pages give signs of life.
    private async Task PassAsync(int seconds, params TestVisitor[] alive)
    {
        for (; seconds > 0; seconds -= 20)
        {
            Portal.Machine!.Advance(TimeSpan.FromSeconds(Math.Min(20, seconds)));
            foreach (var visitor in alive) _ = await visitor.PostAsync("beat", ("k", visitor.Page));
            await Portal.SweepAsync();
        }
    }

    private VisitorId IdOf(TestVisitor visitor) =>
        Portal.Get<VisitorPasses>().TryRead(System.Text.Encoding.ASCII.GetBytes(visitor.Pass), _site.Company, Portal.Now, out var pass) ? pass.Visitor : throw new InvalidDataException(visitor.Pass);

    private async Task<int> CountAsync(bool withoutRule = false)
    {
        await using var context = Portal.Read();
        return await context.Invitations.CountAsync(row => row.CompanyId == _site.Company && (withoutRule || row.RuleId != null));
    }

    private async Task<int> AnswersAsync()
    {
        await using var context = Portal.Read();
        return await context.LedgerLines.CountAsync(line => line.CompanyId == _site.Company && line.Kind == LedgerKind.Answer);
    }
}
