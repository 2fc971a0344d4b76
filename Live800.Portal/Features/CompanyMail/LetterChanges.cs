using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Features.Platform;

namespace Live800.Portal.Features.CompanyMail;

/// <summary>What one choice has else than another: for the audit log, and for the second of two who save at once.</summary>
public static class LetterChanges
{
    public static AuditChange[] Between(string before, string after) => Only(new AuditChange("SenderName", before, after));

    public static AuditChange[] Between(LetterWords before, LetterWords after) => Only(
        new AuditChange("GreetingZh", before.GreetingZh, after.GreetingZh), new AuditChange("FootZh", before.FootZh, after.FootZh),
        new AuditChange("GreetingEn", before.GreetingEn, after.GreetingEn), new AuditChange("FootEn", before.FootEn, after.FootEn));

    public static AuditChange[] Between(NoticeRule before, NoticeRule after, Func<AgentId, string> name) => Only(
        new AuditChange("NoticeOn", On(before.IsOn), On(after.IsOn)), new AuditChange("NoticeTo", before.ToAll ? "All" : Names(before.Chosen, name), after.ToAll ? "All" : Names(after.Chosen, name)),
        new AuditChange("NoticeMinutes", Number(before.Minutes), Number(after.Minutes)));

    public static AuditChange[] Between(SummaryRule before, SummaryRule after, Func<AgentId, string> name) => Only(
        new AuditChange("SummaryOn", On(before.IsOn), On(after.IsOn)), new AuditChange("SummaryTo", Names(before.Chosen, name), Names(after.Chosen, name)),
        new AuditChange("SummaryHour", Number(before.Hour) + ":00", Number(after.Hour) + ":00"), new AuditChange("SummaryDays", Days(before.Days), Days(after.Days)));

    public static AuditChange[] Between(ReportRule before, ReportRule after, Func<AgentId, string> name) => Only(
        new AuditChange("ReportOn", On(before.IsOn), On(after.IsOn)), new AuditChange("ReportTo", Names(before.Chosen, name), Names(after.Chosen, name)),
        new AuditChange("ReportDay", Day(before.Weekday), Day(after.Weekday)), new AuditChange("ReportHour", Number(before.Hour) + ":00", Number(after.Hour) + ":00"));

    private static string Day(DayOfWeek day) => Number((((int)day + 6) % 7) + 1);

    private static AuditChange[] Only(params AuditChange[] all) => [.. all.Where(change => change.Before != change.After)];

    private static string On(bool isOn) => isOn ? "True" : "False";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Names(AgentChoice chosen, Func<AgentId, string> name) => string.Join(", ", chosen.Agents.Select(name));

    // Monday is 1.
    private static string Days(int days) => string.Concat(Enumerable.Range(0, 7).Where(day => (days & (1 << day)) != 0).Select(day => Number(day + 1)));
}
