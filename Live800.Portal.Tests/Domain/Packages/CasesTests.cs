using Live800.Domain.Conversations;
using Live800.Domain.Messages;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;

namespace Live800.Portal.Tests.Domain.Packages;

/// <summary>The nineteen cases at the end of PRODUCT section 3, one test each, by their number.</summary>
public class CasesTests
{
    [Fact]
    public void Case_1_The_third_agent_of_two_seats_is_refused_until_one_leaves()
    {
        var shop = new Shop().Monthly(seats: 2);
        Assert.Equal(Refusal.None, shop.Enter(1));
        Assert.Equal(Refusal.None, shop.Enter(2));
        Assert.Equal(Refusal.SeatsFull, shop.Enter(3));
        Assert.True(shop.Seats.Leave(new(1), new(Shop.Session(1))));
        Assert.Equal(Refusal.None, shop.Enter(3));
        Assert.Equal(Refusal.SeatsFull, shop.Enter(1));
    }

    [Fact]
    public void Case_2_A_request_is_no_answer_its_acceptance_is_one_and_a_transfer_adds_none()
    {
        var shop = new Shop().Clicks(10);
        var conversation = shop.Request();
        Assert.Equal(0, shop.Answers);
        Assert.Equal(Refusal.None, shop.Accept(conversation));
        Assert.Equal(1, shop.Answers);
        _ = conversation.ReturnToGroup(shop.Now).Value;
        Assert.Equal(Refusal.None, shop.Accept(conversation, Shop.Chenzy));
        Assert.Equal((1, 9L), (shop.Answers, shop.Entitlement.AnswersLeft));
        Assert.Equal(Shop.Chenzy, conversation.AgentId);
    }

    [Fact]
    public void Case_3_A_proactive_chat_with_a_visitor_who_closes_at_once_is_one_answer()
    {
        var shop = new Shop().Clicks(10);
        var (_, conversation) = shop.Proactive();
        _ = conversation!.EndWithVisit(shop.Now);
        Assert.Equal((1, 9L), (shop.Answers, shop.Entitlement.AnswersLeft));
    }

    [Fact]
    public void Case_4_An_invitation_refused_or_ignored_is_no_answer_and_accepted_is_one()
    {
        var shop = new Shop().Clicks(10);
        var refused = shop.Invite(Shop.Linxiao).Value;
        Assert.Equal(Refusal.None, refused.Refuse(shop.Now, shop.Moments).Refusal);
        var ignored = shop.Invite(Shop.Linxiao).Value;
        var accepted = shop.Invite(Shop.Linxiao).Value;
        shop.Now += TimeSpan.FromSeconds(119);
        Assert.Equal(Refusal.None, shop.VisitorAccepts(accepted).Refusal);
        shop.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(InvitationState.Expired, ignored.StateAt(shop.Now, shop.Moments));
        Assert.Equal(Refusal.InvitationOver, shop.VisitorAccepts(ignored).Refusal);
        Assert.Equal((1, 9L), (shop.Answers, shop.Entitlement.AnswersLeft));
    }

    [Fact]
    public void Case_5_An_automatic_invitation_accepted_by_the_visitor_and_by_no_agent_is_no_answer()
    {
        var shop = new Shop().Clicks(10);
        var (refusal, conversation) = shop.VisitorAccepts(shop.Invite(by: null).Value);
        Assert.Equal(Refusal.None, refusal);
        Assert.Equal(ConversationState.Waiting, conversation!.State);
        _ = conversation.Withdraw(shop.Now).Value;
        Assert.Equal(0, shop.Answers);
    }

