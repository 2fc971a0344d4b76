namespace Live800.Portal.Tests.Browser.Support;

public sealed class ReadyBox(BrowserFixture browsers) : IAsyncDisposable
{
    public BrowserFixture Browsers { get; } = browsers;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
