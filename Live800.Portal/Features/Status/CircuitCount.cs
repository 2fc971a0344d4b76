using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Live800.Portal.Features.Status;

/// <summary>Counts the open pages of agents and operators: circuits that live, connected or waiting to be again.</summary>
public sealed class CircuitCount : CircuitHandler
{
    private int _open;

    public int Open => Volatile.Read(ref _open);

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _ = Interlocked.Increment(ref _open);
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _ = Interlocked.Decrement(ref _open);
        return Task.CompletedTask;
    }
}
