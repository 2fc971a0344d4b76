namespace Live800.Domain.Packages;

/// <content>What dates will bring (rules 3.3, 3.6, 3.9, 3.12).</content>
public sealed partial class PackageAccount
{
    private const int LastClicks = 5;

    private static readonly (TransitionKind Kind, TimeSpan Ahead)[] EndNotices =
    [
        (TransitionKind.EndsIn7Days, TimeSpan.FromDays(7)),
        (TransitionKind.EndsIn3Days, TimeSpan.FromDays(3)),
        (TransitionKind.EndsIn1Day, TimeSpan.FromDays(1)),
    ];

    private static readonly (TransitionKind Kind, TimeSpan Ahead)[] ShrinkNotices =
    [
        (TransitionKind.SeatsShrinkIn24Hours, TimeSpan.FromHours(24)),
        (TransitionKind.SeatsShrinkIn1Hour, TimeSpan.FromHours(1)),
    ];

    /// <summary>What is in force now and at every change known by date, in order, for the buyer and the store (rule 3.3).</summary>
    public IReadOnlyList<TimelineSpan> Timeline(DateTimeOffset now, PackageRules rules)
    {
        DateTimeOffset[] starts = [now, .. Boundaries().Where(b => b > now).Distinct().Order()];
        return
        [
            .. starts.Select((from, i) =>
            {
                var then = EntitlementAt(from, rules);
                return new TimelineSpan(from, i + 1 < starts.Length ? starts[i + 1] : null, then.Kind, then.Seats, then.IsTrial);
            }),
        ];
    }

    /// <summary>
    /// Everything that dates bring after <paramref name="from"/> up to and with <paramref name="to"/>, in order, each once (rule 3.12). Any cut of the
    /// time into pieces gives the same list.
    /// </summary>
    public IReadOnlyList<DueTransition> TransitionsBetween(DateTimeOffset from, DateTimeOffset to, PackageRules rules)
    {
        var due = new HashSet<DueTransition>();
        for (var midnight = rules.Zones.NextMidnight(from); midnight <= to; midnight = rules.Zones.NextMidnight(midnight))
        {
            due.Add(new(TransitionKind.DailyQuotaReset, midnight));
        }

        foreach (var term in _terms.Where(t => t.Start < t.End))
        {
            if (!term.IsTrial)
            {
                due.Add(new(TransitionKind.TermStarted, term.Start));
            }

            due.Add(new(term.IsTrial ? TransitionKind.TrialEnded : TransitionKind.TermEnded, term.End));
            if (term.RefundedAt is null && CoveredUntil(term.End) == term.End)
            {
                due.UnionWith(EndNotices.Where(n => term.End - n.Ahead > term.Start).Select(n => new DueTransition(n.Kind, term.End - n.Ahead)));
            }
        }

        foreach (var boundary in Boundaries().Distinct())
        {
            if (SeatsAt(boundary, rules) < (SeatsAt(boundary.AddTicks(-1), rules) ?? long.MaxValue))
            {
                due.UnionWith(ShrinkNotices.Select(n => new DueTransition(n.Kind, boundary - n.Ahead)));
            }
        }

        return [.. due.Where(d => from < d.At && d.At <= to).OrderBy(d => d.At).ThenBy(d => d.Kind)];
    }

    /// <summary>What administrators are warned of at an instant (rules 3.6 and 3.9).</summary>
    public IReadOnlyList<PackageWarning> WarningsAt(DateTimeOffset now, PackageRules rules)
    {
        var entitlement = EntitlementAt(now, rules);
        var warnings = new List<PackageWarning>();
        switch (entitlement.Kind)
        {
            case PackageKind.Click:
                var left = ClicksLeft;
                var used = Math.Max(0, ClicksAfterLastCredit - left);
                if (left <= LastClicks)
                {
                    warnings.Add(PackageWarning.LastClicks);
                }

                if (used * 100 >= ClicksAfterLastCredit * 95)
                {
                    warnings.Add(PackageWarning.Clicks95Percent);
                }
                else if (used * 100 >= ClicksAfterLastCredit * 80)
                {
                    warnings.Add(PackageWarning.Clicks80Percent);
                }

                break;
            case PackageKind.Free when entitlement.AnswersLeft == 0:
                warnings.Add(PackageWarning.NoAnswersLeft);
                break;
            case PackageKind.Free when entitlement.AnswersLeft == 1:
                warnings.Add(PackageWarning.LastFreeAnswer);
                break;
            case PackageKind.Monthly:
                var rest = entitlement.Until!.Value - now;
                if (rest <= TimeSpan.FromDays(7))
                {
                    warnings.Add(rest <= TimeSpan.FromDays(1) ? PackageWarning.EndsWithin1Day
                        : rest <= TimeSpan.FromDays(3) ? PackageWarning.EndsWithin3Days
                        : PackageWarning.EndsWithin7Days);
                }

                break;
        }

        return warnings;
    }

    private long? SeatsAt(DateTimeOffset at, PackageRules rules)
    {
        var active = _terms.Where(t => t.IsActiveAt(at)).ToList();
        return active.Count > 0 ? active.Sum(t => (long)t.Seats) : ClicksLeft > 0 ? null : rules.Figures.FreeSeats;
    }
}
