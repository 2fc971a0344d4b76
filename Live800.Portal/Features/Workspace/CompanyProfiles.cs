using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Workspace;

/// <summary>The names a desk shows: the company's and its agents', disabled ones too, because old conversations name them.</summary>
/// <param name="Welcome">The company's own first words to visitors; empty for the built-in ones.</param>
/// <param name="PreviewTyping">Whether agents see what a visitor types before it is sent.</param>
public sealed record CompanyProfile(string Code, string Name, string Welcome, bool PreviewTyping, IReadOnlyDictionary<AgentId, string> AgentNames)
{
    /// <summary>The company's groups in order, and at the end those that were removed.</summary>
    public IReadOnlyList<GroupFacts> Groups { get; init; } = [];
}

/// <summary>A group as a desk knows it.</summary>
/// <param name="IsRemoved">Only a name any more, for what is past.</param>
public sealed record GroupFacts(GroupId Id, string Name, IReadOnlySet<AgentId> Agents, bool IsRemoved);

/// <summary>Reads company profiles.</summary>
public sealed class CompanyProfiles(IDbContextFactory<PortalDbContext> contexts)
{
    public async Task<CompanyProfile> ReadAsync(CompanyId companyId, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var company = await context.Companies.AsNoTracking().SingleAsync(company => company.Id == companyId, cancellation);
        var names = await context.Agents
            .Where(agent => agent.CompanyId == companyId)
            .ToDictionaryAsync(agent => agent.Id, agent => agent.DisplayName, cancellation);
        var groups = await context.Groups.AsNoTracking().Where(group => group.CompanyId == companyId)
            .OrderBy(group => group.RemovedAt != null).ThenBy(group => group.Position).ThenBy(group => group.Id).ToListAsync(cancellation);
        return new CompanyProfile(company.Code, company.Name, company.Settings.Welcome, company.Settings.PreviewTyping, names)
        {
            Groups = [.. groups.Select(group => new GroupFacts(group.Id, group.Name, group.Members.Select(member => member.AgentId).ToHashSet(), group.RemovedAt is not null))],
        };
    }
}
