using Live800.Domain.Companies;
using Live800.Portal.Identity;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Companies;

/// <summary>How a template of rights is called (S2.17).</summary>
internal static class RoleWords
{
    public static string Of(CurrentAgent agent, IStringLocalizer<Texts> texts) => Of(agent.Role, agent.TemplateName, texts);

    /// <param name="name">Its name, where the company made it.</param>
    public static string Of(AgentRole role, string? name, IStringLocalizer<Texts> texts) =>
        role == AgentRole.Administrator ? texts["RoleAdministrator"]
        : role == AgentRole.Supervisor ? texts["RoleSupervisor"]
        : role == AgentRole.Agent ? texts["RoleAgent"]
        : name ?? texts["RoleGone"];
}
