using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Portal.Components.Shared;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Workspace;

/// <summary>What a start costs, said before, and what became of an invitation, said afterwards.</summary>
public static class StartWords
{
    public static string Cost(Entitlement entitlement, IStringLocalizer<Texts> texts) => entitlement.Kind switch
    {
        PackageKind.Monthly => texts["StartCostMonthly"],
        PackageKind.Click => texts["StartCostClick", Words.Count(entitlement.AnswersLeft ?? 0)],
        _ => texts["StartCostFree", entitlement.AnswersLeft ?? 0],
    };

    /// <summary>Empty while the invitation is open.</summary>
    public static string Outcome(Invitation invitation, InvitationState state, TimeZoneInfo zone, IStringLocalizer<Texts> texts) => state switch
    {
        InvitationState.Accepted => texts["InvitationAccepted", Words.Time(invitation.AnsweredAt!.Value, zone)],
        InvitationState.Refused => texts["InvitationRefused", Words.Time(invitation.AnsweredAt!.Value, zone)],
        InvitationState.Unserved => texts["InvitationUnserved", Words.Time(invitation.AnsweredAt!.Value, zone)],
        InvitationState.Expired when invitation.DeliveredAt is null => texts["InvitationNotDelivered", Words.Time(invitation.SentAt, zone)],
        InvitationState.Expired => texts["InvitationExpired", Words.Time(invitation.SentAt, zone)],
        _ => "",
    };
}
