using System.Globalization;
using Live800.Domain.Packages;
using Live800.Portal.Components.Shared;

namespace Live800.Portal.Features.Packages;

/// <summary>What is wrong with a field of the catalogue.</summary>
public enum CatalogFault
{
    None,
    Price,
    Clicks,
    ClicksTwice,
}

/// <summary>The catalogue as it is typed, right or wrong: nothing typed is lost.</summary>
public sealed class CatalogDraft
{
    private PackageCatalog _seen;

    public CatalogDraft(PackageCatalog seen)
    {
        _seen = seen;
        (Currency, SellsMonthly, SeatMonth) = (seen.Currency, seen.SeatMonth is not null, Text(seen));
        Packs = PacksOf(seen);
    }

    /// <summary>Code of the currency.</summary>
    public string Currency { get; set; }

    /// <summary>Whether monthly is on sale.</summary>
    public bool SellsMonthly { get; set; }

    /// <summary>Price of a seat for a month.</summary>
    public string? SeatMonth { get; set; }

    /// <summary>The packs of clicks; empty when click is not on sale.</summary>
    public List<PackDraft> Packs { get; private set; }

    public Currency Money => Domain.Packages.Currency.Find(Currency) ?? Domain.Packages.Currency.Default;

    public bool HasRoom => Packs.Count < PackageCatalog.PacksLimit;

    public CatalogFault SeatMonthFault => SellsMonthly && Price(SeatMonth) is null ? CatalogFault.Price : CatalogFault.None;

    public CatalogFault ClicksFault(PackDraft pack) => Clicks(pack) is not { } clicks ? CatalogFault.Clicks
        : Packs.TakeWhile(other => other != pack).Any(other => Clicks(other) == clicks) ? CatalogFault.ClicksTwice
        : CatalogFault.None;

    public CatalogFault PriceFault(PackDraft pack) => Price(pack.Price) is null ? CatalogFault.Price : CatalogFault.None;

    /// <summary>What was typed, or nothing while a field is wrong.</summary>
    public PackageCatalog? Read()
    {
        if (SeatMonthFault != CatalogFault.None || Packs.Exists(pack => ClicksFault(pack) != CatalogFault.None || PriceFault(pack) != CatalogFault.None)) return null;
        return new PackageCatalog
        {
            Currency = Currency,
            SeatMonth = SellsMonthly ? Price(SeatMonth) : null,
            Packs = [.. Packs.Select(pack => new ClickPack(Clicks(pack)!.Value, Price(pack.Price)!.Value)).OrderBy(pack => pack.Clicks)],
        };
    }

    /// <summary>Another operator saved: what nobody touched here follows him, what was typed stays.</summary>
    public void Follow(PackageCatalog stored)
    {
        if (Currency == _seen.Currency) Currency = stored.Currency;
        if (SellsMonthly == (_seen.SeatMonth is not null) && SeatMonth == Text(_seen)) (SellsMonthly, SeatMonth) = (stored.SeatMonth is not null, Text(stored));
        if (PacksOf(_seen).Select(pack => (pack.Clicks, pack.Price)).SequenceEqual(Packs.Select(pack => (pack.Clicks, pack.Price)))) Packs = PacksOf(stored);
        _seen = stored;
    }

    private long? Price(string? typed) => TypedNumber.Money(typed, Money) is { } price and >= 1 and <= PackageCatalog.PriceLimit ? price : null;

    private static int? Clicks(PackDraft pack) => TypedNumber.Whole(pack.Clicks) is { } clicks and >= 1 and <= PackageAccount.ClicksLimit ? (int)clicks : null;

    private static Currency MoneyOf(PackageCatalog catalog) => Domain.Packages.Currency.Find(catalog.Currency) ?? Domain.Packages.Currency.Default;

    private static string Text(PackageCatalog catalog) => catalog.SeatMonth is { } price ? TypedNumber.Of(price, MoneyOf(catalog)) : "";

    private static List<PackDraft> PacksOf(PackageCatalog catalog) =>
        [.. catalog.Packs.Select(pack => new PackDraft { Clicks = pack.Clicks.ToString(CultureInfo.InvariantCulture), Price = TypedNumber.Of(pack.Price, MoneyOf(catalog)) })];
}

/// <summary>One pack of clicks as it is typed.</summary>
public sealed class PackDraft
{
    public string? Clicks { get; set; }

    public string? Price { get; set; }
}
