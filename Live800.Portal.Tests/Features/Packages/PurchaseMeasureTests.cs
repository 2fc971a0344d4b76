using Bunit;
using Live800.Domain.Packages;
using Live800.Portal.Features.Packages;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Packages;

/// <summary>S4.4 beside the checkout: the very purchase on the company's own days, and an honest word where there are none.</summary>
public class PurchaseMeasureTests : ComponentTest
{
    private static readonly PastDays Busy = new([new(new(2026, 3, 1), 8, 2, 4), new(new(2026, 3, 2), 3, 0, 2)], 120);

    [Fact]
    public void Without_answers_and_workspaces_it_says_that_nothing_can_be_calculated_and_shows_no_figure()
    {
        var part = Show(new PastDays([new(new(2026, 3, 2), 0, 0, 0)], 17), OrderItem.Term(2, 1, TermStart.Now));
        Assert.Empty(part.FindAll("table"));
        Assert.Contains("最近 1 天有 17 次访问，还没有应答", part.Find("p").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("¥", part.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_term_beside_others_is_measured_with_them_and_alone_and_against_the_free_package()
    {
        var rows = Rows(Show(Busy, OrderItem.Term(1, 1, TermStart.Now), seatsBeside: 2));
        Assert.Equal(["连同届时已有的 2 席位，共 3 席位 ¥6.54 0 1", "只有这一笔：包月 1 席位 ¥6.54 0 4", "只用免费套餐 ¥0 5 2"], rows);
    }

    [Fact]
    public void Clicks_have_no_seats_beside_them_and_cost_what_would_have_been_used()
    {
        Speak("en");
        var rows = Rows(Show(Busy, OrderItem.Click(100, 1), seatsBeside: 2));
        Assert.Equal(["This purchase alone: 包月 1 席位 ¥13 0 0", "The free package alone ¥0 5 2"], rows);
    }

    private IRenderedComponent<PurchaseMeasure> Show(PastDays past, OrderItem item, long seatsBeside = 0)
    {
        var (option, figures) = (item.Kind == PackageKind.Click ? new PackageOption(item.Kind, 0, item.Clicks, 100_00) : new PackageOption(item.Kind, item.Seats, 0, 98_00), PackageFigures.Default);
        var together = seatsBeside > 0 && item.Kind == PackageKind.Monthly ? Recommendation.Try(past, option with { Seats = option.Seats + (int)seatsBeside }, figures) : (OptionOutcome?)null;
        var outcome = new PurchaseOutcome(past, Recommendation.Try(past, option, figures), together, Recommendation.Try(past, PackageOption.Free, figures));
        return Page.Render<PurchaseMeasure>(part => part.Add(p => p.Outcome, outcome).Add(p => p.Currency, "CNY").Add(p => p.What, "包月 1 席位"));
    }

    private static string[] Rows(IRenderedComponent<PurchaseMeasure> part) => [.. part.FindAll("tbody tr").Select(row => string.Join(' ', row.Children.Select(cell => Read(cell.TextContent))))];
}
