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
                if (FirstDifference(history) is { } difference)
                {
                    var shortest = Shortest(history);
                    throw new InvalidOperationException($"{shortest}\n{FirstDifference(shortest) ?? difference}");
                }

                _ = Interlocked.Increment(ref played);
            },
            iter: 10_000,
            print: history => $"{Shortest(history)}");
        Figures.Tell($"histories played: {played}, differences: 0");
        Assert.Equal(10_000, played);
    }

    /// <summary>Leaves out whatever is not needed for the difference, so that a person can play what is left.</summary>
    private static History Shortest(History history)
    {
        if (FirstDifference(history) is null) return history;
        for (var left = true; left;)
        {
            left = false;
            for (var i = history.Steps.Length - 1; i >= 0; i--)
            {
                var without = history with { Steps = [.. history.Steps.Where((_, at) => at != i)] };
                if (FirstDifference(without) is null) continue;
                history = without;
                left = true;
            }
        }

        var withoutTrial = history with { Trial = false };
        return history.Trial && FirstDifference(withoutTrial) is not null ? withoutTrial : history;
    }

    private static string? FirstDifference(History history)
    {
        try
        {
            HistoryPlayer.Play(history);
            return null;
        }
        catch (Exception difference)
        {
            return difference.Message;
        }
    }
}
