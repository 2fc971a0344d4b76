using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Permissions;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Companies;

/// <summary>
/// The agents of a company: creating, disabling, enabling, roles, reset links (S1.3, S4.8 to S4.10, rule 3.10). Who asks is looked up again inside every
/// change; an agent of another company is simply not there.
/// </summary>
public sealed class AgentRoster(
    IDbContextFactory<PortalDbContext> contexts,
    WriteQueue<PortalDbContext> writes,
    PasswordDesk passwords,
    PublicAddress address,
    ConversationDesk conversations,
    AgentPresence presence,
    PortalEvents events,
    PackageDesk packages,
    EmailLetters letters,
    MailDesk mail,
    Moments moments,
    TimeProvider clock)
{
    /// <summary>All agents of the company, the enabled ones first, and how many the entitlement of this moment allows.</summary>
    public async Task<AgentTable> TableAsync(CompanyId company, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var agents = await context.Agents.AsNoTracking().Where(agent => agent.CompanyId == company).OrderBy(agent => agent.IsDisabled).ThenBy(agent => agent.Name).ToListAsync(cancellation);
        var ids = agents.ConvertAll(agent => agent.Id.Value);
        var withPassword = await context.Users.Where(user => ids.Contains(user.Id) && user.PasswordHash != null).Select(user => user.Id).ToHashSetAsync(cancellation);
        var facts = await packages.FactsAsync(company, cancellation);
        return new AgentTable([.. agents.Select(agent => AgentLine.Of(agent, withPassword.Contains(agent.Id.Value)))], facts.InForce, facts.Zone)
        {
            Templates = await PermissionQueries.TemplatesAsync(context, company, cancellation),
            ShortestPassword = await context.ShortestPasswordAsync(company, cancellation),
        };
    }

    /// <summary>
    /// Creates an agent, with a first password or without one; then he sets it by link. Refusals: NotAllowed, TemplateUnknown, MoreRightsThanYours (S2.17), AgentLimitReached (rule 3.10), AgentNameInvalid,
    /// AgentNameTaken, DisplayNameInvalid, EmailInvalid, EmailTaken, PasswordWeak. Where mail works his e-mail is asked to be confirmed.
    /// </summary>
    public async Task<Outcome<AgentId>> CreateAsync(CurrentAgent by, AgentForm form, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var company = await CompanyAsync(by.CompanyId, cancellation);
        if (!form.SetByLink && PasswordRules.Check(form.Password, company.ShortestPassword, form.Name, form.DisplayName, form.Email, company.Code, company.Name) != PasswordFault.None) return Refusal.PasswordWeak;

        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "zh-CN";
        var hash = form.SetByLink ? null : passwords.Hash(form.Password!);
        var outcome = await ChangeAsync<AgentId>(
            by,
            async (context, token) =>
            {
                var giving = await context.MayGiveAsync(by.CompanyId, by.AgentId, form.Role, token);
                if (giving.IsRefused) return giving.Refusal;
                var made = await AddAsync(context, by.CompanyId, company.Code, form, hash, asksProof: true, language, now, token);
                if (!made.IsRefused) Note(context, by, AuditAction.AgentCreated, form.Name!.Trim().ToLowerInvariant(), now);
                return made;
            },
            cancellation);
        if (outcome.IsRefused) return outcome;
        mail.Call();
        Tell(by.CompanyId, outcome.Value);
        return outcome;
    }

    /// <summary>
    /// Closes an agent's account: his sessions and reset links end at once, his seat is freed and his conversations wait for somebody else. Refusals: NotAllowed, AgentUnknown, MoreRightsThanYours, LastAdministrator (S2.17).
    /// </summary>
    public async Task<Outcome> DisableAsync(CurrentAgent by, AgentId id, CancellationToken cancellation = default)
    {
        var returned = new List<Conversation>();
        var outcome = await ChangeOneAsync(
            by,
            id,
            async (context, agent, token) =>
            {
                var disabled = agent.Disable(await AdministratorsOf(context, by.CompanyId).CountAsync(token));
                if (disabled.IsRefused) return disabled;
                Note(context, by, AuditAction.AgentDisabled, agent.Name, clock.GetUtcNow());
                var account = await context.Users.SingleAsync(user => user.Id == id.Value, token);
                account.Restamp();
                _ = await context.Set<SignInSession>().Where(session => session.AccountId == id.Value).ExecuteDeleteAsync(token);
                var seats = await context.SeatPlans.SingleAsync(plan => plan.CompanyId == by.CompanyId, token);
                _ = seats.Release(id);
                returned = await ConversationDesk.LeaveAllAsync(context, by.CompanyId, id, clock.GetUtcNow(), moments, token);
                return disabled;
            },
            cancellation);
        if (outcome.IsRefused) return outcome;
        presence.HasLeft(by.CompanyId, id);
        events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Seats, id.Value));
        foreach (var conversation in returned) conversations.Tell(conversation);
        return outcome;
    }

    /// <summary>Opens a disabled account again if there is room for it (rule 3.10). Refusals: NotAllowed, AgentUnknown, MoreRightsThanYours, AgentLimitReached.</summary>
    public Task<Outcome> EnableAsync(CurrentAgent by, AgentId id, CancellationToken cancellation = default) => ChangeOneAsync(
        by,
        id,
        async (context, agent, token) =>
        {
            var now = clock.GetUtcNow();
            var enabled = agent.Enable(await packages.EntitlementAsync(context, by.CompanyId, now, token), await EnabledOf(context, by.CompanyId).CountAsync(token));
            if (!enabled.IsRefused) Note(context, by, AuditAction.AgentEnabled, agent.Name, now);
            return enabled;
        },
        cancellation);

    /// <summary>Gives another template of rights; his open pages follow at once. Refusals: NotAllowed, AgentUnknown, TemplateUnknown, MoreRightsThanYours, LastAdministrator (S2.17).</summary>
    public Task<Outcome> BecomeAsync(CurrentAgent by, AgentId id, AgentRole role, CancellationToken cancellation = default) => ChangeOneAsync(
        by,
        id,
        async (context, agent, token) =>
        {
            if (agent.Role == role) return Outcome.Done;
            var giving = await context.MayGiveAsync(by.CompanyId, by.AgentId, role, token);
            if (giving.IsRefused) return giving;
            var before = await CalledAsync(context, by.CompanyId, agent.Role, token);
            var changed = agent.Become(role, await AdministratorsOf(context, by.CompanyId).CountAsync(token));
            if (changed.IsRefused) return changed;
            var now = clock.GetUtcNow();
            Note(context, by, AuditAction.RightsGiven, agent.Name, now, new AuditChange("TemplateOf", before, await CalledAsync(context, by.CompanyId, role, token)));
            return changed;
        },
        cancellation);

    /// <summary>
    /// A link by which the agent sets a password: works once, for a day, and makes earlier links worthless. Refusals: NotAllowed, AgentUnknown, MoreRightsThanYours, AgentDisabled.
    /// </summary>
    public async Task<Outcome<string>> MakeLinkAsync(CurrentAgent by, AgentId id, CancellationToken cancellation = default)
    {
        var allowed = await ChangeOneAsync(
            by,
            id,
            (context, agent, _) =>
            {
                if (!agent.IsDisabled) Note(context, by, AuditAction.ResetLinkMade, agent.Name, clock.GetUtcNow());
                return Task.FromResult(Outcome.Done);
            },
            cancellation);
        if (allowed.IsRefused) return allowed.Refusal;
        var token = await passwords.MakeLinkTokenAsync(id, cancellation);
        return token.IsRefused
            ? token
            : address.Of(string.Create(CultureInfo.InvariantCulture, $"/reset?account={id.Value}&token={Uri.EscapeDataString(token.Value)}"));
    }

    /// <summary>An agent's own name and language. Refusals: AgentUnknown, DisplayNameInvalid.</summary>
    public async Task<Outcome> IntroduceAsync(CurrentAgent self, string displayName, string? language, CancellationToken cancellation = default)
    {
        var outcome = await writes.RunAsync(
            async (context, token) =>
            {
                var agent = await context.Agents.SingleOrDefaultAsync(row => row.CompanyId == self.CompanyId && row.Id == self.AgentId, token);
                if (agent is null) return Refusal.AgentUnknown;
                var named = agent.Introduce(displayName);
                if (!named.IsRefused) agent.Speak(language);
                return named;
            },
            cancellation);
        if (!outcome.IsRefused) Tell(self.CompanyId, self.AgentId);
        return outcome;
    }

    /// <summary>Keeps a language chosen by the switch in the bar.</summary>
    public async Task SpeakAsync(CurrentAgent self, string language, CancellationToken cancellation = default)
    {
        await writes.RunAsync(
            async (context, token) =>
            {
                var agent = await context.Agents.SingleOrDefaultAsync(row => row.CompanyId == self.CompanyId && row.Id == self.AgentId, token);
                agent?.Speak(language);
            },
            cancellation);
    }

    /// <summary>
    /// Inside the caller's write, which has checked who asks: one more agent, if there is room. Where mail works his e-mail is asked to be confirmed. Refusals: AgentLimitReached (rule 3.10),
    /// AgentNameInvalid, AgentNameTaken, DisplayNameInvalid, EmailInvalid, EmailTaken.
    /// </summary>
    /// <param name="asksProof">Whether the letter goes now; an imported agent is asked when he has joined.</param>
    internal async Task<Outcome<AgentId>> AddAsync(PortalDbContext context, CompanyId company, string companyCode, AgentForm form, string? hash, bool asksProof, string language, DateTimeOffset now, CancellationToken cancellation)
    {
        var entitlement = await packages.EntitlementAsync(context, company, now, cancellation);
        var enabled = await EnabledOf(context, company).CountAsync(cancellation);
        var made = Agent.Create(
            new AgentId(IdSource.Next(now)), company, form.Name ?? "", form.DisplayName ?? "", form.Email, form.Role, entitlement, enabled, now);
        if (made.IsRefused) return made.Refusal;
        var agent = made.Value;
        if (await context.Agents.AnyAsync(other => other.CompanyId == company && other.Name == agent.Name, cancellation)) return Refusal.AgentNameTaken;
        if (agent.Email is not null && await context.Agents.AnyAsync(other => other.CompanyId == company && other.Email == agent.Email, cancellation)) return Refusal.EmailTaken;
        context.AddRange(agent, PortalAccount.Of(agent.Id, companyCode, agent.Name, hash));
        if (agent.Email is null || !await MailDesk.IsOnAsync(context, cancellation)) return agent.Id;
        agent.AwaitProof();
        if (asksProof) _ = await letters.AskAsync(context, agent, companyCode, agent.Email, language, now, cancellation);
        return agent.Id;
    }

    private async Task<Outcome> ChangeOneAsync(CurrentAgent by, AgentId id, Func<PortalDbContext, Agent, CancellationToken, Task<Outcome>> change, CancellationToken cancellation)
    {
        var outcome = await ChangeAsync<AgentId>(
            by,
            async (context, token) =>
            {
                var agent = await context.Agents.SingleOrDefaultAsync(row => row.CompanyId == by.CompanyId && row.Id == id, token);
                if (agent is null) return Refusal.AgentUnknown;
                var acting = await context.MayActOnAsync(by.AgentId, agent, token);
                if (acting.IsRefused) return acting.Refusal;
                var changed = await change(context, agent, token);
                return changed.IsRefused ? changed.Refusal : id;
            },
            cancellation);
        if (!outcome.IsRefused) Tell(by.CompanyId, id);
        return outcome.WithoutValue();
    }

    private Task<Outcome<T>> ChangeAsync<T>(CurrentAgent by, Func<PortalDbContext, CancellationToken, Task<Outcome<T>>> change, CancellationToken cancellation) => writes.RunAsync<Outcome<T>>(
        async (context, token) => (await RightsAsync(context, by, token)).Has(Permission.Agents) ? await change(context, token) : Refusal.NotAllowed,
        cancellation);

    private static Task<PermissionSet> RightsAsync(PortalDbContext context, CurrentAgent by, CancellationToken cancellation) => context.RightsAsync(by.CompanyId, by.AgentId, cancellation);

    private static void Note(PortalDbContext context, CurrentAgent by, AuditAction action, string agent, DateTimeOffset now, params AuditChange[] changes) =>
        _ = context.Add(AuditEntry.Of(by, action, $"{by.CompanyCode} · {agent}", now, changes));

    private static async Task<string> CalledAsync(PortalDbContext context, CompanyId company, AgentRole role, CancellationToken cancellation) =>
        role == AgentRole.Administrator ? "Administrator"
        : role == AgentRole.Supervisor ? "Supervisor"
        : role == AgentRole.Agent ? "Agent"
        : await context.PermissionTemplates.Where(template => template.CompanyId == company && template.Role == role).Select(template => template.Name).SingleOrDefaultAsync(cancellation) ?? role.ToString();

    private async Task<(string Code, string Name, int ShortestPassword)> CompanyAsync(CompanyId id, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var company = await context.Companies.AsNoTracking().SingleAsync(row => row.Id == id, cancellation);
        return (company.Code, company.Name, await context.ShortestPasswordAsync(id, cancellation));
    }

    private static IQueryable<Agent> EnabledOf(PortalDbContext context, CompanyId company) => context.Agents.Where(agent => agent.CompanyId == company && !agent.IsDisabled);

    private static IQueryable<Agent> AdministratorsOf(PortalDbContext context, CompanyId company) => EnabledOf(context, company).Where(agent => agent.Role == AgentRole.Administrator);

    private void Tell(CompanyId company, AgentId agent) => events.Publish(new PortalEvent(company, PortalTopic.Agents, agent.Value));
}
