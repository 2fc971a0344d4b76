using System.Globalization;
using Live800.Portal.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Live800.Portal.Features.Status.Health;

/// <summary>A write queue whose oldest work gets no answer stores nothing any more, whatever the file says: not ready.</summary>
internal sealed class QueueHealth(WriteQueue<PortalDbContext> portal, WriteQueue<TrailDbContext> trail, StatusLimits limits) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        IWriteLoad worst = portal.OldestWait >= trail.OldestWait ? portal : trail;
        var waits = worst.OldestWait;
        if (waits <= limits.QueueStuck) return Task.FromResult(HealthCheckResult.Healthy());
        var seconds = ((long)waits.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Task.FromResult(HealthCheckResult.Unhealthy(
            $"The write queue of {worst.File}.db is stuck: its oldest work has waited for {seconds} s, {worst.Waiting} wait behind it.", data: Fault.With(worst.File + ".db", seconds, worst.Waiting)));
    }
}