    [Fact]
    public void Case_6_After_five_free_answers_only_the_three_starts_are_closed_until_midnight()
    {
        var shop = new Shop("2026-03-02 12:00");
        var running = shop.Request();
        Assert.Equal(Refusal.None, shop.Accept(running));
        shop.Accepts(4);
        var invited = shop.Now;

        Assert.Equal(Refusal.NoAnswersLeft, shop.Accept());
        Assert.Equal(Refusal.NoAnswersLeft, shop.Invite(Shop.Linxiao).Refusal);
        Assert.Equal(Refusal.NoAnswersLeft, shop.Proactive().Refusal);
        Assert.Equal((0L, 5, shop.At("2026-03-03 00:00")), (shop.Entitlement.AnswersLeft, shop.Entitlement.FreeUsed, shop.Entitlement.NextMidnight));

        // Everything else goes on.
        Assert.False(running.Say(Speaker.Agent(Shop.Linxiao), Guid.NewGuid(), "您好", shop.Now).IsRefused);
        Assert.False(running.Say(Speaker.Visitor, Guid.NewGuid(), "请问有货吗", shop.Now).IsRefused);
        Assert.Equal(Refusal.None, shop.Enter(1));
        Assert.False(shop.NewAgent(1).IsRefused);
        Assert.False(OfflineMessage.Leave(new(1), Shop.Id, null, Guid.NewGuid(), "王女士", "", "请回电", shop.Now).IsRefused);
        Assert.False(running.End(Speaker.Agent(Shop.Linxiao), shop.Now).IsRefused);
        Assert.False(running.Reopen(agentIsIn: true, shop.Now, shop.Moments).IsRefused);
        Assert.Equal(5, shop.Answers);

        shop.On("2026-03-02 23:59:59.999");
        Assert.Equal(Refusal.NoAnswersLeft, shop.Accept());
        shop.On("2026-03-03 00:00");
        Assert.Equal(Refusal.None, shop.Accept());
        Assert.Equal(4, shop.Entitlement.AnswersLeft);
        Assert.True(invited < shop.Now);
    }

    [Fact]
    public void Case_7_Clicks_are_used_before_and_after_a_monthly_interval_and_lie_still_in_it()
    {
        var shop = new Shop("2026-03-20 10:00").Clicks(3);
        shop.Monthly(seats: 2, start: TermStart.On(shop.At("2026-04-01 00:00")));
        shop.On("2026-03-31 23:59").Accepts(1);
        Assert.Equal(2, shop.Entitlement.AnswersLeft);
        shop.On("2026-04-01 00:01").Accepts(1);
        Assert.Equal((null, 2L, shop.At("2026-05-01 00:00")), (shop.Entitlement.AnswersLeft, shop.Entitlement.FrozenClicks, shop.Entitlement.ThawsAt));
        shop.On("2026-05-01 00:00").Accepts(1);
        Assert.Equal(1, shop.Entitlement.AnswersLeft);
        Assert.Equal([PackageKind.Click, PackageKind.Monthly, PackageKind.Click], shop.Ledger.Where(l => l.Kind == LedgerKind.Answer).Select(l => l.Charged));
    }

    [Fact]
    public void Case_8_Clicks_bought_in_the_trial_are_used_after_it()
    {
        var shop = new Shop("2026-03-02 12:00").Trial().Clicks(100);
        shop.On("2026-03-05 12:00").Accepts(1);
        Assert.Equal(100, shop.Entitlement.FrozenClicks);
        shop.On("2026-03-09 12:00").Accepts(1);
        Assert.Equal(99, shop.Entitlement.AnswersLeft);
    }

    [Fact]
    public void Case_9_Trial_and_five_bought_seats_are_seven_and_then_five()
    {
        var shop = new Shop("2026-03-02 12:00").Trial().Monthly(seats: 5);
        Assert.Equal((7L, 35L), (shop.Entitlement.Seats, shop.Entitlement.AgentAccounts));
        shop.On("2026-03-09 11:59:59");
        Assert.Equal(7, shop.Entitlement.Seats);
        shop.On("2026-03-09 12:00");
        Assert.Equal((5L, 25L), (shop.Entitlement.Seats, shop.Entitlement.AgentAccounts));
    }

