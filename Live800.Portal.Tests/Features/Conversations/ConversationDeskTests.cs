using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Conversations;

public sealed class ConversationDeskTests
{
    [Fact]
    public async Task A_request_costs_nothing_and_its_acceptance_costs_one_answer()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", clicks: 3);
        var agent = await firm.EnterAsync();
        var guest = room.Visitor(firm.Id);

        var asked = (await room.Desk.RequestAsync(firm.Id, guest.Id)).Value;
        Assert.Equal(0, await room.AnswersAsync(firm.Id));
        var accepted = await room.Desk.AcceptAsync(firm.Id, agent.Agent, agent.Session, asked.Id);

        Assert.Equal(ConversationState.Open, accepted.Outcome.Value.State);
        var answer = Assert.Single(await room.LedgerAsync(firm.Id), line => line.Kind == LedgerKind.Answer);
        Assert.Equal(asked.Id, answer.ConversationId);
        Assert.Equal(2, answer.BalanceAfter);
        Assert.Equal(
            [ChatMessageKind.Requested, ChatMessageKind.Accepted],
            (await room.Queries.MessagesAsync(firm.Id, asked.Id)).Select(line => line.Kind));
    }

    [Fact]
    public async Task Asking_twice_gives_the_same_conversation()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        _ = await firm.EnterAsync();
        var guest = room.Visitor(firm.Id);

        var asked = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => room.Desk.RequestAsync(firm.Id, guest.Id)));

        _ = Assert.Single(asked.Select(outcome => outcome.Value.Id).Distinct());
        _ = Assert.Single(await room.Queries.WaitingAsync(firm.Id));
    }

    [Fact]
    public async Task Where_nobody_is_in_nothing_is_created()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var guest = room.Visitor(firm.Id);

        Assert.Equal(Refusal.NobodyCanAnswer, (await room.Desk.RequestAsync(firm.Id, guest.Id)).Refusal);
        Assert.Equal(Refusal.NobodyCanAnswer, (await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, null, Guid.NewGuid(), "hello")).Refusal);
        Assert.Null(await room.Queries.LatestOfVisitorAsync(firm.Id, guest.Id));
    }

    [Fact]
    public async Task Where_the_only_agent_is_away_nobody_can_answer()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        room.Presence.ChangeStatus(firm.Id, agent.Agent, AgentStatus.Away);

        Assert.Equal(Refusal.NobodyCanAnswer, (await room.Desk.RequestAsync(firm.Id, room.Visitor(firm.Id).Id)).Refusal);
    }

    [Fact]
    public async Task Once_the_free_answers_of_the_day_are_used_neither_request_nor_accept_works_and_running_conversations_go_on()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", clicks: 0);
        var agent = await firm.EnterAsync();
        var waiting = room.Visitor(firm.Id);
        var late = (await room.Desk.RequestAsync(firm.Id, waiting.Id)).Value;
        var talks = new List<(Guest Guest, Conversation Conversation)>();
        for (var i = 0; i < 5; i++) talks.Add(await room.TalkAsync(firm, agent));

        Assert.Equal(Refusal.NobodyCanAnswer, (await room.Desk.RequestAsync(firm.Id, room.Visitor(firm.Id).Id)).Refusal);
        Assert.Equal(Refusal.NoAnswersLeft, (await room.Desk.AcceptAsync(firm.Id, agent.Agent, agent.Session, late.Id)).Outcome.Refusal);
        Assert.Equal(5, await room.AnswersAsync(firm.Id));
        Assert.False((await room.Desk.VisitorSaysAsync(firm.Id, talks[0].Guest.Id, talks[0].Conversation.Id, Guid.NewGuid(), "still here")).IsRefused);
        Assert.False((await room.Desk.AgentSaysAsync(firm.Id, agent.Agent, agent.Session, talks[4].Conversation.Id, Guid.NewGuid(), "so am I")).IsRefused);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task A_thousand_accepts_at_once_on_k_answers_give_exactly_k(int answers)
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", clicks: answers);
        var agent = await firm.EnterAsync();
        var asked = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => room.Desk.RequestAsync(firm.Id, room.Visitor(firm.Id).Id)));

        // Clicks only: were they used up, five free answers of the day would follow (3.1).
        var accepted = await Task.WhenAll(asked.Select(request => room.Desk.AcceptAsync(firm.Id, agent.Agent, agent.Session, request.Value.Id)));

        var won = accepted.Count(answer => !answer.Outcome.IsRefused);
        Assert.Equal(answers + PackageFigures.Default.FreeAnswersPerDay, won);
        Assert.All(accepted.Where(answer => answer.Outcome.IsRefused), answer => Assert.Equal(Refusal.NoAnswersLeft, answer.Outcome.Refusal));
        var lines = await room.LedgerAsync(firm.Id);
        Assert.Equal(answers, lines.Count(line => line.Charged == PackageKind.Click));
        Assert.Equal(PackageFigures.Default.FreeAnswersPerDay, lines.Count(line => line.Charged == PackageKind.Free));
        Assert.Equal(Enumerable.Range(1, lines.Count).Select(number => (long)number), lines.Select(line => line.Number));
        Assert.Equal(won, (await room.Queries.OpenOfAsync(firm.Id, agent.Agent)).Count);
    }

    [Fact]
    public async Task Of_two_agents_who_accept_the_same_visitor_one_wins_for_one_answer_and_the_other_is_told_who()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (first, second) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        var asked = (await room.Desk.RequestAsync(firm.Id, room.Visitor(firm.Id).Id)).Value;

        var answers = await Task.WhenAll(
            room.Desk.AcceptAsync(firm.Id, first.Agent, first.Session, asked.Id),
            room.Desk.AcceptAsync(firm.Id, second.Agent, second.Session, asked.Id));

        var winner = Assert.Single(answers, answer => !answer.Outcome.IsRefused);
        var loser = Assert.Single(answers, answer => answer.Outcome.IsRefused);
        Assert.Equal(Refusal.AlreadyAccepted, loser.Outcome.Refusal);
        Assert.Equal(winner.Outcome.Value.AgentId, loser.Winner);
        Assert.Equal(1, await room.AnswersAsync(firm.Id));
    }

    [Fact]
    public async Task Accepting_a_visitor_without_a_sign_of_life_for_45_seconds_is_refused_and_free()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        var asked = (await room.Desk.RequestAsync(firm.Id, room.Visitor(firm.Id).Id)).Value;
        room.Data.Machine.Advance(TimeSpan.FromSeconds(46));

        Assert.Equal(Refusal.VisitorGone, (await room.Desk.AcceptAsync(firm.Id, agent.Agent, agent.Session, asked.Id)).Outcome.Refusal);
        Assert.Equal(0, await room.AnswersAsync(firm.Id));
    }

    [Fact]
    public async Task An_agent_without_a_living_seat_of_this_session_cannot_accept_or_write_but_can_end()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        var (_, talk) = await room.TalkAsync(firm, agent);
        var asked = (await room.Desk.RequestAsync(firm.Id, room.Visitor(firm.Id).Id)).Value;

        var elsewhere = new SessionId(Guid.NewGuid());
        Assert.Equal(Refusal.SeatMoved, (await room.Desk.AcceptAsync(firm.Id, agent.Agent, elsewhere, asked.Id)).Outcome.Refusal);
        await room.Seats.LeaveAsync(firm.Id, agent.Agent, agent.Session);
        Assert.Equal(Refusal.SeatLost, (await room.Desk.AcceptAsync(firm.Id, agent.Agent, agent.Session, asked.Id)).Outcome.Refusal);
        Assert.Equal(Refusal.SeatLost, (await room.Desk.AgentSaysAsync(firm.Id, agent.Agent, agent.Session, talk.Id, Guid.NewGuid(), "hello")).Refusal);
        Assert.Equal(Refusal.None, (await room.Desk.EndByAgentAsync(firm.Id, agent.Agent, talk.Id)).Refusal);
    }

    [Fact]
    public async Task A_message_within_ten_minutes_opens_an_ended_conversation_again_at_no_cost()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        var (guest, talk) = await room.TalkAsync(firm, agent);
        _ = await room.Desk.EndByAgentAsync(firm.Id, agent.Agent, talk.Id);

        var said = (await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), "one more thing")).Value;

        Assert.Equal(talk.Id, said.Conversation);
        Assert.Equal(ConversationState.Open, (await room.FindAsync(firm.Id, talk.Id)).State);
        Assert.Equal(1, await room.AnswersAsync(firm.Id));
        Assert.Equal(
            [ChatMessageKind.Requested, ChatMessageKind.Accepted, ChatMessageKind.Ended, ChatMessageKind.Reopened, ChatMessageKind.Text],
            (await room.Queries.MessagesAsync(firm.Id, talk.Id)).Select(line => line.Kind));
    }

    [Fact]
    public async Task A_message_into_an_ended_conversation_whose_agent_is_gone_becomes_a_new_request()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (agent, _) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        var (guest, talk) = await room.TalkAsync(firm, agent);
        _ = await room.Desk.EndByAgentAsync(firm.Id, agent.Agent, talk.Id);
        await room.Seats.LeaveAsync(firm.Id, agent.Agent, agent.Session);
        var id = Guid.NewGuid();

        var said = (await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, id, "hello?")).Value;
        var again = (await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, id, "hello?")).Value;

        Assert.NotEqual(talk.Id, said.Conversation);
        Assert.Equal(said, again);
        Assert.Equal([ChatMessageKind.Requested, ChatMessageKind.Text], (await room.Queries.MessagesAsync(firm.Id, said.Conversation)).Select(line => line.Kind));
    }

    [Fact]
    public async Task Eleven_minutes_after_the_end_a_message_is_a_new_request()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        var (guest, talk) = await room.TalkAsync(firm, agent);
        _ = await room.Desk.EndByVisitorAsync(firm.Id, guest.Id, talk.Id);
        for (var minute = 0; minute < 11; minute++)
        {
            room.Data.Machine.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromSeconds(1));
            Assert.True(room.Visits.Sign(firm.Id, guest.Id, room.Now));
            Assert.Equal(Refusal.None, (await room.Seats.RenewAsync(firm.Id, agent.Agent, agent.Session)).Refusal);
        }

        var said = (await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), "me again")).Value;

        Assert.NotEqual(talk.Id, said.Conversation);
        Assert.Equal(ConversationState.Waiting, (await room.FindAsync(firm.Id, said.Conversation)).State);
    }

    [Fact]
    public async Task A_request_without_a_living_page_for_a_minute_is_withdrawn_and_costs_nothing()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        _ = await firm.EnterAsync();
        var asked = (await room.Desk.RequestAsync(firm.Id, room.Visitor(firm.Id).Id)).Value;

        room.Data.Machine.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(0, await room.Desk.WithdrawAbandonedAsync());
        room.Data.Machine.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await room.Desk.WithdrawAbandonedAsync());

        Assert.Equal(ConversationState.Withdrawn, (await room.FindAsync(firm.Id, asked.Id)).State);
        Assert.Equal(0, await room.AnswersAsync(firm.Id));
    }

    [Fact]
    public async Task The_end_of_a_visit_ends_what_runs_in_it_and_makes_all_of_it_history()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        var (guest, talk) = await room.TalkAsync(firm, agent);
        var (other, _) = await room.TalkAsync(firm, agent);

        var before = await room.Queries.HistoryAsync(firm.Id, new());
        await room.Desk.EndVisitAsync(firm.Id, guest.Visit);
        await room.Desk.EndVisitAsync(firm.Id, guest.Visit);
        var after = await room.Queries.HistoryAsync(firm.Id, new());

        Assert.Empty(before.Conversations);
        Assert.Equal(2, before.OfVisitorsOnTheSite);
        Assert.Equal(talk.Id, Assert.Single(after.Conversations).Id);
        Assert.Equal(1, after.OfVisitorsOnTheSite);
        Assert.Equal(EndedBy.Visit, (await room.FindAsync(firm.Id, talk.Id)).EndedBy);
        Assert.NotNull(await room.Queries.LatestOfVisitorAsync(firm.Id, other.Id) is { State: ConversationState.Open } open ? open : null);
    }

    [Fact]
    public async Task What_both_sides_have_seen_is_kept_and_told()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        var (guest, talk) = await room.TalkAsync(firm, agent);
        _ = await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), "hello");
        using var listening = room.ListenTo(firm.Id);

        Assert.Equal(Refusal.None, (await room.Desk.SeenByAgentAsync(firm.Id, agent.Agent, talk.Id, 3)).Refusal);
        Assert.Equal(Refusal.None, (await room.Desk.SeenByAgentAsync(firm.Id, agent.Agent, talk.Id, 1_000_000)).Refusal);
        Assert.Equal(Refusal.None, (await room.Desk.SeenByVisitorAsync(firm.Id, guest.Id, talk.Id, -5)).Refusal);

        var stored = await room.FindAsync(firm.Id, talk.Id);
        Assert.Equal((3, 3), (stored.AgentSeen, stored.VisitorSeen));
        Assert.Equal(new PortalEvent(firm.Id, PortalTopic.Conversation, talk.Id.Value, guest.Id), Assert.Single(room.Told));
        Assert.Equal(Refusal.ConversationOfAnother, (await room.Desk.SeenByAgentAsync(firm.Id, firm.Agents[1].Agent, talk.Id, 1)).Refusal);
    }
}
