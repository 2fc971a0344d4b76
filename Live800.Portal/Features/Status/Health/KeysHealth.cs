using Live800.Portal.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Live800.Portal.Features.Status.Health;

/// <summary>Without its keys the portal believes no pass and no sign-in after the next start: not ready.</summary>
internal sealed class KeysHealth(PortalFiles files) : IHealthCheck
{
    private const int KeyLength = 32;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var buffer = new byte[1];
            foreach (var path in Directory.EnumerateFiles(files.Keys))
            {
                await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                if (await file.ReadAsync(buffer, cancellationToken) == 0 || (path.EndsWith(".key", StringComparison.Ordinal) && file.Length != KeyLength))
                    return HealthCheckResult.Unhealthy($"The key file {Path.GetFileName(path)} is damaged.", data: Fault.With(Path.GetFileName(path)));
            }

            return HealthCheckResult.Healthy();
        }
        catch (FileNotFoundException)
        {
            // Renamed while it was looked at: a key that is being written.
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return HealthCheckResult.Unhealthy("The folder of keys cannot be read.", failure, Fault.With("keys/"));
        }
    }
}
