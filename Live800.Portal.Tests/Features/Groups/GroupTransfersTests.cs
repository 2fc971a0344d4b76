using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Groups;

/// <summary>A conversation offered to a group 转接 (4).</summary>
public sealed class GroupTransfersTests
{
    [Fact]
    public async Task A_group_that_is_empty_away_full_unknown_another_companys_or_only_oneself_is_offered_nothing()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (firm, other) = (await room.CompanyAsync("alpha", agents: 3), await room.CompanyAsync("beta"));
        var (ann, bob) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        var (empty, own, sales, strange) = (await firm.GroupAsync("Empty", RoutingWay.ByHand), await firm.GroupAsync("Own", RoutingWay.ByHand, 0), await firm.GroupAsync("Sales", RoutingWay.ByHand, 1, 2), await other.GroupAsync("Strange", RoutingWay.ByHand, 0));
        var (_, talk) = await room.TalkAsync(firm, ann);
        async Task<Refusal> OfferAsync(GroupId group) => (await room.Desk.OfferToGroupAsync(firm.Id, ann.Agent, talk.Id, group, Guid.NewGuid(), null)).Refusal;

        Assert.Equal(Refusal.GroupNobodyIn, await OfferAsync(empty.Id));
        Assert.Equal(Refusal.GroupNobodyIn, await OfferAsync(own.Id));
        Assert.Equal(Refusal.GroupUnknown, await OfferAsync(strange.Id));
        room.Presence.ChangeStatus(firm.Id, bob.Agent, AgentStatus.Away);
        Assert.Equal(Refusal.GroupNobodyIn, await OfferAsync(sales.Id));
        room.Presence.ChangeStatus(firm.Id, bob.Agent, AgentStatus.Online);
        _ = await room.Groups().LimitAsync(firm.Boss(), bob.Agent, 1);
        _ = await room.TalkAsync(firm, bob);
        Assert.Equal(Refusal.GroupNobodyIn, await OfferAsync(sales.Id));
        Assert.Equal(Refusal.AgentFull, (await room.Desk.OfferAsync(firm.Id, ann.Agent, talk.Id, bob.Agent, Guid.NewGuid(), null)).Refusal);
        _ = await room.Groups().LimitAsync(firm.Boss(), bob.Agent, 2);
        Assert.Equal(Refusal.None, await OfferAsync(sales.Id));
    }

    [Fact]
    public async Task All_of_a_group_see_it_the_first_has_it_and_the_others_see_it_vanish()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", agents: 4);
        var seats = new List<Seat>();
        for (var i = 0; i < 4; i++) seats.Add(await firm.EnterAsync(i));
        var sales = await firm.GroupAsync("Sales", RoutingWay.ByHand, 0, 1, 2);
        var (_, talk) = await room.TalkAsync(firm, seats[0]);
        var command = Guid.NewGuid();
        var offer = (await room.Desk.OfferToGroupAsync(firm.Id, seats[0].Agent, talk.Id, sales.Id, command, "wants a price")).Value;
        Assert.Equal(offer.Id, (await room.Desk.OfferToGroupAsync(firm.Id, seats[0].Agent, talk.Id, sales.Id, command, null)).Value.Id);
        Assert.Equal(Refusal.InputInvalid, (await room.Desk.OfferAsync(firm.Id, seats[0].Agent, talk.Id, seats[1].Agent, command, null)).Refusal);
        Assert.Equal([0, 1, 1, 0], await SeenAsync());
        Assert.Equal(Refusal.ConversationOfAnother, (await room.Desk.AcceptTransferAsync(firm.Id, seats[3].Agent, seats[3].Session, offer.Id)).Refusal);

        var both = await Task.WhenAll(Enumerable.Range(1, 2).Select(i => Task.Run(async () => (await room.Desk.AcceptTransferAsync(firm.Id, seats[i].Agent, seats[i].Session, offer.Id)).Refusal)));
        Assert.Single(both, Refusal.None);
        Assert.Single(both, Refusal.TransferOver);
        Assert.Equal([0, 0, 0, 0], await SeenAsync());
        var taken = await room.FindAsync(firm.Id, talk.Id);
        Assert.Equal((seats[both[0] == Refusal.None ? 1 : 2].Agent, (GroupId?)sales.Id), (taken.AgentId!.Value, taken.GroupId));
        Assert.Equal(1, await room.AnswersAsync(firm.Id));

        async Task<IEnumerable<int>> SeenAsync()
        {
            var seen = new List<int>();
            foreach (var seat in seats) seen.Add((await room.Data.Get<TransferQueries>().OpenToAsync(firm.Id, seat.Agent, room.Now)).Count);
            return seen;
        }
    }

    [Fact]
    public async Task Only_when_all_have_refused_it_is_refused_and_it_stays_where_it_is()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", agents: 4);
        var seats = new List<Seat>();
        for (var i = 0; i < 3; i++) seats.Add(await firm.EnterAsync(i));
        // The fourth of the group is not in: nobody waits for him.
        var sales = await firm.GroupAsync("Sales", RoutingWay.ByHand, 1, 2, 3);
        var (_, talk) = await room.TalkAsync(firm, seats[0]);
        var queries = room.Data.Get<TransferQueries>();
        var offer = (await room.Desk.OfferToGroupAsync(firm.Id, seats[0].Agent, talk.Id, sales.Id, Guid.NewGuid(), null)).Value;

        Assert.False((await room.Desk.RefuseTransferAsync(firm.Id, seats[1].Agent, offer.Id)).IsRefused);
        Assert.Equal(TransferState.Open, (await queries.LastAsync(firm.Id, talk.Id, room.Now))!.Value.State);
        Assert.Empty(await queries.OpenToAsync(firm.Id, seats[1].Agent, room.Now));
        Assert.Equal(Refusal.ConversationOfAnother, (await room.Desk.AcceptTransferAsync(firm.Id, seats[1].Agent, seats[1].Session, offer.Id)).Refusal);
        Assert.Equal(Refusal.ConversationOfAnother, (await room.Desk.RefuseTransferAsync(firm.Id, seats[0].Agent, offer.Id)).Refusal);
        Assert.False((await room.Desk.RefuseTransferAsync(firm.Id, seats[2].Agent, offer.Id)).IsRefused);
        Assert.Equal(TransferState.Refused, (await queries.LastAsync(firm.Id, talk.Id, room.Now))!.Value.State);
        Assert.Equal(seats[0].Agent, (await room.FindAsync(firm.Id, talk.Id)).AgentId);

        var late = (await room.Desk.OfferToGroupAsync(firm.Id, seats[0].Agent, talk.Id, sales.Id, Guid.NewGuid(), null)).Value;
        room.Data.Machine.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(TransferState.TimedOut, (await queries.LastAsync(firm.Id, talk.Id, room.Now))!.Value.State);
        _ = await room.Seats.TakeAsync(firm.Id, seats[1].Agent, seats[1].Session);
        Assert.Equal(Refusal.TransferOver, (await room.Desk.AcceptTransferAsync(firm.Id, seats[1].Agent, seats[1].Session, late.Id)).Refusal);
    }
}
