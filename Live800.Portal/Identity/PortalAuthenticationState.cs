using System.Security.Claims;
using Live800.Portal.Realtime;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Live800.Portal.Identity;

/// <summary>
/// The sign-in of an open page. Looked at again when the agent's rows are said to have changed, and every half minute in case nobody said
/// so: a session that was ended ends the page, a role or name that was changed is taken over.
/// </summary>
internal sealed class PortalAuthenticationState : RevalidatingServerAuthenticationStateProvider
{
    private readonly SignInDesk _desk;
    private readonly PortalEvents _events;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private IDisposable? _subscription;
    private CurrentAgent? _current;
    private bool _disposed;

    public PortalAuthenticationState(ILoggerFactory logs, SignInDesk desk, PortalEvents events) : base(logs)
    {
        _desk = desk;
        _events = events;
        _log = logs.CreateLogger<PortalAuthenticationState>();
        AuthenticationStateChanged += Follow;
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (CurrentAgent.From(authenticationState.User) is not { } current) return false;
        if (await _desk.RecallAsync(current.AgentId.Value, current.SessionId, cancellationToken) is not { } stored) return false;
        var now = stored with { Address = current.Address };
        // What only a date brought about, nobody has said.
        if (now != current) SetAuthenticationState(Task.FromResult(new AuthenticationState(now.ToPrincipal(nameof(PortalAuthenticationState)))));
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        AuthenticationStateChanged -= Follow;
        lock (_gate)
        {
            _disposed = true;
            _subscription?.Dispose();
            _subscription = null;
        }

        base.Dispose(disposing);
    }

    private async void Follow(Task<AuthenticationState> changed)
    {
        try
        {
            var current = CurrentAgent.From((await changed).User);
            lock (_gate)
            {
                _current = current;
                _subscription?.Dispose();
                _subscription = current is null || _disposed ? null : _events.Subscribe(current.MustSetUp ? current.WaitsIn : current.CompanyId, Heard);
            }
        }
        catch (Exception failure)
        {
            _log.LogError(failure, "An open page could not follow its sign-in");
        }
    }

    private void Heard(PortalEvent heard)
    {
        if (heard.Topic == PortalTopic.Agents && _current is { } current && heard.Id == current.AgentId.Value) _ = LookAgainAsync(current);
    }

    private async Task LookAgainAsync(CurrentAgent before)
    {
        try
        {
            var now = await _desk.RecallAsync(before.AgentId.Value, before.SessionId) is { } stored ? stored with { Address = before.Address } : null;
            if (now == before) return;
            var principal = now?.ToPrincipal(nameof(PortalAuthenticationState)) ?? new ClaimsPrincipal(new ClaimsIdentity());
            SetAuthenticationState(Task.FromResult(new AuthenticationState(principal)));
        }
        catch (Exception failure)
        {
            // The half-minute's look follows anyway.
            _log.LogWarning(failure, "A changed sign-in could not be read at once");
        }
    }
}
