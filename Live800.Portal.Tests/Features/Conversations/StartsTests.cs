using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Conversations;

/// <summary>Invitations and proactive chats at the desk (rule 2): what is refused is free, what counts counts once.</summary>
public sealed class StartsTests
{
    [Fact]
    public async Task What_cannot_be_started_is_refused_with_its_reason_and_costs_nothing()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (firm, other) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        var (agent, _) = (await firm.EnterAsync(), await other.EnterAsync());
        var (talking, _) = await room.TalkAsync(firm, agent);
        var waiting = room.Visitor(firm.Id);
        _ = await room.Desk.RequestAsync(firm.Id, waiting.Id);

        await RefusesAsync(room, agent, new VisitorId(987_654_321), Refusal.VisitorGone);
        await RefusesAsync(room, agent, room.Visitor(other.Id).Id, Refusal.VisitorGone);
        await RefusesAsync(room, agent, talking.Id, Refusal.AlreadyTalking);
        await RefusesAsync(room, agent, waiting.Id, Refusal.VisitorIsWaiting);
        await RefusesAsync(room, agent with { Session = new SessionId(Guid.NewGuid()) }, room.Visitor(firm.Id).Id, Refusal.SeatMoved);
        await RefusesAsync(room, firm.Agents[1], room.Visitor(firm.Id).Id, Refusal.SeatLost);
        var tooLong = new string('长', Invitation.TextLimit + 1);
        Assert.Equal(Refusal.TextTooLong, (await InviteAsync(room, agent, room.Visitor(firm.Id).Id, words: tooLong)).Refusal);
        Assert.Equal(Refusal.TextTooLong, (await StartAsync(room, agent, room.Visitor(firm.Id).Id, words: new string('x', 4001))).Refusal);

        var silent = room.Visitor(firm.Id);
        room.Data.Machine.Advance(TimeSpan.FromSeconds(46));
        await RefusesAsync(room, agent, silent.Id, Refusal.VisitorGone);

