using Live800.Domain.Packages;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Packages;

/// <summary>Rules 3.1 to 3.6 and 3.11 on the account itself; bad input first.</summary>
public class PackageAccountTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(PackageAccount.ClicksLimit + 1)]
    public void A_wrong_number_of_clicks_is_refused(int clicks)
    {
        var shop = new Shop();
        Assert.Equal(Refusal.ClicksInvalid, shop.Account.BuyClicks(new(1), clicks, shop.Now, Shop.Seal).Refusal);
        Assert.Equal((0L, 0L), (shop.Account.LedgerNumber, shop.Account.ClicksLeft));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(PackageAccount.SeatsLimit + 1, 1)]
    [InlineData(1, 0)]
    [InlineData(1, -1)]
    [InlineData(1, PackageAccount.MonthsLimit + 1)]
    public void Wrong_seats_or_months_are_refused(int seats, int months)
    {
        var shop = new Shop();
        Assert.Equal(Refusal.TermInvalid, shop.Account.BuyTerm(new(1), seats, months, TermStart.Now, shop.Now, shop.Rules, Shop.Seal).Refusal);
        Assert.Empty(shop.Account.Terms);
    }

    [Fact]
    public void A_start_beyond_two_years_is_refused()
    {
        var shop = new Shop();
        Assert.Equal(Refusal.TermInvalid, shop.Account.BuyTerm(new(1), 1, 1, TermStart.On(DateTimeOffset.MaxValue), shop.Now, shop.Rules, Shop.Seal).Refusal);
    }

    [Fact]
    public void The_same_order_is_fulfilled_once_whatever_it_was()
    {
        var shop = new Shop().Clicks(5, order: 1).Monthly(2, order: 2);
        Assert.Equal(Refusal.AlreadyFulfilled, shop.Account.BuyClicks(new(1), 5, shop.Now, Shop.Seal).Refusal);
        Assert.Equal(Refusal.AlreadyFulfilled, shop.Account.BuyClicks(new(2), 5, shop.Now, Shop.Seal).Refusal);
        Assert.Equal(Refusal.AlreadyFulfilled, shop.Account.BuyTerm(new(1), 2, 1, TermStart.Now, shop.Now, shop.Rules, Shop.Seal).Refusal);
        Assert.Equal(5, shop.Account.ClicksLeft);
    }

    [Fact]
    public void A_company_has_one_trial()
    {
        var shop = new Shop().Trial().On("2026-06-01 00:00");
        Assert.Equal(Refusal.TrialGiven, shop.Account.GiveTrial(new(9), shop.Now, shop.Rules, Shop.Seal).Refusal);
    }

    [Fact]
    public void Nothing_bought_is_free_with_its_figures()
    {
        var entitlement = new Shop().Entitlement;
        Assert.Equal((PackageKind.Free, 2L, 10L, 5L, 0, false), (entitlement.Kind, entitlement.Seats, entitlement.AgentAccounts, entitlement.AnswersLeft, entitlement.FreeUsed, entitlement.IsTrial));
        Assert.Null(entitlement.Until);
        Assert.Null(entitlement.NextChangeAt);
    }

    [Fact]
    public void Under_click_seats_and_accounts_are_unlimited()
    {
        var entitlement = new Shop().Clicks(3).Entitlement;
        Assert.Equal((PackageKind.Click, null, null, 3L, false), (entitlement.Kind, entitlement.Seats, entitlement.AgentAccounts, entitlement.AnswersLeft, entitlement.IsUnlimited));
    }

    [Fact]
    public void Under_monthly_answers_are_unlimited_and_written_with_nothing_debited()
    {
        var shop = new Shop().Clicks(3).Monthly(1).Accepts(20);
        Assert.True(shop.Entitlement.IsUnlimited);
        Assert.Equal(20, shop.Ledger.Count(l => l is { Charged: PackageKind.Monthly, BalanceAfter: 3, OrderId: null }));
    }

    [Fact]
    public void A_monthly_interval_counts_its_first_instant_and_not_its_end()
    {
        var shop = new Shop("2026-03-01 00:00").Monthly(1);
        Assert.Equal(PackageKind.Monthly, shop.Entitlement.Kind);
        shop.Now = shop.At("2026-04-01 00:00").AddTicks(-1);
        Assert.Equal(PackageKind.Monthly, shop.Entitlement.Kind);
        shop.Now = shop.At("2026-04-01 00:00");
        Assert.Equal(PackageKind.Free, shop.Entitlement.Kind);
    }

    [Fact]
    public void Overlapping_intervals_add_their_seats_while_both_run()
    {
        var shop = new Shop("2026-11-15 00:00").Monthly(3, months: 3);
        shop.Monthly(2, start: TermStart.On(shop.At("2026-12-01 00:00")));
        Assert.Equal(3, shop.Entitlement.Seats);
        Assert.Equal(5, shop.On("2026-12-24 00:00").Entitlement.Seats);
        Assert.Equal(3, shop.On("2027-01-01 00:00").Entitlement.Seats);
        Assert.Equal(shop.At("2027-02-15 00:00"), shop.Entitlement.Until);
    }

    [Fact]
    public void The_timeline_tells_what_will_be_in_force_when()
    {
        var shop = new Shop("2026-03-02 12:00").Trial().Monthly(5).Clicks(9);
        Assert.Equal(
            [
                (PackageKind.Monthly, 7L, false), (PackageKind.Monthly, 5L, false), (PackageKind.Click, null, false),
            ],
            shop.Account.Timeline(shop.Now, shop.Rules).Select(s => (s.Kind, s.Seats, s.IsTrial)));
        Assert.Equal(shop.At("2026-03-09 12:00"), shop.Account.Timeline(shop.Now, shop.Rules)[0].To);
        Assert.Null(shop.Account.Timeline(shop.Now, shop.Rules)[^1].To);
    }

    [Fact]
    public void A_month_from_31_January_ends_on_28_February_and_renewed_without_gap_on_31_March()
    {
        var shop = new Shop("2026-01-31 09:30").Monthly(2);
        Assert.Equal(shop.At("2026-02-28 09:30"), shop.Entitlement.Until);
        shop.On("2026-02-20 00:00").Monthly(2, start: TermStart.AfterCurrent);
        Assert.Equal(shop.At("2026-03-31 09:30"), shop.Entitlement.Until);
        shop.On("2026-03-30 00:00").Monthly(2, start: TermStart.AfterCurrent);
        Assert.Equal(shop.At("2026-04-30 09:30"), shop.Entitlement.Until);
        shop.Monthly(2, months: 1, start: TermStart.AfterCurrent);
        Assert.Equal(shop.At("2026-05-31 09:30"), shop.Entitlement.Until);
    }

    [Fact]
    public void Renewed_after_a_gap_months_are_counted_anew()
    {
        var shop = new Shop("2026-01-31 09:30").Monthly(2).On("2026-02-28 09:31").Monthly(2, start: TermStart.AfterCurrent);
        Assert.Equal(shop.At("2026-03-28 09:31"), shop.Entitlement.Until);
    }

    [Fact]
    public void After_the_trial_months_are_counted_from_the_first_bought_start()
    {
        var shop = new Shop("2026-01-24 10:00").Trial().Monthly(2, start: TermStart.AfterCurrent);
        Assert.Equal((shop.At("2026-01-31 10:00"), shop.At("2026-02-28 10:00")), (shop.Account.Terms[1].Start, shop.Account.Terms[1].End));
    }

    [Fact]
    public void A_chosen_date_that_has_passed_at_fulfilment_gives_the_full_length_from_fulfilment()
    {
        var shop = new Shop("2026-03-05 08:00");
        shop.Monthly(2, start: TermStart.On(shop.At("2026-03-01 00:00")));
        Assert.Equal((shop.Now, shop.At("2026-04-05 08:00")), (shop.Account.Terms[0].Start, shop.Account.Terms[0].End));
    }

    [Fact]
    public void What_is_previewed_is_what_is_bought()
    {
        var shop = new Shop("2026-01-31 00:00").Monthly(2);
        var (start, end) = shop.Account.PreviewTerm(2, TermStart.AfterCurrent, shop.Now, shop.Rules);
        shop.Monthly(1, months: 2, start: TermStart.AfterCurrent);
        Assert.Equal((start, end), (shop.Account.Terms[1].Start, shop.Account.Terms[1].End));
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-22 02:30", "2026-03-29T01:00:00")]
    [InlineData("Europe/Berlin", "2026-10-18 02:30", "2026-10-25T00:30:00")]
    [InlineData("America/New_York", "2026-03-01 02:30", "2026-03-08T07:00:00")]
    [InlineData("Australia/Lord_Howe", "2026-09-27 02:15", "2026-10-03T15:30:00")]
    [InlineData("Asia/Kathmandu", "2026-03-02 00:00", "2026-03-08T18:15:00")]
    public void The_trial_ends_at_the_same_wall_clock_time_or_just_after_a_skipped_one_or_at_the_first_of_two(string zone, string start, string end)
    {
        var shop = new Shop(start, zone).Trial();
        Assert.Equal(end, $"{shop.Entitlement.Until!.Value.UtcDateTime:s}");
    }

    [Fact]
    public void Unused_free_answers_expire_at_midnight()
    {
        var shop = new Shop("2026-03-02 12:00").Accepts(2).On("2026-03-03 12:00");
        Assert.Equal((5L, 0), (shop.Entitlement.AnswersLeft, shop.Entitlement.FreeUsed));
    }

    [Fact]
    public void Answers_under_monthly_and_from_clicks_leave_the_free_ones_untouched()
    {
        var shop = new Shop("2026-03-02 09:00").Monthly(1, order: 5).Accepts(7);
        Assert.False(shop.Refund(5).IsRefused);
        shop.Clicks(2).Accepts(2);
        Assert.Equal((PackageKind.Free, 5L), (shop.Entitlement.Kind, shop.Entitlement.AnswersLeft));
    }

    [Fact]
    public void A_line_never_dates_before_the_line_before()
    {
        var shop = new Shop("2026-03-03 00:00:01").Accepts(1);
        shop.Now -= TimeSpan.FromSeconds(2);
        shop.Accepts(1);
        Assert.Equal(shop.Ledger[0].At, shop.Ledger[1].At);
        Assert.Equal(new DateOnly(2026, 3, 3), shop.Ledger[1].FreeDay);
        Assert.Null(shop.FirstBadLine);
    }

    [Fact]
    public void The_oldest_order_is_used_first_and_a_refund_takes_back_only_what_is_left_of_its_own()
    {
        var shop = new Shop().Clicks(2, order: 20).Clicks(5, order: 10).Accepts(3);
        Assert.Equal([(0, 2), (4, 1)], shop.Account.Credits.Select(c => (c.Left, c.Used)));
        Assert.Equal(Refusal.NothingToRefund, shop.Refund(20).Refusal);
        Assert.Equal(4, shop.Refund(10).Value.Clicks);
        Assert.Equal((0L, PackageKind.Free, 3), (shop.Account.ClicksLeft, shop.Entitlement.Kind, shop.Answers));
        Assert.Equal(Refusal.NothingToRefund, shop.Refund(10).Refusal);
        Assert.Equal(Refusal.OrderUnknown, shop.Refund(11).Refusal);
        Assert.Null(shop.FirstBadLine);
    }

    [Fact]
    public void A_refunded_term_ends_now_or_never_begins()
    {
        var shop = new Shop("2026-03-02 12:00").Monthly(5, months: 2, order: 1).Monthly(5, start: TermStart.AfterCurrent, order: 2).Clicks(1);
        shop.On("2026-03-10 00:00");
        Assert.False(shop.Refund(2).IsRefused);
        Assert.Equal(shop.Account.Terms[1].Start, shop.Account.Terms[1].End);
        Assert.False(shop.Refund(1).IsRefused);
        Assert.Equal((PackageKind.Click, shop.Now), (shop.Entitlement.Kind, shop.Account.Terms[0].End));
        Assert.Equal(Refusal.NothingToRefund, shop.Refund(1).Refusal);
        Assert.Null(shop.FirstBadLine);
    }

    [Fact]
    public void A_refund_after_the_end_finds_nothing()
    {
        var shop = new Shop("2026-03-02 12:00").Monthly(5, order: 1).On("2026-04-02 12:00");
        Assert.Equal(Refusal.NothingToRefund, shop.Refund(1).Refusal);
    }

    [Fact]
    public void Administrators_are_warned_at_80_and_95_percent_at_the_last_five_and_at_the_last_free_answer()
    {
        var shop = new Shop().Clicks(200).Accepts(159);
        Assert.Empty(Warnings(shop));
        Assert.Equal([PackageWarning.Clicks80Percent], Warnings(shop.Accepts(1)));
        Assert.Equal([PackageWarning.Clicks95Percent], Warnings(shop.Accepts(30)));
        Assert.Equal([PackageWarning.LastClicks, PackageWarning.Clicks95Percent], Warnings(shop.Accepts(5)));
        Assert.Empty(Warnings(shop.Accepts(5)));
        Assert.Equal([PackageWarning.LastFreeAnswer], Warnings(shop.Accepts(4)));
        Assert.Equal([PackageWarning.NoAnswersLeft], Warnings(shop.Accepts(1)));
    }

    [Fact]
    public void Administrators_are_warned_seven_three_and_one_day_before_monthly_ends()
    {
        var shop = new Shop("2026-03-02 12:00").Monthly(2);
        Assert.Empty(Warnings(shop.On("2026-03-26 11:59")));
        Assert.Equal([PackageWarning.EndsWithin7Days], Warnings(shop.On("2026-03-26 12:00")));
        Assert.Equal([PackageWarning.EndsWithin3Days], Warnings(shop.On("2026-03-30 12:00")));
        Assert.Equal([PackageWarning.EndsWithin1Day], Warnings(shop.On("2026-04-01 12:00")));
        shop.Monthly(2, start: TermStart.AfterCurrent);
        Assert.Empty(Warnings(shop));
    }

    [Fact]
    public void An_end_that_a_renewal_follows_is_not_announced()
    {
        var shop = new Shop("2026-03-02 12:00").Monthly(2).Monthly(2, start: TermStart.AfterCurrent);
        var due = shop.Account.TransitionsBetween(shop.Now, shop.At("2026-04-30 00:00"), shop.Rules).Where(t => t.Kind != TransitionKind.DailyQuotaReset).Select(t => t.Kind);
        Assert.Equal([TransitionKind.TermStarted, TransitionKind.TermEnded, TransitionKind.EndsIn7Days, TransitionKind.EndsIn3Days], due);
    }

    private static IReadOnlyList<PackageWarning> Warnings(Shop shop) => shop.Account.WarningsAt(shop.Now, shop.Rules);
}
