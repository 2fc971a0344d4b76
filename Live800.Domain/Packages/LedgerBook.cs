using Live800.Domain.Shared;

namespace Live800.Domain.Packages;

/// <summary>The balances as the ledger's lines alone tell them: what verification compares each line and the account with (rule 2.3).</summary>
internal sealed class LedgerBook
{
    private readonly List<Clicks> _clicks = [];
    private readonly Dictionary<OrderId, Term> _terms = [];
    private readonly HashSet<ConversationId> _answered = [];
    private DateTimeOffset _lastAt = DateTimeOffset.MinValue;
    private DateOnly? _freeDay;
    private int _freeUsed;
    private long _left;

    /// <summary>Enters the next line; false when it does not follow from those before.</summary>
    public bool Enter(LedgerLine line)
    {
        if (line.At < _lastAt)
        {
            return false;
        }

        _lastAt = line.At;
        return line.Kind switch
        {
            LedgerKind.Credit => Credit(line),
            LedgerKind.Refund => Refund(line),
            LedgerKind.Answer => Answer(line),
            _ => false,
        };
    }

    /// <summary>The line whose effect the account does not show, or nothing.</summary>
    public long? FirstDifference(PackageAccount account)
    {
        var credits = account.Credits.ToDictionary(c => c.OrderId);
        foreach (var mine in _clicks)
        {
            if (!credits.Remove(mine.Order, out var theirs) || theirs.Bought != mine.Bought || theirs.Used != mine.Used || theirs.Refunded != mine.Refunded)
            {
                return mine.Line;
            }
        }

        var terms = account.Terms.ToDictionary(t => t.OrderId);
        foreach (var (order, mine) in _terms)
        {
            if (!terms.Remove(order, out var theirs) || theirs.Seats != mine.Seats || theirs.Start != mine.Start || theirs.End != mine.End)
            {
                return mine.Line;
            }
        }

        var same = credits.Count == 0 && terms.Count == 0 && account.FreeDay == _freeDay && account.FreeUsed == _freeUsed;
        return same ? null : account.LedgerNumber;
    }

    private bool Credit(LedgerLine line)
    {
        if (line.OrderId is not { } order || line.Origin is null || _terms.ContainsKey(order) || _clicks.Exists(c => c.Order == order))
        {
            return false;
        }

        if (line.Clicks > 0)
        {
            _clicks.Add(new Clicks(line.Number, order, line.Clicks));
            _left += line.Clicks;
        }
        else if (line is { Seats: > 0, TermStart: { } start, TermEnd: { } end } && start < end)
        {
            _terms.Add(order, new Term(line.Number, line.Seats, start, end));
        }
        else
        {
            return false;
        }

        return line.BalanceAfter == _left;
    }

    private bool Refund(LedgerLine line)
    {
        if (line.OrderId is not { } order)
        {
            return false;
        }

        if (_clicks.Find(c => c.Order == order) is { } clicks)
        {
            if (line.Clicks != clicks.Left || clicks.Left == 0)
            {
                return false;
            }

            clicks.Refunded += line.Clicks;
            _left -= line.Clicks;
            return line.BalanceAfter == _left;
        }

        if (!_terms.TryGetValue(order, out var term) || line.Seats != term.Seats || line.TermStart != term.Start)
        {
            return false;
        }

        var end = line.At > term.Start ? line.At : term.Start;
        if (line.TermEnd != end || end >= term.End)
        {
            return false;
        }

        _terms[order] = term with { End = end };
        return line.BalanceAfter == _left;
    }

    private bool Answer(LedgerLine line)
    {
        if (line.ConversationId is not { } conversation || line.Way is null || line.AgentId is null || !_answered.Add(conversation))
        {
            return false;
        }

        if (_terms.Values.Any(t => t.Start <= line.At && line.At < t.End))
        {
            return line.Charged == PackageKind.Monthly && line.BalanceAfter == _left;
        }

        if (_left > 0)
        {
            var oldest = _clicks.First(c => c.Left > 0);
            oldest.Used++;
            _left--;
            return line.Charged == PackageKind.Click && line.OrderId == oldest.Order && line.BalanceAfter == _left;
        }

        if (line is not { Charged: PackageKind.Free, FreeDay: { } day, FreePerDay: { } perDay } || day < _freeDay)
        {
            return false;
        }

        _freeUsed = day == _freeDay ? _freeUsed + 1 : 1;
        _freeDay = day;
        return _freeUsed <= perDay && line.BalanceAfter == perDay - _freeUsed;
    }

    private sealed class Clicks(long line, OrderId order, int bought)
    {
        public long Line => line;

        public OrderId Order => order;

        public int Bought => bought;

        public int Used { get; set; }

        public int Refunded { get; set; }

        public int Left => bought - Used - Refunded;
    }

    private sealed record Term(long Line, int Seats, DateTimeOffset Start, DateTimeOffset End);
}
