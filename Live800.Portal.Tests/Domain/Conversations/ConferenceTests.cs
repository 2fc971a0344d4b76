using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Conversations;

public sealed class ConferenceTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);
    private static readonly AgentId Ann = new(1);
    private static readonly AgentId Bob = new(2);
    private static readonly AgentId Eve = new(3);
    private static readonly Moments Usual = Moments.Default;

    private readonly Conversation _talk = Conversation.Proactive(new(10), new(1), new(5), new(6), Ann, Start).Conversation;
    private readonly List<ConferenceMember> _members = [];

    [Fact]
    public void Whoever_has_it_or_is_in_it_or_finds_it_full_does_not_join_and_the_offer_stays_open()
    {
        var bob = Join(Bob);
        Assert.Equal(Refusal.ConferenceHasHim, _talk.CanJoin(Bob, _members).Refusal);
        Assert.Equal(Refusal.ConferenceHasHim, _talk.CanJoin(Ann, _members).Refusal);
        var offer = Ask(Bob);
        Assert.Equal(Refusal.ConferenceHasHim, offer.Join(_talk, _members, Bob, Start, Usual).Refusal);
        Assert.Equal(TransferState.Open, offer.StateAt(_talk, Start, Usual));
        for (var i = 0; i < ConferenceMember.Most - 1; i++) _ = Join(new AgentId(10 + i));
        Assert.Equal(Refusal.ConferenceFull, _talk.CanJoin(Eve, _members).Refusal);
        Assert.False(_talk.Leave(bob, Bob, Start).IsRefused);
        Assert.False(_talk.CanJoin(Eve, _members).IsRefused);
        _ = _talk.End(Speaker.Agent(Ann), Start);
        Assert.Equal(Refusal.ConversationNotOpen, _talk.CanJoin(Eve, _members).Refusal);
    }

    [Fact]
    public void A_colleague_talks_beside_its_agent_and_nothing_else_becomes_his()
    {
        Assert.Equal(Refusal.ConversationOfAnother, Say(Bob, null).Refusal);
        var bob = Join(Bob);
        Assert.Equal((Ann, 2, 2), (_talk.AgentId, _talk.LastSequence, bob.Seen));

        var said = Say(Bob, bob).Value;

        Assert.Equal((ChatAuthor.Agent, (AgentId?)Bob, 3), (said.Author, said.AgentId, said.Sequence));
        // What he writes is news for its agent.
        Assert.True(_talk.AgentSeen < said.Sequence);
        Assert.Equal(Refusal.ConversationOfAnother, Say(Eve, bob).Refusal);
        Assert.Equal(Refusal.ConversationOfAnother, _talk.End(Speaker.Agent(Bob), Start).Refusal);
        Assert.Equal(Refusal.ConversationOfAnother, _talk.Push(Bob, Guid.NewGuid(), "https://shop.example/", null, Start).Refusal);
        Assert.Equal(Refusal.ConversationOfAnother, _talk.AskRating(Bob, Start).Refusal);
        Assert.Equal(Refusal.ConversationOfAnother, Transfer.Offer(new(9), _talk, Bob, Eve, null, Guid.NewGuid(), null, Start, Usual).Refusal);
        var other = Conversation.Proactive(new(11), new(1), new(7), new(8), Ann, Start).Conversation;
        Assert.Equal(Refusal.ConversationOfAnother, other.Say(Speaker.Agent(Bob), Guid.NewGuid(), "wrong room", Start, bob).Refusal);
    }

    [Fact]
    public void He_leaves_or_is_taken_out_by_its_agent_only_and_may_come_back_as_the_same_member()
    {
        var bob = Join(Bob);
        var eve = Join(Eve);
        Assert.Equal(Refusal.ConversationOfAnother, _talk.Leave(bob, Eve, Start).Refusal);
        Assert.Equal((ChatMessageKind.ConferenceLeft, (AgentId?)Eve), (_talk.Leave(eve, Ann, Start).Value.Kind, eve.AgentId));
        Assert.False(_talk.Leave(bob, Bob, Start.AddMinutes(1)).IsRefused);
        Assert.Equal(Refusal.ConversationOfAnother, _talk.Leave(bob, Bob, Start.AddMinutes(1)).Refusal);
        Assert.Equal(Refusal.ConversationOfAnother, Say(Bob, bob).Refusal);

        var again = Join(Bob, isNew: false);

        Assert.Same(bob, again);
        Assert.False(Say(Bob, bob).IsRefused);
    }

    [Fact]
    public void Its_agent_gone_it_is_inherited_with_what_the_heir_has_not_seen_yet()
    {
        var bob = Join(Bob);
        _ = _talk.Say(Speaker.Visitor, Guid.NewGuid(), "are you there?", Start);

        var line = _talk.Inherit(bob, Start.AddMinutes(1)).Value;

        Assert.Equal((ChatMessageKind.Transferred, (AgentId?)Bob, Bob, 2), (line.Kind, line.AgentId, _talk.AgentId, _talk.AgentSeen));
        Assert.False(bob.IsIn(_talk));
        Assert.Equal(Refusal.ConversationOfAnother, _talk.Inherit(bob, Start).Refusal);
        Assert.Equal(Refusal.ConversationOfAnother, Say(Ann, null).Refusal);
    }

    [Fact]
    public void What_asks_into_a_conference_never_hands_over_and_what_hands_over_lets_nobody_in()
    {
        _ = Assert.Throws<InvalidOperationException>(() => Ask(Bob).Accept(_talk, Bob, Start, Usual));
        var handOver = Transfer.Offer(new(101), _talk, Ann, Bob, null, Guid.NewGuid(), null, Start, Usual).Value;
        _ = Assert.Throws<InvalidOperationException>(() => handOver.Join(_talk, _members, Bob, Start, Usual));
        Assert.Equal((Ann, TransferState.Open), (_talk.AgentId, handOver.StateAt(_talk, Start, Usual)));
    }

    private Transfer Ask(AgentId whom) => Transfer.Offer(new(100), _talk, _talk.AgentId!.Value, whom, null, Guid.NewGuid(), null, Start, Usual, toConference: true).Value;

    private ConferenceMember Join(AgentId whom, bool isNew = true)
    {
        var joined = Ask(whom).Join(_talk, _members, whom, Start, Usual).Value;
        Assert.Equal((isNew, ChatMessageKind.ConferenceJoined, (AgentId?)whom), (joined.IsNew, joined.Line.Kind, joined.Line.AgentId));
        if (isNew) _members.Add(joined.Member);
        return joined.Member;
    }

    private Outcome<ChatMessage> Say(AgentId by, ConferenceMember? member) => _talk.Say(Speaker.Agent(by), Guid.NewGuid(), "hello", Start, member);
}
