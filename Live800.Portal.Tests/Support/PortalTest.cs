using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Support;

/// <summary>A test with a portal of its own. The log must hold no error at the end: what is expected is answered, not logged.</summary>
public abstract class PortalTest(FakeTimeProvider? machine = null, IReadOnlyDictionary<string, string>? settings = null) : IAsyncLifetime, IAsyncDisposable
{
    protected PortalFactory Portal { get; } = new(machine, settings);

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await Portal.DisposeAsync();
        Assert.True(Portal.Log.IsEmpty, string.Join('\n', Portal.Log));
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await Portal.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
