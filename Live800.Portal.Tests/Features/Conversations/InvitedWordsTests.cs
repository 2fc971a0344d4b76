using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Conversations;

/// <summary>Whoever accepts reads what the visitor answers to (4).</summary>
public sealed class InvitedWordsTests
{
    [Fact]
    public async Task The_words_of_the_invitation_belong_to_the_conversation_it_became_and_to_no_other()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (ann, bob) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        var guest = room.Visitor(firm.Id);
        Assert.False((await room.Desk.InviteAsync(firm.Id, ann.Agent, ann.Session, guest.Id, Guid.NewGuid(), "看中哪款沙发？")).IsRefused);
        await room.Seats.LeaveAsync(firm.Id, ann.Agent, ann.Session);
        var invited = (await room.Desk.RequestAsync(firm.Id, guest.Id)).Value;
        var (_, asked) = await room.TalkAsync(firm, bob);

        Assert.Equal("看中哪款沙发？", await room.Queries.InvitedWithAsync(invited));
        Assert.Null(await room.Queries.InvitedWithAsync(asked));
    }

    [Fact]
    public async Task Where_they_are_its_agents_first_message_they_are_not_said_twice()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var ann = await firm.EnterAsync(0);
        var guest = room.Visitor(firm.Id);
        Assert.False((await room.Desk.InviteAsync(firm.Id, ann.Agent, ann.Session, guest.Id, Guid.NewGuid(), "看中哪款沙发？")).IsRefused);
        var invited = (await room.Desk.RequestAsync(firm.Id, guest.Id)).Value;

        Assert.Contains(await room.Queries.MessagesAsync(firm.Id, invited.Id, 0), line => line.Text == "看中哪款沙发？");
        Assert.Null(await room.Queries.InvitedWithAsync(invited));
    }

    [Fact]
    public async Task Built_in_words_are_not_repeated()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var ann = await firm.EnterAsync(0);
        var guest = room.Visitor(firm.Id);
        Assert.False((await room.Desk.InviteAsync(firm.Id, ann.Agent, ann.Session, guest.Id, Guid.NewGuid(), "")).IsRefused);

        Assert.Null(await room.Queries.InvitedWithAsync((await room.Desk.RequestAsync(firm.Id, guest.Id)).Value));
    }
}
