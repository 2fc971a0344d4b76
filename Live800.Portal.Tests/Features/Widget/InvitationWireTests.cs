using System.Net;
using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.Widget;

/// <summary>Invitations and proactive chats as a visitor's page hears and answers them (rule 2).</summary>
public sealed class InvitationWireTests() : PortalTest(new FakeTimeProvider(DataRoom.Noon))
{
    private TestSite _site = null!;
    private TestVisitor _visitor = null!;

    public override async Task InitializeAsync()
    {
        _site = await Portal.AddCompanyAsync("qingfeng");
        await Portal.SeatAsync(_site);
        _visitor = await ComesAsync("p1");
    }

    [Fact]
    public async Task An_open_invitation_is_told_alike_by_stream_poll_and_view_and_once_it_is_over_nothing_is_left()
    {
        using var stream = await _visitor.StreamAsync();
        _ = await stream.NextAsync("conv");
        var invitation = await InviteAsync(_visitor, "需要帮您核对尺寸吗？ <b>");
        var told = await stream.NextAsync("invite");
        Assert.Equal((invitation.Value, "林晓", "需要帮您核对尺寸吗？ <b>", 1), ((long)told["i"]!, (string?)told["g"], (string?)told["x"], (int)told["o"]!));
        Assert.Equal(told.ToJsonString(), (await _visitor.PollAsync()).Of("invite").Single().ToJsonString());
        Assert.Equal(told.ToJsonString(), (await _visitor.ViewAsync()).Of("invite").Single().ToJsonString());
        Assert.Equal(QueueStatus.Invited, Row().Status);

        Assert.Equal(HttpStatusCode.NoContent, (await _visitor.PostAsync("decline", ("i", $"{invitation}"))).Status);
        Assert.Null((await stream.NextAsync("invite"))["i"]);
        Assert.Empty((await _visitor.PollAsync()).Of("invite"));
        Assert.Empty((await _visitor.ViewAsync()).Of("invite"));
        Assert.Equal(QueueStatus.Browsing, Row().Status);
    }

