using Live800.Domain.Packages;

namespace Live800.Portal.Tests.Domain.Packages;

/// <summary>Which transitions administrators are written about (rules 3.6, 3.9, 3.12): each once, only while it is true, one letter for one thing.</summary>
public sealed class WorthTellingTests
{
    [Fact]
    public void Before_an_end_that_nothing_follows_there_is_a_letter_seven_three_and_one_day_and_an_hour_ahead_and_one_at_the_end()
    {
        var shop = new Shop("2026-03-02 12:00").Monthly(5);
        var told = new Teller(shop).Through("2026-04-10 12:00");
        Assert.Equal(
            ["2026-03-26 12:00 EndsIn7Days", "2026-03-30 12:00 EndsIn3Days", "2026-04-01 12:00 EndsIn1Day", "2026-04-02 11:00 SeatsShrinkIn1Hour", "2026-04-02 12:00 TermEnded"],
            told);
    }

    [Fact]
    public void A_trial_of_as_many_seats_as_free_has_three_letters()
    {
        var told = new Teller(new Shop("2026-03-02 12:00").Trial()).Through("2026-03-20 12:00");
        Assert.Equal(["2026-03-06 12:00 EndsIn3Days", "2026-03-08 12:00 EndsIn1Day", "2026-03-09 12:00 TrialEnded"], told);
    }

    [Fact]
    public void A_renewal_is_silent_and_fewer_seats_after_it_are_announced()
    {
        var shop = new Shop("2026-03-02 12:00").Monthly(5).Monthly(5, start: TermStart.AfterCurrent).Monthly(2, start: TermStart.AfterCurrent);
        Assert.Equal(["2026-05-01 12:00 SeatsShrinkIn24Hours", "2026-05-02 11:00 SeatsShrinkIn1Hour"], new Teller(shop).Through("2026-05-10 12:00"));
    }

    [Fact]
    public void A_trial_beside_a_bought_term_ends_with_its_seats_only()
    {
        var shop = new Shop("2026-03-02 12:00").Trial().Monthly(5);
        Assert.Equal(["2026-03-08 12:00 SeatsShrinkIn24Hours", "2026-03-09 11:00 SeatsShrinkIn1Hour"], new Teller(shop).Through("2026-03-20 12:00"));
    }

    [Theory]
    [InlineData("2026-03-27 08:00", "EndsIn7Days")]
    [InlineData("2026-03-31 08:00", "EndsIn3Days")]
    [InlineData("2026-04-02 08:00", "EndsIn1Day")]
    [InlineData("2026-04-02 11:30", "EndsIn1Day")]
    [InlineData("2026-04-20 12:00", "TermEnded")]
    public void After_downtime_only_the_nearest_is_told(string back, string told)
    {
        var shop = new Shop("2026-03-02 12:00").Monthly(5);
        Assert.Equal([told], new Teller(shop).At(back));
    }

    [Fact]
    public void After_downtime_an_end_that_was_followed_meanwhile_is_not_told()
    {
        var shop = new Shop("2026-03-02 12:00").Trial().On("2026-03-12 12:00").Monthly(3);
        var from = shop.At("2026-03-02 12:00");
        Assert.Empty(shop.Account.WorthTelling([.. shop.Account.TransitionsBetween(from, shop.Now, shop.Rules)], [], shop.Now, shop.Rules));
    }

    [Fact]
    public void A_refund_speaks_for_itself()
    {
        var shop = new Shop("2026-03-02 12:00").Monthly(5, order: 1).On("2026-03-20 12:00");
        var teller = new Teller(shop);
        _ = shop.Refund(1);
        Assert.Empty(teller.At("2026-03-20 12:05"));
        shop.Clicks(100, order: 2).Accepts(10);
        _ = shop.Refund(2);
        Assert.Empty(teller.At("2026-03-20 12:10"));
    }

