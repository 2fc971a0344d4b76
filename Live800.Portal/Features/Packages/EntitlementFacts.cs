using Live800.Domain.Packages;

namespace Live800.Portal.Features.Packages;

/// <summary>What the bar shows of the packages, and what its numbers say when clicked (PRODUCT 3.6, DESIGN section 9).</summary>
/// <param name="InForce">What is enjoyed at <paramref name="ReadAt"/>.</param>
/// <param name="Warnings">What administrators are warned of.</param>
/// <param name="Timeline">What will be in force when, as far as dates tell; the first span is now.</param>
/// <param name="Zone">The zone in which instants are shown.</param>
/// <param name="ReadAt">When it was read.</param>
public sealed record EntitlementFacts(
    Entitlement InForce, IReadOnlyList<PackageWarning> Warnings, IReadOnlyList<TimelineSpan> Timeline, TimeZoneInfo Zone, DateTimeOffset ReadAt)
{
    private static readonly TimeSpan ShrinkAhead = TimeSpan.FromHours(24);

    /// <summary>The warning that matters most now, or nothing: a balance that is gone speaks for itself on every desk and is none of these.</summary>
    public PackageWarning? Warning => Warnings.Where(warning => warning != PackageWarning.NoAnswersLeft).Cast<PackageWarning?>().Max();

    /// <summary>When there will be fewer seats within 24 hours because of a date already known (3.9); nothing is unlimited.</summary>
    public SeatShrink? NextShrink => Timeline.Zip(Timeline.Skip(1))
        .Where(pair => pair.Second.From <= ReadAt + ShrinkAhead && pair.Second.Seats < (pair.First.Seats ?? long.MaxValue))
        .Select(pair => new SeatShrink(pair.Second.From, pair.First.Seats, pair.Second.Seats!.Value))
        .FirstOrDefault();
}

/// <summary>Seats that become fewer by date (3.9); nothing is unlimited.</summary>
public sealed record SeatShrink(DateTimeOffset At, long? From, long To);
