using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Tests.Features.Groups;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Conversations;

public sealed class ConferencesTests
{
    [Fact]
    public async Task A_stranger_an_uninvited_colleague_and_one_who_left_neither_read_as_members_nor_write()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (firm, other) = (await room.CompanyAsync("alpha", agents: 3), await room.CompanyAsync("beta"));
        var (ann, bob, eve, stranger) = (await firm.EnterAsync(0), await firm.EnterAsync(1), await firm.EnterAsync(2), await other.EnterAsync(0));
        var (_, talk) = await room.TalkAsync(firm, ann);
        var offer = (await AskAsync(room, ann, talk.Id, bob.Agent)).Value;

        Assert.Equal(Refusal.TransferOpen, (await AskAsync(room, ann, talk.Id, eve.Agent)).Refusal);
        Assert.Equal(Refusal.TransferOver, (await room.Desk.AcceptTransferAsync(other.Id, stranger.Agent, stranger.Session, offer.Id)).Refusal);
        Assert.Equal(Refusal.ConversationOfAnother, (await room.Desk.AcceptTransferAsync(firm.Id, eve.Agent, eve.Session, offer.Id)).Refusal);
        Assert.Equal(ann.Agent, (await room.Desk.AcceptTransferAsync(firm.Id, bob.Agent, bob.Session, offer.Id)).Value.AgentId);
        Assert.Equal(Refusal.ConversationOfAnother, (await SayAsync(room, eve, talk.Id)).Refusal);
        Assert.Equal(Refusal.ConversationUnknown, (await SayAsync(room, stranger, talk.Id, other.Id)).Refusal);
        Assert.Equal(Refusal.ConversationUnknown, (await room.Desk.LeaveConferenceAsync(other.Id, stranger.Agent, talk.Id, bob.Agent)).Refusal);
        Assert.Equal(Refusal.ConversationOfAnother, (await room.Desk.LeaveConferenceAsync(firm.Id, eve.Agent, talk.Id, bob.Agent)).Refusal);
        Assert.Null(await Queries(room).OfAsync(other.Id, talk.Id));
        Assert.Null(await Queries(room).MemberAsync(other.Id, talk.Id, bob.Agent));

