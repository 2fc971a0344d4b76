using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Security;

/// <summary>What a company asks of everybody who signs in.</summary>
public enum TwoStepRule
{
    /// <summary>Everybody decides for himself.</summary>
    Own,

    /// <summary>Everybody signs in in two steps after the time of grace.</summary>
    Soon,

    /// <summary>Everybody signs in in two steps.</summary>
    Now,
}

/// <summary>One agent, and how he signs in.</summary>
/// <param name="IsOn">Whether he signs in in two steps.</param>
/// <param name="Passkeys">How many passkeys he has, each of which is both steps.</param>
/// <param name="LastSignInAt">Nothing where he was never let in, or not since this is kept.</param>
public sealed record SecurityLine(AgentId Id, string Name, string DisplayName, bool IsDisabled, bool IsOn, int Passkeys, DateTimeOffset? LastSignInAt)
{
    /// <summary>Whether a stolen password alone would not do where two steps are asked of everybody.</summary>
    public bool IsReady => IsOn || Passkeys > 0;
}

/// <summary>The rule of the company, and where everybody stands.</summary>
/// <param name="From">From when on two steps are asked of everybody.</param>
/// <param name="ShortestPassword">The fewest characters of a new password.</param>
public sealed record SecuritySheet(DateTimeOffset? From, int ShortestPassword, IReadOnlyList<SecurityLine> Agents, TimeZoneInfo Zone)
{
    public TwoStepRule RuleAt(DateTimeOffset now) => From is not { } from ? TwoStepRule.Own : from <= now ? TwoStepRule.Now : TwoStepRule.Soon;

    /// <summary>Open accounts with two steps or a passkey, and all open accounts.</summary>
    public (int On, int All) Count => (Agents.Count(agent => agent is { IsReady: true, IsDisabled: false }), Agents.Count(agent => !agent.IsDisabled));
}

