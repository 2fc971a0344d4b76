using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Conversations;

public sealed class RoutingTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void By_hand_and_without_room_nobody_is_given_anything()
    {
        Assert.Null(Routing.Choose(RoutingWay.ByHand, [Free(1)], null));
        Assert.Null(Routing.Choose(RoutingWay.LeastBusy, [], null));
        Assert.Null(Routing.Choose(RoutingWay.LastAgentFirst, [Free(1) with { Conversations = 5, Most = 5 }, Free(2) with { Conversations = 9, Most = 5 }], new(1)));
    }

    [Fact]
    public void The_least_busy_has_the_fewest_and_of_equals_who_was_given_one_the_longest_ago_then_the_lower_id()
    {
        Assert.Equal(new AgentId(2), Routing.Choose(RoutingWay.LeastBusy, [Free(1) with { Conversations = 2 }, Free(2) with { Conversations = 1, LastGiven = Start }], null));
        Assert.Equal(new AgentId(3), Routing.Choose(RoutingWay.LeastBusy, [Free(1) with { LastGiven = Start.AddSeconds(1) }, Free(3) with { LastGiven = Start }], null));
        Assert.Equal(new AgentId(4), Routing.Choose(RoutingWay.LeastBusy, [Free(5), Free(4)], null));
    }

    [Fact]
    public void In_turn_looks_at_who_was_given_one_the_longest_ago_only()
    {
        Assert.Equal(new AgentId(2), Routing.Choose(RoutingWay.InTurn, [Free(1) with { LastGiven = Start }, Free(2) with { Conversations = 9 }], null));
        Assert.Equal(new AgentId(1), Routing.Choose(RoutingWay.InTurn, [Free(1) with { LastGiven = Start }, Free(2) with { Conversations = 9, Most = 9 }], null));
    }

    [Fact]
    public void Who_talked_to_the_visitor_last_comes_first_if_he_can_take_him_else_the_least_busy()
    {
        RoutingCandidate[] agents = [Free(1) with { Conversations = 4, Most = 5 }, Free(2)];
        Assert.Equal(new AgentId(1), Routing.Choose(RoutingWay.LastAgentFirst, agents, new(1)));
        Assert.Equal(new AgentId(2), Routing.Choose(RoutingWay.LastAgentFirst, [agents[0] with { Conversations = 5 }, agents[1]], new(1)));
        Assert.Equal(new AgentId(2), Routing.Choose(RoutingWay.LastAgentFirst, agents, new(77)));
        Assert.Equal(new AgentId(2), Routing.Choose(RoutingWay.LastAgentFirst, agents, null));
    }

    [Fact]
    public void A_hand_is_needed_without_words_for_a_robot_and_beyond_the_numbers_of_the_day_unless_the_answer_is_taken()
    {
        var asked = Conversation.Request(new(1), new(1), new(1), new(1), Start).Conversation;
        Assert.Equal(HandReason.NothingTyped, AutoAccept.WhyByHand(asked, hasTyped: false, isRobot: true, 9, 99));
        Assert.Equal(HandReason.Robot, AutoAccept.WhyByHand(asked, true, true, 0, 0));
        Assert.Equal(HandReason.None, AutoAccept.WhyByHand(asked, true, false, 2, 19));
        Assert.Equal(HandReason.VisitorDay, AutoAccept.WhyByHand(asked, true, false, 3, 0));
        Assert.Equal(HandReason.AddressDay, AutoAccept.WhyByHand(asked, true, false, 0, 20));

        _ = asked.Accept(new(1), Start, Start, Moments.Default);
        _ = asked.ReturnToGroup(Start);
        Assert.Equal(HandReason.None, AutoAccept.WhyByHand(asked, true, false, 3, 20));
        Assert.Equal(HandReason.Robot, AutoAccept.WhyByHand(asked, true, true, 0, 0));
    }

    [Fact]
    public void What_the_portal_took_for_an_agent_is_unread_what_he_took_himself_is_read()
    {
        var (byHand, given) = (Conversation.Request(new(1), new(1), new(1), new(1), Start).Conversation, Conversation.Request(new(2), new(1), new(2), new(2), Start).Conversation);
        _ = byHand.Accept(new(1), Start, Start, Moments.Default);
        _ = given.Accept(new(1), Start, Start, Moments.Default, byHand: false);
        Assert.Equal((1, 0), (byHand.AgentSeen, given.AgentSeen));
    }

    private static RoutingCandidate Free(long agent) => new(new(agent), 0, null, null);
}
