using Live800.Domain.Companies;
using Live800.Domain.Statistics;
using Live800.Portal.Features.Statistics;

namespace Live800.Portal.Tests.Features.Statistics;

/// <summary>What the parts of the statistics are told (6), and how an address is written in a row of them.</summary>
public sealed class StatisticsFrameTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", "")]
    [InlineData("://", "://")]
    [InlineData("shop.example/a", "shop.example/a")]
    [InlineData("shop.example/go?to=https://other.example/", "shop.example/go?to=https://other.example/")]
    [InlineData("http://shop.example/a", "shop.example/a")]
    [InlineData("https://shop.example/", "shop.example/")]
    [InlineData("https://shop.example/go?to=https://other.example/", "shop.example/go?to=https://other.example/")]
    public void An_address_is_written_without_what_all_begin_with(string address, string written) => Assert.Equal(written, FigureWords.Address(address));

    [Fact]
    public void A_period_that_has_not_come_is_compared_with_nothing() => Assert.Null(Frame(new(2026, 3, 3), new(2026, 3, 31)).Compared);

    [Fact]
    public void A_period_that_runs_is_compared() => Assert.Equal(StatisticsPeriod.Of(new(2026, 2, 28), new(2026, 3, 1)), Frame(new(2026, 3, 2), new(2026, 3, 3)).Compared);

    private static StatisticsFrame Frame(DateOnly from, DateOnly until) =>
        new(default, new StatisticsWish("", StatisticsPeriod.Of(from, until)!.Value), ZoneHistory.Of("Asia/Shanghai"), Now, "");
}
