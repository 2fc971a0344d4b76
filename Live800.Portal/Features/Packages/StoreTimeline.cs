using Live800.Domain.Packages;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Packages;

/// <summary>What is in force from one instant to the next; in the future also where it is only estimated.</summary>
/// <param name="From">First instant.</param>
/// <param name="To">First instant after it; nothing when no end is known.</param>
/// <param name="Kind">The kind in force.</param>
/// <param name="Seats">Seats; nothing is unlimited.</param>
/// <param name="IsTrial">Whether it is the trial alone.</param>
/// <param name="Frozen">Clicks that lie untouched meanwhile.</param>
/// <param name="Clicks">Under click: clicks there at its beginning.</param>
/// <param name="EndIsEstimated">Whether it ends because the clicks are used up at the pace of the last 30 days.</param>
/// <param name="StartIsEstimated">Whether it begins at such an estimate.</param>
public sealed record StoreSpan(
    DateTimeOffset From, DateTimeOffset? To, PackageKind Kind, long? Seats, bool IsTrial, long Frozen, long Clicks, bool EndIsEstimated, bool StartIsEstimated);

/// <summary>
/// The picture of when what is used (rules 3.1 to 3.3): the terms in lanes, the clicks frozen and thawed, what follows. Where the clicks end is an estimate at the company's own
/// pace of the last 30 days, and shown as one; without a pace it is not guessed.
/// </summary>
public sealed class StoreTimeline
{
    private const int MonthsShown = 6;
    private const int MonthsAtMost = 72;
    private static readonly TimeSpan ShortestShown = TimeSpan.FromDays(1);

    private StoreTimeline(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, TimeZoneInfo zone, IReadOnlyList<IReadOnlyList<MonthlyTerm>> lanes, IReadOnlyList<StoreSpan> spans, OrderId? added)
    {
        (From, To, Now, Zone, Lanes, Spans, Added) = (from, to, now, zone, lanes, spans, added);
    }

    /// <summary>The left edge: the first of this month.</summary>
    public DateTimeOffset From { get; }

    /// <summary>The right edge: a first of a month.</summary>
    public DateTimeOffset To { get; }

    public DateTimeOffset Now { get; }

    public TimeZoneInfo Zone { get; }

    /// <summary>Terms that do not overlap stand in one lane.</summary>
    public IReadOnlyList<IReadOnlyList<MonthlyTerm>> Lanes { get; }

    /// <summary>From now on, one after the other; the last has no end.</summary>
    public IReadOnlyList<StoreSpan> Spans { get; }

    /// <summary>The term that is only tried out, at the checkout.</summary>
    public OrderId? Added { get; }

    /// <summary>The firsts of the months between the edges, so many that their names have room.</summary>
    public IReadOnlyList<DateTimeOffset> Months
    {
        get
        {
            var all = MonthsFrom(From).TakeWhile(month => month < To).ToList();
            var step = (all.Count + 8) / 9;
            return [.. all.Where((_, i) => i % step == 0)];
        }
    }

    /// <summary>Draws an account as dates alone know it.</summary>
    /// <param name="account">Read for this picture; at the checkout with the purchase tried out on it.</param>
    /// <param name="clicksPerDay">The pace of the last 30 days, or nothing when there is none to speak of.</param>
    /// <param name="added">The order that is only tried out.</param>
    public static StoreTimeline Of(PackageAccount account, PackageRules rules, DateTimeOffset now, double? clicksPerDay, OrderId? added = null)
    {
        var zone = rules.Zones.ZoneAt(now);
        var today = TimeZoneInfo.ConvertTime(now, zone);
        var from = LocalCalendar.InstantOf(new DateTime(today.Year, today.Month, 1), zone);
        // A term taken back within its first hours is no time anybody had.
        var terms = account.Terms.Where(term => (term.End > now && term.Start < term.End) || (term.End > from && term.End - term.Start >= ShortestShown)).OrderBy(term => term.Start).ThenByDescending(term => term.End).ToList();
        var spans = SpansOf(account, rules, now, clicksPerDay);
        var last = terms.Select(term => term.End).Concat(spans.Select(span => span.From)).Append(now).Max();
        var to = LocalCalendar.AddMonths(from, MonthsShown, zone);
        for (var months = MonthsShown + 1; to < last.AddDays(20) && months <= MonthsAtMost; months++) to = LocalCalendar.AddMonths(from, months, zone);
        return new StoreTimeline(from, to, now, zone, LanesOf(terms), spans, added);
    }

    /// <summary>Where an instant lies between the edges, in per cent.</summary>
    public double At(DateTimeOffset instant) => Math.Clamp(100.0 * (instant - From).Ticks / (To - From).Ticks, 0, 100);

    private IEnumerable<DateTimeOffset> MonthsFrom(DateTimeOffset first)
    {
        for (var i = 0; ; i++) yield return LocalCalendar.AddMonths(first, i, Zone);
    }

    private static List<List<MonthlyTerm>> LanesOf(List<MonthlyTerm> terms)
    {
        var lanes = new List<List<MonthlyTerm>>();
        foreach (var term in terms)
        {
            var lane = lanes.Find(taken => taken[^1].End <= term.Start);
            if (lane is null) lanes.Add(lane = []);
            lane.Add(term);
        }

        return lanes;
    }

    private static List<StoreSpan> SpansOf(PackageAccount account, PackageRules rules, DateTimeOffset now, double? clicksPerDay)
    {
        var spans = new List<StoreSpan>();
        var clicks = account.ClicksLeft;
        var isEstimated = false;
        foreach (var span in account.Timeline(now, rules))
        {
            if (span.Kind == PackageKind.Monthly)
            {
                spans.Add(new StoreSpan(span.From, span.To, span.Kind, span.Seats, span.IsTrial, clicks, 0, false, false));
                continue;
            }

            var from = span.From;
            if (clicks > 0)
            {
                var usedUp = clicksPerDay is { } pace ? SafeAdd(from, clicks / pace) : null;
                if (usedUp is null || usedUp >= span.To)
                {
                    spans.Add(new StoreSpan(from, span.To, PackageKind.Click, null, false, 0, clicks, false, isEstimated));
                    if (span.To is { } end && clicksPerDay is { } rate)
                    {
                        clicks = Math.Max(1, clicks - (long)((end - from).TotalDays * rate));
                        isEstimated = true;
                    }

                    continue;
                }

                spans.Add(new StoreSpan(from, usedUp, PackageKind.Click, null, false, 0, clicks, true, false));
                (from, clicks) = (usedUp.Value, 0);
                isEstimated = true;
            }

            spans.Add(new StoreSpan(from, span.To, PackageKind.Free, rules.Figures.FreeSeats, false, 0, 0, false, from != span.From));
        }

        return spans;
    }

    private static DateTimeOffset? SafeAdd(DateTimeOffset from, double days) => days > 3_660 ? null : from.AddDays(days);
}
