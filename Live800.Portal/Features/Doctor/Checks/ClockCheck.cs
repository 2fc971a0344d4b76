using System.Globalization;
using Live800.Portal.Data;

namespace Live800.Portal.Features.Doctor.Checks;

/// <summary>Whether the machine's clock is behind what was stored already (rule 2.2), and what its zone is.</summary>
internal static class ClockCheck
{
    private const string Name = "clock";
    private static readonly TimeSpan Little = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Much = TimeSpan.FromMinutes(1);

    /// <param name="floor">The highest instant stored; nothing where there is no portal yet.</param>
    /// <param name="now">The machine's time, read after the floor.</param>
    public static IReadOnlyList<Finding> Look(ClockFloor? floor, DateTimeOffset now, TimeZoneInfo zone)
    {
        var findings = new List<Finding>();
        var behind = floor is null ? TimeSpan.Zero : floor.At - (now + floor.Shift);
        var at = TimeZoneInfo.ConvertTime(now, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        if (behind > Little)
        {
            var seen = $"The machine's clock shows {at} ({zone.Id}) and is {Words(behind)} behind what the portal has stored already; until it has caught up, the portal's time goes at half speed.";
            const string advice = "Set the clock, and keep it right with a time service (timedatectl set-ntp true).";
            findings.Add(behind > Much ? Finding.Wrong(Name, seen, advice) : Finding.Warning(Name, seen, advice));
        }
        else
        {
            findings.Add(Finding.Ok(Name, $"The machine's clock shows {at} in its zone {zone.Id}; nightly backups go by that zone, each company's day by the company's own."));
        }

        if (floor is { Shift.Ticks: > 0 }) findings.Add(Finding.Warning(Name, $"The portal's clock was turned {Words(floor.Shift)} forward on /platform/clock.", "That is meant for trying things out; a portal for real visitors begins with a new data folder."));
        // Companies choose among all zones.
        if (!TimeZoneInfo.TryFindSystemTimeZoneById("Asia/Shanghai", out _)) findings.Add(Finding.Wrong(Name, "This machine knows no time zones.", "Install them (the package tzdata), and restart the portal."));
        return findings;
    }

    private static string Words(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0} days"),
        { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0} hours"),
        { TotalMinutes: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} minutes"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} seconds"),
    };
}
