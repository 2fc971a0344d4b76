using Live800.Portal.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Live800.Portal.Features.Status.Health;

/// <summary>Without room nothing can be stored: a full disk is not ready, one that fills up is only said.</summary>
internal sealed class DiskHealth(PortalFiles files, StatusLimits limits) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var free = Space.Free(files.Root);
        var facts = Fault.With(StatusWords.Size(free));
        return Task.FromResult(
            free < limits.DiskFull ? HealthCheckResult.Unhealthy($"The disk of the data folder is full: {StatusWords.Size(free)} are left.", data: facts)
            : free < limits.DiskLow ? HealthCheckResult.Degraded($"The disk of the data folder fills up: {StatusWords.Size(free)} are left.", data: facts)
            : HealthCheckResult.Healthy());
    }
}
