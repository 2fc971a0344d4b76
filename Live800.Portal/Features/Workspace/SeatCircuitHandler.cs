using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Live800.Portal.Features.Workspace;

/// <summary>Tells the circuit's seat whether its tab is connected (3.8).</summary>
public sealed class SeatCircuitHandler(WorkspaceSeat seat) : CircuitHandler
{
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => seat.ConnectionChangedAsync(true);

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => seat.ConnectionChangedAsync(false);
}
