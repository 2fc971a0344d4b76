using Live800.Domain.Companies;
using Live800.Domain.Shared;

namespace Live800.Domain.Statistics;

/// <summary>
/// An hour of a company's clock (rule 6): the instant it began and the date it belongs to. Where clocks go back there are two hours of one name, told apart by their instant; where they go
/// forward one is missing.
/// </summary>
/// <param name="Start">The instant it began, UTC.</param>
/// <param name="Day">The date of the company's calendar.</param>
public readonly record struct StatisticsHour(DateTimeOffset Start, DateOnly Day)
{
    /// <summary>The hour an instant lies in.</summary>
    public static StatisticsHour Of(DateTimeOffset at, ZoneHistory zones)
    {
        var local = TimeZoneInfo.ConvertTime(at, zones.ZoneAt(at));
        return new(new DateTimeOffset(at.UtcTicks - (local.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero), zones.DateAt(at));
    }

    /// <summary>What the clock on the wall shows: 0 to 23.</summary>
    public int OfDay(ZoneHistory zones) => TimeZoneInfo.ConvertTime(Start, zones.ZoneAt(Start)).Hour;
}

/// <summary>From dates of a company's calendar to instants (rule 6).</summary>
public static class StatisticsCalendar
{
    /// <summary>The first instant whose date is this one or a later one.</summary>
    public static DateTimeOffset StartOf(this ZoneHistory zones, DateOnly day)
    {
        var noon = new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);
        var guess = LocalCalendar.StartOfDay(day, zones.ZoneAt(noon));
        if (zones.DateAt(guess) == day && zones.DateAt(guess.AddTicks(-1)) < day)
        {
            return guess;
        }

        // A zone changed here: the date never goes back, so the first instant can be looked for by halves.
        var (before, after) = (noon.AddDays(-4).UtcTicks, noon.AddDays(4).UtcTicks);
        while (after - before > 1)
        {
            var middle = before + ((after - before) / 2);
            if (zones.DateAt(new DateTimeOffset(middle, TimeSpan.Zero)) < day)
            {
                before = middle;
            }
            else
            {
                after = middle;
            }
        }

        return new DateTimeOffset(after, TimeSpan.Zero);
    }

    /// <summary>The instants of a period: the first one, and the first one that is no longer of it.</summary>
    public static (DateTimeOffset From, DateTimeOffset Until) InstantsOf(this ZoneHistory zones, StatisticsPeriod period) => (zones.StartOf(period.From), zones.StartOf(period.Until.AddDays(1)));

    /// <summary>All hours of a period, in order.</summary>
    public static IEnumerable<StatisticsHour> HoursOf(this ZoneHistory zones, StatisticsPeriod period)
    {
        var (at, end) = zones.InstantsOf(period);
        var last = default(DateTimeOffset?);
        while (at < end)
        {
            var hour = StatisticsHour.Of(at, zones);
            if (hour.Start != last)
            {
                yield return hour;
            }

            (last, at) = (hour.Start, hour.Start.AddHours(1) > at ? hour.Start.AddHours(1) : at.AddHours(1));
        }
    }
}
