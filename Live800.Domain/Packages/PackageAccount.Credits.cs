using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Packages;

/// <content>What comes in and what is taken back (rules 3.3, 3.4, 3.11).</content>
public sealed partial class PackageAccount
{
    /// <summary>Gives the trial of a new company: it ends at the same local time some days later (S4.15, rule 3.4). Refusal: TrialGiven.</summary>
    public Outcome<LedgerLine> GiveTrial(OrderId order, DateTimeOffset now, PackageRules rules, LedgerSeal seal)
    {
        if (_terms.Exists(t => t.IsTrial))
        {
            return Refusal.TrialGiven;
        }

        if (HasOrder(order))
        {
            return Refusal.AlreadyFulfilled;
        }

        var at = NotBeforeLastLine(now);
        var zone = rules.Zones.ZoneAt(at);
        var end = LocalCalendar.AddDays(at, rules.Figures.TrialDays, zone);
        return AddTerm(MonthlyTerm.Make(order, CreditOrigin.Trial, rules.Figures.TrialSeats, 0, at, end, at, 0, zone.Id, "", at), at, seal);
    }

    /// <summary>Fulfils an order of clicks (S4.2). Refusals: ClicksInvalid, AlreadyFulfilled.</summary>
    public Outcome<LedgerLine> BuyClicks(OrderId order, int clicks, DateTimeOffset now, LedgerSeal seal) =>
        AddClicks(order, CreditOrigin.Order, clicks, "", now, seal);

    /// <summary>The operator gives clicks (rule 3.11). Refusals: ClicksInvalid, AlreadyFulfilled.</summary>
    public Outcome<LedgerLine> GrantClicks(OrderId grant, int clicks, string note, DateTimeOffset now, LedgerSeal seal) =>
        AddClicks(grant, CreditOrigin.Grant, clicks, note, now, seal);

    /// <summary>Fulfils an order of a term with its full length (S4.1, rules 3.3 and 3.4). Refusals: TermInvalid, AlreadyFulfilled.</summary>
    public Outcome<LedgerLine> BuyTerm(OrderId order, int seats, int months, TermStart start, DateTimeOffset now, PackageRules rules, LedgerSeal seal) =>
        AddMonths(order, CreditOrigin.Order, seats, months, start, "", now, rules, seal);

    /// <summary>The operator gives a term (rule 3.11). Refusals: TermInvalid, AlreadyFulfilled.</summary>
    public Outcome<LedgerLine> GrantTerm(OrderId grant, int seats, int months, TermStart start, string note, DateTimeOffset now, PackageRules rules, LedgerSeal seal) =>
        AddMonths(grant, CreditOrigin.Grant, seats, months, start, note, now, rules, seal);

    /// <summary>
    /// Takes back what is unused of an order: its clicks left, or its term's rest from now (rule 3.11); answers already taken stay.
    /// Refusals: OrderUnknown, NothingToRefund.
    /// </summary>
    public Outcome<LedgerLine> Refund(OrderId order, DateTimeOffset now, LedgerSeal seal)
    {
        var at = NotBeforeLastLine(now);
        if (_credits.Find(c => c.OrderId == order) is { } credit)
        {
            var left = credit.Left;
            if (left == 0)
            {
                return Refusal.NothingToRefund;
            }

            credit.Refunded += left;
            ClicksAfterLastCredit = Math.Max(0, ClicksAfterLastCredit - left);
            return Append(LedgerLine.Refund(CompanyId, order, left, null), at, ClicksLeft, seal);
        }

        if (_terms.Find(t => t.OrderId == order) is not { } term)
        {
            return Refusal.OrderUnknown;
        }

        var end = at > term.Start ? at : term.Start;
        if (end >= term.End)
        {
            return Refusal.NothingToRefund;
        }

        term.End = end;
        term.RefundedAt = at;
        return Append(LedgerLine.Refund(CompanyId, order, 0, term), at, ClicksLeft, seal);
    }

    /// <summary>When a term bought now would begin and end (rules 3.3 and 3.4).</summary>
    public (DateTimeOffset Start, DateTimeOffset End) PreviewTerm(int months, TermStart start, DateTimeOffset now, PackageRules rules)
    {
        var at = NotBeforeLastLine(now);
        var from = StartOf(start, at);
        return (from, EndOf(from, months, rules).End);
    }

    private Outcome<LedgerLine> AddClicks(OrderId order, CreditOrigin origin, int clicks, string note, DateTimeOffset now, LedgerSeal seal)
    {
        if (clicks is < 1 or > ClicksLimit)
        {
            return Refusal.ClicksInvalid;
        }

        if (HasOrder(order))
        {
            return Refusal.AlreadyFulfilled;
        }

        var at = NotBeforeLastLine(now);
        _credits.Add(new ClickCredit(order, origin, clicks, MessageText.Line(note, NoteLimit), LedgerNumber + 1, at));
        ClicksAfterLastCredit = ClicksLeft;
        return Append(LedgerLine.Credit(CompanyId, order, origin, clicks, null), at, ClicksLeft, seal);
    }

    private Outcome<LedgerLine> AddMonths(
        OrderId order, CreditOrigin origin, int seats, int months, TermStart start, string note, DateTimeOffset now, PackageRules rules, LedgerSeal seal)
    {
        if (seats is < 1 or > SeatsLimit || months is < 1 or > MonthsLimit || start.Date - now > Order.FarthestStart)
        {
            return Refusal.TermInvalid;
        }

        if (HasOrder(order))
        {
            return Refusal.AlreadyFulfilled;
        }

        var at = NotBeforeLastLine(now);
        var from = StartOf(start, at);
        var (end, anchor, monthsFromAnchor, zoneId) = EndOf(from, months, rules);
        var term = MonthlyTerm.Make(order, origin, seats, months, from, end, anchor, monthsFromAnchor, zoneId, MessageText.Line(note, NoteLimit), at);
        return AddTerm(term, at, seal);
    }

    private LedgerLine AddTerm(MonthlyTerm term, DateTimeOffset at, LedgerSeal seal)
    {
        _terms.Add(term);
        return Append(LedgerLine.Credit(CompanyId, term.OrderId, term.Origin, 0, term), at, ClicksLeft, seal);
    }

    private DateTimeOffset StartOf(TermStart start, DateTimeOffset at)
    {
        var chosen = start.IsAfterCurrent ? CoveredUntil(at) : start.Date ?? at;
        return (chosen > at ? chosen : at).ToUniversalTime();
    }

    /// <summary>A term that begins exactly where another ends goes on counting from that one's first start (rule 3.4); of several, the one that reaches farthest.</summary>
    private (DateTimeOffset End, DateTimeOffset Anchor, int MonthsFromAnchor, string ZoneId) EndOf(DateTimeOffset start, int months, PackageRules rules)
    {
        var zone = rules.Zones.ZoneAt(start);
        var fresh = (End: LocalCalendar.AddMonths(start, months, zone), Anchor: start, MonthsFromAnchor: months, ZoneId: zone.Id);
        return _terms
            .Where(t => !t.IsTrial && t.RefundedAt is null && t.End == start)
            .Select(t => (
                End: LocalCalendar.AddMonths(t.Anchor, t.MonthsFromAnchor + months, TimeZoneInfo.FindSystemTimeZoneById(t.ZoneId)),
                t.Anchor,
                MonthsFromAnchor: t.MonthsFromAnchor + months,
                t.ZoneId))
            .OrderByDescending(c => c.End)
            .Append(fresh)
            .First();
    }

    private bool HasOrder(OrderId order) => _credits.Exists(c => c.OrderId == order) || _terms.Exists(t => t.OrderId == order);
}
