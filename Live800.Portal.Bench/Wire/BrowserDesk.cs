using System.Text.Json;
using Microsoft.Playwright;

namespace Live800.Portal.Bench.Wire;

/// <summary>
/// An agent's page in the distribution's Chromium. It notes when a marker stood on the screen (the frame after the change of the document), and how long its main thread was held up: what an agent would feel.
/// </summary>
internal sealed class BrowserDesk : IAsyncDisposable
{
    private const string Watch = """
        window.live800Bench = { seen: {}, long: [] };
        const bench = window.live800Bench;
        const note = text => {
          for (const marker of text.match(/计时\d{4}页/g) || [])
            if (!(marker in bench.seen)) {
              bench.seen[marker] = 0;
              requestAnimationFrame(() => { bench.seen[marker] = performance.timeOrigin + performance.now(); });
            }
        };
        new MutationObserver(changes => {
          for (const change of changes) {
            note(change.target.textContent || '');
            for (const node of change.addedNodes) note(node.textContent || '');
          }
        }).observe(document, { subtree: true, childList: true, characterData: true });
        new PerformanceObserver(list => { for (const task of list.getEntries()) bench.long.push(task.duration); }).observe({ type: 'longtask' });
        """;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly IPage _page;

    private BrowserDesk(IPlaywright playwright, IBrowser browser, IPage page) => (_playwright, _browser, _page) = (playwright, browser, page);

    /// <summary>The browser of this machine, or the one <c>LIVE800_CHROMIUM</c> names.</summary>
    public static string Chromium => Environment.GetEnvironmentVariable("LIVE800_CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium";

    /// <summary>Whether there is a browser on this machine.</summary>
    public static bool IsThere => File.Exists(Chromium);

    /// <summary>Opens a page of the portal with the cookies of a sign-in, 1440 x 900.</summary>
    public static async Task<BrowserDesk> OpenAsync(Uri portal, string cookies, string path)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"] });
        var context = await browser.NewContextAsync(new() { Locale = "zh-CN", ViewportSize = new() { Width = 1440, Height = 900 } });
        await context.AddCookiesAsync(cookies.Split("; ").Select(pair => pair.Split('=', 2)).Select(pair => new Cookie { Name = pair[0], Value = pair[1], Url = portal.ToString() }));
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(portal, path).ToString());
        await page.Locator(".desk [role=grid]").WaitForAsync();
        _ = await page.EvaluateAsync($"() => {{ {Watch} }}");
        return new BrowserDesk(playwright, browser, page);
    }

    /// <summary>When each marker stood on the screen, in milliseconds since 1970, and the main thread's long tasks (over 50 ms) in milliseconds.</summary>
    public async Task<(IReadOnlyDictionary<string, double> Seen, IReadOnlyList<double> LongTasks)> ReadAsync()
    {
        var json = await _page.EvaluateAsync<string>("() => JSON.stringify(window.live800Bench)");
        using var read = JsonDocument.Parse(json);
        return (
            read.RootElement.GetProperty("seen").EnumerateObject().Where(marker => marker.Value.GetDouble() > 0).ToDictionary(marker => marker.Name, marker => marker.Value.GetDouble()),
            [.. read.RootElement.GetProperty("long").EnumerateArray().Select(task => task.GetDouble())]);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    /// <summary>An instant as <see cref="ReadAsync"/> gives it: read from the machine, because the browser's clock is the machine's too.</summary>
    public static double Now => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalMilliseconds;
}
