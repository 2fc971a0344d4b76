using Live800.Domain.Packages;
using Live800.Portal.Components.Shared;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Workspace;

/// <summary>What the company enjoys, in the few words of the bar; the popover has the sentences.</summary>
public static class EntitlementWords
{
    /// <summary>The fact in the bar, in two parts: words and the figure that stands out.</summary>
    public static (string Words, string Figure) InBar(Entitlement entitlement, DateTimeOffset now, TimeZoneInfo zone, IStringLocalizer<Texts> texts) => entitlement.Kind switch
    {
        PackageKind.Monthly when entitlement.IsTrial => (texts["BarTrial"], Words.Moment(entitlement.Until!.Value, now, zone)),
        PackageKind.Monthly => (texts["BarMonthly"], Words.FullDate(entitlement.Until!.Value, zone)),
        PackageKind.Click => (texts["BarClicks"], Words.Count(entitlement.AnswersLeft ?? 0)),
        _ => (texts["BarFree"], $"{entitlement.FreeUsed} / {entitlement.FreePerDay}"),
    };

    /// <summary>What one accept costs.</summary>
    public static string Cost(Entitlement entitlement, IStringLocalizer<Texts> texts) => entitlement.Kind switch
    {
        PackageKind.Monthly => texts["CostMonthly"],
        PackageKind.Click => texts["CostClick", Words.Count(entitlement.AnswersLeft ?? 0)],
        _ => texts["CostFree", entitlement.AnswersLeft ?? 0],
    };

    /// <summary>Whether the number asks for attention: the last free answer, the last five clicks, nothing left (3.6).</summary>
    public static bool IsShort(Entitlement entitlement) => entitlement.AnswersLeft is { } left && left <= (entitlement.Kind == PackageKind.Click ? 5 : 1);

    /// <summary>The explanation, one sentence a paragraph.</summary>
    public static IEnumerable<string> Explain(Entitlement entitlement, PackageFigures figures, DateTimeOffset now, TimeZoneInfo zone, IStringLocalizer<Texts> texts)
    {
        var midnight = Words.Moment(entitlement.NextMidnight, now, zone);
        switch (entitlement.Kind)
        {
            case PackageKind.Monthly when entitlement.IsTrial:
                yield return texts["ExplainTrial", $"{Words.FullDate(entitlement.Until!.Value, zone)} {Words.Time(entitlement.Until.Value, zone)}", entitlement.Seats!];
                yield return entitlement.FrozenClicks > 0 ? texts["ExplainThen", Words.Count(entitlement.FrozenClicks)] : texts["ExplainThenFree", figures.FreeAnswersPerDay, figures.FreeSeats];
                break;
            case PackageKind.Monthly:
                yield return texts["ExplainMonthly", $"{Words.FullDate(entitlement.Until!.Value, zone)} {Words.Time(entitlement.Until.Value, zone)}", entitlement.Seats!];
                yield return entitlement.FrozenClicks > 0 ? texts["ExplainThen", Words.Count(entitlement.FrozenClicks)] : texts["ExplainThenFree", figures.FreeAnswersPerDay, figures.FreeSeats];
                break;
            case PackageKind.Click:
                yield return texts["ExplainClicks", Words.Count(entitlement.AnswersLeft ?? 0)];
                yield return texts["ExplainThenFree", figures.FreeAnswersPerDay, figures.FreeSeats];
                break;
            default:
                yield return texts["ExplainFree", entitlement.FreePerDay, entitlement.FreeUsed, midnight];
                yield return texts["ExplainFreeRest"];
                break;
        }

        yield return texts["ExplainAnswer"];
        if (entitlement.FrozenClicks > 0 && entitlement.ThawsAt is { } thaw) yield return texts["ExplainFrozen", Words.Count(entitlement.FrozenClicks), Words.FullDate(thaw, zone)];
    }
}
