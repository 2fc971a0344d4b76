using Live800.Domain.Packages;

namespace Live800.Domain.Statistics;

/// <summary>
/// How many seats were in force when (rules 3.3, 3.8 and 6), told by the ledger: terms by their dates, clicks by the balance after its lines. The seats of the free package are today's figure; what
/// they were is not kept.
/// </summary>
public sealed class SeatHistory
{
    private readonly IReadOnlyList<MonthlyTerm> _terms;
    private readonly List<(DateTimeOffset From, bool HasClicks)> _clicks;
    private readonly long _free;
    private readonly List<DateTimeOffset> _turns;

    /// <summary>From a company's terms and the turns of its click balance, in order.</summary>
    /// <param name="clicks">From when on there were clicks, or none any more.</param>
    /// <param name="freeSeats">Seats of the free package.</param>
    public SeatHistory(IReadOnlyList<MonthlyTerm> terms, IEnumerable<(DateTimeOffset From, bool HasClicks)> clicks, long freeSeats)
    {
        (_terms, _clicks, _free) = (terms, [.. clicks], freeSeats);
        _turns = [.. terms.Where(term => term.Start < term.End).SelectMany(term => new[] { term.Start, term.End }).Concat(_clicks.Select(turn => turn.From)).Distinct().Order()];
    }

    /// <summary>Seats in force at an instant; nothing is unlimited.</summary>
    public long? At(DateTimeOffset at)
    {
        var active = _terms.Where(term => term.IsActiveAt(at)).ToList();
        return active.Count > 0 ? active.Sum(term => (long)term.Seats) : _clicks.FindLast(turn => turn.From <= at).HasClicks ? null : _free;
    }

    /// <summary>The fewest and the most that were in force within a stretch of time; nothing is unlimited.</summary>
    public (long? Fewest, long? Most) Within(DateTimeOffset from, DateTimeOffset until)
    {
        var seen = _turns.Where(turn => turn > from && turn < until).Select(At).Prepend(At(from)).ToList();
        return (seen.Min(seats => seats ?? long.MaxValue) is var fewest && fewest == long.MaxValue ? null : fewest, seen.Contains(null) ? null : seen.Max());
    }
}
