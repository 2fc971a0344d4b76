using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Hours;

/// <summary>
/// Working hours 工作时间, holidays 节假日 and the time zone of a company (5, 3.5). Only its administrators change them: who asks is looked up again inside every change, and what was done stands in the audit log.
/// </summary>
public sealed class HoursDesk(WriteQueue<PortalDbContext> writes, PortalEvents events, TimeProvider time)
{
    /// <summary>Sets the hours of the company or of a group. Refusals: NotAllowed, GroupUnknown (another company's, or removed), ChangedMeanwhile.</summary>
    /// <param name="group">Nothing is the whole company.</param>
    /// <param name="seen">The version the administrator saw.</param>
    /// <param name="times">Nothing lets a group follow the company, and a company be open always.</param>
    public Task<Outcome> SetAsync(CurrentAgent by, GroupId? group, long seen, Timetable? times, CancellationToken cancellation = default) => ChangeAsync(
        by,
        async (context, now, token) =>
        {
            var name = "";
            if (group is { } id)
            {
                if (await context.Groups.AsNoTracking().SingleOrDefaultAsync(row => row.CompanyId == by.CompanyId && row.Id == id && row.RemovedAt == null, token) is not { } known) return Refusal.GroupUnknown;
                name = known.Name;
            }

            var key = group ?? default;
            var hours = await context.WorkingHours.SingleOrDefaultAsync(row => row.CompanyId == by.CompanyId && row.GroupId == key, token);
            if (hours is null) _ = context.WorkingHours.Add(hours = new WorkingHours(by.CompanyId, group));
            var (wasOwn, before) = (hours.IsOwn, hours.Times);
            var done = times is null ? hours.Follow(seen) : hours.Set(times, seen);
            if (done.IsRefused) return done;
            Note(context, by, AuditAction.HoursChanged, name, now, [new AuditChange("HoursOwn", Own(wasOwn), Own(hours.IsOwn)), .. Changes(before, hours.Times)]);
            return Outcome.Done;
        },
        cancellation);

    /// <summary>Moves the company's calendar to another zone (3.5). Refusals: NotAllowed, ChangedMeanwhile (another zone was chosen last), TimeZoneUnknown.</summary>
    /// <param name="seen">The zone the administrator saw as the last one chosen.</param>
    public async Task<Outcome> ChangeZoneAsync(CurrentAgent by, string seen, string zoneId, CancellationToken cancellation = default)
    {
        var done = await ChangeAsync(
            by,
            async (context, now, token) =>
            {
                var company = await context.Companies.SingleAsync(row => row.Id == by.CompanyId, token);
                var before = HoursQueries.LastZone(company);
                if (before != seen) return Refusal.ChangedMeanwhile;
                var changed = company.ChangeZone(zoneId, now);
                if (!changed.IsRefused) Note(context, by, AuditAction.ZoneChanged, "", now, [new AuditChange("Zone", before, HoursQueries.LastZone(company))]);
                return changed;
            },
            cancellation);
        // Midnights, and with them the free answers, follow the zone.
        if (!done.IsRefused) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Entitlement, by.CompanyId.Value));
        return done;
    }

    private static string Own(bool isOwn) => isOwn ? "+" : HoursChange.Closed;

    private static IEnumerable<AuditChange> Changes(Timetable before, Timetable after) => HoursChange.Between(before, after)
        .Select(change => new AuditChange(change.Weekday is { } day ? $"Hours{day + 1}" : $"Holiday:{HoursChange.Text(change.Date!.Value)}", change.Before, change.After));

    private static void Note(PortalDbContext context, CurrentAgent by, AuditAction action, string what, DateTimeOffset now, IEnumerable<AuditChange> changes) => _ = context.Add(AuditEntry.Of(
        by, action, what.Length == 0 ? by.CompanyCode : $"{by.CompanyCode} · {what}", now, changes.Where(change => change.Before != change.After)));

    private async Task<Outcome> ChangeAsync(CurrentAgent by, Func<PortalDbContext, DateTimeOffset, CancellationToken, Task<Outcome>> change, CancellationToken cancellation)
    {
        var outcome = await writes.RunAsAsync(by.CompanyId, by.AgentId, Permission.Settings, (context, token) => change(context, time.GetUtcNow(), token), cancellation);
        if (!outcome.IsRefused) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Company, by.CompanyId.Value));
        return outcome;
    }
}
