using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;

namespace Live800.Portal.Features.Statistics;

/// <summary>What every part of the statistics is told: whose, which period, compared with which, and the instant of the reading.</summary>
/// <param name="Query">The address' part after the question mark, for links that keep the period.</param>
public sealed record StatisticsFrame(CompanyId Company, StatisticsWish Wish, ZoneHistory Zones, DateTimeOffset Now, string Query)
{
    public StatisticsPeriod Period => Wish.Period;

    /// <summary>What it is compared with. A period that has not come yet is compared with nothing: all of it would be a loss.</summary>
    public StatisticsPeriod? Compared => Period.From > Today ? null : Wish.ComparedPeriod;

    public StatisticsUnit Unit => Wish.UnitInForce;

    public DateOnly Today => Zones.DateAt(Now);

    /// <summary>The address of another part, or of the same with more said, in the same period.</summary>
    public string Link(string part, params (string Name, string? Value)[] more)
    {
        var query = string.Join('&', new[] { Query }.Concat(more.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}")).Where(text => text.Length > 0));
        var path = part.Length == 0 ? "statistics" : $"statistics/{part}";
        return query.Length == 0 ? path : $"{path}?{query}";
    }
}
