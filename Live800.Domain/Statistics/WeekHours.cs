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

    /// <summary>Counts what happened at an instant.</summary>
    public void Add(DateTimeOffset at, long count, ZoneHistory zones) => _counts[((int)zones.DateAt(at).DayOfWeek * 24) + TimeZoneInfo.ConvertTime(at, zones.ZoneAt(at)).Hour] += count;
}
