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
}
