using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Mail;

/// <summary>Whom a letter goes to.</summary>
/// <param name="Account">His account, which is also his agent's id.</param>
/// <param name="Email">Where letters may go.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Language">The one he chose; nothing means Chinese.</param>
public sealed record LetterReceiver(long Account, string Email, string Name, string? Language);

/// <summary>
/// Who is written about a company: looked up inside the write that causes the letter. Whoever has no e-mail, or one that was given while mail works and is not
/// confirmed, is not written (rule 1).
/// </summary>
public static class LetterReceivers
{
    /// <summary>The enabled administrators of a company.</summary>
    public static async Task<List<LetterReceiver>> AdministratorsAsync(PortalDbContext write, CompanyId company, CancellationToken cancellation) => Of(
        await write.Agents.AsNoTracking()
            .Where(agent => agent.CompanyId == company && !agent.IsDisabled && agent.Role == AgentRole.Administrator && agent.Email != null && !agent.EmailAwaitsProof)
            .OrderBy(agent => agent.Id).ToListAsync(cancellation));

    /// <summary>The enabled agents of a company, or those chosen among them, with what each may by the rows of now (S2.17).</summary>
    public static async Task<List<(LetterReceiver Receiver, PermissionSet Rights)>> AgentsAsync(PortalDbContext write, CompanyId company, IReadOnlyCollection<AgentId>? chosen, CancellationToken cancellation)
    {
        var agents = write.Agents.AsNoTracking().Where(agent => agent.CompanyId == company && !agent.IsDisabled && agent.Email != null && !agent.EmailAwaitsProof);
        if (chosen is not null)
        {
            AgentId[] ids = [.. chosen];
            agents = agents.Where(agent => EF.Parameter(ids).Contains(agent.Id));
        }

        var found = await agents.OrderBy(agent => agent.Id).ToListAsync(cancellation);
        var own = await write.PermissionTemplates.AsNoTracking().Where(template => template.CompanyId == company).ToDictionaryAsync(template => template.Role, template => template.Bits, cancellation);
        return [.. Of(found).Zip(found, (receiver, agent) => (receiver, PermissionTemplate.RightsOf(agent.Role, own.TryGetValue(agent.Role, out var bits) ? bits : null)))];
    }

    /// <summary>One administrator if he can be written to, otherwise all of his company.</summary>
    public static async Task<List<LetterReceiver>> AdministratorAsync(PortalDbContext write, CompanyId company, AgentId agent, CancellationToken cancellation)
    {
        var all = await AdministratorsAsync(write, company, cancellation);
        return all.Find(one => one.Account == agent.Value) is { } himself ? [himself] : all;
    }

    /// <summary>The platform operators, at the e-mail they sign in with.</summary>
    public static async Task<List<LetterReceiver>> OperatorsAsync(PortalDbContext write, CancellationToken cancellation)
    {
        var accounts = await write.Users.AsNoTracking().Where(user => user.IsPlatformOperator && user.Email != null).OrderBy(user => user.Id).Select(user => new { user.Id, user.Email }).ToListAsync(cancellation);
        var ids = accounts.ConvertAll(account => new AgentId(account.Id));
        var agents = await write.Agents.AsNoTracking().Where(agent => ids.Contains(agent.Id)).ToDictionaryAsync(agent => agent.Id.Value, cancellation);
        return
        [
            .. from account in accounts
               let agent = agents.GetValueOrDefault(account.Id)
               where agent is null || (!agent.IsDisabled && !(agent.EmailAwaitsProof && agent.Email == account.Email))
               select new LetterReceiver(account.Id, account.Email!, agent?.DisplayName ?? account.Email!, agent?.Language),
        ];
    }

    private static List<LetterReceiver> Of(List<Agent> agents) => agents.ConvertAll(agent => new LetterReceiver(agent.Id.Value, agent.Email!, agent.DisplayName, agent.Language));
}
