using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Messages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Messages;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Features.Groups;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Messages;

public sealed class OfflineInboxTests
{
    private static readonly OfflineFilter Everything = new(OfflineBox.All);

    [Fact]
    public async Task A_form_sent_many_times_at_once_is_stored_and_told_once()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var guest = room.Visitor(firm.Id);
        var form = Guid.NewGuid();
        using var listening = room.ListenTo(firm.Id);

        var received = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => room.Inbox.ReceiveAsync(firm.Id, guest.Id, form, "王女士", "wang@example.com", "请回电")));

        var id = Assert.Single(received.Select(outcome => outcome.Value).Distinct());
        var message = Assert.Single(await room.Messages.ListAsync(firm.Id, Everything)).Message;
        Assert.Equal((id, "王女士", "请回电", true), (message.Id, message.Name, message.Text, message.IsNew));
        Assert.Equal(new PortalEvent(firm.Id, PortalTopic.OfflineMessages, id.Value), Assert.Single(room.Told));
        Assert.Equal(Refusal.SameIdOtherText, (await room.Inbox.ReceiveAsync(firm.Id, guest.Id, form, "", "", "something else")).Refusal);
    }

    [Fact]
    public async Task It_is_received_when_no_answers_are_left_and_nobody_is_in()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", clicks: 0);

        Assert.False((await room.Inbox.ReceiveAsync(firm.Id, null, Guid.NewGuid(), null, null, "hello")).IsRefused);
    }

    [Fact]
    public async Task Bad_input_is_refused_and_nothing_is_stored()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");

        Assert.Equal(Refusal.TextEmpty, (await room.Inbox.ReceiveAsync(firm.Id, null, Guid.NewGuid(), "n", "c", "\u200b")).Refusal);
        Assert.Equal(Refusal.TextTooLong, (await room.Inbox.ReceiveAsync(firm.Id, null, Guid.NewGuid(), "n", "c", new string('x', MessageText.Limit + 1))).Refusal);
        Assert.Equal(Refusal.NameTooLong, (await room.Inbox.ReceiveAsync(firm.Id, null, Guid.NewGuid(), new string('n', 65), "c", "x")).Refusal);
        Assert.Equal(Refusal.CompanyUnknown, (await room.Inbox.ReceiveAsync(new CompanyId(7), null, Guid.NewGuid(), "n", "c", "x")).Refusal);
        Assert.Empty(await room.Messages.ListAsync(firm.Id, Everything));
    }

    [Fact]
    public async Task Handled_messages_stay_on_record_with_the_first_who_handled_them_and_no_other_company_sees_them()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (ours, theirs) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        var form = Guid.NewGuid();
        var id = (await room.Inbox.ReceiveAsync(ours.Id, null, form, "n", "c", "ours")).Value;
        Assert.False((await room.Inbox.ReceiveAsync(theirs.Id, null, form, "n", "c", "theirs")).IsRefused);

        Assert.Equal(Refusal.OfflineMessageUnknown, (await room.Inbox.HandleAsync(theirs.Id, theirs.Agents[0].Agent, id)).Refusal);
        Assert.Equal(1, await room.Inbox.CountNewAsync(ours.Id));
        Assert.Equal(Refusal.None, (await room.Inbox.HandleAsync(ours.Id, ours.Agents[0].Agent, id)).Refusal);
        Assert.Equal(Refusal.None, (await room.Inbox.HandleAsync(ours.Id, ours.Agents[1].Agent, id)).Refusal);

        Assert.Equal(ours.Agents[0].Agent, Assert.Single(await room.Messages.ListAsync(ours.Id, Everything)).Message.HandledBy);
        Assert.Empty(await room.Messages.ListAsync(ours.Id, new OfflineFilter()));
        Assert.Equal("theirs", Assert.Single(await room.Messages.ListAsync(theirs.Id, Everything)).Message.Text);
        Assert.Equal(1, await room.Inbox.CountNewAsync(theirs.Id));
    }

    [Fact]
    public async Task A_message_goes_only_to_agents_and_groups_that_are_there()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (ours, theirs) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        var (sales, gone, foreign) = (await ours.GroupAsync("Sales", RoutingWay.ByHand), await ours.GroupAsync("Gone", RoutingWay.ByHand), await theirs.GroupAsync("Sales", RoutingWay.ByHand));
        Assert.False((await room.Groups().RemoveAsync(ours.Boss(), gone.Id)).IsRefused);
        var second = ours.Agents[1].Agent;
        await room.Data.Writes.RunAsync(async (context, token) => Assert.False((await context.Agents.SingleAsync(agent => agent.Id == second, token)).Disable(1).IsRefused));
        var id = (await room.Inbox.ReceiveAsync(ours.Id, null, Guid.NewGuid(), "n", "c", "x", new MessageOrigin(sales.Id))).Value;

        Assert.Equal(Refusal.AgentUnknown, (await room.Inbox.AssignAsync(ours.Id, ours.Agents[0].Agent, id, theirs.Agents[0].Agent)).Refusal);
        Assert.Equal(Refusal.AgentDisabled, (await room.Inbox.AssignAsync(ours.Id, ours.Agents[0].Agent, id, second)).Refusal);
        Assert.Equal(Refusal.OfflineMessageUnknown, (await room.Inbox.AssignAsync(theirs.Id, theirs.Agents[0].Agent, id, theirs.Agents[0].Agent)).Refusal);
        Assert.Equal(Refusal.GroupUnknown, (await room.Inbox.MoveAsync(ours.Id, ours.Agents[0].Agent, id, gone.Id)).Refusal);
        Assert.Equal(Refusal.GroupUnknown, (await room.Inbox.MoveAsync(ours.Id, ours.Agents[0].Agent, id, foreign.Id)).Refusal);
        Assert.Equal(Refusal.OfflineMessageUnknown, (await room.Inbox.MoveAsync(theirs.Id, theirs.Agents[0].Agent, id, foreign.Id)).Refusal);
        Assert.Equal(Refusal.OfflineMessageUnknown, (await room.Inbox.ReopenAsync(theirs.Id, theirs.Agents[0].Agent, id)).Refusal);
        var message = (await room.Messages.FindAsync(ours.Id, id))!.Message;
        Assert.Equal((sales.Id, null), (message.GroupId, message.AssigneeId));

        using var listening = room.ListenTo(ours.Id);
        Assert.False((await room.Inbox.AssignAsync(ours.Id, ours.Agents[0].Agent, id, ours.Agents[0].Agent)).IsRefused);
        Assert.False((await room.Inbox.MoveAsync(ours.Id, ours.Agents[0].Agent, id, null)).IsRefused);
        message = (await room.Messages.FindAsync(ours.Id, id))!.Message;
        Assert.Equal((null, ours.Agents[0].Agent), (message.GroupId, message.AssigneeId));
        Assert.Equal(2, room.Told.Count(told => told == new PortalEvent(ours.Id, PortalTopic.OfflineMessages, id.Value)));
    }

    [Fact]
    public async Task A_group_that_was_removed_while_the_visitor_wrote_is_quietly_the_whole_company()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (ours, theirs) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        var (gone, foreign) = (await ours.GroupAsync("Gone", RoutingWay.ByHand), await theirs.GroupAsync("Sales", RoutingWay.ByHand));
        Assert.False((await room.Groups().RemoveAsync(ours.Boss(), gone.Id)).IsRefused);
        foreach (var group in new[] { gone.Id, foreign.Id, new GroupId(99) })
        {
            var id = (await room.Inbox.ReceiveAsync(ours.Id, null, Guid.NewGuid(), "n", "c", "x", new MessageOrigin(group, new string('u', 5000), "t\n", "en"))).Value;
            var message = (await room.Messages.FindAsync(ours.Id, id))!.Message;
            Assert.Equal((null, OfflineMessage.PageLimit, "t", "en"), (message.GroupId, message.Page.Length, message.PageTitle, message.Language));
        }
    }

    [Fact]
    public async Task Messages_are_found_by_state_group_assignee_and_words_and_counted_alike()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (ours, theirs) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        var sales = await ours.GroupAsync("Sales", RoutingWay.ByHand);
        var me = ours.Agents[0].Agent;
        async Task<OfflineMessageId> LeaveAsync(Firm firm, string text, GroupId? group = null) =>
            (await room.Inbox.ReceiveAsync(firm.Id, null, Guid.NewGuid(), "n", "c", text, new MessageOrigin(group))).Value;
        var (lamp, sofa, half) = (await LeaveAsync(ours, "Lamp", sales.Id), await LeaveAsync(ours, "sofa"), await LeaveAsync(ours, "100% off_"));
        _ = await LeaveAsync(theirs, "lamp");
        Assert.False((await room.Inbox.AssignAsync(ours.Id, ours.Agents[0].Agent, lamp, me)).IsRefused);
        Assert.False((await room.Inbox.HandleAsync(ours.Id, me, sofa)).IsRefused);

        async Task<IReadOnlyList<OfflineMessageId>> FindAsync(OfflineFilter filter)
        {
            var (rows, counts) = (await room.Messages.ListAsync(ours.Id, filter), await room.Messages.CountAsync(ours.Id, filter));
            Assert.Equal(counts.Of(filter.Box), rows.Count);
            return [.. rows.Select(row => row.Message.Id)];
        }

        Assert.Equal([half, lamp], await FindAsync(new OfflineFilter()));
        Assert.Equal([sofa], await FindAsync(new OfflineFilter(OfflineBox.Handled)));
        Assert.Equal([half, sofa, lamp], await FindAsync(Everything));
        Assert.Equal([lamp], await FindAsync(Everything with { Group = sales.Id }));
        Assert.Equal([lamp], await FindAsync(Everything with { Assignee = me }));
        Assert.Equal([half, sofa], await FindAsync(Everything with { IsNobodys = true }));
        Assert.Equal([lamp], await FindAsync(Everything with { Text = " lAMP\0" }));
        Assert.Equal([half], await FindAsync(Everything with { Text = "%" }));
        Assert.Equal([half], await FindAsync(Everything with { Text = "_" }));
        Assert.Empty(await FindAsync(Everything with { Text = "nothing of it" }));
        _ = Assert.Single(await room.Messages.ListAsync(ours.Id, Everything with { Take = -5 }));
    }

    [Fact]
    public async Task A_handled_message_can_be_reopened_and_is_new_again()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var id = (await room.Inbox.ReceiveAsync(firm.Id, null, Guid.NewGuid(), "n", "c", "x")).Value;
        Assert.False((await room.Inbox.HandleAsync(firm.Id, firm.Agents[0].Agent, id)).IsRefused);
        Assert.Equal(0, await room.Inbox.CountNewAsync(firm.Id));
        Assert.False((await room.Inbox.ReopenAsync(firm.Id, firm.Agents[0].Agent, id)).IsRefused);
        Assert.False((await room.Inbox.ReopenAsync(firm.Id, firm.Agents[0].Agent, id)).IsRefused);
        Assert.Equal(1, await room.Inbox.CountNewAsync(firm.Id));
        Assert.False((await room.Inbox.HandleAsync(firm.Id, firm.Agents[1].Agent, id)).IsRefused);
        Assert.Equal(firm.Agents[1].Agent, (await room.Messages.FindAsync(firm.Id, id))!.Message.HandledBy);
    }
}
