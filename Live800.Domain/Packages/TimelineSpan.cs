namespace Live800.Domain.Packages;

/// <summary>What will be in force from one instant to the next, as far as it is known by date (rule 3.3); the last span has no end.</summary>
/// <param name="From">First instant.</param>
/// <param name="To">First instant after it, or nothing.</param>
/// <param name="Kind">The kind in force.</param>
/// <param name="Seats">Seats; nothing is unlimited.</param>
/// <param name="IsTrial">Whether it is the trial alone.</param>
public readonly record struct TimelineSpan(DateTimeOffset From, DateTimeOffset? To, PackageKind Kind, long? Seats, bool IsTrial);
