using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Live800.Portal.Features.Status;

/// <summary>Something that is wrong with the box: what, and what to do about it, are texts of this name.</summary>
/// <param name="Check">The health check that found it.</param>
/// <param name="IsSerious">The portal is not ready; else it goes on.</param>
/// <param name="Facts">What the texts are filled with.</param>
public sealed record Fault(string Check, bool IsSerious, IReadOnlyList<object> Facts)
{
    private const string Key = "facts";

    /// <summary>The texts' name: <c>disk_Serious</c>, <c>disk_Slight</c>.</summary>
    public string Name => $"{Check}_{(IsSerious ? "Serious" : "Slight")}";

    /// <summary>What a health check says beside its sentence for the log.</summary>
    internal static Dictionary<string, object> With(params object[] facts) => new() { [Key] = facts };

    /// <summary>What a report found, the serious first.</summary>
    internal static IReadOnlyList<Fault> Of(HealthReport report) =>
    [
        .. report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy).OrderBy(entry => entry.Value.Status)
            .Select(entry => new Fault(entry.Key, entry.Value.Status == HealthStatus.Unhealthy, entry.Value.Data.GetValueOrDefault(Key) as object[] ?? [])),
    ];
}
