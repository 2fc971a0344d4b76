using System.Globalization;

namespace Live800.Portal.Features.Companies;

/// <summary>The time zones offered when a company registers: all the box knows, by their IANA names, with today's distance from UTC.</summary>
public static class ZoneChoices
{
    /// <summary>Name and label, west to east.</summary>
    public static IReadOnlyList<(string Id, string Label)> At(DateTimeOffset now) =>
        [.. TimeZoneInfo.GetSystemTimeZones()
            .Where(zone => zone.Id == "UTC" || (zone.Id.Contains('/', StringComparison.Ordinal) && !zone.Id.StartsWith("Etc/", StringComparison.Ordinal) && !zone.Id.StartsWith("SystemV/", StringComparison.Ordinal) && !zone.Id.StartsWith("US/", StringComparison.Ordinal)))
            .Select(zone => (zone.Id, Offset: zone.GetUtcOffset(now)))
            .OrderBy(zone => zone.Offset).ThenBy(zone => zone.Id, StringComparer.Ordinal)
            .Select(zone => (zone.Id, $"{zone.Id.Replace('_', ' ')} (UTC{Distance(zone.Offset)})"))];

    private static string Distance(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "−" : "+") + offset.Duration().ToString(@"h\:mm", CultureInfo.InvariantCulture);
}
