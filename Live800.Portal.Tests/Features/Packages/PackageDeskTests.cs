using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Packages;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Packages;

/// <summary>The desk on real SQLite: what the domain decided is what the file holds.</summary>
public class PackageDeskTests
{
    [Fact]
    public async Task A_new_company_is_in_its_trial()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng");
        var facts = await room.Desk.FactsAsync(company);
        Assert.Equal((PackageKind.Monthly, 2L, 10L, true), (facts.InForce.Kind, facts.InForce.Seats, facts.InForce.AgentAccounts, facts.InForce.IsTrial));
        Assert.Equal(room.Data.Now.AddDays(7), facts.InForce.Until);
        Assert.Equal([PackageKind.Monthly, PackageKind.Free], facts.Timeline.Select(span => span.Kind));
        Assert.Equal([PackageWarning.EndsWithin7Days], facts.Warnings);
        Assert.Equal("Asia/Shanghai", facts.Zone.Id);
    }

    [Fact]
    public async Task A_trial_can_be_withheld()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng", withTrial: false);
        Assert.Equal(PackageKind.Free, (await room.Desk.EntitlementAsync(company)).Kind);
    }

    [Fact]
    public async Task The_figures_are_the_operators_settings()
    {
        await using var room = await PackageRoom.OpenAsync(new PackageFigures { FreeAnswersPerDay = 1, FreeSeats = 3, FreeAgentAccounts = 4 });
        var company = await room.RegisterAsync("qingfeng", withTrial: false);
        Assert.False((await room.AnswerAsync(company)).IsRefused);
        Assert.Equal(Refusal.NoAnswersLeft, (await room.AnswerAsync(company)).Refusal);
        var entitlement = await room.Desk.EntitlementAsync(company);
        Assert.Equal((3L, 4L, 0L), (entitlement.Seats, entitlement.AgentAccounts, entitlement.AnswersLeft));
    }

    [Fact]
    public async Task An_order_paid_twice_is_fulfilled_once()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng", withTrial: false);
        var notices = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => room.Desk.BuyClicksAsync(company, new OrderId(9), 100)));
        _ = Assert.Single(notices, n => !n.IsRefused);
        Assert.All(notices.Where(n => n.IsRefused), n => Assert.Equal(Refusal.AlreadyFulfilled, n.Refusal));
        Assert.Equal(100, (await room.Desk.EntitlementAsync(company)).AnswersLeft);
    }

    [Fact]
    public async Task A_thousand_parallel_tries_on_fifty_clicks_give_exactly_fifty_and_five_free_ones()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng", withTrial: false);
        _ = await room.Desk.BuyClicksAsync(company, new OrderId(9), 50);
        var tries = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => room.AnswerAsync(company))));
        Assert.Equal(50, tries.Count(t => !t.IsRefused && t.Value.Charged == PackageKind.Click));
        Assert.Equal(5, tries.Count(t => !t.IsRefused && t.Value.Charged == PackageKind.Free));
        Assert.All(tries.Where(t => t.IsRefused), t => Assert.Equal(Refusal.NoAnswersLeft, t.Refusal));
        Assert.Equal(0, (await room.VerifyAsync()).Exit);
    }

    [Fact]
    public async Task A_conversation_cannot_take_a_second_answer_even_where_somebody_asks_for_one()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng", withTrial: false);
        Assert.False((await room.AnswerAsync(company, conversation: 77)).IsRefused);
        _ = await Assert.ThrowsAsync<DbUpdateException>(() => room.AnswerAsync(company, conversation: 77));
        Assert.Equal(4, (await room.Desk.EntitlementAsync(company)).AnswersLeft);
        Assert.Equal(0, (await room.VerifyAsync()).Exit);
    }

    [Fact]
    public async Task Grants_terms_and_refunds_survive_a_restart()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng", withTrial: false);
        Assert.False((await room.Desk.GrantTermAsync(company, 5, 1, TermStart.Now, "开业赠送")).IsRefused);
        Assert.False((await room.Desk.BuyTermAsync(company, new OrderId(2), 3, 2, TermStart.AfterCurrent)).IsRefused);
        Assert.False((await room.Desk.GrantClicksAsync(company, 10, "补偿")).IsRefused);
        var before = await room.Desk.FactsAsync(company);
        await room.Data.RestartAsync();
        var after = await room.Desk.FactsAsync(company);
        Assert.Equal(before.InForce with { NextMidnight = default }, after.InForce with { NextMidnight = default });
        Assert.Equal(before.Timeline.Skip(1), after.Timeline.Skip(1));
        Assert.False((await room.Desk.RefundAsync(company, new OrderId(2))).IsRefused);
        Assert.Equal(Refusal.NothingToRefund, (await room.Desk.RefundAsync(company, new OrderId(2))).Refusal);
        Assert.Equal(Refusal.OrderUnknown, (await room.Desk.RefundAsync(company, new OrderId(3))).Refusal);
        Assert.Equal(0, (await room.VerifyAsync()).Exit);
    }

    [Fact]
    public async Task One_companys_order_cannot_be_refunded_from_another()
    {
        await using var room = await PackageRoom.OpenAsync();
        var ours = await room.RegisterAsync("qingfeng", withTrial: false);
        var theirs = await room.RegisterAsync("lantian", withTrial: false);
        _ = await room.Desk.BuyClicksAsync(theirs, new OrderId(2), 10);
        Assert.Equal(Refusal.OrderUnknown, (await room.Desk.RefundAsync(ours, new OrderId(2))).Refusal);
        Assert.Equal(10, (await room.Desk.EntitlementAsync(theirs)).AnswersLeft);
        Assert.Equal(PackageKind.Free, (await room.Desk.EntitlementAsync(ours)).Kind);
    }

    [Fact]
    public async Task A_refused_credit_leaves_no_line()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng", withTrial: false);
        Assert.Equal(Refusal.ClicksInvalid, (await room.Desk.BuyClicksAsync(company, new OrderId(2), 0)).Refusal);
        Assert.Equal(Refusal.TermInvalid, (await room.Desk.BuyTermAsync(company, new OrderId(2), -1, 1, TermStart.Now)).Refusal);
        Assert.Equal(Refusal.TermInvalid, (await room.Desk.GrantTermAsync(company, 1, 1, TermStart.On(DateTimeOffset.MaxValue), "")).Refusal);
        await using var context = room.Data.Read();
        Assert.Equal(0, await context.LedgerLines.CountAsync());
    }

    [Fact]
    public async Task Fewer_seats_are_announced_a_day_ahead_and_not_before()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng");
        _ = await room.Desk.BuyTermAsync(company, new OrderId(9), 5, 1, TermStart.Now);
        Assert.Null((await room.Desk.FactsAsync(company)).NextShrink);

        var trialEnds = room.Data.Now.AddDays(7);
        room.Data.Machine.Advance(TimeSpan.FromDays(6) - TimeSpan.FromSeconds(1));
        Assert.Null((await room.Desk.FactsAsync(company)).NextShrink);
        room.Data.Machine.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new SeatShrink(trialEnds, 7, 5), (await room.Desk.FactsAsync(company)).NextShrink);

        // From the trial to clicks the seats become more: nothing to announce.
        var other = await room.RegisterAsync("lantian");
        _ = await room.Desk.GrantClicksAsync(other, 10, "");
        room.Data.Machine.Advance(TimeSpan.FromDays(6.5));
        Assert.Null((await room.Desk.FactsAsync(other)).NextShrink);
    }

    [Fact]
    public async Task Of_several_warnings_the_nearest_end_is_shown_and_a_used_up_balance_is_none()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng", withTrial: false);
        _ = await room.Desk.BuyClicksAsync(company, new OrderId(9), 100);
        async Task<PackageWarning?> WarnedAfterAsync(int answers)
        {
            for (var i = 0; i < answers; i++) _ = await room.AnswerAsync(company);
            return (await room.Desk.FactsAsync(company)).Warning;
        }

        Assert.Null(await WarnedAfterAsync(79));
        Assert.Equal(PackageWarning.Clicks80Percent, await WarnedAfterAsync(1));
        Assert.Equal(PackageWarning.LastClicks, await WarnedAfterAsync(15));
        Assert.Null(await WarnedAfterAsync(5));
        Assert.Equal(PackageWarning.LastFreeAnswer, await WarnedAfterAsync(4));
        Assert.Null(await WarnedAfterAsync(1));
    }
}
