using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser.Support;

/// <summary>
/// One real Chromium for all browser tests. They run one after another and after everything else, so that they do not fight over the processors
/// and their figures mean something.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class BrowserTests : ICollectionFixture<BrowserFixture>
{
    public const string Name = "Browser";
}

/// <summary>The distribution's Chromium, driven by Playwright. Nothing is downloaded: the driver is in the package.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        // Shops of other domains on this machine; as on a real site without TLS, *.test is no secure context.
        "--host-resolver-rules=MAP *.test 127.0.0.1",
    ];

    private IPlaywright? _playwright;

    /// <summary>The one test.sh found, or the distribution's.</summary>
    public static string Chromium { get; } = Environment.GetEnvironmentVariable("LIVE800_CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium";

    public IBrowser Browser { get; private set; } = null!;

    public ReadyBox Box { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(30_000);
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            // The test's own certificate is signed by nobody.
            Args = PortalServer.IsThroughNginx ? [.. Flags, "--ignore-certificate-errors"] : Flags,
        });
        Box = new ReadyBox(this);
    }

    public async Task DisposeAsync()
    {
        if (Box is not null) await Box.DisposeAsync();
        if (Browser is not null) await Browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A browser of somebody's own: nothing stored, a language, a theme, a size.</summary>
    public async Task<IBrowserContext> PersonAsync(string language = "zh-CN", ColorScheme theme = ColorScheme.Light, int width = 1440, int height = 900)
    {
        var context = await Browser.NewContextAsync(new()
        {
            Locale = language,
            ColorScheme = theme,
            TimezoneId = "Asia/Shanghai",
            ViewportSize = new() { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
            IgnoreHTTPSErrors = PortalServer.IsThroughNginx, // also what a test itself asks
        });
        context.SetDefaultTimeout(30_000);
        context.SetDefaultNavigationTimeout(60_000);
        return context;
    }
}
