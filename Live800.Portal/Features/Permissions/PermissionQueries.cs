using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Permissions;

/// <summary>One template as it is in force.</summary>
/// <param name="Name">Where the company made it.</param>
/// <param name="Version">0 while it is as every company has it.</param>
/// <param name="Agents">How many open accounts hold it.</param>
public sealed record TemplateLine(AgentRole Role, string? Name, PermissionSet Rights, long Version, int Agents)
{
    /// <summary>Whether it is not as every company has it at first.</summary>
    public bool IsChanged => !Role.IsOwn && Rights != Role.Usual;
}

/// <summary>Reads templates of rights (S2.17).</summary>
public sealed class PermissionQueries(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>The company's templates: administrator, supervisor, agent, then its own in the order they were made.</summary>
    public async Task<IReadOnlyList<TemplateLine>> TemplatesAsync(CompanyId company, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await TemplatesAsync(context, company, cancellation);
    }

    /// <summary>Who can be asked for a right: the names of the administrators.</summary>
    public async Task<IReadOnlyList<string>> AdministratorsAsync(CompanyId company, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Agents.Where(agent => agent.CompanyId == company && !agent.IsDisabled && agent.Role == AgentRole.Administrator).OrderBy(agent => agent.Name).Select(agent => agent.DisplayName).ToListAsync(cancellation);
    }

    internal static async Task<IReadOnlyList<TemplateLine>> TemplatesAsync(PortalDbContext context, CompanyId company, CancellationToken cancellation)
    {
        var stored = await context.PermissionTemplates.AsNoTracking().Where(template => template.CompanyId == company).ToListAsync(cancellation);
        var held = await context.Agents.Where(agent => agent.CompanyId == company && !agent.IsDisabled).GroupBy(agent => agent.Role).Select(group => new { Role = group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Role, group => group.Count, cancellation);
        var roles = AgentRole.BuiltIn.Concat(stored.Where(template => template.Role.IsOwn).Select(template => template.Role).OrderBy(role => role.Number));
        return [.. roles.Select(role =>
        {
            var own = stored.Find(template => template.Role == role);
            return new TemplateLine(role, role.IsOwn ? own!.Name : null, PermissionTemplate.RightsOf(role, own?.Bits), own?.Version ?? 0, held.GetValueOrDefault(role));
        })];
    }
}
