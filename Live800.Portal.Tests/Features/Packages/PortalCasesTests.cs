using System.Net;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Packages;

/// <summary>
/// The cases at the end of PRODUCT section 3 at the whole portal: visitors over the wire, agents, administrator and operator through what their pages call,
/// orders placed and confirmed, the time by the Development clock, on real files.
/// </summary>
public sealed class PortalCasesTests : IAsyncLifetime
{
    private PortalCase _case = null!;

    public async Task InitializeAsync() => _case = await PortalCase.OpenAsync();

    public async Task DisposeAsync() => await _case.DisposeAsync();

    [Fact]
    public async Task Case_1_The_third_agent_of_two_seats_is_refused_until_one_leaves()
    {
        var agents = await _case.AgentsAsync(2);
        Assert.Equal(Refusal.None, await _case.EnterAsync(_case.Owner));
        Assert.Equal(Refusal.None, await _case.EnterAsync(agents[0]));
        Assert.Equal(Refusal.SeatsFull, await _case.EnterAsync(agents[1]));
        await _case.LeaveAsync(agents[0]);
        Assert.Equal(Refusal.None, await _case.EnterAsync(agents[1]));
        Assert.Equal(Refusal.SeatsFull, await _case.EnterAsync(agents[0]));
    }

    [Fact]
    public async Task Case_2_A_request_is_no_answer_its_acceptance_is_one_and_another_agent_adds_none()
    {
        await _case.WithoutTrialAsync();
        await _case.GrantClicksAsync(10);
        var other = (await _case.AgentsAsync(1))[0];
        _ = await _case.EnterAsync(_case.Owner);
        var conversation = await _case.AskAsync();
        Assert.Empty(await _case.AnswersAsync());
        Assert.Equal(Refusal.None, await _case.AcceptAsync(conversation));
        // His seat is released: the conversation goes back to the group and to somebody else.
        _ = await _case.EnterAsync(other);
        Assert.False((await _case.Seats.ReleaseAsync(_case.Company, _case.Owner.Agent, _case.Owner.Agent)).IsRefused);
        Assert.Equal(Refusal.None, await _case.AcceptAsync(conversation, other));
        Assert.Equal(9, Assert.Single(await _case.AnswersAsync()).BalanceAfter);
    }

    [Fact]
    public async Task Case_6_After_five_free_answers_only_starts_are_closed_until_midnight()
    {
        await _case.WithoutTrialAsync();
        _ = await _case.EnterAsync(_case.Owner);
        var first = await _case.AskAsync("running");
        Assert.Equal(Refusal.None, await _case.AcceptAsync(first));
        for (var i = 0; i < 4; i++) Assert.Equal(Refusal.None, await _case.AcceptAsync(await _case.AskAsync()));
        var sixth = _case.NewVisitor();
        _ = await sixth.ViewAsync();
        Assert.Equal("offline", (string?)(await sixth.RequestAsync()).Of("conv").Single()["s"]);

        // What starts no chat goes on: words both ways in a running one, the trail, the offline message, agents, orders.
        var running = _case.Visitors["running"];
        Assert.Equal(HttpStatusCode.OK, (await running.SayAsync("v1 还在吗", first.Value)).Status);
        Assert.False((await _case.Portal.Desk.AgentSaysAsync(_case.Company, _case.Owner.Agent, _case.Owner.Session, first, Guid.NewGuid(), "在的")).IsRefused);
        Assert.Equal(HttpStatusCode.OK, (await running.ViewAsync("https://shop.example/lamp", "Lamp")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await sixth.PostAsync("offline", ("id", Guid.NewGuid().ToString()), ("name", "王"), ("contact", ""), ("x", "请回电"))).Status);
        _ = await _case.AgentsAsync(1);
        _ = await _case.OrderAsync(OrderItem.Click(100, 1), confirm: false);
        Assert.Equal(5, (await _case.AnswersAsync()).Count);

        await _case.UntilAsync("2026-03-10 00:00");
        _ = await _case.EnterAsync(_case.Owner);
        Assert.Equal(Refusal.None, await _case.AcceptAsync(await _case.AskAsync()));
        Assert.Equal(4, (await _case.EntitlementAsync()).AnswersLeft);
    }

