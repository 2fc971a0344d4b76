using Live800.Domain.Packages;

namespace Live800.Portal.Tests.Domain.Packages;

/// <summary>S4.4: much traffic suits monthly, little suits click, almost none suits free; computed from the company's own days.</summary>
public class RecommendationTests
{
    private static readonly ClickPack[] Packs = [new(100, 100_00), new(1_000, 800_00)];

    [Fact]
    public void Without_data_nothing_is_recommended()
    {
        var recommendation = From(Days(12, answers: 0, workspaces: 0, visits: 40));
        Assert.False(recommendation.Past.HasData);
        Assert.Null(recommendation.Best);
        Assert.All(recommendation.Outcomes, outcome => Assert.True(outcome.SuitsAll));
        Assert.Null(From(new PastDays([], 0)).Best);
    }

    [Fact]
    public void Almost_no_traffic_suits_free()
    {
        var best = From(Days(30, answers: 5, workspaces: 2)).Best!.Value;
        Assert.Equal((PackageKind.Free, 0L, true), (best.Option.Kind, best.Cost, best.SuitsAll));
    }

    [Fact]
    public void Little_traffic_suits_click()
    {
        // 6 answers a day are one more than free gives; 180 clicks at 1.00 and at 0.80, three seats at 98.00.
        var recommendation = From(Days(30, answers: 6, workspaces: 3));
        Assert.Equal((PackageKind.Click, 1_000, 144_00L), (recommendation.Best!.Value.Option.Kind, recommendation.Best.Value.Option.Clicks, recommendation.Best.Value.Cost));
        var free = recommendation.Outcomes[0];
        Assert.Equal((30, 30), (free.VisitorsTurnedAway, free.AgentsTurnedAway));
    }

    [Fact]
    public void Clicks_for_years_ahead_are_not_recommended_where_fewer_are_sold()
    {
        // 2 answers a day and a third workspace: 100 clicks at 1.00 last fifty days, 1,000 at 0.80 a year and a half.
        var best = From(Days(30, answers: 2, workspaces: 3)).Best!.Value.Option;
        Assert.Equal((PackageKind.Click, 100), (best.Kind, best.Clicks));
        // One a month: even the fewest last for years, and are cheaper than three seats all the same.
        var rare = new PastDays([new PastDay(new(2026, 3, 1), 1, 0, 3), .. Days(29, answers: 0, workspaces: 3).Days], 50);
        Assert.Equal((PackageKind.Click, 100), (From(rare).Best!.Value.Option.Kind, From(rare).Best!.Value.Option.Clicks));
    }

    [Fact]
    public void Much_traffic_suits_monthly()
    {
        var recommendation = From(Days(30, answers: 60, workspaces: 4));
        var best = recommendation.Best!.Value;
        Assert.Equal((PackageKind.Monthly, 4, 4 * 98_00L), (best.Option.Kind, best.Option.Seats, best.Cost));
        // One seat fewer is cheaper and turns one agent away each day.
        Assert.Contains(recommendation.Outcomes, outcome => outcome is { Option: { Kind: PackageKind.Monthly, Seats: 3 }, AgentsTurnedAway: 30, VisitorsTurnedAway: 0, Cost: 3 * 98_00L });
    }

    [Fact]
    public void Who_was_turned_away_then_counts_as_wanted()
    {
        var past = new PastDays([new PastDay(new(2026, 3, 1), 5, 4, 2)], 50);
        Assert.Equal(4, Recommendation.Try(past, PackageOption.Free, PackageFigures.Default).VisitorsTurnedAway);
        Assert.Equal((9, 4), (past.Wanted, past.Missed));
    }

    [Fact]
    public void Clicks_that_run_out_are_followed_by_free_answers_and_free_seats()
    {
        // 10 a day: 25 clicks last two days and a half; on the third day five free answers make up for the rest.
        var outcome = Recommendation.Try(Days(5, answers: 10, workspaces: 6), new PackageOption(PackageKind.Click, 0, 25, 25_00), PackageFigures.Default);
        Assert.Equal(10, outcome.VisitorsTurnedAway);
        Assert.Equal(12, outcome.AgentsTurnedAway);
        Assert.Equal(25_00, outcome.Cost);
    }

    [Fact]
    public void A_purchase_only_thought_of_is_tried_the_same_way()
    {
        var outcome = Recommendation.Try(Days(30, answers: 60, workspaces: 4), new PackageOption(PackageKind.Monthly, 2, 0, 196_00), PackageFigures.Default);
        Assert.Equal((196_00L, 0, 60), (outcome.Cost, outcome.VisitorsTurnedAway, outcome.AgentsTurnedAway));
    }

    [Fact]
    public void Fewer_days_cost_their_share_rounded_up()
    {
        Assert.Equal(98_00 * 7 / 30 + 1, Recommendation.Try(Days(7, 60, 1), new PackageOption(PackageKind.Monthly, 1, 0, 98_00), PackageFigures.Default).Cost);
        Assert.Equal(34, Recommendation.Try(Days(1, 1, 1), new PackageOption(PackageKind.Click, 0, 3, 100), PackageFigures.Default).Cost);
    }

    [Fact]
    public void What_is_not_sold_is_not_recommended_and_great_numbers_do_not_overflow()
    {
        Assert.Equal([PackageKind.Free], Recommendation.From(Days(30, 60, 4), PackageFigures.Default, null, []).Outcomes.Select(outcome => outcome.Option.Kind));
        var busy = new PastDays([new PastDay(new(2026, 3, 1), 2_000_000, 0, 50_000)], int.MaxValue);
        var recommendation = Recommendation.From(busy, PackageFigures.Default, PackageCatalog.PriceLimit, [new(1, PackageCatalog.PriceLimit), new(10_000_000, 1)]);
        Assert.All(recommendation.Outcomes, outcome => Assert.InRange(outcome.Cost, 0, long.MaxValue));
        Assert.Equal((PackageKind.Click, 1L), (recommendation.Best!.Value.Option.Kind, recommendation.Best.Value.Cost));
    }

    private static Recommendation From(PastDays past) => Recommendation.From(past, PackageFigures.Default, 98_00, Packs);

    private static PastDays Days(int count, int answers, int workspaces, int visits = 100) =>
        new([.. Enumerable.Range(0, count).Select(i => new PastDay(new DateOnly(2026, 3, 1).AddDays(i), answers, 0, workspaces))], visits * count);
}
