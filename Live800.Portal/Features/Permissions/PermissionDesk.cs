using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Agents;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Permissions;

/// <summary>What one template shall be.</summary>
/// <param name="Seen">The version the administrator saw.</param>
public sealed record TemplateWish(AgentRole Role, string? Name, PermissionSet Rights, long Seen);

/// <summary>
/// Changes templates of rights (S2.17). Administrators only: whoever else could, could give himself everything. Open pages of everybody who holds a changed template follow at once; what was
/// done stands in the audit log.
/// </summary>
public sealed class PermissionDesk(WriteQueue<PortalDbContext> writes, PortalEvents events, TimeProvider clock)
{
    /// <summary>
    /// Makes a template of the company's own that may what another one may; gives which. Refusals: NotAllowed, TemplateUnknown (the other one), TooManyTemplates, TemplateNameInvalid, TemplateNameTaken.
    /// </summary>
    public async Task<Outcome<AgentRole>> MakeAsync(CurrentAgent by, string? name, AgentRole like, CancellationToken cancellation = default)
    {
        var made = default(AgentRole);
        var outcome = await ChangeAsync(
            by,
            async (context, now, token) =>
            {
                var lines = await PermissionQueries.TemplatesAsync(context, by.CompanyId, token);
                if (lines.FirstOrDefault(line => line.Role == like) is not { } model) return Refusal.TemplateUnknown;
                var own = lines.Where(line => line.Role.IsOwn).ToList();
                if (own.Count >= PermissionTemplate.MostOwn) return Refusal.TooManyTemplates;
                // A number is never given twice while somebody may still hold it, or be invited to it.
                var held = await context.Agents.Where(agent => agent.CompanyId == by.CompanyId).Select(agent => agent.Role).Distinct().ToListAsync(token);
                var invited = await context.Set<AgentInvitation>().Where(invitation => invitation.CompanyId == by.CompanyId).Select(invitation => invitation.Role).Distinct().ToListAsync(token);
                var number = own.Select(line => line.Role.Number).Concat(held.Select(role => role.Number)).Concat(invited.Select(role => role.Number)).Append(AgentRole.FirstOwn - 1).Max() + 1;
                var template = PermissionTemplate.Make(by.CompanyId, made = new AgentRole(number), name, model.Rights);
                if (template.IsRefused) return template.Refusal;
                if (IsTaken(own, template.Value)) return Refusal.TemplateNameTaken;
                _ = context.Add(template.Value);
                Note(context, by, AuditAction.TemplateMade, template.Value.Name, now, new AuditChange("TemplateRights", "", Said(template.Value.Rights)));
                return Outcome.Done;
            },
            cancellation);
        return outcome.IsRefused ? outcome.Refusal : made;
    }

    /// <summary>
    /// Says what templates may: all of them or, where one is refused, none. Refusals: NotAllowed, TemplateUnknown (also administrator, which may everything), ChangedMeanwhile (a colleague was faster),
    /// TemplateNameInvalid, TemplateNameTaken.
    /// </summary>
    public Task<Outcome> SaveAsync(CurrentAgent by, IReadOnlyCollection<TemplateWish> wishes, CancellationToken cancellation = default) => ChangeAsync(
        by,
        async (context, now, token) =>
        {
            foreach (var wish in wishes)
            {
                if (wish.Role == AgentRole.Administrator) return Refusal.TemplateUnknown;
                var stored = await context.PermissionTemplates.SingleOrDefaultAsync(template => template.CompanyId == by.CompanyId && template.Role == wish.Role, token);
                if (stored is null && !AgentRole.BuiltIn.Contains(wish.Role)) return Refusal.TemplateUnknown;
                if ((stored?.Version ?? 0) != wish.Seen) return Refusal.ChangedMeanwhile;
                var (rights, name) = (stored?.Rights ?? wish.Role.Usual, stored?.Name ?? "");
                var template = stored ?? PermissionTemplate.Of(by.CompanyId, wish.Role);
                var changed = template.Change(wish.Name, wish.Rights);
                if (changed.IsRefused) return changed;
                if (stored is null) _ = context.Add(template);
                Note(context, by, AuditAction.TemplateChanged, Called(template), now, new AuditChange("TemplateRights", Said(rights), Said(template.Rights)), new AuditChange("TemplateName", name, template.Name));
            }

            var own = await context.PermissionTemplates.Where(template => template.CompanyId == by.CompanyId).ToListAsync(token);
            return own.Where(template => template.Role.IsOwn).GroupBy(template => template.Name, StringComparer.OrdinalIgnoreCase).Any(same => same.Count() > 1) ? Refusal.TemplateNameTaken : Outcome.Done;
        },
        cancellation);

    /// <summary>Removes one of the company's own. One that is gone is gone. Refusals: NotAllowed, TemplateUnknown (one that every company has), TemplateInUse (agents hold it, disabled ones too).</summary>
    public Task<Outcome> RemoveAsync(CurrentAgent by, AgentRole role, CancellationToken cancellation = default) => ChangeAsync(
        by,
        async (context, now, token) =>
        {
            if (!role.IsOwn) return Refusal.TemplateUnknown;
            if (await context.PermissionTemplates.SingleOrDefaultAsync(template => template.CompanyId == by.CompanyId && template.Role == role, token) is not { } template) return Outcome.Done;
            if (await context.Agents.AnyAsync(agent => agent.CompanyId == by.CompanyId && agent.Role == role, token)) return Refusal.TemplateInUse;
            _ = context.Remove(template);
            Note(context, by, AuditAction.TemplateRemoved, template.Name, now, new AuditChange("TemplateRights", Said(template.Rights), ""));
            return Outcome.Done;
        },
        cancellation);

    private static bool IsTaken(IEnumerable<TemplateLine> lines, PermissionTemplate template) => lines.Any(line => string.Equals(line.Name, template.Name, StringComparison.OrdinalIgnoreCase));

    private static string Called(PermissionTemplate template) => template.Role == AgentRole.Supervisor ? "Supervisor" : template.Role == AgentRole.Agent ? "Agent" : template.Name;

    private static string Said(PermissionSet rights) => string.Join(", ", Enum.GetValues<Permission>().Where(rights.Has));

    private static void Note(PortalDbContext context, CurrentAgent by, AuditAction action, string what, DateTimeOffset now, params AuditChange[] changes) =>
        _ = context.Add(AuditEntry.Of(by, action, $"{by.CompanyCode} · {what}", now, changes.Where(change => change.Before != change.After)));

    private async Task<Outcome> ChangeAsync(CurrentAgent by, Func<PortalDbContext, DateTimeOffset, CancellationToken, Task<Outcome>> change, CancellationToken cancellation)
    {
        List<AgentId> told = [];
        var outcome = await writes.RunAsAdministratorAsync(
            by.CompanyId,
            by.AgentId,
            async (context, token) =>
            {
                var done = await change(context, clock.GetUtcNow(), token);
                if (!done.IsRefused) told = await context.Agents.Where(agent => agent.CompanyId == by.CompanyId && !agent.IsDisabled).Select(agent => agent.Id).ToListAsync(token);
                return done;
            },
            cancellation);
        // Everybody's open pages look again at what he may: a few rows each, and a change of rights is rare.
        foreach (var id in told) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Agents, id.Value));
        return outcome;
    }
}
