using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser.Support;

/// <summary>Base of the browser tests: people come with browsers of their own, and whatever was opened is closed again.</summary>
[Collection(BrowserTests.Name)]
public abstract class BrowserTest(BrowserFixture browsers) : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _opened = [];

    protected BrowserFixture Browsers { get; } = browsers;

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await PictureAsync();
        _opened.Reverse();
        foreach (var opened in _opened) await opened.DisposeAsync();
    }

    protected T Keep<T>(T opened) where T : IAsyncDisposable
    {
        _opened.Add(opened);
        return opened;
    }

    /// <summary>A page in a browser that nobody else uses.</summary>
    protected async Task<IPage> SomebodyAsync(string language = "zh-CN", ColorScheme theme = ColorScheme.Light, int width = 1440, int height = 900)
    {
        var context = Keep(await Browsers.PersonAsync(language, theme, width, height));
        return await context.NewPageAsync();
    }

    /// <summary>With <c>LIVE800_PICTURES</c> set to a folder, what everybody saw last and what the server wrote are left there: to see why a test failed.</summary>
    private async Task PictureAsync()
    {
        if (Environment.GetEnvironmentVariable("LIVE800_PICTURES") is not { Length: > 0 } folder) return;
        _ = Directory.CreateDirectory(folder);
        var number = 0;
        foreach (var page in _opened.OfType<IBrowserContext>().SelectMany(context => context.Pages))
        {
            var path = Path.Combine(folder, $"{GetType().Name}-{++number}.png");
            await page.ScreenshotAsync(new() { Path = path });
        }
        foreach (var box in _opened.OfType<ReadyServer>()) await File.WriteAllTextAsync(Path.Combine(folder, $"{GetType().Name}.log"), box.Server.Log.ToString());
    }
}