    [Fact]
    public void Case_10_When_monthly_ends_all_keep_their_seat_a_sixth_is_refused_and_the_surplus_ends_by_and_by()
    {
        var shop = new Shop("2026-03-02 12:00").Monthly(seats: 5);
        shop.On("2026-04-02 11:59:30");
        for (var agent = 1; agent <= 5; agent++)
        {
            shop.Now += TimeSpan.FromSeconds(1);
            Assert.Equal(Refusal.None, shop.Enter(agent));
        }

        shop.On("2026-04-02 12:00");
        Renew(shop, 1, 2, 3, 4, 5);
        Assert.Equal(2, shop.Entitlement.Seats);
        Assert.Equal(5, shop.Seats.Held(shop.Now, shop.Moments).Count);
        Assert.Equal(Refusal.SeatsFull, shop.Enter(6));
        Assert.Equal([5L, 4L, 3L], shop.Seats.Surplus(shop.Entitlement, shop.Now, shop.Moments).Select(l => l.AgentId.Value));

        // The fifth talks, the fourth and third do not.
        var talking = new HashSet<AgentId> { new(5) };
        Assert.Empty(shop.Seats.Shrink(shop.Entitlement, talking, shop.Now, shop.Moments));
        for (var half = 1; half < 30; half++)
        {
            shop.Now += TimeSpan.FromSeconds(30);
            Assert.Empty(shop.Seats.Shrink(shop.Entitlement, talking, shop.Now, shop.Moments));
            Renew(shop, 1, 2, 3, 4, 5);
        }

        shop.Now += TimeSpan.FromSeconds(30);
        Assert.Equal([3L, 4L], shop.Seats.Shrink(shop.Entitlement, talking, shop.Now, shop.Moments).Select(l => l.AgentId.Value));
        Renew(shop, 1, 2, 5);
        Assert.True(shop.Seats.IsSurplus(new(5), shop.Entitlement, shop.Now, shop.Moments));
        Assert.Equal([5L], shop.Seats.Shrink(shop.Entitlement, new HashSet<AgentId>(), shop.Now, shop.Moments).Select(l => l.AgentId.Value));
        Assert.Equal(Refusal.SeatLost, shop.Seats.Renew(new(5), new(Shop.Session(5)), shop.Now, shop.Moments).Refusal);
    }

    [Fact]
    public void Case_11_Of_two_invitations_and_one_answer_the_first_acceptance_chats_and_the_second_does_not()
    {
        var shop = new Shop().Accepts(4);
        var first = shop.Invite(Shop.Linxiao).Value;
        var second = shop.Invite(Shop.Chenzy).Value;
        Assert.Equal(Refusal.None, shop.VisitorAccepts(first).Refusal);
        Assert.Equal(Refusal.NoAnswersLeft, shop.VisitorAccepts(second).Refusal);
        Assert.Equal((5, 0L), (shop.Answers, shop.Entitlement.AnswersLeft));
    }

    [Fact]
    public void Case_12_The_eleventh_account_is_refused_under_free_and_allowed_under_click()
    {
        var shop = new Shop();
        Assert.False(shop.NewAgent(9).IsRefused);
        Assert.Equal(Refusal.AgentLimitReached, shop.NewAgent(10).Refusal);
        shop.Clicks(1);
        Assert.False(shop.NewAgent(10).IsRefused);
    }

    [Fact]
    public void Case_13_A_visitor_of_a_page_without_function_code_can_chat_and_leaves_no_trail()
    {
        var shop = new Shop();
        var visit = new Visit(new(1), Shop.Id, new(1), VisitSource.Direct, "", "", "", "", shop.Now);
        var conversation = Conversation.Request(new(1), Shop.Id, visit.VisitorId, visit.Id, shop.Now).Conversation;
        Assert.Equal(Refusal.None, shop.Accept(conversation));
        Assert.Equal(0, visit.Pages);
    }

