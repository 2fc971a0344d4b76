using Live800.Domain.Shared;
using Live800.Portal.Components.Shared;
using Live800.Portal.Features.Companies;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Workspace;

/// <summary>
/// The seat of this circuit's workspace (3.8): taken before the workspace shows, renewed every 15 s while the tab lives, also while the agent
/// looks at another page in it. A lost connection stops the renewals and leaves the seat to its grace of 60 s.
/// </summary>
public sealed class WorkspaceSeat(SeatRoster roster, PortalEvents events, TimeProvider clock, ILogger<WorkspaceSeat> log) : IDisposable
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private CurrentAgent? _me;
    private CircuitFlow? _flow;
    private ITimer? _renewals;
    private IDisposable? _heard;
    private bool _isConnected = true;
    private bool _isOver;
    private DateTimeOffset _aliveAt;

    /// <summary>The workspace may show.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Why it may not; none before the first try.</summary>
    public Refusal Refusal { get; private set; }

    /// <summary>When the last refused try was made.</summary>
    public DateTimeOffset? RefusedAt { get; private set; }

    /// <summary>Called after every change, on whichever thread made it.</summary>
    public event Action? Changed;

    /// <summary>Takes the seat, or says why not. Taking again what is held is harmless.</summary>
    public Task OpenAsync(CurrentAgent me, bool moveHere = false) => ChangeAsync(async () =>
    {
        Know(me);
        return await roster.TakeAsync(me.CompanyId, me.AgentId, me.SessionId, moveHere);
    });

    /// <summary>Enters as soon as a seat is free; ends when entered, refused otherwise, or given up.</summary>
    public async Task WaitAsync(CurrentAgent me, CancellationToken giveUp)
    {
        Know(me);
        var entered = await roster.WaitForAsync(me.CompanyId, me.AgentId, me.SessionId, giveUp);
        await ChangeAsync(() => Task.FromResult(entered));
    }

    /// <summary>The tab's connection is gone or back. Back within the grace the seat is simply renewed, later it is taken anew.</summary>
    public Task ConnectionChangedAsync(bool isConnected)
    {
        _isConnected = isConnected;
        if (!isConnected && IsHeld && _me is { } me) roster.LoseConnection(me.CompanyId, me.AgentId);
        return isConnected && IsHeld ? RenewAsync() : Task.CompletedTask;
    }

    public void Dispose()
    {
        _isOver = true;
        _renewals?.Dispose();
        _heard?.Dispose();
        _turn.Dispose();
    }

    /// <summary>One sign of life. Public for the tests of the clockwork.</summary>
    internal Task RenewAsync() => ChangeAsync(async () =>
    {
        if (_me is not { } me || !IsHeld || !_isConnected) return null;
        var renewed = await roster.RenewAsync(me.CompanyId, me.AgentId, me.SessionId);
        // The grace ran out while the connection was lost: whoever comes back takes a seat anew. One taken away by hand is not taken back.
        var wasAway = clock.GetUtcNow() - _aliveAt > RenewEvery * 2;
        return renewed.Refusal == Refusal.SeatLost && wasAway ? await roster.TakeAsync(me.CompanyId, me.AgentId, me.SessionId) : renewed;
    });

    private async Task ChangeAsync(Func<Task<Outcome?>> act)
    {
        if (_isOver) return;
        await _turn.WaitAsync();
        bool tell;
        try
        {
            if (await act() is not { } outcome || _isOver) return;
            var now = clock.GetUtcNow();
            tell = IsHeld == outcome.IsRefused || Refusal != outcome.Refusal;
            IsHeld = !outcome.IsRefused;
            Refusal = outcome.Refusal;
            if (IsHeld)
            {
                KeepAlive(now);
            }
            else
            {
                RefusedAt = now;
                _renewals?.Dispose();
                _renewals = null;
                tell = true;
            }
        }
        finally
        {
            if (!_isOver) _ = _turn.Release();
        }

        if (tell) _flow!.Run(() => Changed?.Invoke());
    }

    private Task ChangeAsync(Func<Task<Outcome>> act) => ChangeAsync(async () => (Outcome?)await act());

    private void Know(CurrentAgent me)
    {
        _me = me;
        _flow ??= new CircuitFlow();
    }

    private void KeepAlive(DateTimeOffset now)
    {
        _aliveAt = now;
        _renewals ??= clock.CreateTimer(_ => _ = RenewSafelyAsync(), null, RenewEvery, RenewEvery);
        // A seat moved or released elsewhere is noticed at once, not with the next renewal.
        _heard ??= events.Subscribe(_me!.CompanyId, told =>
        {
            if (IsHeld && told.Topic == PortalTopic.Seats && told.Id == _me.AgentId.Value) _ = RenewSafelyAsync();
        });
    }

    private async Task RenewSafelyAsync()
    {
        try
        {
            await RenewAsync();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The grace covers several renewals; the next one tries again.
            if (!_isOver) log.LogWarning(exception, "A seat could not be renewed");
        }
    }
}