        Assert.Equal(1, await room.AnswersAsync(firm.Id));
        Assert.Equal(0, await room.AnswersAsync(other.Id));
        await using var context = room.Data.Read();
        Assert.Empty(await context.Invitations.ToListAsync());
    }

    [Fact]
    public async Task Without_answers_neither_works_and_nothing_is_stored()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", clicks: 0);
        var agent = await firm.EnterAsync();
        for (var i = 0; i < 5; i++) _ = await room.TalkAsync(firm, agent);

        await RefusesAsync(room, agent, room.Visitor(firm.Id).Id, Refusal.NoAnswersLeft);
        Assert.Equal(5, await room.AnswersAsync(firm.Id));
    }

    [Fact]
    public async Task A_command_that_comes_again_is_the_same_start_and_one_answer()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        var (guest, another) = (room.Visitor(firm.Id), room.Visitor(firm.Id));
        var command = Guid.NewGuid();

        var started = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StartAsync(room, agent, guest.Id, command, "您好")));
        var invited = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => InviteAsync(room, agent, another.Id, command)));

        _ = Assert.Single(started.Select(outcome => outcome.Value.Id).Distinct());
        _ = Assert.Single(invited.Select(outcome => outcome.Value.Id).Distinct());
        Assert.Equal(1, await room.AnswersAsync(firm.Id));
        Assert.Equal([ChatMessageKind.ProactiveStarted, ChatMessageKind.Text], (await room.Queries.MessagesAsync(firm.Id, started[0].Value.Id)).Select(line => line.Kind));
        Assert.Equal(Refusal.InputInvalid, (await StartAsync(room, agent, another.Id, command)).Refusal);
        Assert.Equal(Refusal.InputInvalid, (await InviteAsync(room, agent, guest.Id, command)).Refusal);
    }

    [Fact]
    public async Task A_visitor_has_one_open_invitation_and_two_who_invite_at_once_make_one()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (first, second) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        var guest = room.Visitor(firm.Id);

        var invited = await Task.WhenAll(InviteAsync(room, first, guest.Id), InviteAsync(room, second, guest.Id));

        _ = Assert.Single(invited, outcome => !outcome.IsRefused);
        Assert.Equal(Refusal.AlreadyInvited, Assert.Single(invited, outcome => outcome.IsRefused).Refusal);
        Assert.Equal(Refusal.AlreadyInvited, (await StartAsync(room, second, guest.Id)).Refusal);
        Assert.Equal(0, await room.AnswersAsync(firm.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_thousand_at_once_on_seven_clicks_and_five_free_answers_give_exactly_twelve(bool invited)
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", clicks: 7);
        var agent = await firm.EnterAsync();
        var guests = Enumerable.Range(0, 1000).Select(_ => room.Visitor(firm.Id)).ToList();
        if (invited) Assert.All(await Task.WhenAll(guests.Select(guest => InviteAsync(room, agent, guest.Id))), outcome => Assert.False(outcome.IsRefused));

        var came = await Task.WhenAll(guests.Select(guest => invited ? room.Desk.RequestAsync(firm.Id, guest.Id) : StartAsync(room, agent, guest.Id)));

        Assert.Equal(12, came.Count(outcome => !outcome.IsRefused));
        Assert.All(came.Where(outcome => outcome.IsRefused), outcome => Assert.Equal(invited ? Refusal.NobodyCanAnswer : Refusal.NoAnswersLeft, outcome.Refusal));
        var lines = (await room.LedgerAsync(firm.Id)).Where(line => line.Kind == LedgerKind.Answer).ToList();
        Assert.Equal((7, 5), (lines.Count(line => line.Charged == PackageKind.Click), lines.Count(line => line.Charged == PackageKind.Free)));
        Assert.All(lines, line => Assert.Equal(invited ? AnswerWay.Invitation : AnswerWay.Proactive, line.Way));
        Assert.Equal(12, (await room.Queries.OpenOfAsync(firm.Id, agent.Agent)).Count);
        await using var context = room.Data.Read();
        Assert.Equal(invited ? 1000 : 0, await context.Invitations.CountAsync(invitation => invitation.ClosedAt != null));
    }

    [Fact]
    public async Task An_accepted_invitation_binds_the_agent_who_invited()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (agent, _) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        var guest = room.Visitor(firm.Id);
        _ = await InviteAsync(room, agent, guest.Id);

        var came = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => room.Desk.RequestAsync(firm.Id, guest.Id)));

        var conversation = await room.FindAsync(firm.Id, Assert.Single(came.Select(outcome => outcome.Value.Id).Distinct()));
        Assert.Equal((ConversationState.Open, agent.Agent, AnswerWay.Invitation), (conversation.State, conversation.AgentId, conversation.Way));
        Assert.Equal(1, await room.AnswersAsync(firm.Id));
    }

    [Fact]
    public async Task When_the_inviting_agent_is_gone_the_visitor_waits_for_the_group_and_whoever_accepts_pays_no_second_answer()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (first, second) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        var guest = room.Visitor(firm.Id);
        _ = await InviteAsync(room, first, guest.Id);
        await room.Seats.LeaveAsync(firm.Id, first.Agent, first.Session);

        var came = (await room.Desk.RequestAsync(firm.Id, guest.Id)).Value;
        Assert.Equal((ConversationState.Waiting, null), (came.State, came.AgentId));
        var accepted = await room.Desk.AcceptAsync(firm.Id, second.Agent, second.Session, came.Id);

        Assert.Equal(second.Agent, accepted.Outcome.Value.AgentId);
        Assert.Equal(1, await room.AnswersAsync(firm.Id));
    }

    [Fact]
    public async Task When_nobody_is_in_any_more_an_acceptance_gets_the_form_and_costs_nothing()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        var guest = room.Visitor(firm.Id);
        _ = await InviteAsync(room, agent, guest.Id);
        await room.Seats.LeaveAsync(firm.Id, agent.Agent, agent.Session);

        Assert.Equal(Refusal.NobodyCanAnswer, (await room.Desk.RequestAsync(firm.Id, guest.Id)).Refusal);

        Assert.Equal(0, await room.AnswersAsync(firm.Id));
        Assert.Equal(InvitationState.Unserved, (await room.Queries.LastInvitationAsync(firm.Id, guest.Id))!.StateAt(room.Now, Moments.Default));
    }

    [Fact]
    public async Task A_visitor_who_said_no_is_left_alone_for_thirty_minutes()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        var (guest, stranger) = (room.Visitor(firm.Id), room.Visitor(firm.Id));
        var invitation = (await InviteAsync(room, agent, guest.Id)).Value;

        Assert.Equal(Refusal.InvitationOver, (await room.Desk.DeclineAsync(firm.Id, stranger.Id, invitation.Id)).Refusal);
        Assert.False((await room.Desk.DeclineAsync(firm.Id, guest.Id, invitation.Id)).IsRefused);
        Assert.False((await room.Desk.DeclineAsync(firm.Id, guest.Id, invitation.Id)).IsRefused);

        Assert.Equal(Refusal.RefusedLately, (await InviteAsync(room, agent, guest.Id)).Refusal);
        Assert.Equal(0, await room.AnswersAsync(firm.Id));
        for (var minute = 0; minute < 31; minute++)
        {
            room.Data.Machine.Advance(TimeSpan.FromSeconds(59));
            _ = room.Visits.Sign(firm.Id, guest.Id, room.Now);
            _ = await room.Seats.RenewAsync(firm.Id, agent.Agent, agent.Session);
        }

        Assert.False((await InviteAsync(room, agent, guest.Id)).IsRefused);
    }

    [Fact]
    public async Task An_expired_invitation_cannot_be_accepted_a_click_then_is_a_request_and_its_outcome_is_recorded()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        var guest = room.Visitor(firm.Id);
        var invitation = (await InviteAsync(room, agent, guest.Id)).Value;
        await LaterAsync(room, agent, guest, 119);
        Assert.Equal(0, await room.Desk.CloseExpiredAsync());
        await LaterAsync(room, agent, guest, 1);

        var came = (await room.Desk.RequestAsync(firm.Id, guest.Id)).Value;

        Assert.Equal((ConversationState.Waiting, AnswerWay.VisitorAsks), (came.State, came.Way));
        Assert.Equal(0, await room.AnswersAsync(firm.Id));
        Assert.Equal(1, await room.Desk.CloseExpiredAsync());
        Assert.Equal(0, await room.Desk.CloseExpiredAsync());
        Assert.Equal(Refusal.InvitationOver, (await room.Desk.InviteAgainAsync(firm.Id, invitation.Id)).Refusal);
        Assert.Equal(InvitationState.Expired, (await room.Queries.LastInvitationAsync(firm.Id, guest.Id))!.StateAt(room.Now, Moments.Default));
    }

    [Fact]
    public async Task After_an_invitation_ran_out_another_can_be_sent_whether_or_not_the_sweeper_has_spoken()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        var guest = room.Visitor(firm.Id);
        _ = await InviteAsync(room, agent, guest.Id);
        await LaterAsync(room, agent, guest, 121);

        Assert.False((await InviteAsync(room, agent, guest.Id)).IsRefused);
    }

    [Fact]
    public async Task What_no_page_acknowledged_within_fifteen_seconds_is_not_delivered_and_sending_it_again_costs_nothing_more()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        var (guest, another) = (room.Visitor(firm.Id), room.Visitor(firm.Id));
        var talk = (await StartAsync(room, agent, guest.Id)).Value;
        var invitation = (await InviteAsync(room, agent, another.Id)).Value;
        room.Data.Machine.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(DeliveryState.NotDelivered, await WayAsync());
        Assert.Equal(DeliveryState.NotDelivered, await LastWayAsync());

        Assert.Equal(Refusal.ConversationOfAnother, (await room.Desk.StartAgainAsync(firm.Id, firm.Agents[1].Agent, talk.Id)).Refusal);
        Assert.False((await room.Desk.StartAgainAsync(firm.Id, agent.Agent, talk.Id)).IsRefused);
        Assert.False((await room.Desk.InviteAgainAsync(firm.Id, invitation.Id)).IsRefused);
        Assert.Equal((DeliveryState.Started, DeliveryState.Started), (await WayAsync(), await LastWayAsync()));

        Assert.Equal(Refusal.ConversationUnknown, (await room.Desk.ReachedAsync(firm.Id, another.Id, talk.Id)).Refusal);
        Assert.False((await room.Desk.ReachedAsync(firm.Id, guest.Id, talk.Id)).IsRefused);
        Assert.False((await room.Desk.ReachedAsync(firm.Id, another.Id, invitation.Id, isSeen: false)).IsRefused);
        Assert.Equal((DeliveryState.Delivered, DeliveryState.Delivered), (await WayAsync(), await LastWayAsync()));
        _ = await room.Desk.SeenByVisitorAsync(firm.Id, guest.Id, talk.Id, 1);
        _ = await room.Desk.ReachedAsync(firm.Id, another.Id, invitation.Id, isSeen: true);
        Assert.Equal((DeliveryState.Seen, DeliveryState.Seen), (await WayAsync(), await LastWayAsync()));
        Assert.Equal(1, await room.AnswersAsync(firm.Id));

        async Task<DeliveryState?> WayAsync() => (await room.FindAsync(firm.Id, talk.Id)).DeliveryAt(false, room.Now, Moments.Default);
        async Task<DeliveryState?> LastWayAsync() => (await room.Queries.LastInvitationAsync(firm.Id, another.Id))!.DeliveryAt(room.Now, Moments.Default);
    }

    [Fact]
    public async Task Whoever_writes_while_he_is_invited_has_accepted()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        var guest = room.Visitor(firm.Id);
        _ = await InviteAsync(room, agent, guest.Id);
        Assert.Equal(Refusal.TextEmpty, (await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, null, Guid.NewGuid(), " ")).Refusal);
        Assert.Equal(0, await room.AnswersAsync(firm.Id));

        var said = (await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, null, Guid.NewGuid(), "yes please")).Value;

        var conversation = await room.FindAsync(firm.Id, said.Conversation);
        Assert.Equal((ConversationState.Open, AnswerWay.Invitation), (conversation.State, conversation.Way));
        Assert.Equal(1, await room.AnswersAsync(firm.Id));
    }

    [Fact]
    public async Task Whoever_writes_into_his_ended_conversation_while_he_is_invited_opens_that_one_again_at_no_cost()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        var (guest, talk) = await room.TalkAsync(firm, agent);
        _ = await room.Desk.EndByAgentAsync(firm.Id, agent.Agent, talk.Id);
        _ = await InviteAsync(room, agent, guest.Id);

        var said = (await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), "one more thing")).Value;

        Assert.Equal(talk.Id, said.Conversation);
        Assert.Equal(1, await room.AnswersAsync(firm.Id));
        Assert.Null(await room.Queries.OpenInvitationAsync(firm.Id, guest.Id, room.Now));
    }

    [Fact]
    public async Task Another_companys_invitations_do_not_exist_for_anybody()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (firm, other) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        var agent = await firm.EnterAsync();
        var guest = room.Visitor(firm.Id);
        var invitation = (await InviteAsync(room, agent, guest.Id)).Value;

        Assert.Null(await room.Queries.LastInvitationAsync(other.Id, guest.Id));
        Assert.Null(await room.Queries.OpenInvitationAsync(other.Id, guest.Id, room.Now));
        Assert.Equal(Refusal.InvitationOver, (await room.Desk.InviteAgainAsync(other.Id, invitation.Id)).Refusal);
        Assert.Equal(Refusal.InvitationOver, (await room.Desk.DeclineAsync(other.Id, guest.Id, invitation.Id)).Refusal);
        Assert.Equal(Refusal.InvitationOver, (await room.Desk.ReachedAsync(other.Id, guest.Id, invitation.Id, isSeen: true)).Refusal);
        Assert.NotNull(await room.Queries.OpenInvitationAsync(firm.Id, guest.Id, room.Now));
    }

    private static async Task RefusesAsync(ChatRoom room, Seat agent, VisitorId visitor, Refusal expected)
    {
        Assert.Equal(expected, (await InviteAsync(room, agent, visitor)).Refusal);
        Assert.Equal(expected, (await StartAsync(room, agent, visitor)).Refusal);
    }

    private static Task<Outcome<Invitation>> InviteAsync(ChatRoom room, Seat agent, VisitorId visitor, Guid? command = null, string? words = "您好") =>
        room.Desk.InviteAsync(agent.Company, agent.Agent, agent.Session, visitor, command ?? Guid.NewGuid(), words);

    private static Task<Outcome<Conversation>> StartAsync(ChatRoom room, Seat agent, VisitorId visitor, Guid? command = null, string? words = null) =>
        room.Desk.StartProactiveAsync(agent.Company, agent.Agent, agent.Session, visitor, command ?? Guid.NewGuid(), words);

    // Time passes while agent and visitor stay.
    private static async Task LaterAsync(ChatRoom room, Seat agent, Guest guest, int seconds)
    {
        for (; seconds > 0; seconds -= 30)
        {
            room.Data.Machine.Advance(TimeSpan.FromSeconds(Math.Min(30, seconds)));
            _ = room.Visits.Sign(guest.Company, guest.Id, room.Now);
            _ = await room.Seats.RenewAsync(guest.Company, agent.Agent, agent.Session);
        }
    }
}
