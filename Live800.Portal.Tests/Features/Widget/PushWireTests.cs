using System.Net;
using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.Widget;

/// <summary>Pushed pages as the visitor's page hears and answers them (S2.1, D7).</summary>
public sealed class PushWireTests() : PortalTest(new FakeTimeProvider(DataRoom.Noon))
{
    private const string Sofa = "https://shop.example/sofa";

    private TestSite _site = null!;
    private TestVisitor _visitor = null!;
    private ConversationId _talk;

    public override async Task InitializeAsync()
    {
        _site = await Portal.AddCompanyAsync("qingfeng");
        await Portal.SeatAsync(_site);
        _visitor = await ComesAsync("p1");
        _talk = (await Portal.Desk.StartProactiveAsync(_site.Company, _site.Agent, _site.Session, IdOf(_visitor), Guid.NewGuid(), null)).Value.Id;
    }

    [Fact]
    public async Task A_push_is_a_line_that_stream_and_poll_tell_alike_and_counts_nothing()
    {
        var before = await AnswersAsync();
        using var stream = await _visitor.StreamAsync();
        _ = await stream.NextAsync("conv");
        var push = await PushAsync();
        var told = await stream.NextAsync("msg", line => (string?)line["k"] == "pagepush");
        Assert.Equal((push.Sequence, "g", Sofa + "\n云朵沙发 <b>", 1), ((int)told["n"]!, (string?)told["a"], (string?)told["x"], (int)told["l"]!));
        Assert.Equal(told.ToJsonString(), (await _visitor.PollAsync()).Of("msg").Last().ToJsonString());
        Assert.Equal(before, await AnswersAsync());
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("/sofa")]
    [InlineData("https://a:b@shop.example/")]
    public async Task A_bad_address_leaves_no_line(string address)
    {
        Assert.Equal(Refusal.AddressInvalid, (await PushAsync(Guid.NewGuid(), address)).Refusal);
        Assert.DoesNotContain((await _visitor.PollAsync()).Of("msg"), line => (string?)line["k"] == "pagepush");
    }

