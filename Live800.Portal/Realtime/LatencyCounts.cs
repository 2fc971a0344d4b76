namespace Live800.Portal.Realtime;

/// <summary>
/// Counts how long things took, in steps of nine hundredths from a tenth of a millisecond to a hundred seconds. Counting neither locks nor allocates; the counts only grow, so that
/// whoever keeps two readings knows what was between them.
/// </summary>
public sealed class LatencyCounts
{
    private const int PerOctave = 8;
    private const int Octaves = 20;
    private const double Least = 0.0001;

    private readonly long[] _counts = new long[(PerOctave * Octaves) + 1];

    public void Count(TimeSpan took) => Interlocked.Increment(ref _counts[StepOf(took.TotalSeconds)]);

    /// <summary>The counts as they are now.</summary>
    public Reading Read() => new([.. _counts]);

    private static int StepOf(double seconds) =>
        seconds <= Least ? 0 : Math.Min(PerOctave * Octaves, (int)Math.Ceiling(Math.Log2(seconds / Least) * PerOctave));

    /// <summary>What was counted up to an instant.</summary>
    public sealed class Reading
    {
        private readonly long[] _counts;

        internal Reading(long[] counts)
        {
            _counts = counts;
            Total = counts.Sum();
        }

        public long Total { get; }

        /// <summary>How many were counted since an earlier reading.</summary>
        public long Since(Reading? before) => Total - (before?.Total ?? 0);

        /// <summary>What the given share of those since an earlier reading stayed below; null where there were none.</summary>
        public TimeSpan? Percentile(double share, Reading? before)
        {
            var all = Since(before);
            if (all <= 0) return null;
            var wanted = (long)Math.Ceiling(all * share);
            var seen = 0L;
            for (var step = 0; step < _counts.Length; step++)
            {
                seen += _counts[step] - (before?._counts[step] ?? 0);
                if (seen >= wanted) return TimeSpan.FromSeconds(Least * Math.Pow(2, (double)step / PerOctave));
            }

            return null;
        }
    }
}
