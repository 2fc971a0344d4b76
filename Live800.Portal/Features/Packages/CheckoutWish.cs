using Live800.Domain.Packages;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Packages;

/// <summary>When the buyer wants the term to begin (rule 3.3).</summary>
public enum WishedStart
{
    Now,
    AfterCurrent,
    OnDate,
}

/// <summary>What stands in the checkout's boxes; anything, until <see cref="Item"/> makes an order's item of it.</summary>
public sealed class CheckoutWish
{
    private const int MonthsAtFirst = 1;
    private const int SeatsAtFirst = 2;

    public PackageKind Kind { get; set; }

    public int? Seats { get; set; }

    public int? Months { get; set; }

    public WishedStart Start { get; set; }

    /// <summary>The date of <see cref="WishedStart.OnDate"/>.</summary>
    public DateOnly? Date { get; set; }

    public int PackSize { get; set; }

    public int? Packs { get; set; }

    /// <summary>What the address asks for, as far as it is on sale.</summary>
    public static CheckoutWish From(PackageCatalog catalog, string? kind, string? start, int? seats, int? months, int? pack)
    {
        var wantsClick = kind == "click" || catalog.SeatMonth is null;
        return new CheckoutWish
        {
            Kind = wantsClick && catalog.Packs.Count > 0 ? PackageKind.Click : PackageKind.Monthly,
            Seats = seats ?? SeatsAtFirst,
            Months = months ?? MonthsAtFirst,
            Start = start == "after" ? WishedStart.AfterCurrent : WishedStart.Now,
            PackSize = catalog.Packs.FirstOrDefault(offered => offered.Clicks == pack)?.Clicks ?? (catalog.Packs.Count > 0 ? catalog.Packs[0].Clicks : 0),
            Packs = 1,
        };
    }

    /// <summary>The item, a date being the beginning of that day in the company's zone, today meaning now. Refusals: TermInvalid, ClicksInvalid, StartInvalid.</summary>
    public Outcome<OrderItem> Item(TimeZoneInfo zone, DateTimeOffset now)
    {
        if (Kind == PackageKind.Click) return Packs is { } packs and >= 1 && (long)packs * PackSize <= PackageAccount.ClicksLimit ? OrderItem.Click(PackSize, packs) : Refusal.ClicksInvalid;
        if (Seats is not { } seats || Months is not { } months) return Refusal.TermInvalid;
        if (Start != WishedStart.OnDate) return OrderItem.Term(seats, months, Start == WishedStart.AfterCurrent ? TermStart.AfterCurrent : TermStart.Now);
        var today = LocalCalendar.DateOf(now, zone);
        if (Date is not { } date || date < today || date > today.AddDays((int)Order.FarthestStart.TotalDays - 1)) return Refusal.StartInvalid;
        return OrderItem.Term(seats, months, date == today ? TermStart.Now : TermStart.On(LocalCalendar.StartOfDay(date, zone)));
    }
}