/// <summary>
/// The company's rule for signing in, and the reset of a lost second step (rule 1). Only its administrators: who asks is looked up again inside every change, and what was done stands
/// in the audit log; an agent of another company is simply not there.
/// </summary>
public sealed class SecurityDesk(
    IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, TwoStepKeys keys, MailDesk mail, PortalEvents events, TimeProvider clock)
{
    public async Task<SecuritySheet> ReadAsync(CompanyId company, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var security = await context.CompanySecurities.AsNoTracking().Where(row => row.CompanyId == company).SingleOrDefaultAsync(cancellation);
        var agents = await context.Agents.AsNoTracking().Where(agent => agent.CompanyId == company).OrderBy(agent => agent.IsDisabled).ThenBy(agent => agent.Name).ToListAsync(cancellation);
        var ids = agents.ConvertAll(agent => agent.Id.Value);
        var accounts = await context.Users.AsNoTracking().Where(user => ids.Contains(user.Id)).Select(user => new { user.Id, user.TwoFactorEnabled, user.LastSignInAt }).ToDictionaryAsync(user => user.Id, cancellation);
        var passkeys = await context.Passkeys.Where(passkey => ids.Contains(passkey.AccountId)).GroupBy(passkey => passkey.AccountId).Select(owner => new { owner.Key, Count = owner.Count() })
            .ToDictionaryAsync(owner => owner.Key, owner => owner.Count, cancellation);
        var zones = (await context.Companies.AsNoTracking().SingleAsync(row => row.Id == company, cancellation)).Zones;
        return new SecuritySheet(
            security?.TwoStepFrom,
            security?.ShortestPassword ?? PasswordRules.Shortest,
            [.. agents.Select(agent => accounts.TryGetValue(agent.Id.Value, out var account)
                ? new SecurityLine(agent.Id, agent.Name, agent.DisplayName, agent.IsDisabled, account.TwoFactorEnabled, passkeys.GetValueOrDefault(agent.Id.Value), account.LastSignInAt)
                : new SecurityLine(agent.Id, agent.Name, agent.DisplayName, agent.IsDisabled, false, 0, null))],
            zones.ZoneAt(clock.GetUtcNow()));
    }

    /// <summary>
    /// Asks two steps of everybody, at once or after the time of grace, or leaves it to everybody. Who has none is led to set them up with his next action; signing in with a passkey is both steps.
    /// Refusals: NotAllowed, TwoStepOwnFirst (whoever asks it of others has it himself, with the recovery codes: a lost passkey must not shut the company).
    /// </summary>
    public async Task<Outcome> RequireAsync(CurrentAgent by, TwoStepRule rule, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var told = new List<AgentId>();
        var outcome = await writes.RunAsAdministratorAsync(
            by.CompanyId,
            by.AgentId,
            async (context, token) =>
            {
                var security = await context.CompanySecurities.SingleOrDefaultAsync(row => row.CompanyId == by.CompanyId, token);
                var before = security?.TwoStepFrom;
                if (rule == TwoStepRule.Own)
                {
                    security?.Leave();
                }
                else
                {
                    if (!await context.Users.AnyAsync(user => user.Id == by.AgentId.Value && user.TwoFactorEnabled, token)) return Refusal.TwoStepOwnFirst;
                    // Asked of everybody already: the day it began stays.
                    if (rule == TwoStepRule.Now && before <= now) return Outcome.Done;
                    if (security is null) _ = context.Add(security = new CompanySecurity(by.CompanyId));
                    security.Require(rule == TwoStepRule.Now, now);
                }

                if (before == security?.TwoStepFrom) return Outcome.Done;
                _ = context.Add(AuditEntry.Of(by, AuditAction.TwoStepRequired, by.CompanyCode, now, [new AuditChange("TwoStepFrom", Said(before), Said(security?.TwoStepFrom))]));
                told = await context.Agents.Where(agent => agent.CompanyId == by.CompanyId && !agent.IsDisabled).Select(agent => agent.Id).ToListAsync(token);
                return Outcome.Done;
            },
            cancellation);
        if (outcome.IsRefused) return outcome;
        foreach (var id in told) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Agents, id.Value));
        return outcome;
    }

    /// <summary>How long a new password of anybody in the company is at least; passwords in use stay. Refusals: NotAllowed, PasswordLengthInvalid.</summary>
    public Task<Outcome> AskPasswordsAsync(CurrentAgent by, int shortest, CancellationToken cancellation = default) => writes.RunAsAdministratorAsync(
        by.CompanyId,
        by.AgentId,
        async (context, token) =>
        {
            var security = await context.CompanySecurities.SingleOrDefaultAsync(row => row.CompanyId == by.CompanyId, token);
            if (security is null) _ = context.Add(security = new CompanySecurity(by.CompanyId));
            var before = security.ShortestPassword;
            var asked = security.AskPasswords(shortest);
            if (asked.IsRefused || before == shortest) return asked;
            var change = new AuditChange("ShortestPassword", before.ToString(CultureInfo.InvariantCulture), shortest.ToString(CultureInfo.InvariantCulture));
            _ = context.Add(AuditEntry.Of(by, AuditAction.PasswordRuleChanged, by.CompanyCode, clock.GetUtcNow(), [change]));
            return asked;
        },
        cancellation);

    /// <summary>
    /// Takes the second step and the passkeys from an agent who lost his phone: all his sign-ins end, and a letter tells him where he has a confirmed e-mail and mail works. Refusals: NotAllowed, AgentUnknown,
    /// TwoStepOwnReset (one's own is turned off with a code, in the profile), TwoStepIsOff (he has neither).
    /// </summary>
    public async Task<Outcome> ResetAsync(CurrentAgent by, AgentId id, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var outcome = await writes.RunAsAdministratorAsync(
            by.CompanyId,
            by.AgentId,
            async (context, token) =>
            {
                if (await context.Agents.AsNoTracking().SingleOrDefaultAsync(row => row.CompanyId == by.CompanyId && row.Id == id, token) is not { } agent) return Refusal.AgentUnknown;
                if (id == by.AgentId) return Refusal.TwoStepOwnReset;
                var stored = await context.Users.SingleAsync(user => user.Id == id.Value, token);
                var passkeys = await context.Passkeys.Where(passkey => passkey.AccountId == id.Value).ToListAsync(token);
                if (!stored.TwoFactorEnabled && passkeys.Count == 0) return Refusal.TwoStepIsOff;
                await keys.TurnOffAsync(context, stored);
                context.Passkeys.RemoveRange(passkeys);
                _ = await context.Set<SignInSession>().Where(session => session.AccountId == id.Value).ExecuteDeleteAsync(token);
                _ = context.Add(AuditEntry.Of(by, AuditAction.TwoStepReset, $"{by.CompanyCode} · {agent.Name}", now, passkeys.Count == 0 ? null : [new AuditChange("Passkeys", passkeys.Count.ToString(CultureInfo.InvariantCulture), "0")]));
                if (agent.LetterAddress is { } to && await MailDesk.IsOnAsync(context, token)) _ = await MailDesk.QueueAsync(context, by.CompanyId, LetterTo(agent, to, by), now, token);
                return Outcome.Done;
            },
            cancellation);
        if (outcome.IsRefused) return outcome;
        mail.Call();
        events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Agents, id.Value));
        return outcome;
    }

    private static Letter LetterTo(Agent agent, string to, CurrentAgent by)
    {
        var letter = new Letter(LetterKind.TwoStepReset, to, agent.DisplayName, agent.Language);
        string Say(string key, params object?[] facts) => letter.Word<Texts>(key, facts);
        return letter.About(Say("ResetSubject")).Say(Say("ResetLetter", by.DisplayName)).Fact(Say("CompanyId"), by.CompanyCode).Fact(Say("AgentId"), agent.Name).Say(Say("ResetNext")).Say(Say("ResetNotYou"));
    }

    private static string Said(DateTimeOffset? from) => from?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "";
}