        Assert.False((await SayAsync(room, bob, talk.Id)).IsRefused);
        Assert.False((await room.Desk.LeaveConferenceAsync(firm.Id, bob.Agent, talk.Id, bob.Agent)).IsRefused);
        Assert.Equal(Refusal.ConversationOfAnother, (await SayAsync(room, bob, talk.Id)).Refusal);
        Assert.Equal(Refusal.ConversationOfAnother, (await room.Desk.SeenByAgentAsync(firm.Id, bob.Agent, talk.Id, 3)).Refusal);
        Assert.Equal(1, await room.AnswersAsync(firm.Id));
        await AssertWithoutGapsAsync(room, talk.Id, firm.Id);
    }

    [Fact]
    public async Task Nobody_is_asked_who_is_in_it_or_not_in_and_helping_is_not_having()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", agents: 3);
        var (ann, bob) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        var (_, talk) = await room.TalkAsync(firm, ann);
        Assert.False((await JoinAsync(room, ann, bob, talk.Id)).IsRefused);

        Assert.Equal(Refusal.ConferenceHasHim, (await AskAsync(room, ann, talk.Id, bob.Agent)).Refusal);
        Assert.Equal(Refusal.TransferToSelf, (await AskAsync(room, ann, talk.Id, ann.Agent)).Refusal);
        Assert.Equal(Refusal.AgentNotIn, (await AskAsync(room, ann, talk.Id, firm.Agents[2].Agent)).Refusal);
        // A conversation in which he only helps is not one that he has.
        Assert.Empty(await room.Queries.OpenOfAsync(firm.Id, bob.Agent));
        Assert.Equal(talk.Id, Assert.Single(await Queries(room).OpenOfAsync(firm.Id, bob.Agent)).Conversation.Id);
    }

    [Fact]
    public async Task Of_a_group_who_is_in_it_is_not_asked_again_who_is_full_may_come_and_the_first_joins()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", agents: 4);
        var (ann, bob, eve, dan) = (await firm.EnterAsync(0), await firm.EnterAsync(1), await firm.EnterAsync(2), await firm.EnterAsync(3));
        var (only, sales) = (await firm.GroupAsync("Only", RoutingWay.ByHand, 1), await firm.GroupAsync("Sales", RoutingWay.ByHand, 1, 2, 3));
        var (_, talk) = await room.TalkAsync(firm, ann);
        Assert.False((await JoinAsync(room, ann, bob, talk.Id)).IsRefused);
        Task<Outcome<Transfer>> AskGroupAsync(GroupId group) => room.Desk.OfferToGroupAsync(firm.Id, ann.Agent, talk.Id, group, Guid.NewGuid(), null, toConference: true);
        Assert.Equal(Refusal.GroupNobodyIn, (await AskGroupAsync(only.Id)).Refusal);
        foreach (var full in new[] { eve, dan })
        {
            _ = await room.Groups().LimitAsync(firm.Boss(), full.Agent, 1);
            _ = await room.TalkAsync(firm, full);
        }

        var first = (await AskGroupAsync(sales.Id)).Value;
        async Task<bool> SeesAsync(Seat seat) => (await room.Data.Get<TransferQueries>().OpenToAsync(firm.Id, seat.Agent, room.Now)).Count == 1;
        Assert.Equal((false, true, true), (await SeesAsync(bob), await SeesAsync(eve), await SeesAsync(dan)));
        Assert.False((await room.Desk.RefuseTransferAsync(firm.Id, eve.Agent, first.Id)).IsRefused);
        Assert.True(await SeesAsync(dan));
        Assert.False((await room.Desk.RefuseTransferAsync(firm.Id, dan.Agent, first.Id)).IsRefused);
        Assert.Equal(TransferState.Refused, (await room.Data.Get<TransferQueries>().LastAsync(firm.Id, talk.Id, room.Now))!.Value.State);

        var second = (await AskGroupAsync(sales.Id)).Value;
        var both = await Task.WhenAll(new[] { eve, dan }.Select(seat => Task.Run(async () => (await room.Desk.AcceptTransferAsync(firm.Id, seat.Agent, seat.Session, second.Id)).Refusal)));
        Assert.Single(both, Refusal.None);
        Assert.Single(both, Refusal.TransferOver);
        Assert.Equal((ann.Agent, 2), (Of(await room.Queries.FindAsync(firm.Id, talk.Id)).Item1, (await Queries(room).OfAsync(firm.Id, talk.Id))!.Members.Count));
    }

    [Fact]
    public async Task Each_has_seen_what_he_has_seen_and_the_visitor_reads_both_in_one_order()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (ann, bob) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        var (guest, talk) = await room.TalkAsync(firm, ann);
        Assert.False((await JoinAsync(room, ann, bob, talk.Id)).IsRefused);

        var said = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Task.Run(async () => (i % 3) switch
        {
            0 => await SayAsync(room, ann, talk.Id),
            1 => await SayAsync(room, bob, talk.Id),
            _ => await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), "v"),
        })));
        Assert.All(said, one => Assert.False(one.IsRefused));
        Assert.Equal(30, said.Select(one => one.Value.Sequence).Distinct().Count());

        var last = (await room.Queries.FindAsync(firm.Id, talk.Id))!.LastSequence;
        Assert.False((await room.Desk.SeenByAgentAsync(firm.Id, bob.Agent, talk.Id, last + 50)).IsRefused);
        Assert.Equal(last, Assert.Single(await Queries(room).OpenOfAsync(firm.Id, bob.Agent)).Member.Seen);
        _ = await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), "one more");
        var now = (await room.Queries.FindAsync(firm.Id, talk.Id))!;
        Assert.True(now.AgentSeen < now.LastSequence);
        await AssertWithoutGapsAsync(room, talk.Id, firm.Id);
    }

    [Fact]
    public async Task Its_agents_seat_taken_away_the_colleague_has_it_and_no_answer_is_taken_twice()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", agents: 3, clicks: 3);
        var (ann, bob, eve) = (await firm.EnterAsync(0), await firm.EnterAsync(1), await firm.EnterAsync(2));
        var (_, talk) = await room.TalkAsync(firm, ann);
        var (_, alone) = await room.TalkAsync(firm, ann);
        Assert.False((await JoinAsync(room, ann, bob, talk.Id)).IsRefused);
        Assert.False((await JoinAsync(room, ann, eve, talk.Id)).IsRefused);

        Assert.False((await room.Seats.ReleaseAsync(firm.Id, ann.Agent, bob.Agent)).IsRefused);
        Assert.Equal(Refusal.SeatLost, (await SayAsync(room, bob, talk.Id)).Refusal);
        Assert.Equal(eve.Agent, Assert.Single((await Queries(room).OfAsync(firm.Id, talk.Id))!.Members).AgentId);
        Assert.False((await room.Seats.ReleaseAsync(firm.Id, ann.Agent, ann.Agent)).IsRefused);

        Assert.Equal((eve.Agent, ConversationState.Open), Of(await room.Queries.FindAsync(firm.Id, talk.Id)));
        Assert.Equal((null, ConversationState.Waiting), Of(await room.Queries.FindAsync(firm.Id, alone.Id)));
        Assert.Null(await Queries(room).OfAsync(firm.Id, talk.Id));
        Assert.False((await SayAsync(room, eve, talk.Id)).IsRefused);
        Assert.Equal(2, await room.AnswersAsync(firm.Id));
        await AssertWithoutGapsAsync(room, talk.Id, firm.Id);
    }

    private static (AgentId?, ConversationState) Of(Conversation? conversation) => (conversation!.AgentId, conversation.State);

    private static ConferenceQueries Queries(ChatRoom room) => room.Data.Get<ConferenceQueries>();

    private static Task<Outcome<Transfer>> AskAsync(ChatRoom room, Seat by, ConversationId id, AgentId whom) => room.Desk.OfferAsync(by.Company, by.Agent, id, whom, Guid.NewGuid(), null, toConference: true);

    private static async Task<Outcome<Conversation>> JoinAsync(ChatRoom room, Seat by, Seat whom, ConversationId id) =>
        await room.Desk.AcceptTransferAsync(by.Company, whom.Agent, whom.Session, (await AskAsync(room, by, id, whom.Agent)).Value.Id);

    private static Task<Outcome<Said>> SayAsync(ChatRoom room, Seat by, ConversationId id, CompanyId? company = null) => room.Desk.AgentSaysAsync(company ?? by.Company, by.Agent, by.Session, id, Guid.NewGuid(), "a");

    private static async Task AssertWithoutGapsAsync(ChatRoom room, ConversationId id, CompanyId company)
    {
        var lines = await room.Queries.MessagesAsync(company, id);
        Assert.Equal(Enumerable.Range(1, lines.Count), lines.Select(line => line.Sequence));
    }
}
