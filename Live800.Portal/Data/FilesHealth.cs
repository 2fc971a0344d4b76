using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Live800.Portal.Data;

/// <summary>Ready means that both files take a write: a file that can only be read would refuse every message.</summary>
internal sealed class FilesHealth(WriteQueue<PortalDbContext> portal, WriteQueue<TrailDbContext> trail) : IHealthCheck
{
    /// <summary>A file that takes this long to take a write takes none.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // An immediate transaction takes the file's write lock, whether or not it then writes.
            await Task.WhenAll(
                portal.RunAsync((file, token) => file.Database.CanConnectAsync(token), cancellationToken),
                trail.RunAsync((file, token) => file.Database.CanConnectAsync(token), cancellationToken));
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("A data file cannot be written.", failure);
        }
    }
}
