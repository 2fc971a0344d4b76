using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Live800.Domain.Visitors;

namespace Live800.Portal.Features.Visitors;

/// <summary>Places in the reader's language: 广东 · 广州, 日本 · 东京; United States · California. Countries have names of our own list (<c>Known/countries.json</c>), because not every machine has them.</summary>
public static class PlaceWords
{
    private static readonly FrozenDictionary<string, (string Chinese, string English)> Countries = Load();

    /// <summary>Every country's code.</summary>
    public static IReadOnlyCollection<string> Codes => Countries.Keys;

    /// <summary>Country, region, city; each once, and the reader's own country left out where there is more to say.</summary>
    public static string Of(Place place)
    {
        var (country, region, city) = (Country(place.Country), Region(place), City(place));
        var isHome = place.Country == "CN" && !IsEnglish && region.Length > 0;
        return string.Join(" · ", new[] { isHome ? "" : country, region, city }.Where(name => name.Length > 0).Distinct());
    }

    /// <summary>A country's name; its code where the list has none.</summary>
    public static string Country(string code) => Countries.TryGetValue(code, out var names) ? IsEnglish ? names.English : names.Chinese : code;

    public static string Region(Place place) => IsEnglish && place.RegionEn.Length > 0 ? place.RegionEn : place.Region;

    public static string City(Place place) => IsEnglish && place.CityEn.Length > 0 ? place.CityEn : place.City;

    private static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    private static FrozenDictionary<string, (string, string)> Load()
    {
        using var stream = typeof(PlaceWords).Assembly.GetManifestResourceStream("Live800.Portal.Features.Visitors.Known.countries.json")!;
        using var book = JsonDocument.Parse(stream);
        return book.RootElement.GetProperty("countries").EnumerateObject().ToFrozenDictionary(one => one.Name, one => (one.Value[0].GetString()!, one.Value[1].GetString()!));
    }
}
