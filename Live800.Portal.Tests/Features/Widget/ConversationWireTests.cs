using System.Net;
using System.Text.Json.Nodes;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Widget;

public sealed class ConversationWireTests(SharedPortal shared) : SharedPortalTest(shared)
{
    private readonly SharedPortal _shared = shared;

    [Fact]
    public async Task A_click_on_the_icon_is_one_request_however_often_it_comes()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Visitor.RequestAsync()));
        var conversations = replies.Select(reply => (long)reply.Of("conv").Single()["c"]!).Distinct().ToList();
        Assert.Single(conversations);
        Assert.All(replies, reply => Assert.Equal("waiting", (string?)reply.Of("conv").Single()["s"]));
        using var context = Portal.Read();
        Assert.Equal(1, await context.Conversations.CountAsync(row => row.CompanyId == Site.Company));
    }

    [Fact]
    public async Task Whoever_waits_sees_his_place_in_the_line()
    {
        _ = await Visitor.RequestAsync();
        var second = NewVisitor("p2");
        _ = await second.ViewAsync();
        Assert.Equal(2, (int)(await second.RequestAsync()).Of("conv").Single()["q"]!);
        Assert.Equal(1, (int)(await Visitor.PollAsync()).Of("conv").Single()["q"]!);
    }

    [Fact]
    public async Task When_nobody_is_in_a_request_makes_nothing_and_a_message_is_refused()
    {
        var quiet = await _shared.NewSiteAsync();
        var visitor = NewVisitor(site: quiet);
        var viewed = await visitor.ViewAsync();
        Assert.Equal(0, (int)viewed.Of("icons").Single()["on"]!["1"]![0]!);
        Assert.Equal("offline", (string?)viewed.Of("conv").Single()["s"]);
        Assert.Equal("offline", (string?)(await visitor.RequestAsync()).Of("conv").Single()["s"]);
        var said = await visitor.SayAsync("hello");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "NobodyCanAnswer"), (said.Status, said.Refusal));
        using var context = Portal.Read();
        Assert.False(await context.Conversations.AnyAsync(row => row.CompanyId == quiet.Company));
    }

    [Fact]
    public async Task The_same_message_id_gets_the_same_answer_and_other_words_under_it_are_refused()
    {
        var id = Guid.NewGuid();
        var first = await Visitor.SayAsync("你好", id: id);
        var again = await Visitor.SayAsync("你好", (long)first["c"]!, id);
        Assert.Equal(first.Json.ToJsonString(), again.Json.ToJsonString());
        var other = await Visitor.SayAsync("您好", (long)first["c"]!, id);
        Assert.Equal((HttpStatusCode.Conflict, "SameIdOtherText"), (other.Status, other.Refusal));
        Assert.Equal(["requested", "text"], (await Visitor.PollAsync()).Of("msg").Select(line => (string?)line["k"]));
    }

    [Fact]
    public async Task A_hundred_copies_of_one_message_at_once_are_stored_once()
    {
        var conversation = (long)(await Visitor.RequestAsync()).Of("conv").Single()["c"]!;
        var id = Guid.NewGuid();
        // One visitor may send twenty in ten seconds; the copies go past the counter, which is another test's matter.
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ =>
            Portal.Desk.VisitorSaysAsync(Site.Company, VisitorId, new ConversationId(conversation), id, "hello")));
        Assert.Single(answers.Select(answer => answer.Value).Distinct());
        using var context = Portal.Read();
        Assert.Equal(2, await context.ChatMessages.CountAsync(line => line.ConversationId == new ConversationId(conversation)));
    }

    [Fact]
    public async Task A_stream_opens_with_everything_and_then_tells_what_happens()
    {
        var said = await Visitor.SayAsync("hello");
        var conversation = new ConversationId((long)said["c"]!);
        using var stream = await Visitor.StreamAsync();
        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("icons", (string?)(await stream.NextAsync())!["t"]);
        Assert.Equal("waiting", (string?)(await stream.NextAsync("conv"))["s"]);
        Assert.Equal((1, "s", "requested"), Line(await stream.NextAsync("msg")));
        Assert.Equal((2, "v", "text"), Line(await stream.NextAsync("msg")));
        Assert.Equal($"{conversation}.2", stream.Cursor);

        await AcceptAsync(conversation);
        var open = await stream.NextAsync("conv");
        Assert.Equal(("open", "林晓"), ((string?)open["s"], (string?)open["g"]));
        Assert.Equal((3, "s", "accepted"), Line(await stream.NextAsync("msg")));
        Assert.Equal(2, (int)(await stream.NextAsync("seen"))["n"]!);

        Portal.Get<TypingBoard>().AgentTypes(Site.Company, conversation, VisitorId, Portal.Now);
        Assert.Equal(1, (int)(await stream.NextAsync("typing"))["on"]!);
        Portal.Get<TypingBoard>().AgentStopped(Site.Company, conversation);
        Assert.Equal(0, (int)(await stream.NextAsync("typing"))["on"]!);

        await AgentSaysAsync(conversation, "您好 <b>");
        var line = await stream.NextAsync("msg");
        Assert.Equal((4, "g", "text"), Line(line));
        Assert.Equal(("您好 <b>", "林晓", null), ((string?)line["x"], (string?)line["g"], (string?)line["id"]));

        Assert.False((await Portal.Desk.EndByAgentAsync(Site.Company, Site.Agent, conversation)).IsRefused);
        Assert.Equal("ended", (string?)(await stream.NextAsync("conv"))["s"]);
        Assert.Equal((5, "s", "ended"), Line(await stream.NextAsync("msg")));
    }

    [Fact]
    public async Task A_lost_stream_comes_back_with_its_cursor_and_misses_nothing()
    {
        var conversation = await TalkAsync();
        string cursor;
        using (var stream = await Visitor.StreamAsync())
        {
            _ = await stream.NextAsync("msg", line => (string?)line["k"] == "accepted");
            cursor = stream.Cursor;
        }

        for (var i = 0; i < 450; i++)
            await AgentSaysAsync(conversation, $"line {i}");
        using var again = await Visitor.StreamAsync(cursor);
        for (var i = 0; i < 450; i++)
            Assert.Equal($"line {i}", (string?)(await again.NextAsync("msg"))["x"]);
        var polled = (await Visitor.PollAsync(cursor)).Of("msg").ToList();
        Assert.Equal(Enumerable.Range(4, 450), polled.Select(line => (int)line["n"]!));
    }

    [Fact]
    public async Task A_page_that_slept_through_the_end_gets_the_end_of_what_it_has_and_then_what_is_new()
    {
        var conversation = await TalkAsync();
        await AgentSaysAsync(conversation, "are you there?");
        Assert.False((await Portal.Desk.EndByAgentAsync(Site.Company, Site.Agent, conversation)).IsRefused);
        await Portal.Desk.EndVisitAsync(Site.Company, Portal.Get<LiveVisits>().Find(Site.Company, VisitorId, Portal.Now)!.Id);
        var fresh = new ConversationId((long)(await Visitor.SayAsync("back again"))["c"]!);
        Assert.NotEqual(conversation, fresh);

        var lines = (await Visitor.PollAsync($"{conversation}.3")).Of("msg").Select(line => ((long)line["c"]!, (int)line["n"]!, (string?)line["x"])).ToList();
        Assert.Equal([(conversation.Value, 4, "are you there?"), (conversation.Value, 5, ""), (fresh.Value, 1, ""), (fresh.Value, 2, "back again")], lines);
    }

    [Fact]
    public async Task Icons_change_on_open_pages_when_agents_come_and_go()
    {
        var quiet = await _shared.NewSiteAsync();
        var visitor = NewVisitor(site: quiet);
        _ = await visitor.ViewAsync();
        using var stream = await visitor.StreamAsync();
        Assert.Equal(0, (int)(await stream.NextAsync("icons"))["on"]!["1"]![0]!);
        Assert.Equal("offline", (string?)(await stream.NextAsync("conv"))["s"]);
        await Portal.SeatAsync(quiet);
        Assert.Equal(1, (int)(await stream.NextAsync("icons"))["on"]!["1"]![0]!);
        Assert.Equal("none", (string?)(await stream.NextAsync("conv"))["s"]);
        Portal.Get<AgentPresence>().ChangeStatus(quiet.Company, quiet.Agent, Live800.Domain.Companies.AgentStatus.Away);
        Assert.Equal(0, (int)(await stream.NextAsync("icons"))["on"]!["1"]![0]!);
    }

    /// <summary>3.6.</summary>
    [Fact]
    public async Task Whoever_waits_is_offered_the_form_while_nobody_can_answer()
    {
        Assert.Equal(0, (int)(await Visitor.RequestAsync()).Of("conv").Single()["f"]!);
        using var stream = await Visitor.StreamAsync();
        Assert.Equal(0, (int)(await stream.NextAsync("conv"))["f"]!);
        Portal.Get<AgentPresence>().ChangeStatus(Site.Company, Site.Agent, Live800.Domain.Companies.AgentStatus.Away);
        var alone = await stream.NextAsync("conv");
        Assert.Equal(("waiting", 1), ((string?)alone["s"], (int)alone["f"]!));
        Portal.Get<AgentPresence>().ChangeStatus(Site.Company, Site.Agent, Live800.Domain.Companies.AgentStatus.Online);
        Assert.Equal(0, (int)(await stream.NextAsync("conv"))["f"]!);
    }

    [Fact]
    public async Task What_the_visitor_types_is_shown_only_where_the_company_says_so()
    {
        var conversation = await TalkAsync();
        var board = Portal.Get<TypingBoard>();
        _ = await Visitor.PostAsync("typing", ("c", $"{conversation}"), ("x", "my secret"));
        Assert.Equal("", board.VisitorPreview(Site.Company, conversation, Portal.Now));
        Assert.Null(board.VisitorPreview(Other.Company, conversation, Portal.Now));
        _ = await Visitor.SayAsync("sent", conversation.Value);
        Assert.Null(board.VisitorPreview(Site.Company, conversation, Portal.Now));
    }

    [Fact]
    public async Task The_visitor_ends_and_ending_again_changes_nothing()
    {
        var conversation = await TalkAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await Visitor.PostAsync("end", ("c", $"{conversation}"))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await Visitor.PostAsync("end", ("c", $"{conversation}"))).Status);
        Assert.Single((await Visitor.PollAsync()).Of("msg"), line => (string?)line["k"] == "ended");
    }

    [Fact]
    public async Task What_the_visitor_has_read_is_told_to_the_agent()
    {
        var conversation = await TalkAsync();
        await AgentSaysAsync(conversation, "one");
        Assert.Equal(HttpStatusCode.NoContent, (await Visitor.PostAsync("seen", ("c", $"{conversation}"), ("n", "4"))).Status);
        using var context = Portal.Read();
        Assert.Equal(4, (await context.Conversations.SingleAsync(row => row.Id == conversation)).VisitorSeen);
    }

    [Fact]
    public async Task The_twenty_first_message_in_ten_seconds_waits_and_the_office_goes_on()
    {
        var refused = 0;
        for (var i = 0; i < 21; i++)
        {
            var reply = await Visitor.SayAsync($"line {i}");
            if (reply.Status == HttpStatusCode.TooManyRequests)
            {
                refused++;
                Assert.True(reply.Headers.RetryAfter!.Delta > TimeSpan.Zero);
                Assert.NotEmpty(reply.Sentence!);
            }
        }

        // A window may turn in between; what was taken is stored, what was refused is not.
        using var context = Portal.Read();
        Assert.Equal(21 - refused, await context.ChatMessages.CountAsync(line => line.CompanyId == Site.Company && line.Kind == ChatMessageKind.Text));
        Assert.InRange(refused, 0, 1);
        var colleague = NewVisitor("p2");
        _ = await colleague.ViewAsync();
        Assert.Equal(HttpStatusCode.OK, (await colleague.SayAsync("hello")).Status);
    }

    [Fact]
    public async Task Two_hundred_visitors_behind_one_office_address_can_all_chat()
    {
        var office = _shared.NewAddress();
        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(async number =>
        {
            var visitor = NewVisitor($"p{number}", address: office);
            _ = await visitor.ViewAsync();
            return (await visitor.SayAsync("hello")).Status;
        }));
        Assert.All(replies, status => Assert.Equal(HttpStatusCode.OK, status));
    }

    private VisitorId VisitorId =>
        Portal.Get<VisitorPasses>().TryRead(System.Text.Encoding.ASCII.GetBytes(Visitor.Pass), Site.Company, Portal.Now, out var pass) ? pass.Visitor : throw new InvalidDataException(Visitor.Pass);

    private static (int Number, string? Author, string? Kind) Line(JsonObject line) => ((int)line["n"]!, (string?)line["a"], (string?)line["k"]);

    private async Task<ConversationId> TalkAsync()
    {
        var conversation = new ConversationId((long)(await Visitor.SayAsync("hello"))["c"]!);
        await AcceptAsync(conversation);
        return conversation;
    }

    private async Task AcceptAsync(ConversationId conversation) =>
        Assert.Equal(Refusal.None, (await Portal.Desk.AcceptAsync(Site.Company, Site.Agent, Site.Session, conversation)).Outcome.Refusal);

    private async Task AgentSaysAsync(ConversationId conversation, string text) =>
        Assert.Equal(Refusal.None, (await Portal.Desk.AgentSaysAsync(Site.Company, Site.Agent, Site.Session, conversation, Guid.NewGuid(), text)).Refusal);
}
