using System.Globalization;
using Live800.Portal.Features.Platform;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Audit;

/// <summary>An entry in words of the reader's language, the same on the page and in the file.</summary>
public static class CompanyAuditWords
{
    /// <summary>Who did it.</summary>
    public static string Who(CompanyAuditLine line, IStringLocalizer<Texts> texts) => line.Who is null ? texts["Platform"] : line.Who.Length == 0 ? texts["Portal"] : line.Who;

    /// <summary>What was done, as a sentence.</summary>
    public static string Of(CompanyAuditLine line, IStringLocalizer<Platform.Texts> acts) => acts["Did_" + line.Action, line.Detail].Value.TrimEnd(' ', ':', '：', '，', ',');

    /// <summary>What one of its changes is about.</summary>
    public static string Of(AuditChange change, IStringLocalizer<Platform.Texts> acts)
    {
        var parts = change.What.Split(':', 2);
        return acts["Field_" + parts[0], parts.ElementAtOrDefault(1) ?? ""];
    }

    /// <summary>A value as it was stored, or its name where it is one of a list.</summary>
    public static string Of(AuditChange change, string value, IStringLocalizer<Platform.Texts> acts) =>
        value.Length == 0 ? "—"
        // Rights are stored by their names, one behind the other.
        : change.What == "TemplateRights" ? string.Join(acts["RightsComma"], value.Split(", ").Select(right => acts["Value_Right_" + right].Value))
        // Weekdays by their numbers, Monday first.
        : change.What is "SummaryDays" or "ReportDay" ? string.Join(acts["RightsComma"], value.Select(day => CultureInfo.CurrentUICulture.DateTimeFormat.GetAbbreviatedDayName((DayOfWeek)((day - '0') % 7))))
        : value.Length < 32 && acts[$"Value_{change.What}_{value}"] is { ResourceNotFound: false } named ? named.Value : value;

    /// <summary>The acts whose name has these words.</summary>
    public static IReadOnlyList<AuditAction> Named(string words, IStringLocalizer<Platform.Texts> acts) =>
        words.Trim() is { Length: > 0 } text ? [.. CompanyAudit.Acts.Where(act => acts["Act_" + act].Value.Contains(text, StringComparison.CurrentCultureIgnoreCase))] : [];
}
