using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Hours;
using Live800.Portal.Tests.Features.Groups;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Hours;

/// <summary>Whatever asks whether anybody can answer honours the hours: to the minute, right after a change, and right after a start (5).</summary>
public sealed class AnsweringTests
{
    private static readonly Timetable Closed = Openings.Daily((13 * 60, 18 * 60));

    [Fact]
    public async Task Outside_hours_a_request_and_first_words_are_refused_and_another_company_is_not_touched()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (firm, other) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        _ = (await firm.EnterAsync(0), await other.EnterAsync(0));
        Assert.Equal(Refusal.None, (await room.Desk.RequestAsync(firm.Id, room.Visitor(firm.Id).Id)).Refusal);
        await firm.OpensAsync(Closed);

        Assert.Equal(Refusal.NobodyCanAnswer, (await room.Desk.RequestAsync(firm.Id, room.Visitor(firm.Id).Id)).Refusal);
        Assert.Equal(Refusal.NobodyCanAnswer, (await room.Desk.VisitorSaysAsync(firm.Id, room.Visitor(firm.Id).Id, null, Guid.NewGuid(), "hello")).Refusal);
        Assert.False((await room.Desk.RequestAsync(other.Id, room.Visitor(other.Id).Id)).IsRefused);
        Assert.False(await room.Data.Get<Answering>().IsReachableAsync(firm.Id, room.Now));
        Assert.True(await room.Data.Get<Answering>().IsReachableAsync(other.Id, room.Now));