    [Fact]
    public void Case_14_A_server_that_was_down_over_midnight_and_an_expiry_finds_what_it_would_have_had()
    {
        var up = new Shop("2026-03-02 12:00").Trial().Clicks(1);
        var down = new Shop("2026-03-02 12:00").Trial().Clicks(1);
        for (up.Now = down.Now; up.Now < up.At("2026-03-10 08:00"); up.Now += TimeSpan.FromMinutes(5))
        {
            _ = up.Entitlement;
        }

        down.On("2026-03-10 08:00");
        Assert.Equal(up.Entitlement, down.Entitlement);
        foreach (var shop in new[] { up, down }) shop.Accepts(6);
        Assert.Equal(up.Ledger.Select(l => l.BalanceAfter), down.Ledger.Select(l => l.BalanceAfter));
        Assert.Equal(Refusal.NoAnswersLeft, down.Accept());
    }

    [Fact]
    public void Case_15_Two_seats_allow_ten_accounts_and_three_allow_fifteen()
    {
        var two = new Shop().Monthly(seats: 2);
        Assert.False(two.NewAgent(9).IsRefused);
        Assert.Equal(Refusal.AgentLimitReached, two.NewAgent(10).Refusal);
        var three = new Shop().Monthly(seats: 3);
        Assert.False(three.NewAgent(14).IsRefused);
        Assert.Equal(Refusal.AgentLimitReached, three.NewAgent(15).Refusal);
    }

    [Fact]
    public void Case_16_After_a_trial_with_nothing_bought_free_applies_and_anything_can_be_bought()
    {
        var shop = new Shop("2026-03-02 12:00").Trial().On("2026-03-09 12:00");
        Assert.Equal((PackageKind.Free, 5L, 2L, 10L), (shop.Entitlement.Kind, shop.Entitlement.AnswersLeft, shop.Entitlement.Seats, shop.Entitlement.AgentAccounts));
        shop.On("2027-03-09 12:00").Monthly(seats: 4);
        Assert.Equal((PackageKind.Monthly, 4L), (shop.Entitlement.Kind, shop.Entitlement.Seats));
    }

    [Fact]
    public void Case_17_Under_click_thirty_agents_are_in()
    {
        var shop = new Shop().Clicks(1);
        for (var agent = 1; agent <= 30; agent++) Assert.Equal(Refusal.None, shop.Enter(agent));
        Assert.Equal(30, shop.Seats.Held(shop.Now, shop.Moments).Count);
        Assert.Empty(shop.Seats.Surplus(shop.Entitlement, shop.Now, shop.Moments));
    }

    [Fact]
    public void Case_18_Invited_under_monthly_and_accepted_after_its_end_costs_a_click()
    {
        var shop = new Shop("2026-03-02 12:00").Monthly(seats: 2).Clicks(10);
        shop.On("2026-04-02 11:59:30");
        var invitation = shop.Invite(Shop.Linxiao).Value;
        shop.On("2026-04-02 12:00:30");
        Assert.Equal(Refusal.None, shop.VisitorAccepts(invitation).Refusal);
        Assert.Equal(9, shop.Entitlement.AnswersLeft);
    }

    [Fact]
    public void Case_19_Clicks_used_up_at_three_leave_five_free_answers_and_two_seats_for_the_day()
    {
        var shop = new Shop("2026-03-02 15:00").Clicks(1).Accepts(1);
        Assert.Equal((PackageKind.Free, 5L, 2L), (shop.Entitlement.Kind, shop.Entitlement.AnswersLeft, shop.Entitlement.Seats));
        shop.Accepts(5);
        Assert.Equal(Refusal.NoAnswersLeft, shop.Accept());
    }

    private static void Renew(Shop shop, params int[] agents)
    {
        foreach (var agent in agents) Assert.False(shop.Seats.Renew(new(agent), new(Shop.Session(agent)), shop.Now, shop.Moments).IsRefused);
    }
}
