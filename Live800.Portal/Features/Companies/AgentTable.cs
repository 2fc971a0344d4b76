using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Permissions;
using Live800.Portal.Identity;

namespace Live800.Portal.Features.Companies;

/// <summary>One agent as the administrator sees him.</summary>
/// <param name="HasPassword">Not before the first password was given or set by link.</param>
public sealed record AgentLine(AgentId Id, string Name, string DisplayName, string? Email, AgentRole Role, bool IsDisabled, bool HasPassword, DateTimeOffset CreatedAt)
{
    public bool IsAdministrator => Role == AgentRole.Administrator;

    /// <summary>As visitors see him (5).</summary>
    public AgentFace Face { get; init; } = new(DisplayName, "", "", "", "");

    /// <summary>No letter goes there yet but the one that asks for a confirmation (rule 1).</summary>
    public bool EmailAwaitsProof { get; init; }

    internal static AgentLine Of(Agent agent, bool hasPassword) =>
        new(agent.Id, agent.Name, agent.DisplayName, agent.Email, agent.Role, agent.IsDisabled, hasPassword, agent.CreatedAt) { EmailAwaitsProof = agent.EmailAwaitsProof, Face = agent.Face };
}

/// <summary>The agents of a company beside what its entitlement allows at this moment (rule 3.10).</summary>
/// <param name="Zone">The zone in which its dates are shown.</param>
public sealed record AgentTable(IReadOnlyList<AgentLine> Agents, Entitlement Entitlement, TimeZoneInfo Zone)
{
    /// <summary>The templates of rights an agent can hold.</summary>
    public IReadOnlyList<TemplateLine> Templates { get; init; } = [];

    /// <summary>The fewest characters of a password in this company.</summary>
    public int ShortestPassword { get; init; } = PasswordRules.Shortest;

    /// <summary>Those that somebody may give: nobody gives what he has not (S2.17).</summary>
    public IEnumerable<TemplateLine> GivableBy(CurrentAgent agent) => Templates.Where(template => template.Role == AgentRole.Administrator ? agent.IsAdministrator : agent.Rights.Covers(template.Rights));

    /// <summary>Whether somebody may act on this account (S2.17).</summary>
    public bool IsUnder(AgentLine line, CurrentAgent agent) => agent.IsAdministrator || (!line.IsAdministrator && Templates.FirstOrDefault(template => template.Role == line.Role) is { } held && agent.Rights.Covers(held.Rights));

    public int Enabled => Agents.Count(agent => !agent.IsDisabled);

    /// <summary>Nothing means unlimited.</summary>
    public long? Limit => Entitlement.AgentAccounts;

    public bool HasRoom => Entitlement.HasRoomForAgent(Enabled);

    /// <summary>Whether this agent is the only one left who may administer (S2.17).</summary>
    public bool IsLastAdministrator(AgentLine agent) => agent.IsAdministrator && !agent.IsDisabled && Agents.Count(other => other.IsAdministrator && !other.IsDisabled) == 1;
}

/// <summary>What an administrator types to create an agent.</summary>
public sealed class AgentForm
{
    public string? Name { get; set; }

    public string? DisplayName { get; set; }

    public string? Email { get; set; }

    /// <summary>Which template of rights (S2.17).</summary>
    public AgentRole Role { get; set; }

    public bool SetByLink { get; set; }

    public string? Password { get; set; }
}
