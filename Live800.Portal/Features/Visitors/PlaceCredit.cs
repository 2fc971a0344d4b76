namespace Live800.Portal.Features.Visitors;

/// <summary>Whom the licence of a free file of places wants named where places are shown.</summary>
/// <param name="Words">In English, as they ask for it.</param>
/// <param name="Link">Where it leads.</param>
public sealed record PlaceCredit(string Words, string Link)
{
    private static readonly (string Sign, PlaceCredit Credit)[] Known =
    [
        ("DBIP", new("IP Geolocation by DB-IP", "https://db-ip.com")),
        ("DB-IP", new("IP Geolocation by DB-IP", "https://db-ip.com")),
        ("GeoLite", new("GeoLite data created by MaxMind", "https://www.maxmind.com")),
        ("IP2L", new("IP2Location LITE data", "https://lite.ip2location.com")),
    ];

    /// <summary>Who made a file, told by what it calls itself and how it describes itself; nothing where nobody asks to be named, as with a bought one.</summary>
    public static PlaceCredit? Of(string kind, IEnumerable<string> descriptions) =>
        Known.FirstOrDefault(known => descriptions.Prepend(kind).Any(words => words.Contains(known.Sign, StringComparison.OrdinalIgnoreCase))).Credit;
}
