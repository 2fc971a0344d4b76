namespace Live800.Domain.Packages;

/// <content>What the use of answers brings, and which of all transitions the company's administrators are written (rules 3.6, 3.9, 3.12).</content>
public sealed partial class PackageAccount
{
    /// <summary>A letter about a day's free answers comes again after this long without such a day.</summary>
    public static readonly TimeSpan FreeLetterRest = TimeSpan.FromDays(7);

    /// <summary>From the gentlest to the last: who was told of one is not told of a gentler one about the same clicks.</summary>
    private static readonly TransitionKind[] ClickWarnings = [TransitionKind.Clicks80Percent, TransitionKind.Clicks95Percent, TransitionKind.LastClicks, TransitionKind.ClicksUsedUp];

    /// <summary>
    /// What the use of answers has brought by now (rule 3.6): each is dated by what it belongs to, the last credit of clicks or the company's day, and so
    /// comes once for it however often it is asked.
    /// </summary>
    public IReadOnlyList<DueTransition> UseTransitionsAt(DateTimeOffset now, PackageRules rules)
    {
        var due = new List<DueTransition>();
        var entitlement = EntitlementAt(now, rules);
        if (_credits.Count > 0)
        {
            var last = Credits[^1];
            var (left, of) = (ClicksLeft, ClicksAfterLastCredit);
            var used = of - left;
            void Add(TransitionKind kind) => due.Add(new(kind, last.CreditedAt));
            if (left == 0)
            {
                // What a refund took back was told with the refund.
                if (last.Refunded == 0)
                {
                    Add(TransitionKind.ClicksUsedUp);
                }
            }
            else if (entitlement.Kind == PackageKind.Click && used > 0)
            {
                if (used * 100 >= of * 80)
                {
                    Add(TransitionKind.Clicks80Percent);
                }

                if (used * 100 >= of * 95)
                {
                    Add(TransitionKind.Clicks95Percent);
                }

                if (left <= LastClicks)
                {
                    Add(TransitionKind.LastClicks);
                }
            }
        }

        if (entitlement is { Kind: PackageKind.Free, FreeUsed: > 0, AnswersLeft: 0 or 1 })
        {
            due.Add(new(entitlement.AnswersLeft == 0 ? TransitionKind.NoAnswersLeft : TransitionKind.LastFreeAnswer, MidnightBefore(now, rules)));
        }

        return due;
    }

    /// <summary>
    /// Of transitions just recorded those that administrators are written about: only what is still true now, and of several about one thing the nearest one.
    /// A refund, a renewal and a later interval speak for themselves.
    /// </summary>
    /// <param name="recorded">What was recorded now.</param>
    /// <param name="before">What was recorded of <see cref="UseTransitionsAt"/> before.</param>
    /// <param name="now">The instant of writing.</param>
    /// <param name="rules">Figures and calendar.</param>
    public IReadOnlyList<DueTransition> WorthTelling(IReadOnlyCollection<DueTransition> recorded, IReadOnlyCollection<DueTransition> before, DateTimeOffset now, PackageRules rules)
    {
        var told = new List<DueTransition>();
        var isMonthly = EntitlementAt(now, rules).Kind == PackageKind.Monthly;
        var covered = CoveredUntil(now);
        var ends = Ahead(recorded, EndNotices).Where(notice => isMonthly && notice.At == covered).OrderBy(notice => notice.At - notice.Due.At).Take(1).ToList();
        told.AddRange(ends.Select(notice => notice.Due));
        // The letter about an end says what becomes of the seats.
        told.AddRange(Ahead(recorded, ShrinkNotices)
            .Where(notice => notice.At > now && !ends.Exists(end => end.At == notice.At) && SeatsAt(notice.At, rules) < (SeatsAt(notice.At.AddTicks(-1), rules) ?? long.MaxValue))
            .GroupBy(notice => notice.At)
            .Select(same => same.MinBy(notice => notice.At - notice.Due.At).Due));
        var lastEnd = _terms.Where(term => term.Start < term.End && term.End <= now).Select(term => term.End).DefaultIfEmpty().Max();
        told.AddRange(recorded
            .Where(due => !isMonthly && due.At == lastEnd && _terms.Exists(term => term.End == due.At && term.RefundedAt is null && due.Kind == (term.IsTrial ? TransitionKind.TrialEnded : TransitionKind.TermEnded)))
            .Take(1));

        var holds = recorded.Intersect(UseTransitionsAt(now, rules)).ToList();
        var clicks = holds.Where(due => Array.IndexOf(ClickWarnings, due.Kind) >= 0).OrderByDescending(due => Array.IndexOf(ClickWarnings, due.Kind)).Take(1)
            .Where(due => !isMonthly && !before.Any(old => old.At == due.At && Array.IndexOf(ClickWarnings, old.Kind) > Array.IndexOf(ClickWarnings, due.Kind)));
        told.AddRange(clicks);
        told.AddRange(holds.Where(due => due.Kind is TransitionKind.LastFreeAnswer or TransitionKind.NoAnswersLeft
            && !before.Any(old => old.Kind == due.Kind && old.At < due.At && due.At - old.At <= FreeLetterRest)));
        return told;
    }

    private static IEnumerable<(DueTransition Due, DateTimeOffset At)> Ahead(IEnumerable<DueTransition> recorded, (TransitionKind Kind, TimeSpan Ahead)[] notices) =>
        from due in recorded
        from notice in notices
        where notice.Kind == due.Kind
        select (due, due.At + notice.Ahead);

    private static DateTimeOffset MidnightBefore(DateTimeOffset now, PackageRules rules)
    {
        var midnight = rules.Zones.NextMidnight(now.AddDays(-2));
        for (var next = rules.Zones.NextMidnight(midnight); next <= now; next = rules.Zones.NextMidnight(next))
        {
            midnight = next;
        }

        return midnight;
    }
}
