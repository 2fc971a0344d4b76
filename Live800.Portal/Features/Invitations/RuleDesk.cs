using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Invitations;

/// <summary>What an administrator writes into a rule.</summary>
public sealed record RuleForm(string? Name, string? Text, RuleConditions When, bool OncePerVisitor)
{
    /// <summary>What a rule says.</summary>
    public static RuleForm Of(InvitationRule rule) => new(
        rule.Name, rule.Text, new RuleConditions(rule.PageContains, rule.OnSiteSeconds, rule.OnPageSeconds, rule.MinPages, rule.MinVisits, rule.Source), rule.OncePerVisitor);
}

/// <summary>Changes the rules by which visitors are invited by themselves 自动邀请 (2). They are the administrators'; every change acts at once.</summary>
public sealed class RuleDesk(WriteQueue<PortalDbContext> writes, PortalEvents events, TimeProvider time)
{
    /// <summary>Adds one at the end, off. Refusals: NotAllowed, TooManyInvitationRules, InvitationRuleInvalid, TextTooLong.</summary>
    public Task<Outcome> AddAsync(CurrentAgent by, RuleForm form, CancellationToken cancellation = default) => DoAsync(
        by,
        async (context, token) =>
        {
            var all = await context.InvitationRules.Where(rule => rule.CompanyId == by.CompanyId).ToListAsync(token);
            if (all.Count >= InvitationRule.MostOfCompany) return Refusal.TooManyInvitationRules;
            var written = InvitationRule.Write(
                new InvitationRuleId(IdSource.Next(time.GetUtcNow())), by.CompanyId, all.Count == 0 ? 1 : all.Max(rule => rule.Position) + 1, form.Name, form.Text, form.When, form.OncePerVisitor);
            if (written.IsRefused) return written.Refusal;
            _ = context.InvitationRules.Add(written.Value);
            Note(context, by, AuditAction.RuleAdded, written.Value.Name, time.GetUtcNow(), new AuditChange("RuleText", "", written.Value.Text));
            return Outcome.Done;
        },
        cancellation);

    /// <summary>Changes one. Refusals: NotAllowed, InvitationRuleUnknown, ChangedMeanwhile, InvitationRuleInvalid, TextTooLong.</summary>
    public Task<Outcome> ChangeAsync(CurrentAgent by, InvitationRuleId id, long seen, RuleForm form, CancellationToken cancellation = default) => DoAsync(
        by,
        async (context, token) =>
        {
            if (await FindAsync(context, by.CompanyId, id, token) is not { } rule) return Refusal.InvitationRuleUnknown;
            var (name, text) = (rule.Name, rule.Text);
            var changed = rule.Change(form.Name, form.Text, form.When, form.OncePerVisitor, seen);
            if (!changed.IsRefused) Note(context, by, AuditAction.RuleChanged, rule.Name, time.GetUtcNow(), new AuditChange("RuleName", name, rule.Name), new AuditChange("RuleText", text, rule.Text));
            return changed;
        },
        cancellation);

    /// <summary>Turns one on or off. Refusals: NotAllowed, InvitationRuleUnknown.</summary>
    public Task<Outcome> TurnAsync(CurrentAgent by, InvitationRuleId id, bool on, CancellationToken cancellation = default) => DoAsync(
        by,
        async (context, token) =>
        {
            if (await FindAsync(context, by.CompanyId, id, token) is not { } rule) return Refusal.InvitationRuleUnknown;
            if (rule.IsOn == on) return Outcome.Done;
            rule.Turn(on);
            Note(context, by, on ? AuditAction.RuleTurnedOn : AuditAction.RuleTurnedOff, rule.Name, time.GetUtcNow());
            return Outcome.Done;
        },
        cancellation);

    /// <summary>Moves one up or down; the first that fits a visitor invites. Refusals: NotAllowed, InvitationRuleUnknown.</summary>
    public Task<Outcome> MoveAsync(CurrentAgent by, InvitationRuleId id, bool up, CancellationToken cancellation = default) => DoAsync(
        by,
        async (context, token) =>
        {
            var all = RuleQueries.InOrder(await context.InvitationRules.Where(rule => rule.CompanyId == by.CompanyId).ToListAsync(token));
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
    public Task<Outcome> DeleteAsync(CurrentAgent by, InvitationRuleId id, long seen, CancellationToken cancellation = default) => DoAsync(
        by,
        async (context, token) =>
        {
            if (await FindAsync(context, by.CompanyId, id, token) is not { } rule) return Outcome.Done;
            if (rule.Version != seen) return Refusal.ChangedMeanwhile;
            var now = time.GetUtcNow();
            _ = context.InvitationRules.Remove(rule);
            _ = context.DeletedRules.Add(new DeletedRule(rule, now));
            Note(context, by, AuditAction.RuleDeleted, rule.Name, now, new AuditChange("RuleText", rule.Text, ""));
            return Outcome.Done;
        },
        cancellation);

    private static Task<InvitationRule?> FindAsync(PortalDbContext context, CompanyId companyId, InvitationRuleId id, CancellationToken cancellation) =>
        context.InvitationRules.SingleOrDefaultAsync(rule => rule.CompanyId == companyId && rule.Id == id, cancellation);

    private static void Note(PortalDbContext context, CurrentAgent by, AuditAction action, string what, DateTimeOffset now, params AuditChange[] changes) =>
        _ = context.Add(AuditEntry.Of(by, action, $"{by.CompanyCode} · {what}", now, changes.Where(change => change.Before != change.After)));

    private async Task<Outcome> DoAsync(CurrentAgent by, Func<PortalDbContext, CancellationToken, Task<Outcome>> work, CancellationToken cancellation)
    {
        var outcome = await writes.RunAsAsync(by.CompanyId, by.AgentId, Permission.Settings, work, cancellation);
        if (!outcome.IsRefused) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.InvitationRules, by.CompanyId.Value));
        return outcome;
    }
}