    [Fact]
    public void Clicks_are_told_at_80_and_95_percent_and_at_the_end_once_for_each_credit()
    {
        var shop = new Shop("2026-03-02 12:00").Clicks(1000);
        var teller = new Teller(shop);
        Assert.Empty(teller.AfterAnswers(799));
        Assert.Equal(["Clicks80Percent"], teller.AfterAnswers(1));
        Assert.Empty(teller.AfterAnswers(149));
        Assert.Equal(["Clicks95Percent"], teller.AfterAnswers(1));
        Assert.Equal(["LastClicks"], teller.AfterAnswers(45));
        Assert.Empty(teller.AfterAnswers(4));
        Assert.Equal(["ClicksUsedUp"], teller.AfterAnswers(1));
        Assert.Empty(teller.AfterAnswers(1));
        shop.Clicks(1000);
        Assert.Equal(["Clicks80Percent"], teller.AfterAnswers(850));
    }

    [Fact]
    public void Of_two_marks_passed_between_two_looks_the_nearer_one_is_told()
    {
        var teller = new Teller(new Shop("2026-03-02 12:00").Clicks(1000));
        Assert.Equal(["Clicks95Percent"], teller.AfterAnswers(960));
        Assert.Equal(["ClicksUsedUp"], teller.AfterAnswers(40));
    }

    [Fact]
    public void A_few_clicks_are_not_warned_of_when_they_are_bought_and_a_weaker_mark_never_follows_a_stronger_one()
    {
        var teller = new Teller(new Shop("2026-03-02 12:00").Clicks(10));
        Assert.Empty(teller.AfterAnswers(0));
        Assert.Equal(["LastClicks"], teller.AfterAnswers(5));
        Assert.Empty(teller.AfterAnswers(3));
        Assert.Equal(["ClicksUsedUp"], teller.AfterAnswers(2));
    }

    [Fact]
    public void Clicks_that_ended_before_a_term_began_are_not_told_when_it_ends()
    {
        var shop = new Shop("2026-03-02 12:00").Clicks(3).Accepts(3).Monthly(2);
        var teller = new Teller(shop);
        Assert.Empty(teller.At("2026-03-02 12:05"));
        Assert.DoesNotContain("ClicksUsedUp", teller.At("2026-04-02 12:05"));
    }

    [Fact]
    public void The_last_free_answer_and_the_end_of_them_are_told_and_not_again_day_after_day()
    {
        var shop = new Shop("2026-03-02 12:00");
        var teller = new Teller(shop);
        Assert.Equal(["LastFreeAnswer"], teller.AfterAnswers(4));
        Assert.Empty(teller.AfterAnswers(0));
        Assert.Equal(["NoAnswersLeft"], teller.AfterAnswers(1));
        foreach (var day in new[] { "03", "04", "05", "06", "07", "08", "09", "10", "11" })
        {
            shop.On($"2026-03-{day} 09:00");
            Assert.Empty(teller.AfterAnswers(4));
            Assert.Empty(teller.AfterAnswers(1));
        }

        shop.On("2026-03-19 09:00");
        Assert.Equal(["NoAnswersLeft"], teller.AfterAnswers(5));
    }

    /// <summary>Records as the jobs do and says what is told.</summary>
    private sealed class Teller(Shop shop)
    {
        private readonly HashSet<DueTransition> _known = [];
        private DateTimeOffset _from = shop.Now.AddTicks(-1);

        public List<string> Through(string until)
        {
            var told = new List<string>();
            for (; shop.Now <= shop.At(until); shop.Now = shop.Now.AddMinutes(60))
                told.AddRange(Look().Select(kind => $"{shop.Now.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd HH:mm} {kind}"));
            return told;
        }

        public List<string> At(string local)
        {
            shop.Now = shop.At(local);
            return Look();
        }

        public List<string> AfterAnswers(int answers)
        {
            _ = shop.Accepts(answers);
            shop.Now = shop.Now.AddMinutes(5);
            return Look();
        }

        private List<string> Look()
        {
            var due = shop.Account.TransitionsBetween(_from, shop.Now, shop.Rules).Concat(shop.Account.UseTransitionsAt(shop.Now, shop.Rules)).Where(_known.Add).ToList();
            _from = shop.Now;
            return [.. shop.Account.WorthTelling(due, [.. _known.Where(one => one.Kind >= TransitionKind.Clicks80Percent)], shop.Now, shop.Rules).Select(one => one.Kind.ToString())];
        }
    }
}
