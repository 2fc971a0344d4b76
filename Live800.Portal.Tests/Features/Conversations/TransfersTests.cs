using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Conversations;

public sealed class TransfersTests
{
    [Fact]
    public async Task A_transfer_goes_to_a_colleague_who_is_in_and_takes_no_further_answer()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", clicks: 3);
        var (ann, bob) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        var (guest, talk) = await room.TalkAsync(firm, ann);

        var offered = (await room.Desk.OfferAsync(firm.Id, ann.Agent, talk.Id, bob.Agent, Guid.NewGuid(), "wants the blue one")).Value;
        Assert.Equal("wants the blue one", Assert.Single(await Queries(room).OpenToAsync(firm.Id, bob.Agent, room.Now)).Transfer.Note);
        Assert.False((await room.Desk.AgentSaysAsync(firm.Id, ann.Agent, ann.Session, talk.Id, Guid.NewGuid(), "one moment")).IsRefused);
        Assert.Equal(bob.Agent, (await room.Desk.AcceptTransferAsync(firm.Id, bob.Agent, bob.Session, offered.Id)).Value.AgentId);

        Assert.Equal(Refusal.ConversationOfAnother, (await room.Desk.AgentSaysAsync(firm.Id, ann.Agent, ann.Session, talk.Id, Guid.NewGuid(), "still me?")).Refusal);
        Assert.False((await room.Desk.AgentSaysAsync(firm.Id, bob.Agent, bob.Session, talk.Id, Guid.NewGuid(), "hello")).IsRefused);
        Assert.False((await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), "hello Bob")).IsRefused);
        Assert.Equal(1, await room.AnswersAsync(firm.Id));
        Assert.Empty(await Queries(room).OpenToAsync(firm.Id, bob.Agent, room.Now));
        var lines = await room.Queries.MessagesAsync(firm.Id, talk.Id);
        Assert.Equal(Enumerable.Range(1, lines.Count), lines.Select(line => line.Sequence));
        Assert.Contains(lines, line => line.Kind == ChatMessageKind.Transferred && line.AgentId == bob.Agent);
    }

    [Fact]
    public async Task Nobody_who_is_not_in_or_away_or_of_another_company_is_offered_anything_and_nothing_changes()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (firm, other) = (await room.CompanyAsync("alpha", agents: 3), await room.CompanyAsync("beta"));
        var (ann, bob, stranger) = (await firm.EnterAsync(0), await firm.EnterAsync(1), await other.EnterAsync(0));
        var (_, talk) = await room.TalkAsync(firm, ann);
        Task<Outcome<Transfer>> OfferAsync(CompanyId company, AgentId from, AgentId to) => room.Desk.OfferAsync(company, from, talk.Id, to, Guid.NewGuid(), null);

        Assert.Equal(Refusal.AgentNotIn, (await OfferAsync(firm.Id, ann.Agent, firm.Agents[2].Agent)).Refusal);
        Assert.Equal(Refusal.AgentNotIn, (await OfferAsync(firm.Id, ann.Agent, stranger.Agent)).Refusal);
        Assert.Equal(Refusal.ConversationUnknown, (await OfferAsync(other.Id, stranger.Agent, other.Agents[1].Agent)).Refusal);
        Assert.Equal(Refusal.ConversationOfAnother, (await OfferAsync(firm.Id, bob.Agent, ann.Agent)).Refusal);
        Assert.Equal(Refusal.TransferToSelf, (await OfferAsync(firm.Id, ann.Agent, ann.Agent)).Refusal);
        room.Presence.ChangeStatus(firm.Id, bob.Agent, AgentStatus.Away);
        Assert.Equal(Refusal.AgentNotIn, (await OfferAsync(firm.Id, ann.Agent, bob.Agent)).Refusal);
        room.Presence.ChangeStatus(firm.Id, bob.Agent, AgentStatus.Busy);
        var offered = (await OfferAsync(firm.Id, ann.Agent, bob.Agent)).Value;

        Assert.Equal(Refusal.TransferOver, (await room.Desk.AcceptTransferAsync(other.Id, stranger.Agent, stranger.Session, offered.Id)).Refusal);
        Assert.Equal(Refusal.ConversationOfAnother, (await room.Desk.AcceptTransferAsync(firm.Id, ann.Agent, ann.Session, offered.Id)).Refusal);
        Assert.Equal(Refusal.SeatMoved, (await room.Desk.AcceptTransferAsync(firm.Id, bob.Agent, new SessionId(Guid.NewGuid()), offered.Id)).Refusal);
        Assert.Equal(ann.Agent, (await room.Queries.FindAsync(firm.Id, talk.Id))!.AgentId);
    }

    [Fact]
    public async Task Of_many_at_once_one_wins_and_a_repeated_command_is_the_same_transfer()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", agents: 4);
        var seats = new List<Seat>();
        for (var i = 0; i < 4; i++) seats.Add(await firm.EnterAsync(i));
        var (_, talk) = await room.TalkAsync(firm, seats[0]);
        var command = Guid.NewGuid();

        var repeats = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => room.Desk.OfferAsync(firm.Id, seats[0].Agent, talk.Id, seats[1].Agent, command, null)));
        _ = Assert.Single(repeats.Select(offered => offered.Value.Id).Distinct());
        Assert.Equal(Refusal.InputInvalid, (await room.Desk.OfferAsync(firm.Id, seats[0].Agent, talk.Id, seats[2].Agent, command, null)).Refusal);
        Assert.Equal(Refusal.TransferOpen, (await room.Desk.OfferAsync(firm.Id, seats[0].Agent, talk.Id, seats[2].Agent, Guid.NewGuid(), null)).Refusal);

        // Taken, refused and taken back at the same moment: one of them, and the conversation has one agent.
        var id = repeats[0].Value.Id;
        var outcomes = await Task.WhenAll(
            Task.Run(async () => (await room.Desk.AcceptTransferAsync(firm.Id, seats[1].Agent, seats[1].Session, id)).Refusal),
            Task.Run(async () => (await room.Desk.RefuseTransferAsync(firm.Id, seats[1].Agent, id)).Refusal),
            Task.Run(async () => (await room.Desk.TakeBackAsync(firm.Id, seats[0].Agent, id)).Refusal));
        Assert.Single(outcomes, Refusal.None);
        Assert.Equal(2, outcomes.Count(refusal => refusal == Refusal.TransferOver));
        Assert.Equal(outcomes[0] == Refusal.None ? seats[1].Agent : seats[0].Agent, (await room.Queries.FindAsync(firm.Id, talk.Id))!.AgentId);
    }

    [Fact]
    public async Task Nobody_answers_and_the_outcome_is_kept_and_ended_in_between_it_is_over()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (ann, bob) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        var (_, talk) = await room.TalkAsync(firm, ann);
        var (_, second) = await room.TalkAsync(firm, ann);
        var late = (await room.Desk.OfferAsync(firm.Id, ann.Agent, talk.Id, bob.Agent, Guid.NewGuid(), null)).Value;
        var lost = (await room.Desk.OfferAsync(firm.Id, ann.Agent, second.Id, bob.Agent, Guid.NewGuid(), null)).Value;
        Assert.Equal(0, await room.Desk.CloseTransfersAsync());

        _ = await room.Desk.EndByAgentAsync(firm.Id, ann.Agent, second.Id);
        Assert.Equal(1, await room.Desk.CloseTransfersAsync());
        for (var half = 0; half < 2; half++)
        {
            room.Data.Machine.Advance(Moments.Default.TransferTimesOutAfter / 2);
            foreach (var seat in new[] { ann, bob }) Assert.False((await room.Seats.RenewAsync(firm.Id, seat.Agent, seat.Session)).IsRefused);
        }

        Assert.Empty(await Queries(room).OpenToAsync(firm.Id, bob.Agent, room.Now));
        Assert.Equal(Refusal.TransferOver, (await room.Desk.AcceptTransferAsync(firm.Id, bob.Agent, bob.Session, late.Id)).Refusal);
        Assert.Equal(1, await room.Desk.CloseTransfersAsync());

        await using var context = room.Data.Read();
        Assert.Equal(TransferState.TimedOut, (await context.Transfers.SingleAsync(transfer => transfer.Id == late.Id)).Outcome);
        Assert.Equal(TransferState.Over, (await context.Transfers.SingleAsync(transfer => transfer.Id == lost.Id)).Outcome);
        Assert.Equal(ann.Agent, (await room.Queries.FindAsync(firm.Id, talk.Id))!.AgentId);
    }

    private static TransferQueries Queries(ChatRoom room) => room.Data.Get<TransferQueries>();
}
