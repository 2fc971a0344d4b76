using Live800.Domain.Conversations;

namespace Live800.Domain.Visitors;

/// <summary>Where a network address is said to be 地区 (rule 6): seldom nearer than a city, and only as right as the file it is read from. What is not known is empty.</summary>
/// <param name="Country">Two letters (ISO 3166-1).</param>
/// <param name="Region">Province or state, in Chinese where the file has it.</param>
/// <param name="RegionEn">The same in English where the file has it.</param>
/// <param name="City">City, in Chinese where the file has it.</param>
/// <param name="CityEn">The same in English where the file has it.</param>
public sealed record Place(string Country, string Region, string RegionEn, string City, string CityEn)
{
    private const int NameLimit = 64;

    /// <summary>Of what a file says: names cleaned and cut. Nothing without a country.</summary>
    public static Place? From(string? country, string? region, string? regionEn, string? city, string? cityEn) =>
        country is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] ? new(country, Name(region), Name(regionEn), Name(city), Name(cityEn)) : null;

    /// <summary>As it is kept: <c>CN|广东|Guangdong|广州|Guangzhou</c>.</summary>
    public string ToText() => $"{Country}|{Region}|{RegionEn}|{City}|{CityEn}";

    /// <summary>Of a kept text; nothing when it is none.</summary>
    public static Place? Parse(string? text) => text?.Split('|') is [var country, var region, var regionEn, var city, var cityEn] ? From(country, region, regionEn, city, cityEn) : null;

    private static string Name(string? name) => MessageText.Line(name?.Replace('|', '/'), NameLimit).Trim();
}