    [Fact]
    public async Task A_forged_pass_another_visitors_invitation_and_ids_that_are_none_change_nothing()
    {
        var invitation = await InviteAsync(_visitor);
        var another = await ComesAsync("p2");
        foreach (var act in new[] { "decline", "delivered", "seen" })
        {
            var forged = Portal.Visitor(_site);
            forged.Pass = _visitor.Pass[..^1] + (_visitor.Pass[^1] == 'A' ? 'B' : 'A');
            Assert.Equal(HttpStatusCode.Unauthorized, (await forged.PostAsync(act, ("i", $"{invitation}"))).Status);
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "InvitationOver"), Answer(await another.PostAsync(act, ("i", $"{invitation}"))));
            Assert.Equal(HttpStatusCode.BadRequest, (await _visitor.PostAsync(act, ("i", "-1"))).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await _visitor.PostAsync(act, ("i", "1e400"))).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await _visitor.PostAsync(act, ("i", "9007199254740993"))).Status);
            Assert.NotEqual(HttpStatusCode.NoContent, (await _visitor.PostAsync(act)).Status);
        }

        var stored = await LastAsync();
        Assert.Equal((null, null, null), (stored.DeliveredAt, stored.SeenAt, stored.ClosedAt));
    }

    [Fact]
    public async Task Accepting_twice_is_one_conversation_and_one_answer()
    {
        _ = await InviteAsync(_visitor);
        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _visitor.RequestAsync()));
        _ = Assert.Single(replies.Select(reply => (long)reply.Of("conv").Single()["c"]!).Distinct());
        Assert.All(replies, reply => Assert.Equal(("open", "林晓"), ((string?)reply.Of("conv").Single()["s"], (string?)reply.Of("conv").Single()["g"])));
        Assert.Equal([("invitationaccepted", ""), ("text", "您好")], (await _visitor.PollAsync()).Of("msg").Select(line => ((string?)line["k"], (string?)line["x"])));
        Assert.Equal(1, await AnswersAsync());
    }

    [Fact]
    public async Task After_declining_a_click_is_a_request_of_its_own_and_after_accepting_there_is_nothing_to_decline()
    {
        var invitation = await InviteAsync(_visitor);
        _ = await _visitor.PostAsync("decline", ("i", $"{invitation}"));
        Assert.Equal("waiting", (string?)(await _visitor.RequestAsync()).Of("conv").Single()["s"]);
        Assert.Equal(0, await AnswersAsync());

        var another = await ComesAsync("p2");
        var accepted = await InviteAsync(another);
        _ = await another.RequestAsync();
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "InvitationOver"), Answer(await another.PostAsync("decline", ("i", $"{accepted}"))));
        Assert.Equal(1, await AnswersAsync());
    }

    /// <summary>D5.</summary>
    [Fact]
    public async Task An_open_invitation_and_an_unseen_proactive_chat_outlast_a_restart_of_the_server()
    {
        var invitation = await InviteAsync(_visitor);
        var another = await ComesAsync("p2");
        var talk = await StartAsync(another, "a1 您好");

        await Portal.RestartAsync();

        _visitor = Again(_visitor);
        another = Again(another);
        Assert.Equal(invitation.Value, (long)(await _visitor.PollAsync()).Of("invite").Single()["i"]!);
        Assert.Equal(QueueStatus.Invited, Row().Status);
        var polled = await another.PollAsync();
        Assert.Equal((talk.Value, 1), ((long)polled.Of("conv").Single()["c"]!, (int)polled.Of("conv").Single()["o"]!));
        Assert.Equal(["proactivestarted", "text"], polled.Of("msg").Select(line => (string?)line["k"]));
        Assert.Equal("open", (string?)(await _visitor.RequestAsync()).Of("conv").Single()["s"]);
        Assert.Equal(2, await AnswersAsync());
    }

    [Fact]
    public async Task A_proactive_chat_is_shown_by_itself_until_it_was_seen_and_pending_until_it_was_answered()
    {
        var talk = await StartAsync(_visitor);
        Assert.Equal(1, (int)(await _visitor.PollAsync()).Of("conv").Single()["o"]!);
        Assert.Equal(HttpStatusCode.NoContent, (await _visitor.PostAsync("delivered", ("c", $"{talk}"))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await _visitor.PostAsync("seen", ("c", $"{talk}"), ("n", "1"))).Status);
        Assert.Null((await _visitor.PollAsync()).Of("conv").Single()["o"]);
        await Eventually(() => Row().Status == QueueStatus.Proactive);
        _ = await _visitor.SayAsync("v1", talk.Value);
        await Eventually(() => Row().Status == QueueStatus.Talking);
    }

    [Fact]
    public async Task Two_minutes_without_an_answer_take_the_invitation_from_the_page()
    {
        using var stream = await _visitor.StreamAsync();
        _ = await InviteAsync(_visitor);
        _ = await stream.NextAsync("invite");
        Portal.Machine!.Advance(TimeSpan.FromSeconds(121));
        await Portal.SweepAsync();
        Assert.Null((await stream.NextAsync("invite"))["i"]);
        Assert.Equal(InvitationState.Expired, (await LastAsync()).StateAt(Portal.Now, Moments.Default));
    }

    [Fact]
    public async Task Case_3_A_proactive_chat_with_a_visitor_who_closes_at_once_is_one_answer()
    {
        var talk = await StartAsync(_visitor);
        _ = await _visitor.LeaveAsync();
        Portal.Machine!.Advance(TimeSpan.FromMinutes(6));
        await Portal.SweepAsync();
        Assert.Equal(1, await AnswersAsync());
        using var context = Portal.Read();
        Assert.Null((await context.Conversations.SingleAsync(row => row.Id == talk)).DeliveredAt);
    }

    [Fact]
    public async Task Case_4_An_invitation_refused_or_ignored_is_no_answer_and_accepted_is_one()
    {
        var refusing = await InviteAsync(_visitor);
        _ = await _visitor.PostAsync("decline", ("i", $"{refusing}"));
        var ignoring = await ComesAsync("p2");
        _ = await InviteAsync(ignoring);
        Portal.Machine!.Advance(TimeSpan.FromSeconds(121));
        await Portal.SweepAsync();
        Assert.Equal(0, await AnswersAsync());
        await Portal.SeatAsync(_site);
        var accepting = await ComesAsync("p3");
        _ = await InviteAsync(accepting);
        _ = await accepting.RequestAsync();
        Assert.Equal(1, await AnswersAsync());
    }

    /// <summary>The invitation is the one a rule would send; accepting it only puts the visitor into the waiting line.</summary>
    [Fact]
    public async Task Case_5_An_automatic_invitation_accepted_by_the_visitor_and_by_no_agent_is_no_answer()
    {
        var visitor = IdOf(_visitor);
        var visit = Portal.Get<LiveVisits>().Find(_site.Company, visitor, Portal.Now)!;
        var invitation = Invitation.Send(new InvitationId(IdSource.Next(Portal.Now)), _site.Company, visitor, visit.Id, agent: null, Portal.Now, running: null, last: null, Portal.Now, Moments.Default).Value;
        _ = await Portal.Get<WriteQueue<PortalDbContext>>().RunAsync((write, _) => Task.FromResult(write.Add(invitation) is not null));
        Assert.Equal("waiting", (string?)(await _visitor.RequestAsync()).Of("conv").Single()["s"]);
        Assert.Empty((await _visitor.PollAsync()).Of("invite"));
        _ = await _visitor.LeaveAsync();
        Portal.Machine!.Advance(TimeSpan.FromMinutes(2));
        await Portal.SweepAsync();
        using var context = Portal.Read();
        Assert.Equal(ConversationState.Withdrawn, (await context.Conversations.SingleAsync(row => row.VisitorId == visitor)).State);
        Assert.Equal(0, await AnswersAsync());
    }

    [Fact]
    public async Task Case_11_Of_two_invitations_and_one_answer_the_first_acceptance_chats_and_the_second_gets_the_form()
    {
        await Portal.RestartAsync(TimeSpan.FromDays(8));
        await Portal.SeatAsync(_site);
        for (var i = 1; i <= 4; i++) _ = await StartAsync(await ComesAsync($"used{i}"));
        var (first, second) = (await ComesAsync("p1"), await ComesAsync("p2"));
        _ = await InviteAsync(first);
        _ = await InviteAsync(second);

        Assert.Equal("open", (string?)(await first.RequestAsync()).Of("conv").Single()["s"]);
        var late = await second.RequestAsync();
        Assert.Equal((HttpStatusCode.OK, "offline"), (late.Status, (string?)late.Of("conv").Single()["s"]));
        Assert.Empty((await second.PollAsync()).Of("invite"));
        Assert.Equal(5, await AnswersAsync());
    }

    [Fact]
    public async Task Case_18_Invited_under_monthly_and_accepted_after_its_end_costs_a_click()
    {
        Assert.False((await Portal.Get<PackageDesk>().BuyClicksAsync(_site.Company, new OrderId(7), 10)).IsRefused);
        await Portal.RestartAsync(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(30));
        await Portal.SeatAsync(_site);
        var visitor = await ComesAsync("p1");
        _ = await InviteAsync(visitor);
        Portal.Machine!.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal("open", (string?)(await visitor.RequestAsync()).Of("conv").Single()["s"]);
        using var context = Portal.Read();
        var line = await context.LedgerLines.SingleAsync(line => line.CompanyId == _site.Company && line.Kind == LedgerKind.Answer);
        Assert.Equal((PackageKind.Click, 9), (line.Charged, line.BalanceAfter));
    }

    private static (HttpStatusCode Status, string? Refusal) Answer(WireReply reply) => (reply.Status, reply.Refusal);

    private async Task<TestVisitor> ComesAsync(string page)
    {
        var visitor = Portal.Visitor(_site, page: page);
        _ = await visitor.ViewAsync();
        return visitor;
    }

    private TestVisitor Again(TestVisitor before)
    {
        var after = Portal.Visitor(_site, page: before.Page);
        after.Pass = before.Pass;
        return after;
    }

    private VisitorId IdOf(TestVisitor visitor) =>
        Portal.Get<VisitorPasses>().TryRead(System.Text.Encoding.ASCII.GetBytes(visitor.Pass), _site.Company, Portal.Now, out var pass) ? pass.Visitor : throw new InvalidDataException(visitor.Pass);

    private QueueRow Row() => Portal.Get<VisitorQueue>().Find(_site.Company, IdOf(_visitor), Portal.Now)!;

    private async Task<Invitation> LastAsync()
    {
        using var context = Portal.Read();
        var visitor = IdOf(_visitor);
        return await context.Invitations.SingleAsync(row => row.VisitorId == visitor);
    }

    private async Task<int> AnswersAsync()
    {
        using var context = Portal.Read();
        return await context.LedgerLines.CountAsync(line => line.CompanyId == _site.Company && line.Kind == LedgerKind.Answer);
    }

    private async Task<InvitationId> InviteAsync(TestVisitor visitor, string words = "您好")
    {
        var invited = await Portal.Desk.InviteAsync(_site.Company, _site.Agent, _site.Session, IdOf(visitor), Guid.NewGuid(), words);
        Assert.Equal(Refusal.None, invited.Refusal);
        return invited.Value.Id;
    }

    private async Task<ConversationId> StartAsync(TestVisitor visitor, string? words = null)
    {
        var started = await Portal.Desk.StartProactiveAsync(_site.Company, _site.Agent, _site.Session, IdOf(visitor), Guid.NewGuid(), words);
        Assert.Equal(Refusal.None, started.Refusal);
        return started.Value.Id;
    }

    // What the queue shows of a conversation is read after it was told.
    private static async Task Eventually(Func<bool> holds)
    {
        for (var i = 0; i < 500 && !holds(); i++) await Task.Delay(10);
        Assert.True(holds());
    }
}
