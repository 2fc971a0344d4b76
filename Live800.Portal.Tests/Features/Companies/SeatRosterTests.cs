using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Companies;

public sealed class SeatRosterTests
{
    private static SessionId AnotherBrowser => new(Guid.NewGuid());

    [Fact]
    public async Task A_hundred_agents_at_once_on_two_seats_give_exactly_two_and_every_refusal_is_recorded()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", clicks: 0, agents: 100);

        var taken = await Task.WhenAll(firm.Agents.Select(seat => room.Seats.TakeAsync(firm.Id, seat.Agent, seat.Session)));

        Assert.Equal(2, taken.Count(outcome => !outcome.IsRefused));
        Assert.Equal(98, taken.Count(outcome => outcome.Refusal == Refusal.SeatsFull));
        Assert.Equal(2, (await room.Seats.SituationAsync(firm.Id)).Used);
        await using var context = room.Data.Read();
        var refusals = await context.SeatRefusals.Where(refusal => refusal.CompanyId == firm.Id).ToListAsync();
        Assert.Equal(98, refusals.Count);
        Assert.All(refusals, refusal => Assert.Equal((2, 2L), (refusal.Used, refusal.Seats)));
    }

    [Fact]
    public async Task The_third_agent_of_two_is_refused_until_one_leaves()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", clicks: 0, agents: 3);
        var first = await firm.EnterAsync(0);
        _ = await firm.EnterAsync(1);
        var third = firm.Agents[2];

        Assert.Equal(Refusal.SeatsFull, (await room.Seats.TakeAsync(firm.Id, third.Agent, third.Session)).Refusal);
        await room.Seats.LeaveAsync(firm.Id, first.Agent, first.Session);

        _ = await firm.EnterAsync(2);
    }

    [Fact]
    public async Task Trying_again_within_five_minutes_is_the_same_refusal_and_later_a_new_one()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", clicks: 0, agents: 3);
        Seat[] held = [await firm.EnterAsync(0), await firm.EnterAsync(1)];
        var third = firm.Agents[2];
        var start = room.Now;

        for (var turn = 0; turn < 3; turn++)
            Assert.Equal(Refusal.SeatsFull, (await room.Seats.TakeAsync(firm.Id, third.Agent, third.Session)).Refusal);
        Assert.Equal(1, await room.Seats.RefusedAsync(firm.Id, start));

        for (var turn = 0; turn < 10; turn++)
        {
            room.Data.Machine.Advance(TimeSpan.FromSeconds(30));
            foreach (var seat in held) Assert.Equal(Refusal.None, (await room.Seats.RenewAsync(firm.Id, seat.Agent, seat.Session)).Refusal);
        }

        Assert.Equal(Refusal.SeatsFull, (await room.Seats.TakeAsync(firm.Id, third.Agent, third.Session)).Refusal);
        Assert.Equal(2, await room.Seats.RefusedAsync(firm.Id, start));
    }

    [Fact]
    public async Task Whoever_waits_gets_the_seat_that_is_left()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", clicks: 0, agents: 3);
        var first = await firm.EnterAsync(0);
        _ = await firm.EnterAsync(1);

        var waiting = room.Seats.WaitForAsync(firm.Id, firm.Agents[2].Agent, firm.Agents[2].Session, CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        await room.Seats.LeaveAsync(firm.Id, first.Agent, first.Session);

        Assert.Equal(Refusal.None, (await waiting.WaitAsync(TimeSpan.FromSeconds(30))).Refusal);
        Assert.NotNull(await room.Seats.FindAsync(firm.Id, firm.Agents[2].Agent));
    }

    [Fact]
    public async Task Tabs_of_one_browser_share_a_seat_and_another_browser_is_asked_before_it_moves_there()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var seat = await firm.EnterAsync();
        _ = await firm.EnterAsync();
        var phone = AnotherBrowser;

        Assert.Equal(1, (await room.Seats.SituationAsync(firm.Id)).Used);
        Assert.Equal(Refusal.SeatHeldElsewhere, (await room.Seats.TakeAsync(firm.Id, seat.Agent, phone)).Refusal);
        Assert.Equal(Refusal.None, (await room.Seats.RenewAsync(firm.Id, seat.Agent, seat.Session)).Refusal);
        Assert.Equal(Refusal.None, (await room.Seats.TakeAsync(firm.Id, seat.Agent, phone, moveHere: true)).Refusal);

        Assert.Equal(Refusal.SeatMoved, (await room.Seats.RenewAsync(firm.Id, seat.Agent, seat.Session)).Refusal);
        Assert.Equal(Refusal.None, (await room.Seats.RenewAsync(firm.Id, seat.Agent, phone)).Refusal);
        await room.Seats.LeaveAsync(firm.Id, seat.Agent, seat.Session);
        Assert.Equal(1, (await room.Seats.SituationAsync(firm.Id)).Used);
    }

    [Fact]
    public async Task The_most_seats_of_an_hour_are_kept_for_four_hundred_days_and_no_longer()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (firm, other) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        var hour = SeatSample.HourOf(room.Now);
        await room.Data.Writes.RunAsync((write, _) =>
        {
            foreach (var company in new[] { firm.Id, other.Id }) write.AddRange(new SeatSample(company, hour.AddDays(-401), 9), new SeatSample(company, hour.AddDays(-400), 8));
            return Task.CompletedTask;
        });

        _ = await firm.EnterAsync(0);
        _ = await firm.EnterAsync(1);

        async Task<string> SamplesAsync(CompanyId company)
        {
            await using var context = room.Data.Read();
            return string.Join(' ', (await context.SeatSamples.Where(sample => sample.CompanyId == company).OrderBy(sample => sample.Hour).ToListAsync()).Select(sample => $"{(sample.Hour - hour).TotalHours}:{sample.Used}"));
        }
        Assert.Equal("-9600:8 0:2", await SamplesAsync(firm.Id));
        Assert.Equal("-9624:9 -9600:8", await SamplesAsync(other.Id));

        room.Data.Machine.Advance(TimeSpan.FromHours(1));
        _ = await firm.EnterAsync(0);
        Assert.Equal("0:2 1:1", await SamplesAsync(firm.Id));
    }

    [Fact]
    public async Task Refused_workspaces_are_counted_from_an_instant_on_and_for_the_own_company()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (firm, other) = (await room.CompanyAsync("alpha", clicks: 0, agents: 3), await room.CompanyAsync("beta", clicks: 0, agents: 3));
        foreach (var company in new[] { firm, other })
        {
            _ = await company.EnterAsync(0);
            _ = await company.EnterAsync(1);
        }
        _ = await room.Seats.TakeAsync(other.Id, other.Agents[2].Agent, other.Agents[2].Session);
        Assert.Equal((0, 1), (await room.Seats.RefusedAsync(firm.Id, room.Now.AddDays(-30)), await room.Seats.RefusedAsync(other.Id, room.Now.AddDays(-30))));
        Assert.Equal(0, await room.Seats.RefusedAsync(other.Id, room.Now.AddSeconds(1)));
    }

    [Fact]
    public async Task A_lost_connection_keeps_the_seat_for_a_minute()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var seat = await firm.EnterAsync();

        room.Data.Machine.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(1, (await room.Seats.SituationAsync(firm.Id)).Used);
        Assert.NotNull(room.Presence.StatusOf(firm.Id, seat.Agent, room.Now));
        room.Data.Machine.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, (await room.Seats.SituationAsync(firm.Id)).Used);
        Assert.Null(room.Presence.StatusOf(firm.Id, seat.Agent, room.Now));
        Assert.Equal(Refusal.SeatLost, (await room.Seats.RenewAsync(firm.Id, seat.Agent, seat.Session)).Refusal);
        _ = await firm.EnterAsync();
    }

    [Fact]
    public async Task Time_in_which_the_server_was_down_does_not_cost_a_seat()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (alive, dead) = (firm.Agents[0], firm.Agents[1]);
        _ = await firm.EnterAsync(1);
        room.Data.Machine.Advance(TimeSpan.FromSeconds(70));
        _ = await firm.EnterAsync(0);
        room.Data.Machine.Advance(TimeSpan.FromSeconds(40));
        await room.Data.Writes.RunAsync((_, _) => Task.CompletedTask);

        await room.Data.RestartAsync(downtime: TimeSpan.FromHours(9));
        await room.Seats.ResumeAsync(CancellationToken.None);

        Assert.Equal([alive.Agent], (await room.Seats.SituationAsync(firm.Id)).Holders.Select(holder => holder.Agent));
        Assert.Equal([alive.Agent], room.Presence.In(firm.Id, room.Now).Select(agent => agent.Agent));
        Assert.Equal(Refusal.None, (await room.Seats.RenewAsync(firm.Id, alive.Agent, alive.Session)).Refusal);
        Assert.Equal(Refusal.SeatLost, (await room.Seats.RenewAsync(firm.Id, dead.Agent, dead.Session)).Refusal);
    }

    [Fact]
    public async Task An_administrator_releases_a_seat_and_its_conversations_wait_again_free_of_charge()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (boss, agent) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        var (guest, talk) = await room.TalkAsync(firm, agent);

        Assert.Equal(Refusal.NotAllowed, (await room.Seats.ReleaseAsync(firm.Id, agent.Agent, boss.Agent)).Refusal);
        Assert.Equal(Refusal.None, (await room.Seats.ReleaseAsync(firm.Id, boss.Agent, agent.Agent)).Refusal);

        Assert.Equal(Refusal.SeatLost, (await room.Seats.RenewAsync(firm.Id, agent.Agent, agent.Session)).Refusal);
        Assert.Equal(talk.Id, Assert.Single(await room.Queries.WaitingAsync(firm.Id)).Id);
        Assert.False((await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), "hello?")).IsRefused);
        Assert.False((await room.Desk.AcceptAsync(firm.Id, boss.Agent, boss.Session, talk.Id)).Outcome.IsRefused);
        Assert.Equal(1, await room.AnswersAsync(firm.Id));
    }

    [Fact]
    public async Task When_seats_shrink_nobody_in_a_conversation_is_cut_off_and_the_latest_end_first()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", clicks: 1, agents: 4);
        for (var i = 0; i < 4; i++)
        {
            _ = await firm.EnterAsync(i);
            room.Data.Machine.Advance(TimeSpan.FromSeconds(1));
        }

        // The last click is used: under free there are two seats (3.9), agents 2 and 3 are surplus, and 3 is talking.
        var last = firm.Agents[3];
        var (guest, talk) = await room.TalkAsync(firm, last);
        Assert.Equal(0, await room.Seats.ShrinkAsync());
        var situation = await room.Seats.SituationAsync(firm.Id);
        Assert.Equal([firm.Agents[2].Agent, last.Agent], situation.Holders.Where(holder => holder.IsSurplus).Select(holder => holder.Agent));
        Assert.Equal(1, situation.Holders.Single(holder => holder.Agent == last.Agent).Conversations);
        // The latest is first in the order of ending; the idle one knows when, the talking one ends with its conversation.
        Assert.Equal([0, 0, 2, 1], situation.Holders.Select(holder => holder.SurplusOrder));
        Assert.Equal([null, null, room.Data.Now + TimeSpan.FromMinutes(15), null], situation.Holders.Select(holder => holder.EndsAt));
        Assert.Equal(2, situation.Surplus);
        var asked = (await room.Desk.RequestAsync(firm.Id, room.Visitor(firm.Id).Id)).Value;
        Assert.Equal(Refusal.SeatSurplus, (await room.Desk.AcceptAsync(firm.Id, last.Agent, last.Session, asked.Id)).Outcome.Refusal);

        for (var i = 0; i < 30; i++)
        {
            room.Data.Machine.Advance(TimeSpan.FromSeconds(30));
            foreach (var seat in firm.Agents) Assert.Equal(Refusal.None, (await room.Seats.RenewAsync(firm.Id, seat.Agent, seat.Session)).Refusal);
        }

        Assert.Equal(1, await room.Seats.ShrinkAsync());
        Assert.Null(await room.Seats.FindAsync(firm.Id, firm.Agents[2].Agent));
        Assert.False((await room.Desk.AgentSaysAsync(firm.Id, last.Agent, last.Session, talk.Id, Guid.NewGuid(), "still here")).IsRefused);
        Assert.Equal(Refusal.None, (await room.Desk.EndByVisitorAsync(firm.Id, guest.Id, talk.Id)).Refusal);
        Assert.Equal(1, await room.Seats.ShrinkAsync());
        Assert.Equal(2, (await room.Seats.SituationAsync(firm.Id)).Used);
    }

    [Fact]
    public async Task Under_click_thirty_agents_are_in()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", clicks: 1, agents: 30);

        for (var i = 0; i < 30; i++) _ = await firm.EnterAsync(i);

        var situation = await room.Seats.SituationAsync(firm.Id);
        Assert.Null(situation.Limit);
        Assert.Equal(30, situation.Used);
        Assert.False(situation.IsFull);
    }

    [Fact]
    public async Task Nobody_takes_a_seat_of_another_company_or_as_a_disabled_agent()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (ours, theirs) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        var seat = await theirs.EnterAsync();
        await room.Data.Writes.RunAsync(async (context, token) =>
        {
            var id = ours.Agents[1].Agent;
            Assert.False((await context.Agents.SingleAsync(agent => agent.Id == id, token)).Disable(enabledAdministrators: 2).IsRefused);
        });

        Assert.Equal(Refusal.AgentUnknown, (await room.Seats.TakeAsync(ours.Id, seat.Agent, seat.Session)).Refusal);
        Assert.Equal(Refusal.AgentDisabled, (await room.Seats.TakeAsync(ours.Id, ours.Agents[1].Agent, ours.Agents[1].Session)).Refusal);
        Assert.Equal(Refusal.SeatLost, (await room.Seats.RenewAsync(ours.Id, seat.Agent, seat.Session)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await room.Seats.ReleaseAsync(theirs.Id, ours.Agents[0].Agent, seat.Agent)).Refusal);
        await room.Seats.LeaveAsync(ours.Id, seat.Agent, seat.Session);
        Assert.Empty((await room.Seats.SituationAsync(ours.Id)).Holders);
        Assert.Equal(seat.Agent, Assert.Single((await room.Seats.SituationAsync(theirs.Id)).Holders).Agent);
    }

    [Fact]
    public async Task Seats_that_come_and_go_are_told()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        using var listening = room.ListenTo(firm.Id);

        var seat = await firm.EnterAsync();
        await room.Seats.LeaveAsync(firm.Id, seat.Agent, seat.Session);

        Assert.Equal(2, room.Told.Count(told => told.Topic == PortalTopic.Seats));
        Assert.Equal(2, room.Told.Count(told => told.Topic == PortalTopic.Agents));
    }
}
