using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Packages;
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
        return new AgentTable([.. agents.Select(agent => AgentLine.Of(agent, withPassword.Contains(agent.Id.Value)))], facts.InForce, facts.Zone);
    }

    /// <summary>
    /// Creates an agent, with a first password or without one; then he sets it by link. Refusals: NotAllowed, AgentLimitReached (rule 3.10), AgentNameInvalid,
    /// AgentNameTaken, DisplayNameInvalid, EmailInvalid, EmailTaken, PasswordWeak. Where mail works his e-mail is asked to be confirmed.
    /// </summary>
    public async Task<Outcome<AgentId>> CreateAsync(CurrentAgent by, AgentForm form, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var company = await CompanyAsync(by.CompanyId, cancellation);
        if (!form.SetByLink && PasswordRules.Check(form.Password, form.Name, form.DisplayName, form.Email, company.Code, company.Name) != PasswordFault.None) return Refusal.PasswordWeak;

        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "zh-CN";
        var hash = form.SetByLink ? null : passwords.Hash(form.Password!);
        var outcome = await ChangeAsync<AgentId>(
            by,
            async (context, token) =>
            {
                var entitlement = await packages.EntitlementAsync(context, by.CompanyId, now, token);
                var enabled = await EnabledOf(context, by.CompanyId).CountAsync(token);
                var made = Agent.Create(
                    new AgentId(IdSource.Next(now)), by.CompanyId, form.Name ?? "", form.DisplayName ?? "", form.Email, form.IsAdministrator ? AgentRole.Administrator : AgentRole.Agent, entitlement, enabled, now);
                if (made.IsRefused) return made.Refusal;
                var agent = made.Value;
                if (await context.Agents.AnyAsync(other => other.CompanyId == by.CompanyId && other.Name == agent.Name, token)) return Refusal.AgentNameTaken;
                if (agent.Email is not null && await context.Agents.AnyAsync(other => other.CompanyId == by.CompanyId && other.Email == agent.Email, token)) return Refusal.EmailTaken;
                context.AddRange(agent, PortalAccount.Of(agent.Id, company.Code, agent.Name, hash));
                if (agent.Email is null || !await MailDesk.IsOnAsync(context, token)) return agent.Id;
                agent.AwaitProof();
                _ = await letters.AskAsync(context, agent, company.Code, agent.Email, language, now, token);
                return agent.Id;
            },
            cancellation);
        if (outcome.IsRefused) return outcome;
        mail.Call();
        Tell(by.CompanyId, outcome.Value);
        return outcome;
    }

    /// <summary>
    /// Closes an agent's account: his sessions and reset links end at once, his seat is freed and his conversations wait for somebody else. Refusals: NotAllowed, AgentUnknown, LastAdministrator (S2.17).
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

    /// <summary>Opens a disabled account again if there is room for it (rule 3.10). Refusals: NotAllowed, AgentUnknown, AgentLimitReached.</summary>
    public Task<Outcome> EnableAsync(CurrentAgent by, AgentId id, CancellationToken cancellation = default) => ChangeOneAsync(
        by,
        id,
        async (context, agent, token) =>
            agent.Enable(await packages.EntitlementAsync(context, by.CompanyId, clock.GetUtcNow(), token), await EnabledOf(context, by.CompanyId).CountAsync(token)),
        cancellation);

    /// <summary>Gives a role; his open pages follow at once. Refusals: NotAllowed, AgentUnknown, LastAdministrator (S2.17).</summary>
    public Task<Outcome> BecomeAsync(CurrentAgent by, AgentId id, AgentRole role, CancellationToken cancellation = default) => ChangeOneAsync(
        by,
        id,
        async (context, agent, token) => agent.Become(role, await AdministratorsOf(context, by.CompanyId).CountAsync(token)),
        cancellation);

    /// <summary>
    /// A link by which the agent sets a password: works once, for a day, and makes earlier links worthless. Refusals: NotAllowed, AgentUnknown, AgentDisabled.
    /// </summary>
    public async Task<Outcome<string>> MakeLinkAsync(CurrentAgent by, AgentId id, CancellationToken cancellation = default)
    {
        var allowed = await ChangeOneAsync(by, id, (_, _, _) => Task.FromResult(Outcome.Done), cancellation);
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

    private async Task<Outcome> ChangeOneAsync(CurrentAgent by, AgentId id, Func<PortalDbContext, Agent, CancellationToken, Task<Outcome>> change, CancellationToken cancellation)
    {
        var outcome = await ChangeAsync<AgentId>(
            by,
            async (context, token) =>
            {
                var agent = await context.Agents.SingleOrDefaultAsync(row => row.CompanyId == by.CompanyId && row.Id == id, token);
                if (agent is null) return Refusal.AgentUnknown;
                var changed = await change(context, agent, token);
                return changed.IsRefused ? changed.Refusal : id;
            },
            cancellation);
        if (!outcome.IsRefused) Tell(by.CompanyId, id);
        return outcome.WithoutValue();
    }

    private Task<Outcome<T>> ChangeAsync<T>(CurrentAgent by, Func<PortalDbContext, CancellationToken, Task<Outcome<T>>> change, CancellationToken cancellation) => writes.RunAsync<Outcome<T>>(
        async (context, token) => await AdministratorsOf(context, by.CompanyId).AnyAsync(agent => agent.Id == by.AgentId, token) ? await change(context, token) : Refusal.NotAllowed,
        cancellation);

    private async Task<(string Code, string Name)> CompanyAsync(CompanyId id, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var company = await context.Companies.AsNoTracking().SingleAsync(row => row.Id == id, cancellation);
        return (company.Code, company.Name);
    }

    private static IQueryable<Agent> EnabledOf(PortalDbContext context, CompanyId company) => context.Agents.Where(agent => agent.CompanyId == company && !agent.IsDisabled);

    private static IQueryable<Agent> AdministratorsOf(PortalDbContext context, CompanyId company) => EnabledOf(context, company).Where(agent => agent.Role == AgentRole.Administrator);

    private void Tell(CompanyId company, AgentId agent) => events.Publish(new PortalEvent(company, PortalTopic.Agents, agent.Value));
}
