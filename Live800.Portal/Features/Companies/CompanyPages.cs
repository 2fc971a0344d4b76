using Live800.Domain.Companies;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;

namespace Live800.Portal.Features.Companies;

/// <summary>A page of the company's menu.</summary>
/// <param name="Word">Key of its name.</param>
/// <param name="Right">Who has it sees the page; nothing is an administrator's alone.</param>
/// <param name="Acts">What is done there, as the audit log calls it: the page shows who did it last.</param>
public sealed record CompanyEntry(string Address, string Word, Permission? Right, params IReadOnlyList<AuditAction> Acts)
{
    /// <summary>Whether somebody may open it (S2.17).</summary>
    public bool IsFor(CurrentAgent agent) => Right is { } right ? agent.May(right) : agent is { IsAgent: true, IsAdministrator: true };
}

/// <summary>The company's menu, top to bottom. Everybody sees what he may open; the pages ask again.</summary>
public static class CompanyPages
{
    public static readonly CompanyEntry[] All =
    [
        new("company/agents", "MenuAgents", Permission.Agents, AuditAction.AgentCreated, AuditAction.AgentDisabled, AuditAction.AgentEnabled, AuditAction.ResetLinkMade, AuditAction.RightsGiven, AuditAction.AgentsInvited, AuditAction.AgentInvitationWithdrawn, AuditAction.AgentInvitationSentAgain, AuditAction.AgentJoined, AuditAction.AgentsImported, AuditAction.AgentFaceChanged, AuditAction.AgentSignedOut),
        new("company/permissions", "MenuPermissions", null, AuditAction.TemplateMade, AuditAction.TemplateChanged, AuditAction.TemplateRemoved, AuditAction.RightsGiven),
        new("company/security", "MenuSecurity", null, AuditAction.TwoStepRequired, AuditAction.TwoStepReset),
        new("company/groups", "MenuGroups", Permission.Settings, AuditAction.GroupMade, AuditAction.GroupChanged, AuditAction.GroupRemoved, AuditAction.RoutingChanged, AuditAction.ConversationLimitChanged),
        new("company/hours", "MenuHours", Permission.Settings, AuditAction.HoursChanged, AuditAction.ZoneChanged),
        new("company/icons", "MenuIcons", Permission.Codes, AuditAction.IconMade, AuditAction.IconChanged, AuditAction.IconRemoved),
        new("company/appearance", "MenuAppearance", Permission.Codes, AuditAction.AppearanceChanged),
        new("company/before-chat", "MenuBeforeChat", Permission.Codes, AuditAction.BeforeChatChanged),
        new("company/codes", "MenuCodes", Permission.Codes),
        new("company/installation", "MenuInstallation", Permission.Codes, AuditAction.PagesLeftOut, AuditAction.PagesTakenBack),
        new("company/sites", "MenuSites", Permission.Codes, AuditAction.SiteAllowed, AuditAction.SiteWithdrawn),
        new("company/members", "MenuMembers", Permission.Codes, AuditAction.MembersChosen, AuditAction.MemberKeyMade, AuditAction.MemberKeyEnded),
        new("company/conversations", "MenuConversations", Permission.Settings, AuditAction.LabelAdded, AuditAction.LabelRenamed, AuditAction.LabelRetired, AuditAction.ConversationWaysChanged),
        new("company/invitations", "MenuInvitations", Permission.Settings, AuditAction.RuleAdded, AuditAction.RuleChanged, AuditAction.RuleTurnedOn, AuditAction.RuleTurnedOff, AuditAction.RuleDeleted),
        new("company/blocks", "MenuBlocks", Permission.Settings, AuditAction.VisitorBlocked, AuditAction.BlockLifted),
        new("company/replies", "MenuReplies", Permission.Settings, AuditAction.ReplyAdded, AuditAction.ReplyChanged, AuditAction.ReplyDeleted),
        new("company/mail", "MenuMail", Permission.Settings, AuditAction.CompanyMailChanged, AuditAction.ReplyToConfirmed, AuditAction.WeeklyReportChanged),
        new("company/personal-data", "MenuPersonalData", Permission.PersonalData, AuditAction.PersonalDataExported, AuditAction.VisitorErased, AuditAction.RetentionChanged, AuditAction.RetentionApplied),
        new("company/audit", "MenuAudit", Permission.Audit),
        new("first-steps", "MenuFirstSteps", Permission.Codes),
        new("company/close", "MenuClose", null, AuditAction.CompanyExported, AuditAction.CompanyClosed),
    ];

    /// <summary>Where the company begins for somebody; nothing where no page of it is his.</summary>
    public static string? FirstFor(CurrentAgent agent) => All.FirstOrDefault(entry => entry.IsFor(agent))?.Address;
}
