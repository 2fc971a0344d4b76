using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Groups;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Groups;

/// <summary>What is accepted by itself 自动应答, for whom, and what never is (2, 4).</summary>
public sealed class RouterTests
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0";

    [Fact]
    public async Task Without_words_nothing_is_accepted_by_itself_and_with_them_it_costs_one_answer_that_the_visitor_asked_for()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", clicks: 3);
        var ann = await firm.EnterAsync(0);
        _ = await room.Groups().RouteAsync(firm.Boss(), RoutingWay.LeastBusy);
        var (guest, asked) = await room.AskAsync(firm.Id, words: null);
        Assert.Equal(0, await room.LookAsync(firm.Id));
        Assert.Equal(0, await room.AnswersAsync(firm.Id));

        _ = await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, asked.Id, Guid.NewGuid(), "hello");
        Assert.Equal(1, await room.LookAsync(firm.Id));
        Assert.Equal(0, await room.LookAsync(firm.Id));

        var talk = await room.FindAsync(firm.Id, asked.Id);
        Assert.Equal((ConversationState.Open, (AgentId?)ann.Agent, 0), (talk.State, talk.AgentId, talk.AgentSeen));
        var answer = Assert.Single(await room.LedgerAsync(firm.Id), line => line.Kind == LedgerKind.Answer);
        Assert.Equal((AnswerWay.VisitorAsks, (AgentId?)ann.Agent, 2L), (answer.Way, answer.AgentId, answer.BalanceAfter));
    }

    [Fact]
    public async Task By_hand_nothing_happens_by_itself()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        _ = await firm.EnterAsync(0);
        var sales = await firm.GroupAsync("Sales", RoutingWay.ByHand, 0);
        var (_, asked) = await room.AskAsync(firm.Id, sales.Id);
        Assert.Equal(0, await room.LookAsync(firm.Id));
        Assert.Equal(ConversationState.Waiting, (await room.FindAsync(firm.Id, asked.Id)).State);
    }

    [Fact]
    public async Task Who_is_busy_away_invisible_surplus_silent_full_out_or_of_another_group_or_company_is_given_nothing()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (firm, other) = (await room.CompanyAsync("alpha", agents: 3), await room.CompanyAsync("beta"));
        var (ann, bob) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        _ = await other.EnterAsync(0);
        var sales = await firm.GroupAsync("Sales", RoutingWay.LeastBusy, 0, 2);
        var (_, asked) = await room.AskAsync(firm.Id, sales.Id);
        async Task NobodyAsync() => Assert.Equal(0, await room.LookAsync(firm.Id));

        room.Presence.ChangeStatus(firm.Id, ann.Agent, AgentStatus.Busy);
        await NobodyAsync();
        Assert.Equal(sales.Id, (await room.FindAsync(firm.Id, asked.Id)).GroupId);
        room.Presence.ChangeStatus(firm.Id, ann.Agent, AgentStatus.Online);
        room.Seats.LoseConnection(firm.Id, ann.Agent);
        await NobodyAsync();
        _ = await room.Seats.RenewAsync(firm.Id, ann.Agent, ann.Session);
        _ = await room.Groups().LimitAsync(firm.Boss(), ann.Agent, 1);
        _ = await room.TalkAsync(firm, ann);
        await NobodyAsync();
        _ = await room.Groups().LimitAsync(firm.Boss(), ann.Agent, 2);
        // Not renewed for 25 s: the connection is lost, the seat is not.
        room.Data.Machine.Advance(TimeSpan.FromSeconds(26));
        Assert.True(room.Presence.IsAnyoneReachable(firm.Id, room.Now));
        await NobodyAsync();
        _ = await room.Seats.RenewAsync(firm.Id, ann.Agent, ann.Session);
        _ = await room.Seats.RenewAsync(firm.Id, bob.Agent, bob.Session);

        Assert.Equal(1, await room.LookAsync(firm.Id));
        Assert.Equal(ann.Agent, (await room.FindAsync(firm.Id, asked.Id)).AgentId);
        Assert.Equal(0, await room.AnswersAsync(other.Id));
    }

    [Fact]
    public async Task A_surplus_seat_is_given_nothing()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", clicks: 3, agents: 3);
        for (var i = 0; i < 3; i++) _ = await firm.EnterAsync(i);
        _ = await room.Groups().RouteAsync(firm.Boss(), RoutingWay.InTurn);
        // With the last click the seats of free begin: two (3.9).
        for (var i = 0; i < 8; i++) _ = await room.AskAsync(firm.Id);
        _ = await room.LookAsync(firm.Id);

        await using var context = room.Data.Read();
        var given = await context.AutoAccepts.OrderBy(row => row.Id).Select(row => row.AgentId).ToListAsync();
        Assert.Equal(8, given.Count);
        Assert.DoesNotContain(firm.Agents[2].Agent, given.Skip(3));
        Assert.Contains(firm.Agents[2].Agent, given.Take(3));
        Assert.Equal(8, await room.AnswersAsync(firm.Id));
    }

    [Fact]
    public async Task K_answers_left_give_exactly_k_and_the_rest_goes_on_waiting()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", clicks: 0);
        _ = await firm.EnterAsync(0);
        _ = await room.Groups().RouteAsync(firm.Boss(), RoutingWay.LeastBusy);
        for (var i = 0; i < 8; i++) _ = await room.AskAsync(firm.Id);
        var looks = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => room.LookAsync(firm.Id))));
        Assert.Equal(5, looks.Sum());
        Assert.Equal(5, await room.AnswersAsync(firm.Id));
        Assert.Equal(3, (await room.Queries.WaitingAsync(firm.Id)).Count);
    }

    [Fact]
    public async Task A_hand_and_the_router_at_once_have_one_winner_and_one_answer()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (ann, bob) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        room.Presence.ChangeStatus(firm.Id, ann.Agent, AgentStatus.Busy);
        _ = await room.Groups().RouteAsync(firm.Boss(), RoutingWay.LeastBusy);
        for (var round = 1; round <= 20; round++)
        {
            var (_, asked) = await room.AskAsync(firm.Id);
            var hand = Task.Run(async () => (await room.Desk.AcceptAsync(firm.Id, ann.Agent, ann.Session, asked.Id)).Outcome.Refusal);
            var look = Task.Run(() => room.LookAsync(firm.Id));
            var (byHand, given) = (await hand, await look);
            Assert.Equal(byHand == Refusal.None ? 0 : 1, given);
            Assert.True(byHand is Refusal.None or Refusal.AlreadyAccepted, $"{byHand}");
            Assert.Equal(byHand == Refusal.None ? ann.Agent : bob.Agent, (await room.FindAsync(firm.Id, asked.Id)).AgentId);
            Assert.Equal(round, await room.AnswersAsync(firm.Id));
        }
    }

    [Fact]
    public async Task A_visitor_is_accepted_by_itself_three_times_a_day_also_over_a_restart_and_then_the_line_says_why_not()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var ann = await firm.EnterAsync(0);
        _ = await room.Groups().RouteAsync(firm.Boss(), RoutingWay.LeastBusy);
        var guest = room.Visitor(firm.Id);
        async Task<int> AskAndLookAsync()
        {
            _ = await room.AskAsync(firm.Id, guest: guest);
            return await room.LookAsync(firm.Id);
        }

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(1, await AskAndLookAsync());
            foreach (var open in await room.Queries.OpenOfAsync(firm.Id, ann.Agent)) _ = await room.Desk.EndByAgentAsync(firm.Id, ann.Agent, open.Id);
            if (i == 1)
            {
                await room.Data.RestartAsync();
                Assert.False((await room.Seats.TakeAsync(firm.Id, ann.Agent, ann.Session)).IsRefused);
                guest = guest with { Visit = room.Visits.FindOrStart(firm.Id, guest.Id, room.Now).Id };
            }

            room.Data.Machine.Advance(TimeSpan.FromMinutes(11));
            Assert.False((await room.Seats.TakeAsync(firm.Id, ann.Agent, ann.Session)).IsRefused);
            guest = guest with { Visit = room.Visits.FindOrStart(firm.Id, guest.Id, room.Now).Id };
        }

        Assert.Equal(0, await AskAndLookAsync());
        var waiting = await room.Queries.WaitingAsync(firm.Id);
        Assert.Equal(new HandNeed(HandReason.VisitorDay, 4), (await room.Data.Get<GroupQueries>().HandsAsync(firm.Id, waiting))[waiting[0].Id]);
        // Another day in the company's calendar.
        room.Data.Machine.Advance(TimeSpan.FromHours(12));
        Assert.False((await room.Seats.TakeAsync(firm.Id, ann.Agent, ann.Session)).IsRefused);
        _ = room.Visits.FindOrStart(firm.Id, guest.Id, room.Now);
        Assert.Equal(1, await room.LookAsync(firm.Id));
    }

    [Fact]
    public async Task An_address_is_accepted_by_itself_twenty_times_a_day_and_a_hand_may_go_on()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var ann = await firm.EnterAsync(0);
        _ = await room.Groups().RouteAsync(firm.Boss(), RoutingWay.LeastBusy);
        for (var i = 0; i < 22; i++)
        {
            var guest = room.Visitor(firm.Id);
            // One customer's line in IPv6 is a /64.
            await room.TellAsync(guest, Browser, $"2001:db8:1:2::{i + 1:x}");
            _ = await room.AskAsync(firm.Id, guest: guest);
        }

        Assert.Equal(20, await room.LookAsync(firm.Id));
        var waiting = await room.Queries.WaitingAsync(firm.Id);
        Assert.Equal(2, waiting.Count);
        Assert.Equal(new HandNeed(HandReason.AddressDay, 21), (await room.Data.Get<GroupQueries>().HandsAsync(firm.Id, waiting))[waiting[0].Id]);
        Assert.False((await room.Desk.AcceptAsync(firm.Id, ann.Agent, ann.Session, waiting[0].Id)).Outcome.IsRefused);
        var elsewhere = room.Visitor(firm.Id);
        await room.TellAsync(elsewhere, Browser, "2001:db8:1:3::1");
        _ = await room.AskAsync(firm.Id, guest: elsewhere);
        Assert.Equal(1, await room.LookAsync(firm.Id));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")]
    [InlineData("Mozilla/5.0 (compatible; Baiduspider/2.0)")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/142.0.0.0")]
    [InlineData("curl/8.5.0")]
    [InlineData("python-requests/2.32")]
    public async Task A_robot_never_is(string userAgent)
    {
        Assert.False(KnownRobots.Is(Browser));
        Assert.False(KnownRobots.Is("Mozilla/5.0 (Linux; Android 13; CUBOT X70) Chrome/142.0 Mobile"));
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        _ = await firm.EnterAsync(0);
        _ = await room.Groups().RouteAsync(firm.Boss(), RoutingWay.LeastBusy);
        var guest = room.Visitor(firm.Id);
        await room.TellAsync(guest, userAgent, "203.0.113.9");
        var (_, asked) = await room.AskAsync(firm.Id, guest: guest);
        Assert.Equal(0, await room.LookAsync(firm.Id));
        Assert.Equal(HandReason.Robot, (await room.Data.Get<GroupQueries>().HandsAsync(firm.Id, [asked]))[asked.Id].Reason);
    }

    [Fact]
    public async Task After_a_restart_nothing_comes_to_an_agent_before_his_browser_is_back()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var ann = await firm.EnterAsync(0);
        _ = await room.Groups().RouteAsync(firm.Boss(), RoutingWay.LeastBusy);
        var (guest, asked) = await room.AskAsync(firm.Id);
        await room.Data.RestartAsync();
        await room.Seats.ResumeAsync(CancellationToken.None);
        _ = room.Visits.FindOrStart(firm.Id, guest.Id, room.Now);
        Assert.True(room.Presence.IsAnyoneReachable(firm.Id, room.Now));
        Assert.Equal(0, await room.LookAsync(firm.Id));
        _ = await room.Seats.RenewAsync(firm.Id, ann.Agent, ann.Session);
        Assert.Equal(1, await room.LookAsync(firm.Id));
        Assert.Equal(ann.Agent, (await room.FindAsync(firm.Id, asked.Id)).AgentId);
    }

    [Fact]
    public async Task A_group_that_is_left_by_everybody_loses_who_waits_to_the_company_and_there_he_is_given_out()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (ann, bob) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        var sales = await firm.GroupAsync("Sales", RoutingWay.ByHand, 1);
        var (_, asked) = await room.AskAsync(firm.Id, sales.Id);
        Assert.Equal(0, await room.LookAsync(firm.Id));
        await room.Seats.LeaveAsync(firm.Id, bob.Agent, bob.Session);
        Assert.Equal(0, await room.LookAsync(firm.Id));
        Assert.Null((await room.FindAsync(firm.Id, asked.Id)).GroupId);
        Assert.True((await room.LinesAsync(firm.Id, asked.Id)).Has(ChatMessageKind.WaitsForCompany));
        _ = await room.Groups().RouteAsync(firm.Boss(), RoutingWay.LeastBusy);
        Assert.Equal(1, await room.LookAsync(firm.Id));
        Assert.Equal(ann.Agent, (await room.FindAsync(firm.Id, asked.Id)).AgentId);
    }

    [Fact]
    public async Task Who_comes_back_gets_the_agent_he_knows_and_one_given_back_costs_nothing_more()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (ann, bob) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        var (guest, first) = await room.TalkAsync(firm, bob);
        _ = await room.Desk.EndByAgentAsync(firm.Id, bob.Agent, first.Id);
        _ = await room.TalkAsync(firm, bob);
        _ = await room.Groups().RouteAsync(firm.Boss(), RoutingWay.LastAgentFirst);
        var (_, again) = await room.AskAsync(firm.Id, guest: guest);
        Assert.Equal(1, await room.LookAsync(firm.Id));
        Assert.Equal(bob.Agent, (await room.FindAsync(firm.Id, again.Id)).AgentId);
        Assert.Equal(3, await room.AnswersAsync(firm.Id));

        Assert.False((await room.Seats.ReleaseAsync(firm.Id, ann.Agent, bob.Agent)).IsRefused);
        Assert.Equal(1, await room.LookAsync(firm.Id));
        Assert.Equal(ann.Agent, (await room.FindAsync(firm.Id, again.Id)).AgentId);
        Assert.Equal(3, await room.AnswersAsync(firm.Id));
        // The other one was never written into: that one waits for a hand.
        _ = Assert.Single(await room.Queries.WaitingAsync(firm.Id));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_happens_nobody_is_given_what_he_should_not_have_and_nobody_waits_for_whom_there_is_room(int seed)
    {
        var random = new Random(seed);
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", clicks: 1000, agents: 5);
        var groups = new[] { await firm.GroupAsync("A", RoutingWay.LeastBusy, 0, 1, 2), await firm.GroupAsync("B", RoutingWay.InTurn, 2, 3), await firm.GroupAsync("C", RoutingWay.LastAgentFirst, 4) };
        _ = await room.Groups().RouteAsync(firm.Boss(), RoutingWay.LeastBusy);
        _ = await room.Groups().LimitAsync(firm.Boss(), 3);
        for (var i = 0; i < 5; i++) _ = await firm.EnterAsync(i);
        for (var step = 0; step < 60; step++)
        {
            var agent = firm.Agents[random.Next(5)];
            switch (random.Next(8))
            {
                case 0: _ = await room.Seats.TakeAsync(firm.Id, agent.Agent, agent.Session); break;
                case 1: await room.Seats.LeaveAsync(firm.Id, agent.Agent, agent.Session); break;
                case 2: room.Presence.ChangeStatus(firm.Id, agent.Agent, (AgentStatus)random.Next(4)); break;
                case 3: _ = await room.Groups().LimitAsync(firm.Boss(), agent.Agent, random.Next(3) == 0 ? null : random.Next(1, 4)); break;
                case 4:
                    foreach (var open in (await room.Queries.OpenOfAsync(firm.Id, agent.Agent)).Take(1)) _ = await room.Desk.EndByAgentAsync(firm.Id, agent.Agent, open.Id);
                    break;
                default:
                    if (room.Presence.IsAnyoneReachable(firm.Id, room.Now)) _ = await room.AskAsync(firm.Id, random.Next(4) is var group and < 3 ? groups[group].Id : null);
                    break;
            }

            var before = (await OpenAsync(room, firm)).Select(open => open.Id).ToHashSet();
            _ = await room.LookAsync(firm.Id);
            await HoldsAsync(room, firm, groups, before);
        }

        Assert.Equal(await room.AnswersAsync(firm.Id), (await room.LedgerAsync(firm.Id)).Where(line => line.Kind == LedgerKind.Answer).Select(line => line.ConversationId).Distinct().Count());
        Assert.True(await room.AnswersAsync(firm.Id) > 5);
    }

    private static async Task<List<Conversation>> OpenAsync(ChatRoom room, Firm firm)
    {
        await using var context = room.Data.Read();
        return await context.Conversations.AsNoTracking().Where(row => row.CompanyId == firm.Id && row.State == ConversationState.Open).ToListAsync();
    }

    private static async Task HoldsAsync(ChatRoom room, Firm firm, IReadOnlyList<Group> groups, HashSet<ConversationId> before)
    {
        var (open, routing) = (await OpenAsync(room, firm), (await room.BoardAsync(firm.Id)).Routing);
        var online = room.Presence.In(firm.Id, room.Now).Where(agent => agent is { Status: AgentStatus.Online, IsSurplus: false }).Select(agent => agent.Agent).ToHashSet();
        bool IsOf(AgentId agent, GroupId? group) => group is not { } id || groups.Single(other => other.Id == id).Has(agent);
        foreach (var given in open.Where(talk => !before.Contains(talk.Id)))
        {
            Assert.Contains(given.AgentId!.Value, online);
            Assert.True(IsOf(given.AgentId.Value, given.GroupId));
            Assert.True(open.Count(talk => talk.AgentId == given.AgentId) <= routing.MostOf(given.AgentId.Value));
        }

        foreach (var waiting in await room.Queries.WaitingAsync(firm.Id))
            Assert.DoesNotContain(online, agent => IsOf(agent, waiting.GroupId) && open.Count(talk => talk.AgentId == agent) < routing.MostOf(agent));
    }
}
