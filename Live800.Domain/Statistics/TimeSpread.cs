namespace Live800.Domain.Statistics;

/// <summary>How often a length of time came up.</summary>
/// <param name="Seconds">Whole seconds.</param>
/// <param name="Count">How often.</param>
/// <param name="Ticks">All of them together, exactly.</param>
public readonly record struct TimeCount(long Seconds, long Count, long Ticks);

/// <summary>
/// How long something took (rule 6): from all lengths, none left out. The median is the shortest length that half of them do not exceed, 90 % likewise: one that came up, to the second; nothing is
/// put between two. The mean is exact.
/// </summary>
/// <param name="Count">How many; 0 where there is nothing, and then the others mean nothing.</param>
public sealed record TimeSpread(long Count, TimeSpan Mean, TimeSpan Median, TimeSpan Ninety, TimeSpan Longest)
{
    /// <summary>Nothing took any time.</summary>
    public static readonly TimeSpread None = new(0, default, default, default, default);

    /// <summary>From how often each length came up, in any order.</summary>
    public static TimeSpread Of(IReadOnlyCollection<TimeCount> lengths) =>
        Of(lengths.Select(length => KeyValuePair.Create(length.Seconds, length.Count)), lengths.Aggregate(default(Int128), (sum, length) => sum + length.Ticks));

    internal static TimeSpread Of(IEnumerable<KeyValuePair<long, long>> lengths, Int128 ticks)
    {
        var sorted = lengths.Where(length => length.Value > 0).OrderBy(length => length.Key).ToList();
        var count = sorted.Sum(length => length.Value);
        return count == 0 ? None : new TimeSpread(count, new TimeSpan((long)(ticks / count)), At(50), At(90), TimeSpan.FromSeconds(sorted[^1].Key));

        TimeSpan At(int percent)
        {
            var rank = ((count * percent) + 99) / 100;
            foreach (var (seconds, times) in sorted)
            {
                rank -= times;
                if (rank <= 0)
                {
                    return TimeSpan.FromSeconds(seconds);
                }
            }

            throw new InvalidOperationException("Fewer lengths than were counted.");
        }
    }
}
