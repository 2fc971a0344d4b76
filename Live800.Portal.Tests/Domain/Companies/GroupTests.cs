using Live800.Domain.Companies;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Companies;

public sealed class GroupTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);
    private static readonly AgentId Ann = new(1);
    private static readonly AgentId Bob = new(2);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \u200b\t")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public void A_group_needs_a_name_of_64_characters_at_most(string? name) =>
        Assert.Equal(Refusal.GroupNameInvalid, Make(name).Refusal);

    [Fact]
    public void A_way_that_is_none_is_refused_and_an_agent_stands_once_however_often_he_is_named()
    {
        Assert.Equal(Refusal.GroupNameInvalid, Group.Create(new(1), new(1), "abc234", 1, new GroupWish("Sales", (RoutingWay)9, false, [])).Refusal);
        Assert.Equal([Ann, Bob], Make("Sales", Ann, Bob, Ann).Value.Members.Select(member => member.AgentId));
    }

    [Fact]
    public void Names_are_compared_whatever_their_case_and_width() => Assert.Equal(Group.KeyOf("Sales ａ"), Group.KeyOf("SALES A"));

    [Fact]
    public void Of_two_administrators_who_change_one_the_second_is_told_and_a_removed_one_is_changed_no_more()
    {
        var group = Make("Sales", Ann).Value;
        var seen = group.Version;
        Assert.False(group.Change(new GroupWish("Service", RoutingWay.InTurn, true, [Bob]), seen).IsRefused);
        Assert.Equal(Refusal.ChangedMeanwhile, group.Change(new GroupWish("Shop", RoutingWay.ByHand, false, []), seen).Refusal);
        Assert.Equal(("Service", RoutingWay.InTurn, true, false, true), (group.Name, group.Way, group.IsOffered, group.Has(Ann), group.Has(Bob)));
        Assert.True(group.Remove(Now));
        Assert.False(group.Remove(Now));
        Assert.False(group.IsOffered);
        Assert.Equal(Refusal.GroupUnknown, group.Change(new GroupWish("Shop", RoutingWay.ByHand, false, []), group.Version).Refusal);
    }

    [Fact]
    public void An_agents_number_goes_before_the_companys_and_numbers_outside_1_to_50_change_nothing()
    {
        var routing = new CompanyRouting(new(1));
        Assert.Null(routing.MostOf(Ann));
        foreach (var wrong in new[] { 0, -1, 51, int.MinValue, int.MaxValue })
        {
            Assert.Equal(Refusal.ConversationLimitInvalid, routing.Limit(wrong).Refusal);
            Assert.Equal(Refusal.ConversationLimitInvalid, routing.Limit(Ann, wrong).Refusal);
        }

        Assert.False(routing.Limit(5).IsRefused);
        Assert.False(routing.Limit(Ann, 1).IsRefused);
        Assert.False(routing.Limit(Ann, 50).IsRefused);
        Assert.Equal((50, 5), (routing.MostOf(Ann), routing.MostOf(Bob)));
        Assert.False(routing.Limit(Ann, null).IsRefused);
        Assert.Equal(5, routing.MostOf(Ann));
    }

    private static Outcome<Group> Make(string? name, params AgentId[] agents) => Group.Create(new(1), new(1), "abc234", 1, new GroupWish(name, RoutingWay.ByHand, false, agents));
}
