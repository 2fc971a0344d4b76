using Live800.Domain.Conversations;

namespace Live800.Domain.Statistics;

/// <summary>How content visitors were 满意度 (rule 6): satisfied are those who gave 4 or 5, of all who rated; who did not rate counts nowhere.</summary>
public sealed record RatingSpread
{
    /// <summary>From here on a visitor is satisfied.</summary>
    public const int SatisfiedFrom = 4;

    /// <summary>Nobody rated.</summary>
    public static readonly RatingSpread None = new([]);

    private readonly long[] _counts = new long[ConversationRating.Most + 1];

    /// <summary>From how often each score was given.</summary>
    public RatingSpread(IEnumerable<(int Score, long Count)> scores)
    {
        foreach (var (score, count) in scores)
        {
            _counts[score] += count;
        }
    }

    /// <summary>How often a score was given, 1 to 5.</summary>
    public long this[int score] => _counts[score];

    /// <summary>How many rated.</summary>
    public long Count => _counts.Sum();

    /// <summary>How many are satisfied.</summary>
    public long Satisfied => _counts[SatisfiedFrom..].Sum();

    /// <summary>The share of the satisfied, 0 to 1; nothing where nobody rated.</summary>
    public double? Share => Count == 0 ? null : (double)Satisfied / Count;

    /// <summary>The mean score; nothing where nobody rated.</summary>
    public double? Mean => Count == 0 ? null : (double)_counts.Select((count, score) => count * score).Sum() / Count;

    /// <inheritdoc/>
    public bool Equals(RatingSpread? other) => other is not null && _counts.AsSpan().SequenceEqual(other._counts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_counts[1], _counts[2], _counts[3], _counts[4], _counts[5]);
}
