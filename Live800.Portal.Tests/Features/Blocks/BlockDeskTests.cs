using System.Net;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Features.Blocks;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.Blocks;

/// <summary>The block list at the whole portal, with the real wire and a second company (rule 4).</summary>
public sealed class BlockDeskTests() : PortalTest(new FakeTimeProvider(DataRoom.Noon))
{
    private TestSite _site = null!;
    private TestVisitor _visitor = null!;

    private BlockDesk Desk => Portal.Get<BlockDesk>();

    public override async Task InitializeAsync()
    {
        _site = await Portal.AddCompanyAsync("qingfeng");
        await Portal.SeatAsync(_site);
        _visitor = Portal.Visitor(_site);
        _ = await _visitor.ViewAsync();
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("shop.example", null)]
    [InlineData("203.0.113", null)]
    [InlineData("3405803783", null)]
    [InlineData("203.0.113.7/8", null)]
    [InlineData("203.0.113.256", null)]
    [InlineData(" 203.0.113.7 ", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::/64", "2001:db8:1:2::/64")]
    public void An_address_is_read_as_people_write_it_and_of_the_new_kind_the_network_counts(string? text, string? address) => Assert.Equal(address, CustomerLine.Of(text));

    [Fact]
    public async Task What_cannot_be_blocked_is_refused_and_blocks_nobody()
    {
        var (company, agent) = (_site.Company, _site.Agent);
        Assert.Equal(Refusal.NetworkAddressInvalid, (await Desk.BlockAddressAsync(SignedIn.To(company, agent), "<script>", null, null)).Refusal);
        Assert.Equal(Refusal.TextTooLong, (await Desk.BlockAddressAsync(SignedIn.To(company, agent), "203.0.113.7", new string('长', 201), null)).Refusal);
        Assert.Equal(Refusal.InputInvalid, (await Desk.BlockAddressAsync(SignedIn.To(company, agent), "203.0.113.7", null, TimeSpan.Zero)).Refusal);
        Assert.Equal(Refusal.VisitorUnknown, (await Desk.BlockVisitorAsync(SignedIn.To(company, agent), new VisitorId(1), null, null)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.BlockAddressAsync(SignedIn.To(company, new AgentId(1)), "203.0.113.7", null, null)).Refusal);
        Assert.Empty(await Desk.InForceAsync(company));
        Assert.Equal(HttpStatusCode.OK, (await _visitor.SayAsync("在吗")).Status);
    }

    [Fact]
    public async Task Another_company_neither_blocks_our_visitor_nor_lifts_our_block_nor_is_touched_by_it()
    {
        var other = await Portal.AddCompanyAsync("lantian");
        Other = other.Company;
        await Portal.SeatAsync(other);
        var theirs = Portal.Visitor(other);
        _ = await theirs.ViewAsync();
        Assert.Equal(Refusal.VisitorUnknown, (await Desk.BlockVisitorAsync(SignedIn.To(other.Company, other.Agent), IdOf(_visitor), null, null)).Refusal);
        Assert.False((await Desk.BlockAddressAsync(SignedIn.To(_site.Company, _site.Agent), "203.0.113.7", null, null)).IsRefused);
        var block = Assert.Single(await Desk.InForceAsync(_site.Company));
        Assert.Equal(Refusal.BlockUnknown, (await Desk.LiftAsync(SignedIn.To(other.Company, other.Agent), block.Id)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.LiftAsync(SignedIn.To(_site.Company, other.Agent), block.Id)).Refusal);
        Assert.Empty(await Desk.OfAsync(other.Company, IdOf(theirs), "203.0.113.7"));
        Assert.Equal(HttpStatusCode.OK, (await theirs.SayAsync("在吗")).Status);
        Assert.Equal("NotServed", (await _visitor.SayAsync("在吗")).Refusal);
    }

    [Fact]
    public async Task A_blocked_visitors_conversation_ends_and_he_can_neither_ask_nor_write_nor_leave_a_message_until_the_block_is_over()
    {
        var talk = new ConversationId((long)(await _visitor.SayAsync("骂人的话"))["c"]!);
        Assert.False((await Portal.Desk.AcceptAsync(_site.Company, _site.Agent, _site.Session, talk)).Outcome.IsRefused);
        Assert.False((await Desk.BlockVisitorAsync(SignedIn.To(_site.Company, _site.Agent), IdOf(_visitor), "骂人", TimeSpan.FromHours(1))).IsRefused);

        var polled = await _visitor.PollAsync();
        Assert.Equal("ended", (string?)polled.Of("conv").Single()["s"]);
        Assert.Null(polled.Of("msg").Last()["l"]); // nor is he asked how content he was
        Assert.Equal("NotServed", (await _visitor.SayAsync("再骂", talk.Value)).Refusal);
        Assert.Equal("NotServed", (await _visitor.RequestAsync()).Refusal);
        Assert.Equal("NotServed", (await LeaveAsync(_visitor)).Refusal);
        Assert.Equal(Refusal.VisitorBlocked, (await Portal.Desk.InviteAsync(_site.Company, _site.Agent, _site.Session, IdOf(_visitor), Guid.NewGuid(), null)).Refusal);
        Assert.Equal(Refusal.VisitorBlocked, (await Portal.Desk.StartProactiveAsync(_site.Company, _site.Agent, _site.Session, IdOf(_visitor), Guid.NewGuid(), null)).Refusal);
        // Somebody else behind the same address is served.
        var neighbour = Portal.Visitor(_site, page: "p2");
        _ = await neighbour.ViewAsync();
        Assert.Equal(HttpStatusCode.OK, (await neighbour.SayAsync("您好")).Status);

        Portal.Machine!.Advance(TimeSpan.FromMinutes(59));
        _ = await _visitor.ViewAsync();
        Assert.Equal("NotServed", (await _visitor.SayAsync("在吗")).Refusal);
        Portal.Machine.Advance(TimeSpan.FromMinutes(1));
        await Portal.SeatAsync(_site);
        Assert.Equal(HttpStatusCode.OK, (await _visitor.SayAsync("在吗")).Status);
        Assert.Empty(await Desk.InForceAsync(_site.Company));
    }

    [Fact]
    public async Task A_waiting_request_of_a_blocked_visitor_is_withdrawn_and_costs_nothing()
    {
        var waiting = new ConversationId((long)(await _visitor.SayAsync("广告"))["c"]!);
        Assert.False((await Desk.BlockVisitorAsync(SignedIn.To(_site.Company, _site.Agent), IdOf(_visitor), null, null)).IsRefused);
        Assert.Equal(Refusal.ConversationNotWaiting, (await Portal.Desk.AcceptAsync(_site.Company, _site.Agent, _site.Session, waiting)).Outcome.Refusal);
        await using var context = Portal.Read();
        Assert.Empty(context.LedgerLines.Where(line => line.ConversationId == waiting));
    }

    [Fact]
    public async Task A_block_outlasts_a_restart_and_a_lifted_one_is_over_at_once_and_not_lifted_twice()
    {
        Assert.False((await Desk.BlockAddressAsync(SignedIn.To(_site.Company, _site.Agent), "203.0.113.7", "机器人", null)).IsRefused);
        await Portal.RestartAsync();
        var visitor = new TestVisitor(Portal.Client(), _site.Code, "p1") { Pass = _visitor.Pass };
        Assert.Equal("NotServed", (await visitor.SayAsync("在吗")).Refusal);
        var elsewhere = new TestVisitor(Portal.Client("198.51.100.4"), _site.Code, "p1") { Pass = _visitor.Pass };
        Assert.NotEqual("NotServed", (await elsewhere.SayAsync("在吗")).Refusal);

        var block = Assert.Single(await Desk.OfAsync(_site.Company, IdOf(_visitor), "203.0.113.7"));
        Assert.False((await Desk.LiftAsync(SignedIn.To(_site.Company, _site.Agent), block.Id)).IsRefused);
        Assert.Equal(Refusal.BlockUnknown, (await Desk.LiftAsync(SignedIn.To(_site.Company, _site.Agent), block.Id)).Refusal);
        Assert.NotEqual("NotServed", (await visitor.SayAsync("在吗")).Refusal);
    }

    private static Task<WireReply> LeaveAsync(TestVisitor visitor) =>
        visitor.PostAsync("offline", ("id", $"{Guid.NewGuid()}"), ("name", "a"), ("contact", "a@example.com"), ("x", "text"));

    private VisitorId IdOf(TestVisitor visitor) =>
        Portal.Get<VisitorPasses>().TryRead(System.Text.Encoding.ASCII.GetBytes(visitor.Pass), visitor.Code == _site.Code ? _site.Company : Other!.Value, Portal.Now, out var pass) ? pass.Visitor : throw new InvalidDataException(visitor.Pass);

    private CompanyId? Other { get; set; }
}
