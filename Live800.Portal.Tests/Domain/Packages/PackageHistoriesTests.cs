using CsCheck;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Domain.Packages;

public class PackageHistoriesTests
{
    /// <summary>PRODUCT 3.1 to 3.6, 2.3: the domain and an independent simple model agree on ten thousand random lives of a company.</summary>
    [Fact]
    public void Ten_thousand_random_histories_end_as_the_simple_model_says()
    {
        var played = 0;
        History.Any.Sample(
            history =>
            {
                HistoryPlayer.Play(history);
                _ = Interlocked.Increment(ref played);
            },
            iter: 10_000,
            print: history => $"{history}");
        Figures.Tell($"histories played: {played}, differences: 0");
        Assert.Equal(10_000, played);
    }
}