    [Fact]
    public async Task Case_7_Clicks_are_used_before_and_after_a_monthly_interval_and_lie_still_in_it()
    {
        await _case.WithoutTrialAsync();
        await _case.GrantClicksAsync(3);
        _ = await _case.OrderAsync(OrderItem.Term(2, 1, TermStart.On(PortalCase.At("2026-04-01 00:00"))));
        foreach (var (moment, left) in new[] { ("2026-03-31 23:59", 2), ("2026-04-01 00:01", 2), ("2026-05-01 00:00", 1) })
        {
            await _case.UntilAsync(moment);
            _ = await _case.EnterAsync(_case.Owner);
            Assert.Equal(Refusal.None, await _case.AcceptAsync(await _case.AskAsync()));
            var entitlement = await _case.EntitlementAsync();
            Assert.Equal(left, entitlement.AnswersLeft ?? entitlement.FrozenClicks);
        }

        Assert.Equal([PackageKind.Click, PackageKind.Monthly, PackageKind.Click], (await _case.AnswersAsync()).Select(line => line.Charged));
    }

    [Fact]
    public async Task Case_8_Clicks_bought_in_the_trial_are_used_after_it()
    {
        _ = await _case.OrderAsync(OrderItem.Click(100, 1));
        await _case.UntilAsync("2026-03-05 12:00");
        _ = await _case.EnterAsync(_case.Owner);
        Assert.Equal(Refusal.None, await _case.AcceptAsync(await _case.AskAsync()));
        Assert.Equal(100, (await _case.EntitlementAsync()).FrozenClicks);
        await _case.UntilAsync("2026-03-09 12:00");
        _ = await _case.EnterAsync(_case.Owner);
        Assert.Equal(Refusal.None, await _case.AcceptAsync(await _case.AskAsync()));
        Assert.Equal(99, (await _case.EntitlementAsync()).AnswersLeft);
    }

    [Fact]
    public async Task Case_9_Trial_and_five_bought_seats_are_seven_and_then_five()
    {
        _ = await _case.OrderAsync(OrderItem.Term(5, 1, TermStart.Now));
        var agents = await _case.AgentsAsync(7);
        foreach (var agent in agents) Assert.Equal(Refusal.None, await _case.EnterAsync(agent));
        Assert.Equal(Refusal.SeatsFull, await _case.EnterAsync(_case.Owner));
        await _case.UntilAsync("2026-03-09 12:00");
        foreach (var agent in agents.Take(5)) Assert.Equal(Refusal.None, await _case.EnterAsync(agent));
        Assert.Equal(Refusal.SeatsFull, await _case.EnterAsync(agents[5]));
    }

    [Fact]
    public async Task Case_10_When_monthly_ends_all_keep_their_seat_a_further_one_is_refused_and_the_surplus_ends_by_and_by()
    {
        var agents = await _case.AgentsAsync(6);
        await _case.WithoutTrialAsync();
        _ = await _case.OrderAsync(OrderItem.Term(5, 1, TermStart.Now));
        await _case.UntilAsync("2026-04-09 12:29:40");
        foreach (var agent in agents.Take(5))
        {
            Assert.Equal(Refusal.None, await _case.EnterAsync(agent));
            await _case.PassAsync(TimeSpan.FromSeconds(1));
        }

        // The fifth talks when the month ends.
        Assert.Equal(Refusal.None, await _case.AcceptAsync(await _case.AskAsync("talking"), agents[4]));
        await _case.UntilAsync("2026-04-09 12:30:00");
        Assert.Equal((PackageKind.Free, 2L), ((await _case.EntitlementAsync()).Kind, (await _case.EntitlementAsync()).Seats));
        Assert.Equal(5, await _case.InAsync());
        Assert.Equal(Refusal.SeatsFull, await _case.EnterAsync(agents[5]));

        for (var half = 0; half < 31; half++)
        {
            foreach (var agent in agents.Take(5)) _ = await _case.Seats.RenewAsync(_case.Company, agent.Agent, agent.Session);
            _ = await _case.Visitors["talking"].ViewAsync();
            await _case.PassAsync(TimeSpan.FromSeconds(30));
            _ = await _case.Seats.ShrinkAsync();
        }

        // Two within the number and the one who talks are left.
        Assert.Equal(3, await _case.InAsync());
        Assert.False((await _case.Portal.Desk.EndByAgentAsync(_case.Company, agents[4].Agent, _case.Conversations["talking"])).IsRefused);
        _ = await _case.Seats.ShrinkAsync();
        Assert.Equal(2, await _case.InAsync());
    }

