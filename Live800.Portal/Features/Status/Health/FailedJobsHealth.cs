using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Live800.Portal.Features.Status.Health;

/// <summary>A job whose last run failed is tried again; what failed is said until a run succeeds.</summary>
internal sealed class FailedJobsHealth(JobBook jobs) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var failed = jobs.Failing;
        return Task.FromResult(failed.Count > 0
            ? HealthCheckResult.Degraded($"The last run failed: {string.Join(", ", failed)}.", data: Fault.With(string.Join(", ", failed)))
            : HealthCheckResult.Healthy());
    }
}
