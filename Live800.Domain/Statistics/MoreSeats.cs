namespace Live800.Domain.Statistics;

/// <summary>An hour in which seats were short.</summary>
/// <param name="Hour">The hour of the company's clock.</param>
/// <param name="Refused">Agents who were refused a seat in it, each once.</param>
/// <param name="Missed">Requests missed in it because all seats were taken.</param>
public readonly record struct ShortHour(StatisticsHour Hour, int Refused, long Missed)
{
    /// <summary>How many more seats it wanted: one for each refused agent; at least one, since somebody was missed.</summary>
    public int Wanted => Math.Max(1, Refused);
}

/// <summary>What so many more seats would have caught.</summary>
/// <param name="Seats">How many more.</param>
/// <param name="Hours">Hours in which that would have been enough.</param>
/// <param name="Missed">Requests missed in those hours because all seats were taken.</param>
public readonly record struct MoreSeatsCatch(int Seats, int Hours, long Missed);

/// <summary>
/// What more seats would have caught (rule 6). This is an estimate 估计 and is shown as one: of every hour in which a seat was refused or a request missed for want of a seat, it takes that as many
/// seats were wanted as different agents were refused in it, at least one, and that with those seats the requests missed in that hour for that reason would have been answered. It does not know
/// whether the agents would have stayed, or how many visitors one of them can talk to at once.
/// </summary>
public static class MoreSeats
{
    /// <summary>Most further seats that are looked at.</summary>
    public const int Most = 10;

    /// <summary>For one more seat, two, three and so on: each line holds what the line before holds too. Ends with the number that would have been enough for all, <see cref="Most"/> at most.</summary>
    public static IReadOnlyList<MoreSeatsCatch> Of(IReadOnlyCollection<ShortHour> hours) => hours.Count == 0
        ? []
        : [.. Enumerable.Range(1, Math.Min(Most, hours.Max(hour => hour.Wanted))).Select(seats =>
        {
            var enough = hours.Where(hour => hour.Wanted <= seats).ToList();
            return new MoreSeatsCatch(seats, enough.Count, enough.Sum(hour => hour.Missed));
        })];
}
