using Live800.Domain.Shared;
using Live800.Portal.Realtime;
using Microsoft.AspNetCore.Components;

namespace Live800.Portal.Components.Shared;

/// <summary>
/// A part of a page that stays true: it reads once, hears its company's events, and reads again; never more often than its pause allows,
/// never twice at once. When a read fails it keeps what it shows, says so (<see cref="IsStale"/>) and tries again.
/// </summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    /// <summary>Changes within this time are shown together.</summary>
    protected static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private IDisposable? _subscription;
    private Coalescer? _reads;
    private ITimer? _retry;
    private bool _disposed;

    [Inject] protected PortalEvents Events { get; set; } = default!;
    [Inject] protected TimeProvider Clock { get; set; } = default!;
    [Inject] private ILogger<LiveComponent> Log { get; set; } = default!;

    /// <summary>The last read failed; what is shown may be old.</summary>
    protected bool IsStale { get; private set; }

    /// <summary>Whose events are heard; known before the first read.</summary>
    protected abstract CompanyId Company { get; }

    /// <summary>How long to rest between two reads.</summary>
    protected virtual TimeSpan Pause => Calm;

    /// <summary>Whether an event concerns what is shown. Runs on the publisher's thread: look, do not touch.</summary>
    protected abstract bool Hears(PortalEvent portalEvent);

    /// <summary>Reads the facts anew. The component renders afterwards.</summary>
    protected abstract Task ReadAsync();

    protected sealed override async Task OnInitializedAsync()
    {
        await StartAsync();
        _reads = new Coalescer(Clock, Pause, () => InvokeAsync(ReadAgainAsync));
        // Subscribed before the first read, so that nothing can happen unheard between the two.
        _subscription = Events.Subscribe(Company, portalEvent => { if (Hears(portalEvent)) _reads.Hear(); });
        await ReadAsync();
    }

    /// <summary>What must be known before events are heard.</summary>
    protected virtual Task StartAsync() => Task.CompletedTask;

    /// <summary>Reads again as if an event had been heard; for what the clock alone changes.</summary>
    protected void Refresh() => _reads?.Hear();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_disposed) return;
        _disposed = true;
        _subscription?.Dispose();
        _reads?.Dispose();
        _retry?.Dispose();
    }

    private async Task ReadAgainAsync()
    {
        if (_disposed) return;
        try
        {
            await ReadAsync();
            IsStale = false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (_disposed) return;
            Log.LogWarning(exception, "{Component} could not read again and shows what it had", GetType().Name);
            IsStale = true;
            _retry?.Dispose();
            _retry = Clock.CreateTimer(_ => _reads?.Hear(), null, RetryAfter, Timeout.InfiniteTimeSpan);
        }

        if (!_disposed) StateHasChanged();
    }
}
