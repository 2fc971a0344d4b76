using Hangfire;
using Live800.Portal.Components.Shared;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Live800.Portal.Features.Status.Health;

/// <summary>What jobs record is computed when it is read, so nobody waits for a late one: said, and still ready.</summary>
internal sealed class JobsHealth(JobStorage storage, JobBook jobs, StatusLimits limits) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var silent = jobs.SilentFor;
        if (silent > limits.JobsSilent)
        {
            var reason = storage.GetMonitoringApi().Servers().Count == 0 ? "The job server is gone" : "The job server runs nothing";
            return Task.FromResult(HealthCheckResult.Degraded($"{reason}: no job has run for {Words.Length(silent)}.", data: Fault.With(Words.Length(silent))));
        }

        return Task.FromResult(HealthCheckResult.Healthy());
    }
}
