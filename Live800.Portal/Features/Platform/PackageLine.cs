using Live800.Domain.Packages;
using Live800.Portal.Components.Shared;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Platform;

/// <summary>A company's package and seats in the few words of a table cell.</summary>
public static class PackageLine
{
    public static string Of(CompanyLine line, IStringLocalizer<Texts> texts) => line.InForce.Kind switch
    {
        PackageKind.Monthly => texts[line.InForce.IsTrial ? "InTrial" : "InMonthly", Words.FullDate(line.InForce.Until!.Value, line.Zone)],
        PackageKind.Click => texts["InClick", Words.Count(line.InForce.AnswersLeft ?? 0)],
        _ => texts["InFree", line.InForce.FreeUsed, line.InForce.FreePerDay],
    };

    public static string Seats(CompanyLine line, IStringLocalizer<Texts> texts) =>
        $"{Words.Count(line.SeatsInUse)} / {(line.InForce.Seats is { } seats ? Words.Count(seats) : texts["Unlimited"])}";
}