    [Fact]
    public async Task The_same_command_twice_or_at_once_is_one_push_and_with_another_page_it_is_refused()
    {
        var command = Guid.NewGuid();
        var pushed = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => PushAsync(command, Sofa)));
        _ = Assert.Single(pushed.Select(push => push.Value.Sequence).Distinct());
        Assert.Equal(Refusal.SameIdOtherText, (await PushAsync(command, "https://shop.example/lamp")).Refusal);
        Assert.Equal(1, (await _visitor.PollAsync()).Of("msg").Count(line => (string?)line["k"] == "pagepush"));
    }

    [Fact]
    public async Task Another_visitor_a_forged_pass_and_numbers_that_are_none_change_nothing()
    {
        var push = await PushAsync();
        var another = await ComesAsync("p2");
        foreach (var x in new[] { "delivered", "opening", "opened", "clicked", "declined" })
        {
            Assert.Equal((HttpStatusCode.NotFound, "ConversationUnknown"), Answer(await ReportAsync(another, push, x)));
            Assert.Equal(HttpStatusCode.NotFound, (await _visitor.PostAsync("pushed", ("c", $"{_talk}"), ("n", "99"), ("x", x))).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await _visitor.PostAsync("pushed", ("c", $"{_talk}"), ("n", "1"), ("x", x))).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await _visitor.PostAsync("pushed", ("c", "-1"), ("n", "1"), ("x", x))).Status);
            var forged = Portal.Visitor(_site);
            forged.Pass = _visitor.Pass[..^1] + (_visitor.Pass[^1] == 'A' ? 'B' : 'A');
            Assert.Equal(HttpStatusCode.Unauthorized, (await ReportAsync(forged, push, x)).Status);
        }

        foreach (var x in new[] { "", "none", "Opened", "<script>" }) Assert.Equal(HttpStatusCode.BadRequest, (await ReportAsync(_visitor, push, x)).Status);
        Assert.Equal(PushState.Started, await StateAsync());
    }

    [Fact]
    public async Task Of_two_pages_that_would_open_it_by_themselves_one_may_and_afterwards_it_is_a_link()
    {
        var push = await PushAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await ReportAsync(_visitor, push, "delivered")).Status);
        Assert.Equal(PushState.Delivered, await StateAsync());
        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReportAsync(_visitor, push, "opening")));
        Assert.Single(replies, reply => (int?)reply["o"] == 1);
        Assert.Equal(3, replies.Count(reply => reply.Status == HttpStatusCode.NoContent));
        Assert.Equal(PushState.Opened, await StateAsync());
        Assert.Null((await _visitor.PollAsync()).Of("msg").Last()["l"]);
        // What comes later changes nothing, and a repeat is no mistake.
        Assert.Equal(HttpStatusCode.NoContent, (await ReportAsync(_visitor, push, "declined")).Status);
        Assert.Equal(PushState.Opened, await StateAsync());
    }

    [Fact]
    public async Task A_minute_later_no_page_opens_it_any_more_and_the_link_still_counts()
    {
        var push = await PushAsync();
        Portal.Machine!.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(PushState.NotDelivered, await StateAsync());
        Portal.Machine.Advance(TimeSpan.FromSeconds(46));
        Assert.Null((await _visitor.PollAsync()).Of("msg").Last()["l"]);
        Assert.Equal(HttpStatusCode.NoContent, (await ReportAsync(_visitor, push, "opening")).Status);
        Assert.Equal(PushState.NotDelivered, await StateAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await ReportAsync(_visitor, push, "clicked")).Status);
        Assert.Equal(PushState.Clicked, await StateAsync());
    }

    [Fact]
    public async Task Into_an_ended_conversation_nothing_is_pushed_and_what_was_pushed_before_is_still_reported()
    {
        var push = await PushAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await _visitor.PostAsync("end", ("c", $"{_talk}"))).Status);
        Assert.Equal(Refusal.ConversationNotOpen, (await PushAsync(Guid.NewGuid(), Sofa)).Refusal);
        Assert.Equal(HttpStatusCode.NoContent, (await ReportAsync(_visitor, push, "declined")).Status);
        Assert.Equal(PushState.Declined, await StateAsync());
    }

    [Fact]
    public async Task Another_agent_a_lost_seat_and_another_company_push_nothing_and_read_nothing()
    {
        _ = await PushAsync();
        var other = await Portal.AddCompanyAsync("lantian");
        await Portal.SeatAsync(other);
        Assert.Equal(Refusal.ConversationUnknown, (await Portal.Desk.PushAsync(other.Company, other.Agent, other.Session, _talk, Guid.NewGuid(), Sofa, null)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Portal.Desk.PushAsync(_site.Company, new AgentId(99), _site.Session, _talk, Guid.NewGuid(), Sofa, null)).Refusal);
        Assert.Equal(Refusal.SeatMoved, (await Portal.Desk.PushAsync(_site.Company, _site.Agent, new SessionId(Guid.NewGuid()), _talk, Guid.NewGuid(), Sofa, null)).Refusal);
        await Portal.Get<SeatRoster>().LeaveAsync(_site.Company, _site.Agent, _site.Session);
        Assert.Equal(Refusal.SeatLost, (await Portal.Desk.PushAsync(_site.Company, _site.Agent, _site.Session, _talk, Guid.NewGuid(), Sofa, null)).Refusal);
        var queries = Portal.Get<PagePushQueries>();
        Assert.Empty(await queries.LastAsync(other.Company));
        Assert.Empty(await queries.OfConversationAsync(other.Company, _talk));
        _ = Assert.Single(await queries.OfConversationAsync(_site.Company, _talk));
    }

    [Fact]
    public async Task The_companys_last_pushed_pages_are_named_once_newest_first()
    {
        foreach (var path in new[] { "a", "b", "a", "c" })
        {
            Portal.Machine!.Advance(TimeSpan.FromSeconds(1));
            _ = await PushAsync(Guid.NewGuid(), $"https://shop.example/{path}");
        }

        Assert.Equal(["https://shop.example/c", "https://shop.example/a"], (await Portal.Get<PagePushQueries>().LastAsync(_site.Company, 2)).Select(page => page.Address));
    }

    private static (HttpStatusCode Status, string? Refusal) Answer(WireReply reply) => (reply.Status, reply.Refusal);

    private static Task<WireReply> ReportAsync(TestVisitor visitor, PagePush push, string x) =>
        visitor.PostAsync("pushed", ("c", $"{push.ConversationId}"), ("n", $"{push.Sequence}"), ("x", x));

    private async Task<PagePush> PushAsync() => (await PushAsync(Guid.NewGuid(), Sofa)).Value;

    private Task<Outcome<PagePush>> PushAsync(Guid command, string address) =>
        Portal.Desk.PushAsync(_site.Company, _site.Agent, _site.Session, _talk, command, address, "云朵沙发 <b>");

    private async Task<PushState> StateAsync() => (await Portal.Get<PagePushQueries>().OfConversationAsync(_site.Company, _talk)).Values.Single().StateAt(Portal.Now, Moments.Default);

    private async Task<TestVisitor> ComesAsync(string page)
    {
        var visitor = Portal.Visitor(_site, page: page);
        _ = await visitor.ViewAsync();
        return visitor;
    }

    private VisitorId IdOf(TestVisitor visitor) =>
        Portal.Get<VisitorPasses>().TryRead(System.Text.Encoding.ASCII.GetBytes(visitor.Pass), _site.Company, Portal.Now, out var pass) ? pass.Visitor : throw new InvalidDataException(visitor.Pass);

    private async Task<int> AnswersAsync()
    {
        using var context = Portal.Read();
        return await context.LedgerLines.CountAsync(line => line.CompanyId == _site.Company && line.Kind == LedgerKind.Answer);
    }
}
