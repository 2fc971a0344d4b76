using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Messages;

public sealed class OfflineInboxTests
{
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
        var message = Assert.Single(await room.Inbox.ListAsync(firm.Id));
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
        Assert.Empty(await room.Inbox.ListAsync(firm.Id));
    }

    [Fact]
    public async Task Handled_messages_stay_on_record_with_the_first_who_handled_them_and_no_other_company_sees_them()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (ours, theirs) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        var form = Guid.NewGuid();
        var id = (await room.Inbox.ReceiveAsync(ours.Id, null, form, "n", "c", "ours")).Value;
        Assert.False((await room.Inbox.ReceiveAsync(theirs.Id, null, form, "n", "c", "theirs")).IsRefused);

        Assert.Equal(Refusal.InputInvalid, (await room.Inbox.HandleAsync(theirs.Id, theirs.Agents[0].Agent, id)).Refusal);
        Assert.Equal(1, await room.Inbox.CountNewAsync(ours.Id));
        Assert.Equal(Refusal.None, (await room.Inbox.HandleAsync(ours.Id, ours.Agents[0].Agent, id)).Refusal);
        Assert.Equal(Refusal.None, (await room.Inbox.HandleAsync(ours.Id, ours.Agents[1].Agent, id)).Refusal);

        Assert.Equal(ours.Agents[0].Agent, Assert.Single(await room.Inbox.ListAsync(ours.Id)).HandledBy);
        Assert.Empty(await room.Inbox.ListAsync(ours.Id, onlyNew: true));
        Assert.Equal("theirs", Assert.Single(await room.Inbox.ListAsync(theirs.Id)).Text);
        Assert.Equal(1, await room.Inbox.CountNewAsync(theirs.Id));
    }
}
