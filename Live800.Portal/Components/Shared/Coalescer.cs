namespace Live800.Portal.Components.Shared;

/// <summary>
/// Turns a stream of events into re-reads, one at a time: the first event reads at once, those that arrive while it reads or during the
/// pause after it are served together by one more.
/// </summary>
public sealed class Coalescer(TimeProvider clock, TimeSpan pause, Func<Task> read) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CircuitFlow _flow = new();
    private readonly CancellationTokenSource _disposed = new();
    private bool _running;
    private bool _again;

    /// <summary>Something changed. Returns at once, may be called on any thread; the read runs on the flow of whoever made this.</summary>
    public void Hear()
    {
        lock (_gate)
        {
            if (_disposed.IsCancellationRequested) return;
            _again = true;
            if (_running) return;
            _running = true;
        }

        _flow.Run(() => _ = RunAsync());
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed.IsCancellationRequested) return;
            _disposed.Cancel();
        }

        _disposed.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (Next())
            {
                await read();
                if (pause > TimeSpan.Zero) await Task.Delay(pause, clock, _disposed.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // disposed while reading or resting: nobody looks any more
        }
    }

    private bool Next()
    {
        lock (_gate)
        {
            _running = _again && !_disposed.IsCancellationRequested;
            _again = false;
            return _running;
        }
    }
}