        // A process that has just started knows it from the first request on.
        await room.Data.RestartAsync();
        _ = (await firm.EnterAsync(0), await other.EnterAsync(0));
        Assert.Equal(Refusal.NobodyCanAnswer, (await room.Desk.RequestAsync(firm.Id, room.Visitor(firm.Id).Id)).Refusal);
        Assert.False((await room.Desk.RequestAsync(other.Id, room.Visitor(other.Id).Id)).IsRefused);
    }

    [Fact]
    public async Task Hours_end_and_begin_at_the_minute()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        await firm.OpensAsync(Openings.Daily((9 * 60, (12 * 60) + 1), ((12 * 60) + 2, 18 * 60)));
        async Task<Refusal> AskAsync()
        {
            _ = await firm.EnterAsync(0);
            return (await room.Desk.RequestAsync(firm.Id, room.Visitor(firm.Id).Id)).Refusal;
        }

        room.Pass(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        Assert.Equal(Refusal.None, await AskAsync());
        room.Pass(TimeSpan.FromTicks(1));
        Assert.Equal(Refusal.NobodyCanAnswer, await AskAsync());
        room.Pass(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        Assert.Equal(Refusal.NobodyCanAnswer, await AskAsync());
        room.Pass(TimeSpan.FromTicks(1));
        Assert.Equal(Refusal.None, await AskAsync());
    }

    [Fact]
    public async Task Who_talks_goes_on_and_who_waits_keeps_his_place_and_is_accepted_by_hand()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var ann = await firm.EnterAsync(0);
        var (guest, talk) = await room.TalkAsync(firm, ann);
        var (waiting, asked) = await room.AskAsync(firm.Id);
        await firm.OpensAsync(Closed);

        Assert.False((await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), "still there?")).IsRefused);
        Assert.False((await room.Desk.AgentSaysAsync(firm.Id, ann.Agent, ann.Session, talk.Id, Guid.NewGuid(), "yes")).IsRefused);
        Assert.Equal(asked.Id, (await room.Desk.RequestAsync(firm.Id, waiting.Id)).Value.Id);
        Assert.False((await room.Desk.VisitorSaysAsync(firm.Id, waiting.Id, asked.Id, Guid.NewGuid(), "and I?")).IsRefused);
        Assert.Equal(ConversationState.Waiting, (await room.FindAsync(firm.Id, asked.Id)).State);
        Assert.False((await room.Desk.AcceptAsync(firm.Id, ann.Agent, ann.Session, asked.Id)).Outcome.IsRefused);
        Assert.Equal(2, await room.AnswersAsync(firm.Id));
    }

    [Fact]
    public async Task Nothing_is_accepted_by_itself_outside_hours_and_all_of_it_once_they_begin()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        _ = await firm.EnterAsync(0);
        var sales = await firm.GroupAsync("Sales", RoutingWay.InTurn, 0);
        _ = await room.Groups().RouteAsync(firm.Boss(), RoutingWay.LeastBusy);
        var (_, one) = await room.AskAsync(firm.Id);
        var (_, two) = await room.AskAsync(firm.Id, sales.Id);
        await firm.OpensAsync(Closed);
        Assert.Equal(0, await room.LookAsync(firm.Id));
        Assert.Equal((ConversationState.Waiting, (GroupId?)sales.Id), ((await room.FindAsync(firm.Id, two.Id)).State, (await room.FindAsync(firm.Id, two.Id)).GroupId));
        Assert.Equal(0, await room.AnswersAsync(firm.Id));

        await firm.OpensAsync(Openings.Until(18));
        Assert.Equal(2, await room.LookAsync(firm.Id));
        Assert.Equal(ConversationState.Open, (await room.FindAsync(firm.Id, one.Id)).State);
    }

    [Fact]
    public async Task A_closed_group_is_as_one_of_which_nobody_is_in()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        _ = await firm.EnterAsync(0);
        var sales = await firm.GroupAsync("Sales", RoutingWay.InTurn, 0);
        var (_, before) = await room.AskAsync(firm.Id, sales.Id);
        await firm.OpensAsync(Closed, sales.Id);

        var (_, asked) = await room.AskAsync(firm.Id, sales.Id);
        Assert.Null(asked.GroupId);
        Assert.True((await room.LinesAsync(firm.Id, asked.Id)).Has(ChatMessageKind.WaitsForCompany));
        // By his first words as well, and who waited for it when its hours ended waits for the company with the next look.
        var guest = room.Visitor(firm.Id);
        var said = (await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, null, Guid.NewGuid(), "hello", sales.Id)).Value;
        Assert.Null((await room.FindAsync(firm.Id, said.Conversation)).GroupId);
        var chooses = room.Visitor(firm.Id);
        var plain = (await room.Desk.RequestAsync(firm.Id, chooses.Id)).Value;
        _ = await room.Desk.VisitorSaysAsync(firm.Id, chooses.Id, plain.Id, Guid.NewGuid(), "hello", sales.Id);
        Assert.Null((await room.FindAsync(firm.Id, plain.Id)).GroupId);
        Assert.Equal(0, await room.LookAsync(firm.Id));
        Assert.Null((await room.FindAsync(firm.Id, before.Id)).GroupId);
    }

    [Fact]
    public async Task A_group_may_work_when_the_company_does_not_and_only_its_own_requests_come()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        _ = await firm.EnterAsync(0);
        var (night, empty) = (await firm.GroupAsync("Night", RoutingWay.InTurn, 0), await firm.GroupAsync("Empty", RoutingWay.InTurn, 1));
        await firm.OpensAsync(Closed);
        await firm.OpensAsync(Openings.Until(13), night.Id);
        await firm.OpensAsync(Openings.Until(13), empty.Id);

        Assert.Equal(Refusal.NobodyCanAnswer, (await room.Desk.RequestAsync(firm.Id, room.Visitor(firm.Id).Id)).Refusal);
        Assert.Equal(Refusal.NobodyCanAnswer, (await room.Desk.RequestAsync(firm.Id, room.Visitor(firm.Id).Id, empty.Id)).Refusal);
        Assert.Equal(Refusal.NobodyCanAnswer, (await room.Desk.VisitorSaysAsync(firm.Id, room.Visitor(firm.Id).Id, null, Guid.NewGuid(), "hello", new GroupId(5))).Refusal);
        var (_, asked) = await room.AskAsync(firm.Id, night.Id);
        Assert.Equal(night.Id, asked.GroupId);
        Assert.Equal(1, await room.LookAsync(firm.Id));
        Assert.False((await room.Desk.VisitorSaysAsync(firm.Id, room.Visitor(firm.Id).Id, null, Guid.NewGuid(), "hello", night.Id)).IsRefused);
    }

    [Fact]
    public async Task An_agent_who_is_in_invites_and_starts_by_hand_and_rules_do_not()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var ann = await firm.EnterAsync(0);
        await firm.OpensAsync(Closed);
        var (guest, other) = (room.Visitor(firm.Id), room.Visitor(firm.Id));
        Assert.False((await room.Desk.InviteAsync(firm.Id, ann.Agent, ann.Session, guest.Id, Guid.NewGuid(), "may I?")).IsRefused);
        Assert.Equal(ann.Agent, (await room.Desk.RequestAsync(firm.Id, guest.Id)).Value.AgentId);
        Assert.False((await room.Desk.StartProactiveAsync(firm.Id, ann.Agent, ann.Session, other.Id, Guid.NewGuid(), "hello")).IsRefused);

        // Who invited has left: then it is a request like any other.
        var late = room.Visitor(firm.Id);
        Assert.False((await room.Desk.InviteAsync(firm.Id, ann.Agent, ann.Session, late.Id, Guid.NewGuid(), "may I?")).IsRefused);
        await room.Seats.LeaveAsync(firm.Id, ann.Agent, ann.Session);
        _ = await firm.EnterAsync(1);
        Assert.Equal(Refusal.NobodyCanAnswer, (await room.Desk.RequestAsync(firm.Id, late.Id)).Refusal);

        var rule = InvitationRule.Write(new InvitationRuleId(1), firm.Id, 1, "all", "", new RuleConditions("", 0, 0, 1, 1, null), false).Value;
        rule.Turn(on: true);
        _ = await room.Data.Writes.RunAsync((context, _) => Task.FromResult(context.Add(rule)));
        Assert.Equal(Refusal.NobodyCanAnswer, (await room.Desk.InviteByRuleAsync(firm.Id, room.Visitor(firm.Id).Id, [rule])).Refusal);
        await firm.OpensAsync(Openings.Until(18));
        Assert.False((await room.Desk.InviteByRuleAsync(firm.Id, room.Visitor(firm.Id).Id, [rule])).IsRefused);
    }

    [Fact]
    public async Task A_group_that_is_removed_leaves_its_hours_behind()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        _ = await firm.EnterAsync(0);
        var sales = await firm.GroupAsync("Sales", RoutingWay.ByHand, 0);
        await firm.OpensAsync(Closed, sales.Id);
        Assert.False(await room.Data.Get<Answering>().IsReachableAsync(firm.Id, room.Now, sales.Id));
        _ = await room.Groups().RemoveAsync(firm.Boss(), sales.Id);
        Assert.True(await room.Data.Get<Answering>().IsReachableAsync(firm.Id, room.Now, sales.Id));
        Assert.Single((await room.SheetAsync(firm.Id)).Lines);
        await using var context = room.Data.Read();
        Assert.Single(await context.WorkingHours.ToListAsync());
    }
}
