using System.Globalization;

namespace Live800.Portal.Features.Backups;

/// <summary>When a backup is due and which ones are kept, computed from dates alone.</summary>
public static class BackupCalendar
{
    /// <summary>The last instant at or before now at which the wall clock of the zone showed this minute of the day. Where a day has no such minute, as on the night clocks go forward, it is the first one after the gap.</summary>
    public static DateTimeOffset LastDue(DateTimeOffset now, TimeZoneInfo zone, int minute)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var due = At(day, minute, zone);
        return due <= now ? due : At(day.AddDays(-1), minute, zone);
    }

    /// <summary>The first such instant after now.</summary>
    public static DateTimeOffset NextDue(DateTimeOffset now, TimeZoneInfo zone, int minute)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var due = At(day, minute, zone);
        return due > now ? due : At(day.AddDays(1), minute, zone);
    }

    /// <summary>Which of these may go: kept are the newest of all, the last of each of so many days that have one, and the last of each of so many weeks, Monday to Sunday.</summary>
    public static IReadOnlyList<DateTimeOffset> ToDelete(IEnumerable<DateTimeOffset> taken, TimeZoneInfo zone, int daily, int weekly)
    {
        var newestFirst = taken.OrderDescending().ToList();
        var kept = newestFirst.Take(1)
            .Concat(newestFirst.DistinctBy(Day).Take(daily))
            .Concat(newestFirst.DistinctBy(at => (ISOWeek.GetYear(Day(at).ToDateTime(default)), ISOWeek.GetWeekOfYear(Day(at).ToDateTime(default)))).Take(weekly))
            .ToHashSet();
        return [.. newestFirst.Where(at => !kept.Contains(at))];

        DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
    }

    private static DateTimeOffset At(DateOnly day, int minute, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(default).AddMinutes(minute);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
