using Live800.Portal.Components.Shared;
using Live800.Portal.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Live800.Portal.Features.Status.Health;

/// <summary>A machine's clock behind what was stored slows the portal's time down; everything goes on, so it is only said.</summary>
internal sealed class ClockHealth(PortalClock clock, StatusLimits limits) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var behind = clock.Behind;
        return Task.FromResult(behind > limits.ClockBehind
            ? HealthCheckResult.Degraded($"The machine's clock is {Words.Length(behind)} behind what was stored; time goes on at half speed.", data: Fault.With(Words.Length(behind)))
            : HealthCheckResult.Healthy());
    }
}
