using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Companies;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Invitations;

/// <summary>What an administrator writes into a rule.</summary>
public sealed record RuleForm(string? Name, string? Text, RuleConditions When, bool OncePerVisitor);

/// <summary>Changes the rules by which visitors are invited by themselves 自动邀请 (2). They are the administrators'; every change acts at once.</summary>
public sealed class RuleDesk(WriteQueue<PortalDbContext> writes, PortalEvents events, TimeProvider time)
{
    /// <summary>Adds one at the end, off. Refusals: NotAllowed, TooManyInvitationRules, InvitationRuleInvalid, TextTooLong.</summary>
    public Task<Outcome> AddAsync(CompanyId companyId, AgentId by, RuleForm form, CancellationToken cancellation = default) => DoAsync(
        companyId,
        by,
        async (context, token) =>
        {
            var all = await context.InvitationRules.Where(rule => rule.CompanyId == companyId).ToListAsync(token);
            if (all.Count >= InvitationRule.MostOfCompany) return Refusal.TooManyInvitationRules;
            var written = InvitationRule.Write(
                new InvitationRuleId(IdSource.Next(time.GetUtcNow())), companyId, all.Count == 0 ? 1 : all.Max(rule => rule.Position) + 1, form.Name, form.Text, form.When, form.OncePerVisitor);
            if (written.IsRefused) return written.Refusal;
            _ = context.InvitationRules.Add(written.Value);
            return Outcome.Done;
        },
        cancellation);

    /// <summary>Changes one. Refusals: NotAllowed, InvitationRuleUnknown, ChangedMeanwhile, InvitationRuleInvalid, TextTooLong.</summary>
    public Task<Outcome> ChangeAsync(CompanyId companyId, AgentId by, InvitationRuleId id, long seen, RuleForm form, CancellationToken cancellation = default) => DoAsync(
        companyId,
        by,
        async (context, token) => await FindAsync(context, companyId, id, token) is { } rule ? rule.Change(form.Name, form.Text, form.When, form.OncePerVisitor, seen) : Refusal.InvitationRuleUnknown,
        cancellation);

    /// <summary>Turns one on or off. Refusals: NotAllowed, InvitationRuleUnknown.</summary>
    public Task<Outcome> TurnAsync(CompanyId companyId, AgentId by, InvitationRuleId id, bool on, CancellationToken cancellation = default) => DoAsync(
        companyId,
        by,
        async (context, token) =>
        {
            if (await FindAsync(context, companyId, id, token) is not { } rule) return Refusal.InvitationRuleUnknown;
            if (rule.IsOn != on) rule.Turn(on);
            return Outcome.Done;
        },
        cancellation);

    /// <summary>Moves one up or down; the first that fits a visitor invites. Refusals: NotAllowed, InvitationRuleUnknown.</summary>
    public Task<Outcome> MoveAsync(CompanyId companyId, AgentId by, InvitationRuleId id, bool up, CancellationToken cancellation = default) => DoAsync(
        companyId,
        by,
        async (context, token) =>
        {
            var all = RuleQueries.InOrder(await context.InvitationRules.Where(rule => rule.CompanyId == companyId).ToListAsync(token));
            var at = all.FindIndex(rule => rule.Id == id);
            if (at < 0) return Refusal.InvitationRuleUnknown;
            var to = at + (up ? -1 : 1);
            if (to < 0 || to >= all.Count) return Outcome.Done;
            var (mine, its) = (all[at].Position, all[to].Position);
            all[at].MoveTo(its);
            all[to].MoveTo(mine);
            return Outcome.Done;
        },
        cancellation);

    /// <summary>Deletes one; what it invited stays. One that is gone is gone. Refusals: NotAllowed, ChangedMeanwhile.</summary>
    public Task<Outcome> DeleteAsync(CompanyId companyId, AgentId by, InvitationRuleId id, long seen, CancellationToken cancellation = default) => DoAsync(
        companyId,
        by,
        async (context, token) =>
        {
            if (await FindAsync(context, companyId, id, token) is not { } rule) return Outcome.Done;
            if (rule.Version != seen) return Refusal.ChangedMeanwhile;
            _ = context.InvitationRules.Remove(rule);
            return Outcome.Done;
        },
        cancellation);

    private static Task<InvitationRule?> FindAsync(PortalDbContext context, CompanyId companyId, InvitationRuleId id, CancellationToken cancellation) =>
        context.InvitationRules.SingleOrDefaultAsync(rule => rule.CompanyId == companyId && rule.Id == id, cancellation);

    private async Task<Outcome> DoAsync(CompanyId companyId, AgentId by, Func<PortalDbContext, CancellationToken, Task<Outcome>> work, CancellationToken cancellation)
    {
        var outcome = await writes.RunAsAdministratorAsync(companyId, by, work, cancellation);
        if (!outcome.IsRefused) events.Publish(new PortalEvent(companyId, PortalTopic.InvitationRules, companyId.Value));
        return outcome;
    }
}