    [Fact]
    public async Task Cases_12_and_15_Accounts_are_ten_under_free_five_to_a_seat_under_monthly_and_without_number_under_click()
    {
        _ = await _case.AgentsAsync(9);
        Assert.Equal(Refusal.AgentLimitReached, await _case.CreateAgentAsync("a11")); // 2 seats of the trial: 10
        await _case.WithoutTrialAsync();
        Assert.Equal(Refusal.AgentLimitReached, await _case.CreateAgentAsync("a11")); // free: 10
        _ = await _case.OrderAsync(OrderItem.Term(3, 1, TermStart.Now));
        for (var i = 11; i <= 15; i++) Assert.Equal(Refusal.None, await _case.CreateAgentAsync("a" + i));
        Assert.Equal(Refusal.AgentLimitReached, await _case.CreateAgentAsync("a16"));
        await _case.UntilAsync("2026-04-09 12:30:00");
        await _case.GrantClicksAsync(1);
        Assert.Equal(Refusal.None, await _case.CreateAgentAsync("a16"));
    }

    [Fact]
    public async Task Case_13_On_a_page_without_function_code_the_icon_works_and_nothing_is_tracked()
    {
        _ = await _case.EnterAsync(_case.Owner);
        using var client = _case.Portal.Client();
        using var icon = await client.GetAsync($"/w/{_case.Code}/icon/1");
        Assert.Equal(HttpStatusCode.OK, icon.StatusCode);
        using var chat = await client.GetAsync($"/chat/{_case.Code}");
        Assert.Equal(HttpStatusCode.OK, chat.StatusCode);
        await using var trail = _case.Portal.ReadTrail();
        Assert.Equal(0, await trail.TrailSteps.CountAsync());
    }

    [Fact]
    public async Task Case_14_A_portal_that_was_down_over_midnight_and_an_expiry_finds_what_it_would_have_had()
    {
        await _case.GrantClicksAsync(1);
        await _case.RestartAsync(PortalCase.At("2026-03-10 08:00"));
        _ = await _case.EnterAsync(_case.Owner);
        for (var i = 0; i < 6; i++) Assert.Equal(Refusal.None, await _case.AcceptAsync(await _case.AskAsync()));
        Assert.Equal((PackageKind.Free, 0L), ((await _case.EntitlementAsync()).Kind, (await _case.EntitlementAsync()).AnswersLeft));
        Assert.Equal([PackageKind.Click, .. Enumerable.Repeat(PackageKind.Free, 5)], (await _case.AnswersAsync()).Select(line => line.Charged));
    }

    [Fact]
    public async Task Case_16_After_a_trial_with_nothing_bought_free_applies_and_anything_can_be_bought()
    {
        await _case.UntilAsync("2026-03-09 12:00");
        var entitlement = await _case.EntitlementAsync();
        Assert.Equal((PackageKind.Free, 5L, 2L, 10L), (entitlement.Kind, entitlement.AnswersLeft, entitlement.Seats, entitlement.AgentAccounts));
        _ = await _case.OrderAsync(OrderItem.Term(4, 1, TermStart.Now));
        Assert.Equal((PackageKind.Monthly, 4L), ((await _case.EntitlementAsync()).Kind, (await _case.EntitlementAsync()).Seats));
    }

    [Fact]
    public async Task Case_17_Under_click_thirty_agents_are_in()
    {
        await _case.WithoutTrialAsync();
        await _case.GrantClicksAsync(1);
        foreach (var agent in await _case.AgentsAsync(30)) Assert.Equal(Refusal.None, await _case.EnterAsync(agent));
        Assert.Equal(30, await _case.InAsync());
    }

    [Fact]
    public async Task Case_19_Clicks_used_up_in_the_afternoon_leave_five_free_answers_and_two_seats_for_the_day()
    {
        await _case.WithoutTrialAsync();
        await _case.GrantClicksAsync(1);
        await _case.UntilAsync("2026-03-09 15:00");
        _ = await _case.EnterAsync(_case.Owner);
        Assert.Equal(Refusal.None, await _case.AcceptAsync(await _case.AskAsync()));
        var entitlement = await _case.EntitlementAsync();
        Assert.Equal((PackageKind.Free, 5L, 2L), (entitlement.Kind, entitlement.AnswersLeft, entitlement.Seats));
    }
}
