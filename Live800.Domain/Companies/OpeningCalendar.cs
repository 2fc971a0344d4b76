using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>
/// When a company, or a group with hours of its own, is within its working hours (rule 5): wall-clock times in the company's zone, under all the zones it has had. A holiday of the group goes before one of the
/// company, and that before the group's week.
/// </summary>
/// <param name="zones">The company's calendar (rule 3.5).</param>
/// <param name="company">The company's hours.</param>
/// <param name="own">The group's own; nothing where it follows the company.</param>
public sealed class OpeningCalendar(ZoneHistory zones, Timetable company, Timetable? own = null)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Whether it is never closed.</summary>
    public bool IsAlways { get; } = company.Holidays.Count == 0 && (own ?? company).IsAlways;

    /// <summary>The holiday that counts on a date, or nothing.</summary>
    public Holiday? HolidayOn(DateOnly date) => own?.HolidayOn(date) ?? company.HolidayOn(date);

    /// <summary>The spans of a date.</summary>
    public IReadOnlyList<DaySpan> SpansOf(DateOnly date) => HolidayOn(date)?.Spans ?? (own ?? company).OfWeekday(date);

    /// <summary>Whether a wall clock's time is within the hours.</summary>
    public bool IsOpen(DateTime local) => IsAlways || SpansOf(DateOnly.FromDateTime(local)).Any(span => span.Covers(local.TimeOfDay));

    /// <summary>Whether an instant is within the hours.</summary>
    public bool IsOpen(DateTimeOffset at) => IsAlways || IsOpen(TimeZoneInfo.ConvertTime(at, zones.ZoneAt(at)).DateTime);

    /// <summary>The next instant at which <see cref="IsOpen(DateTimeOffset)"/> changes; nothing when it never does.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset after)
    {
        if (IsAlways) return null;
        var isOpen = IsOpen(after);
        // Behind the last holiday a week tells everything.
        var last = company.Holidays.Concat(own?.Holidays ?? []).Select(holiday => holiday.Date).DefaultIfEmpty().Max();
        var days = Math.Max(0, last.DayNumber - DateOnly.FromDateTime(after.UtcDateTime).DayNumber) + 10;
        for (var (i, from) = (0, after); i < days; i++, from += Day)
        {
            foreach (var at in TurnsWithin(from, from + Day))
            {
                if (IsOpen(at) != isOpen) return at;
            }
        }

        return null;
    }

    // Every instant in a stretch at which anything could change: beginnings and ends of spans, on both sides of a clock change, the clock change itself, a change of zone.
    private SortedSet<DateTimeOffset> TurnsWithin(DateTimeOffset from, DateTimeOffset to)
    {
        var turns = new SortedSet<DateTimeOffset>();
        void Add(DateTimeOffset at)
        {
            if (at > from && at <= to) _ = turns.Add(at);
        }

        for (DateTimeOffset? part = from; part is { } start && start <= to; part = zones.NextZone(start))
        {
            var zone = zones.ZoneAt(start);
            Add(start);
            if (ClockChange(zone, from, to) is { } jump) Add(jump);
            var until = LocalCalendar.DateOf(to, zone);
            for (var date = LocalCalendar.DateOf(from, zone).AddDays(-1); date <= until; date = date.AddDays(1))
            {
                foreach (var minute in SpansOf(date).SelectMany(span => new[] { span.From, span.To }))
                {
                    var wall = new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddMinutes(minute);
                    Add(wall - zone.GetUtcOffset(wall - Day));
                    Add(wall - zone.GetUtcOffset(wall + Day));
                }
            }
        }

        return turns;
    }

    private static DateTimeOffset? ClockChange(TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        var (before, after) = (from.UtcTicks, to.UtcTicks);
        var offset = zone.GetUtcOffset(from);
        if (zone.GetUtcOffset(to) == offset) return null;
        while (after - before > 1)
        {
            var middle = before + ((after - before) / 2);
            if (zone.GetUtcOffset(new DateTimeOffset(middle, TimeSpan.Zero)) == offset) before = middle;
            else after = middle;
        }

        return new DateTimeOffset(after, TimeSpan.Zero);
    }
}
