using Live800.Domain.Shared;

namespace Live800.Domain.Packages;

/// <summary>A number of clicks sold together, and its price in minor units.</summary>
public sealed record ClickPack(int Clicks, long Price);

/// <summary>What the platform operator sells 套餐目录, and for how much, in the box's one currency (rule 3.11). Prices are minor units.</summary>
public sealed record PackageCatalog
{
    /// <summary>The highest price of one thing, in minor units.</summary>
    public const long PriceLimit = 100_000_000;

    /// <summary>Most packs of clicks on sale at once.</summary>
    public const int PacksLimit = 12;

    /// <summary>What a box starts with.</summary>
    public static readonly PackageCatalog Default = new();

    /// <summary>ISO 4217 code of the currency.</summary>
    public string Currency { get; init; } = Packages.Currency.Default.Code;

    /// <summary>Price of one seat for one month; nothing when monthly is not sold.</summary>
    public long? SeatMonth { get; init; } = 98_00;

    /// <summary>The packs of clicks on sale, the smallest first; empty when click is not sold.</summary>
    public IReadOnlyList<ClickPack> Packs { get; init; } = [new(100, 100_00), new(500, 450_00), new(1_000, 800_00), new(5_000, 3_500_00)];

    /// <summary>Whether anything is on sale.</summary>
    public bool SellsAnything => SeatMonth is not null || Packs.Count > 0;

    /// <summary>The price of something on sale (rule 3.11). Refusals: TermInvalid, ClicksInvalid, NotOnSale.</summary>
    public Outcome<long> Quote(OrderItem item)
    {
        if (item.Kind == PackageKind.Monthly)
        {
            return item is not { Seats: >= 1 and <= PackageAccount.SeatsLimit, Months: >= 1 and <= PackageAccount.MonthsLimit } ? Refusal.TermInvalid
                : SeatMonth is { } price ? price * item.Seats * item.Months
                : Refusal.NotOnSale;
        }

        if (item.Kind != PackageKind.Click || item.Packs < 1 || (long)item.PackSize * item.Packs is < 1 or > PackageAccount.ClicksLimit)
        {
            return Refusal.ClicksInvalid;
        }

        return Packs.FirstOrDefault(pack => pack.Clicks == item.PackSize) is { } found ? found.Price * item.Packs : Refusal.NotOnSale;
    }

    /// <summary>The same catalogue with its packs in order, if it can be sold by. Refusal: CatalogInvalid (a price, a size twice, an unknown currency). What costs nothing is a grant, not for sale.</summary>
    public Outcome<PackageCatalog> Checked()
    {
        var packs = Packs.OrderBy(pack => pack.Clicks).ToList();
        var isRight = Packages.Currency.Find(Currency) is not null
            && SeatMonth is null or (>= 1 and <= PriceLimit)
            && packs.Count <= PacksLimit
            && packs.TrueForAll(pack => pack is { Clicks: >= 1 and <= PackageAccount.ClicksLimit, Price: >= 1 and <= PriceLimit })
            && packs.Select(pack => pack.Clicks).Distinct().Count() == packs.Count;
        return isRight ? this with { Packs = packs } : Refusal.CatalogInvalid;
    }

    /// <summary>The same currency, prices and packs.</summary>
    public bool Equals(PackageCatalog? other) =>
        other is not null && Currency == other.Currency && SeatMonth == other.SeatMonth && Packs.SequenceEqual(other.Packs);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Currency, SeatMonth, Packs.Count);
}
