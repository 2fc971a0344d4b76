using System.Collections.Concurrent;

namespace Live800.Portal.Tests.Domain.Packages;

/// <summary>
/// A deliberately simple second opinion on PRODUCT section 3: a list of facts, everything recomputed from it at every question, nothing of the domain's code.
/// Wall clocks are searched for, not calculated; every zone used here changes its clock on a quarter of an hour.
/// </summary>
internal sealed class NaiveCompany(string zone, DateTimeOffset registered)
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private static readonly ConcurrentDictionary<string, TimeZoneInfo> Known = new();

    private readonly List<(string Zone, DateTimeOffset From)> _zones = [(zone, registered)];
    private readonly List<Fact> _facts = [];

    private enum What
    {
        Term,
        Clicks,
        Refund,
        Answer,
    }

    public int Answers => _facts.Count(f => f.What == What.Answer);

    public IEnumerable<DateTimeOffset> Ends => Terms(_facts.Count).Select(t => EndOf(t, _facts.Count));

    public IEnumerable<DateTimeOffset> Starts => Terms(_facts.Count).Select(t => t.Start);

    public void GiveTrial(long order, DateTimeOffset now) =>
        _facts.Add(new(What.Term, now, order, 0, new(order, true, 2, now, First(Wall(now, ZoneAt(now)).AddDays(7), ZoneAt(now)), default, 0, "")));

    public void BuyClicks(long order, int count, DateTimeOffset now) => _facts.Add(new(What.Clicks, now, order, count, null));

    public void BuyTerm(long order, int seats, int months, DateTimeOffset? chosen, bool afterCurrent, DateTimeOffset now)
    {
        var start = afterCurrent ? Covered(now) : chosen is { } date && date > now ? date : now;
        var best = Term(start, months, ZoneAt(start));
        var found = false;
        foreach (var before in Terms(_facts.Count).Where(t => !t.Trial && EndOf(t, _facts.Count) == start && !_facts.Exists(f => f.What == What.Refund && f.Order == t.Order)))
        {
            var longer = Term(before.Anchor, before.AnchorMonths + months, before.AnchorZone);
            best = !found || longer.End > best.End ? longer : best;
            found = true;
        }

        _facts.Add(new(What.Term, now, order, 0, new(order, false, seats, start, best.End, best.Anchor, best.Months, best.Zone)));

        static (DateTimeOffset End, DateTimeOffset Anchor, int Months, string Zone) Term(DateTimeOffset anchor, int months, string zone)
        {
            var from = Wall(anchor, zone);
            var month = (from.Year * 12) + from.Month - 1 + months;
            var day = Math.Min(from.Day, DateTime.DaysInMonth(month / 12, (month % 12) + 1));
            return (First(new DateTime(month / 12, (month % 12) + 1, day).Add(from.TimeOfDay), zone), anchor, months, zone);
        }
    }

    /// <summary>Whether there was anything to take back.</summary>
    public bool Refund(long order, DateTimeOffset now)
    {
        var all = _facts.Count;
        var unused = Terms(all).Any(t => t.Order == order && now < EndOf(t, all) && t.Start < EndOf(t, all)) || Balances(now, all).Left.GetValueOrDefault(order) > 0;
        if (unused)
        {
            _facts.Add(new(What.Refund, now, order, 0, null));
        }

        return unused;
    }

    public void WishZone(string wish, DateTimeOffset now)
    {
        _zones.RemoveAll(s => s.From > now);
        var (current, since) = _zones[^1];
        if (wish == current)
        {
            return;
        }

        var earliest = _zones.Count == 1 || since.AddHours(24) < now ? now : since.AddHours(24);
        var midnight = OnTheQuarter(earliest);
        while (midnight < earliest || midnight <= now || Wall(midnight, current).Date == Wall(midnight - Quarter, current).Date)
        {
            midnight += Quarter;
        }

        _zones.Add((wish, midnight));
    }

    /// <summary>Takes an answer; says what was charged and what is left of it, or nothing when it was refused.</summary>
    public string? Answer(DateTimeOffset now)
    {
        if (!HasAnswer(now))
        {
            return null;
        }

        var kind = Kind(now, _facts.Count, Balances(now, _facts.Count).Left);
        _facts.Add(new(What.Answer, now, 0, 0, null));
        var (left, free) = Balances(now, _facts.Count);
        return $"{kind} {(kind == "Free" ? 5 - free : left.Values.Sum())}";
    }

    public bool HasAnswer(DateTimeOffset now)
    {
        var (left, free) = Balances(now, _facts.Count);
        return Kind(now, _facts.Count, left) != "Free" || free < 5;
    }

    public string Describe(DateTimeOffset now)
    {
        var (left, free) = Balances(now, _facts.Count);
        var clicks = left.Values.Sum();
        var active = Active(now, _facts.Count);
        var kind = Kind(now, _facts.Count, left);
        var monthly = kind == "Monthly";
        var seats = monthly ? active.Sum(t => t.Seats) : 2;
        var limits = kind == "Click" ? "seats - accounts -" : $"seats {seats} accounts {seats * 5}";
        var answers = monthly ? "-" : kind == "Click" ? $"{clicks}" : $"{5 - free}";
        var until = monthly ? $"{Covered(now).UtcDateTime:s}" : "-";
        return $"{kind} {limits} answers {answers} until {until} frozen {(monthly ? clicks : 0)} trial {monthly && active.All(t => t.Trial)} free {free} midnight {Midnight(now).UtcDateTime:s}";
    }

    public DateTimeOffset Midnight(DateTimeOffset after)
    {
        var today = Day(after);
        var at = OnTheQuarter(after);
        while (Day(at + TimeSpan.FromHours(6)) == today)
        {
            at += TimeSpan.FromHours(6);
        }

        while (Day(at) <= today)
        {
            at += Quarter;
        }

        return at;
    }

    /// <summary>The latest date that the company's wall clocks had shown, each until the next one counted.</summary>
    private DateOnly Day(DateTimeOffset now)
    {
        var day = DateOnly.MinValue;
        for (var i = 0; i < _zones.Count && (i == 0 || _zones[i].From <= now); i++)
        {
            var until = i + 1 < _zones.Count && _zones[i + 1].From <= now ? _zones[i + 1].From.AddTicks(-1) : now;
            var shown = DateOnly.FromDateTime(Wall(until, _zones[i].Zone));
            day = shown > day ? shown : day;
        }

        return day;
    }

    private string ZoneAt(DateTimeOffset at) => _zones.FindLast(z => z.From <= at).Zone ?? zone;

    private IEnumerable<Bought> Terms(int facts) => _facts.Take(facts).Where(f => f.Term is not null).Select(f => f.Term!);

    private List<Bought> Active(DateTimeOffset at, int facts) => [.. Terms(facts).Where(t => t.Start <= at && at < EndOf(t, facts))];

    private DateTimeOffset EndOf(Bought term, int facts)
    {
        var refund = _facts.Take(facts).FirstOrDefault(f => f.What == What.Refund && f.Order == term.Order);
        return refund is null ? term.End : refund.At > term.Start ? refund.At : term.Start;
    }

    private DateTimeOffset Covered(DateTimeOffset from)
    {
        while (Active(from, _facts.Count) is { Count: > 0 } active)
        {
            from = active.Max(t => EndOf(t, _facts.Count));
        }

        return from;
    }

    private string Kind(DateTimeOffset at, int facts, Dictionary<long, int> left) =>
        Active(at, facts).Count > 0 ? "Monthly" : left.Values.Sum() > 0 ? "Click" : "Free";

    /// <summary>Plays the facts from the beginning: clicks left by order, and the free answers of today.</summary>
    private (Dictionary<long, int> Left, int FreeToday) Balances(DateTimeOffset now, int facts)
    {
        var left = new Dictionary<long, int>();
        var free = 0;
        for (var i = 0; i < facts; i++)
        {
            var fact = _facts[i];
            switch (fact.What)
            {
                case What.Clicks:
                    left[fact.Order] = fact.Count;
                    break;
                case What.Refund:
                    left.Remove(fact.Order);
                    break;
                case What.Answer when Kind(fact.At, i, left) == "Click":
                    left[_facts.First(f => f.What == What.Clicks && left.GetValueOrDefault(f.Order) > 0).Order]--;
                    break;
                case What.Answer when Kind(fact.At, i, left) == "Free" && Day(fact.At) == Day(now):
                    free++;
                    break;
            }
        }

        return (left, free);
    }

    private static DateTimeOffset OnTheQuarter(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % Quarter.Ticks), TimeSpan.Zero);

    private static DateTime Wall(DateTimeOffset at, string zone) => TimeZoneInfo.ConvertTime(at, Known.GetOrAdd(zone, TimeZoneInfo.FindSystemTimeZoneById)).DateTime;

    /// <summary>The first instant at which the wall clock shows this time or, where it jumps over it, a later one.</summary>
    private static DateTimeOffset First(DateTime wall, string zone)
    {
        var utc = new DateTimeOffset(wall, TimeSpan.Zero);
        DateTimeOffset[] guesses = [.. new[] { -26, 26 }.Select(h => utc - (Wall(utc.AddHours(h), zone) - utc.AddHours(h).UtcDateTime))];
        var hits = guesses.Where(g => Wall(g, zone) == wall).ToList();
        if (hits.Count > 0)
        {
            return hits.Min();
        }

        var at = OnTheQuarter(utc.AddHours(-26));
        while (Wall(at, zone) < wall)
        {
            at += Quarter;
        }

        return at;
    }

    private sealed record Fact(What What, DateTimeOffset At, long Order, int Count, Bought? Term);

    private sealed record Bought(
        long Order, bool Trial, int Seats, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset Anchor, int AnchorMonths, string AnchorZone);
}
