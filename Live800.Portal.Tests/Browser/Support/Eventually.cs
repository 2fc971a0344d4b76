using System.Diagnostics;

namespace Live800.Portal.Tests.Browser.Support;

/// <summary>Looks again until it is so; for what no locator can wait for. Never waits longer than it takes.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task EqualAsync<T>(T expected, Func<Task<T>> look, TimeSpan? patience = null)
    {
        var watch = Stopwatch.StartNew();
        var seen = await look();
        while (!EqualityComparer<T>.Default.Equals(seen, expected) && watch.Elapsed < (patience ?? Patience))
        {
            await Task.Delay(Pause);
            seen = await look();
        }
        Assert.Equal(expected, seen);
    }
}
