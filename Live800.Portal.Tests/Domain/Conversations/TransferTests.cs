using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Conversations;

public sealed class TransferTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);
    private static readonly AgentId Ann = new(1);
    private static readonly AgentId Bob = new(2);
    private static readonly AgentId Eve = new(3);
    private static readonly Moments Usual = Moments.Default;

    private readonly Conversation _talk = Conversation.Proactive(new(10), new(1), new(5), new(6), Ann, Start).Conversation;

    [Fact]
    public void Only_an_own_running_conversation_is_offered_and_to_somebody_else()
    {
        Assert.Equal(Refusal.ConversationOfAnother, Offer(Bob, Eve).Refusal);
        Assert.Equal(Refusal.TransferToSelf, Offer(Ann, Ann).Refusal);
        Assert.Equal(Refusal.TextTooLong, Transfer.Offer(new(1), _talk, Ann, Bob, null, Guid.NewGuid(), new string('x', Transfer.NoteLimit + 1), Start, Usual).Refusal);
        _ = _talk.End(Speaker.Agent(Ann), Start);
        Assert.Equal(Refusal.ConversationNotOpen, Offer(Ann, Bob).Refusal);
    }

    [Fact]
    public void Until_the_colleague_accepts_it_stays_with_the_giving_agent_and_then_it_is_the_colleagues()
    {
        var transfer = Offer(Ann, Bob).Value;
        Assert.Equal(Ann, _talk.AgentId);
        Assert.False(_talk.Say(Speaker.Agent(Ann), Guid.NewGuid(), "one moment", Start).IsRefused);
        Assert.Equal(Refusal.ConversationOfAnother, transfer.Accept(_talk, Eve, Start, Usual).Refusal);

        var line = transfer.Accept(_talk, Bob, Start.AddSeconds(5), Usual).Value;

        Assert.Equal((ChatMessageKind.Transferred, (AgentId?)Bob, _talk.LastSequence), (line.Kind, line.AgentId, line.Sequence));
        Assert.Equal((Bob, TransferState.Accepted), (_talk.AgentId, transfer.StateAt(_talk, Start.AddHours(1), Usual)));
        Assert.Equal(Refusal.ConversationOfAnother, _talk.Say(Speaker.Agent(Ann), Guid.NewGuid(), "still me", Start).Refusal);
        Assert.Equal(Refusal.TransferOver, transfer.Accept(_talk, Bob, Start.AddSeconds(6), Usual).Refusal);
    }

    [Fact]
    public void One_at_a_time_and_refused_taken_back_or_timed_out_it_can_be_offered_again()
    {
        var first = Offer(Ann, Bob).Value;
        Assert.Equal(Refusal.TransferOpen, Offer(Ann, Eve, first).Refusal);
        Assert.Equal(Refusal.ConversationOfAnother, first.Refuse(_talk, Ann, Start, Usual).Refusal);
        Assert.False(first.Refuse(_talk, Bob, Start, Usual).IsRefused);
        var second = Offer(Ann, Eve, first).Value;
        Assert.Equal(Refusal.ConversationOfAnother, second.TakeBack(_talk, Eve, Start, Usual).Refusal);
        Assert.False(second.TakeBack(_talk, Ann, Start, Usual).IsRefused);
        var third = Offer(Ann, Bob, second).Value;
        var late = Start + Usual.TransferTimesOutAfter;
        Assert.False(third.Close(_talk, late - TimeSpan.FromTicks(1), Usual));
        Assert.Equal(Refusal.TransferOver, third.Accept(_talk, Bob, late, Usual).Refusal);
        Assert.True(third.Close(_talk, late.AddHours(1), Usual));
        Assert.Equal((TransferState.TimedOut, (DateTimeOffset?)late, (AgentId?)Ann), (third.Outcome, third.ClosedAt, _talk.AgentId));
        Assert.False(third.Close(_talk, late.AddHours(2), Usual));
    }

    [Fact]
    public void A_conversation_that_ended_or_went_back_to_the_line_cannot_be_taken_any_more()
    {
        var transfer = Offer(Ann, Bob).Value;
        _ = _talk.ReturnToGroup(Start);
        Assert.Equal(Refusal.TransferOver, transfer.Accept(_talk, Bob, Start, Usual).Refusal);
        Assert.True(transfer.Close(_talk, Start, Usual));
        Assert.Equal(TransferState.Over, transfer.Outcome);
    }

    private Outcome<Transfer> Offer(AgentId from, AgentId to, Transfer? last = null) => Transfer.Offer(new(1), _talk, from, to, last, Guid.NewGuid(), null, Start, Usual);
}
