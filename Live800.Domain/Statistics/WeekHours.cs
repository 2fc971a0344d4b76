using Live800.Domain.Companies;

namespace Live800.Domain.Statistics;

/// <summary>Counts by weekday and hour of the company's clock (rule 6): what tells when somebody should have been in.</summary>
public sealed class WeekHours
{
    private readonly long[] _counts = new long[7 * 24];

    /// <summary>How many on a weekday in an hour, 0 to 23.</summary>
    public long this[DayOfWeek day, int hour] => _counts[((int)day * 24) + hour];

    /// <summary>All of them.</summary>
    public long Count => _counts.Sum();

    /// <summary>How many in an hour of the day, whichever the day.</summary>
    public long OfHour(int hour) => Enumerable.Range(0, 7).Sum(day => this[(DayOfWeek)day, hour]);

    /// <summary>The most in any one hour of a week.</summary>
    public long Most => _counts.Max();

    /// <summary>The weekday and hour with the most; the first of several, from Sunday.</summary>
    public (DayOfWeek Day, int Hour) Busiest => Array.IndexOf(_counts, Most) is var at ? ((DayOfWeek)(at / 24), at % 24) : default;

    /// <summary>Counts what happened at an instant.</summary>
    public void Add(DateTimeOffset at, long count, ZoneHistory zones) => Add(zones.DateAt(at), TimeZoneInfo.ConvertTime(at, zones.ZoneAt(at)).Hour, count);

    /// <summary>Counts what happened in an hour of a date.</summary>
    public void Add(DateOnly day, int hour, long count) => _counts[((int)day.DayOfWeek * 24) + hour] += count;
}
