namespace Live800.Domain.Shared;

/// <summary>
/// From wall clocks to instants and back (rule 3.4): a local time that is skipped becomes the next valid instant, a doubled one the first of the two.
/// </summary>
public static class LocalCalendar
{
    /// <summary>The date a wall clock shows at an instant.</summary>
    public static DateOnly DateOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>The first instant of a date.</summary>
    public static DateTimeOffset StartOfDay(DateOnly date, TimeZoneInfo zone) => InstantOf(date.ToDateTime(TimeOnly.MinValue), zone);

    /// <summary>The instant of a wall clock's time.</summary>
    public static DateTimeOffset InstantOf(DateTime local, TimeZoneInfo zone)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var guess = new DateTimeOffset(local, TimeSpan.Zero);

        // Only instants are asked for their offset: IsAmbiguousTime and IsInvalidTime are wrong in the last millisecond before a change at midnight.
        var before = guess - zone.GetUtcOffset(guess.AddDays(-1));
        var after = guess - zone.GetUtcOffset(guess.AddDays(1));
        var (first, second) = before <= after ? (before, after) : (after, before);
        return Shows(first) ? first : Shows(second) ? second : EndOfGap(local, zone);

        bool Shows(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).DateTime == local;
    }

    /// <summary>The same wall-clock time a number of days later.</summary>
    public static DateTimeOffset AddDays(DateTimeOffset from, int days, TimeZoneInfo zone) =>
        InstantOf(TimeZoneInfo.ConvertTime(from, zone).DateTime.AddDays(days), zone);

    /// <summary>The same wall-clock time a number of calendar months later; a day the month does not have becomes its last.</summary>
    public static DateTimeOffset AddMonths(DateTimeOffset from, int months, TimeZoneInfo zone) =>
        InstantOf(TimeZoneInfo.ConvertTime(from, zone).DateTime.AddMonths(months), zone);

    private static DateTimeOffset EndOfGap(DateTime local, TimeZoneInfo zone)
    {
        // The clock jumps somewhere between these two: before it the wall shows less than the wanted time, from it on more.
        var before = new DateTimeOffset(local, TimeSpan.Zero).AddHours(-26).UtcTicks;
        var after = new DateTimeOffset(local, TimeSpan.Zero).AddHours(26).UtcTicks;
        while (after - before > 1)
        {
            var middle = before + ((after - before) / 2);
            if (TimeZoneInfo.ConvertTimeFromUtc(new DateTime(middle, DateTimeKind.Utc), zone) < local)
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
}
