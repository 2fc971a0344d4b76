using Live800.Domain.Packages;

namespace Live800.Portal.Features.Packages;

/// <summary>What the bar shows of the packages, and what its numbers say when clicked (PRODUCT 3.6, DESIGN section 9).</summary>
/// <param name="InForce">What is enjoyed at <paramref name="ReadAt"/>.</param>
/// <param name="Warnings">What administrators are warned of.</param>
/// <param name="Timeline">What will be in force when, as far as dates tell; the first span is now.</param>
/// <param name="Zone">The zone in which instants are shown.</param>
/// <param name="ReadAt">When it was read.</param>
public sealed record EntitlementFacts(
    Entitlement InForce, IReadOnlyList<PackageWarning> Warnings, IReadOnlyList<TimelineSpan> Timeline, TimeZoneInfo Zone, DateTimeOffset ReadAt);
