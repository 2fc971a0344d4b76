using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Identity;

/// <summary>What an agent may do by the stored rows: asked again inside every change, whatever a page believed when it was drawn (S2.17).</summary>
internal static class RightsRows
{
    /// <summary>The rights of an enabled agent of the company; none of anybody else's.</summary>
    public static async Task<PermissionSet> RightsAsync(this PortalDbContext context, CompanyId company, AgentId agent, CancellationToken cancellation)
    {
        var found = await (
            from row in context.Agents
            where row.CompanyId == company && row.Id == agent && !row.IsDisabled
            select new { row.Role, Stored = context.PermissionTemplates.Where(template => template.CompanyId == company && template.Role == row.Role).Select(template => (long?)template.Bits).FirstOrDefault() })
            .SingleOrDefaultAsync(cancellation);
        return found is null ? PermissionSet.None : PermissionTemplate.RightsOf(found.Role, found.Stored);
    }

    /// <summary>What a template of the company may.</summary>
    public static async Task<PermissionSet> RightsOfRoleAsync(this PortalDbContext context, CompanyId company, AgentRole role, CancellationToken cancellation) =>
        PermissionTemplate.RightsOf(role, await context.PermissionTemplates.Where(template => template.CompanyId == company && template.Role == role).Select(template => (long?)template.Bits).SingleOrDefaultAsync(cancellation));

    /// <summary>
    /// Whether an agent may give a template of rights: nobody gives what he has not, and what is added to administrators later is theirs alone (S2.17). Refusals: TemplateUnknown, MoreRightsThanYours.
    /// </summary>
    public static async Task<Outcome> MayGiveAsync(this PortalDbContext context, CompanyId company, AgentId by, AgentRole role, CancellationToken cancellation)
    {
        if (!AgentRole.BuiltIn.Contains(role) && !await context.PermissionTemplates.AnyAsync(template => template.CompanyId == company && template.Role == role, cancellation)) return Refusal.TemplateUnknown;
        var giver = await context.Agents.AsNoTracking().SingleOrDefaultAsync(agent => agent.CompanyId == company && agent.Id == by && !agent.IsDisabled, cancellation);
        if (giver is { IsAdministrator: true }) return Outcome.Done;
        return role != AgentRole.Administrator && giver is not null && (await context.RightsOfRoleAsync(company, giver.Role, cancellation)).Covers(await context.RightsOfRoleAsync(company, role, cancellation))
            ? Outcome.Done
            : Refusal.MoreRightsThanYours;
    }

    /// <summary>Whether an agent may act on another one's account: whoever could reset a stronger one's password, or shut him out, would be as strong (S2.17). Refusal: MoreRightsThanYours.</summary>
    public static async Task<Outcome> MayActOnAsync(this PortalDbContext context, AgentId by, Agent other, CancellationToken cancellation) =>
        (await context.MayGiveAsync(other.CompanyId, by, other.Role, cancellation)).Refusal is Refusal.MoreRightsThanYours ? Refusal.MoreRightsThanYours : Outcome.Done;

    /// <summary>Whether an enabled agent of the company has the right.</summary>
    public static async Task<bool> MayAsync(this PortalDbContext context, CompanyId company, AgentId agent, Permission permission, CancellationToken cancellation) =>
        (await context.RightsAsync(company, agent, cancellation)).Has(permission);

    /// <summary>Runs a change of somebody with the right, and stores nothing of it when it is refused. Refusal beside the change's own: NotAllowed.</summary>
    public static Task<Outcome> RunAsAsync(
        this WriteQueue<PortalDbContext> writes, CompanyId company, AgentId by, Permission permission, Func<PortalDbContext, CancellationToken, Task<Outcome>> change, CancellationToken cancellation) =>
        writes.RunIfAsync((context, token) => context.MayAsync(company, by, permission, token), change, cancellation);

    /// <summary>Runs a change that only an administrator makes: what other people may do at all. Refusal beside the change's own: NotAllowed.</summary>
    public static Task<Outcome> RunAsAdministratorAsync(
        this WriteQueue<PortalDbContext> writes, CompanyId company, AgentId by, Func<PortalDbContext, CancellationToken, Task<Outcome>> change, CancellationToken cancellation) =>
        writes.RunIfAsync(
            (context, token) => context.Agents.AnyAsync(agent => agent.CompanyId == company && agent.Id == by && agent.Role == AgentRole.Administrator && !agent.IsDisabled, token), change, cancellation);

    private static Task<Outcome> RunIfAsync(
        this WriteQueue<PortalDbContext> writes, Func<PortalDbContext, CancellationToken, Task<bool>> may, Func<PortalDbContext, CancellationToken, Task<Outcome>> change, CancellationToken cancellation) =>
        writes.RunAsync(
            async (context, token) =>
            {
                if (!await may(context, token)) return Refusal.NotAllowed;
                var done = await change(context, token);
                // A refused change must not be stored with what the work goes on to save.
                if (done.IsRefused) context.ChangeTracker.Clear();
                return done;
            },
            cancellation);
}
