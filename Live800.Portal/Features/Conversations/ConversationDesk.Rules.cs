using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

// Automatic invitations 自动邀请 (2).
public sealed partial class ConversationDesk
{
    /// <summary>
    /// A rule invites: costs nothing, also when the visitor accepts; then he waits like anybody who asks. Refusals: NobodyCanAnswer (outside hours, nobody in, no answers left, 3.6), VisitorGone, VisitorBlocked, InvitedByRule
    /// (in this visit, once ever by a rule that says so, or he has talked in this visit), AlreadyTalking, VisitorIsWaiting, AlreadyInvited, RefusedLately, InvitationRuleUnknown.
    /// </summary>
    /// <param name="fitting">The rules that fit him, in order: the first that may invites.</param>
    internal async Task<Outcome<Invitation>> InviteByRuleAsync(CompanyId companyId, VisitorId visitor, IReadOnlyList<InvitationRule> fitting, CancellationToken cancellation = default)
    {
        var invited = await writes.RunAsync<Outcome<Invitation>>(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                if (visits.Find(companyId, visitor, now) is not { } visit) return Refusal.VisitorGone;
                if (await blocks.CoversAsync(companyId, visitor, visit.NetworkAddress, token)) return Refusal.VisitorBlocked;
                var latest = await context.LatestOfVisitorAsync(companyId, visitor, token);
                if (latest is { IsRunning: false } && latest.VisitId == visit.Id) return Refusal.InvitedByRule;
                var before = await context.Invitations.AsNoTracking()
                    .Where(row => row.CompanyId == companyId && row.VisitorId == visitor && row.RuleId != null)
                    .Select(row => new { row.VisitId, row.RuleId })
                    .ToListAsync(token);
                if (before.Exists(row => row.VisitId == visit.Id)) return Refusal.InvitedByRule;
                if (fitting.FirstOrDefault(one => !one.OncePerVisitor || !before.Exists(row => row.RuleId == one.Id)) is not { } rule) return Refusal.InvitedByRule;
                // Turned off or deleted since it was looked at.
                if (!await context.InvitationRules.AnyAsync(row => row.CompanyId == companyId && row.Id == rule.Id && row.IsOn, token)) return Refusal.InvitationRuleUnknown;
                if (!await answering.CanAnswerAsync(context, companyId, null, now, token)) return Refusal.NobodyCanAnswer;
                var last = await context.LastInvitationAsync(companyId, visitor, token);
                var sent = Invitation.Send(
                    new InvitationId(IdSource.Next(now)), companyId, visitor, visit.Id, null, visit.LastAlive(now), latest is { IsRunning: true } ? latest : null, last, now, moments, rule.Text, rule: rule.Id);
                if (sent.IsRefused) return sent.Refusal;
                // The one before gives its place up first: there is one without an outcome at most.
                if (last?.Expire(now, moments) == true) _ = await context.SaveChangesAsync(token);
                _ = context.Invitations.Add(sent.Value);
                return sent;
            },
            cancellation);
        if (!invited.IsRefused) Tell(invited.Value);
        return invited;
    }
}
