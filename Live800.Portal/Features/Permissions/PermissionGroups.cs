using Live800.Domain.Companies;

namespace Live800.Portal.Features.Permissions;

/// <summary>The rights as they are shown: what belongs together stands together.</summary>
internal static class PermissionGroups
{
    public static readonly IReadOnlyList<(string Name, IReadOnlyList<Permission> Permissions)> All =
    [
        ("Visitors", [Permission.Proactive, Permission.Invite, Permission.PushPage, Permission.Block, Permission.Invisible]),
        ("Records", [Permission.Supervise, Permission.SeeOthers, Permission.History, Permission.HistoryExport, Permission.CardsEdit, Permission.CardsExport, Permission.Messages]),
        ("Company", [Permission.Codes, Permission.Settings, Permission.Agents, Permission.Purchase, Permission.Statistics, Permission.Audit, Permission.PersonalData]),
    ];
}
