using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Realtime;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Identity;

/// <summary>Passwords: hashing a new one, changing one's own, and the one-time links: an administrator's, and that of a letter.</summary>
public sealed class PasswordDesk(
    IDbContextFactory<PortalDbContext> contexts,
    WriteQueue<PortalDbContext> writes,
    IPasswordHasher<PortalAccount> hasher,
    IServiceScopeFactory scopes,
    PortalEvents events,
    SignInDesk desk)
{
    /// <summary>Purpose of the token in a reset link; Identity binds it to the account and its security stamp.</summary>
    private const string Purpose = "reset-link";

    /// <summary>Hashes a new password. It takes tens of milliseconds, so never inside a work of the write queue.</summary>
    public string Hash(string password) => hasher.HashPassword(new PortalAccount(), password);

    /// <summary>
    /// Changes one's own password and ends all other sessions of the account. Refusals: SignInFailed (the old password is wrong or the account
    /// rests), PasswordWeak.
    /// </summary>
    public async Task<Outcome> ChangeAsync(CurrentAgent current, string? old, string? wanted, DateTimeOffset now, CancellationToken cancellation = default)
    {
        if (await FaultAsync(current.AgentId, wanted, cancellation) != PasswordFault.None) return Refusal.PasswordWeak;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var account = await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == current.AgentId.Value, cancellation);
        if (account?.PasswordHash is null) return Refusal.SignInFailed;
        var matches = hasher.VerifyHashedPassword(account, account.PasswordHash, old ?? "") != PasswordVerificationResult.Failed;
        var hash = matches ? Hash(wanted!) : null;
        var outcome = await writes.RunAsync(
            async (write, token) =>
            {
                var stored = await write.Users.SingleAsync(user => user.Id == account.Id, token);
                if (stored.IsResting(now)) return Refusal.SignInFailed;
                if (hash is null || stored.SecurityStamp != account.SecurityStamp)
                {
                    stored.CountFailure(now);
                    return Refusal.SignInFailed;
                }

                stored.UsePassword(hash);
                _ = await write.Set<SignInSession>().Where(row => row.AccountId == stored.Id && row.Id != current.SessionId).ExecuteDeleteAsync(token);
                return Outcome.Done;
            },
            cancellation);
        if (!outcome.IsRefused) desk.Tell(current);
        return outcome;
    }

    /// <summary>Proves by one's password that it is oneself who asks; wrong ones are counted as at the sign-in. Refusal: SignInFailed.</summary>
    internal async Task<Outcome> ProveAsync(CurrentAgent current, string? password, DateTimeOffset now, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var account = await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == current.AgentId.Value, cancellation);
        if (account?.PasswordHash is null) return Refusal.SignInFailed;
        var matches = hasher.VerifyHashedPassword(account, account.PasswordHash, password ?? "") != PasswordVerificationResult.Failed;
        return await writes.RunAsync<Outcome>(
            async (write, token) =>
            {
                var stored = await write.Users.SingleAsync(user => user.Id == account.Id, token);
                if (!stored.IsResting(now) && matches && stored.SecurityStamp == account.SecurityStamp) return Outcome.Done;
                stored.CountFailure(now);
                return Refusal.SignInFailed;
            },
            cancellation);
    }

    /// <summary>The token of a reset link for a letter: works once, for an hour. Links given out before go on working, or anybody could end them by asking.</summary>
    internal async Task<string> MakeMailTokenAsync(PortalAccount account)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<UserManager<PortalAccount>>().GenerateUserTokenAsync(account, MailLinkTokens.ProviderName, Purpose);
    }

    /// <summary>The fewest characters of a new password of this agent: his company's choice (rule 1).</summary>
    public async Task<int> ShortestAsync(AgentId id, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await (
            from agent in context.Agents
            where agent.Id == id
            join security in context.CompanySecurities on agent.CompanyId equals security.CompanyId
            select (int?)security.ShortestPassword).SingleOrDefaultAsync(cancellation) ?? PasswordRules.Shortest;
    }

    /// <summary>What is wrong with a password for this agent, whose own names count as known.</summary>
    public async Task<PasswordFault> FaultAsync(AgentId id, string? password, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var names = await (
            from agent in context.Agents.AsNoTracking()
            where agent.Id == id
            join company in context.Companies on agent.CompanyId equals company.Id
            select new
            {
                agent.Name,
                agent.DisplayName,
                agent.Email,
                company.Code,
                Company = company.Name,
                Shortest = context.CompanySecurities.Where(security => security.CompanyId == company.Id).Select(security => (int?)security.ShortestPassword).FirstOrDefault(),
            }).SingleOrDefaultAsync(cancellation);
        return PasswordRules.Check(password, names?.Shortest ?? PasswordRules.Shortest, names?.Name, names?.DisplayName, names?.Email, names?.Code, names?.Company);
    }

    /// <summary>
    /// Makes the token of a reset link: works once, for a day, and makes links given out before worthless. Only for the roster, which has
    /// checked who asks. Refusal: AgentDisabled.
    /// </summary>
    internal async Task<Outcome<string>> MakeLinkTokenAsync(AgentId id, CancellationToken cancellation = default)
    {
        var account = await writes.RunAsync(
            async (context, token) =>
            {
                var isOpen = await context.Agents.AnyAsync(agent => agent.Id == id && !agent.IsDisabled, token);
                var stored = isOpen ? await context.Users.SingleAsync(user => user.Id == id.Value, token) : null;
                stored?.Restamp();
                return stored;
            },
            cancellation);
        if (account is null) return Refusal.AgentDisabled;
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalAccount>>();
        return await users.GenerateUserTokenAsync(account, TokenOptions.DefaultProvider, Purpose);
    }

    /// <summary>Whose link this is. Refusal: LinkOver for everything that is not a link in force, whatever the reason.</summary>
    public async Task<Outcome<LinkOwner>> ReadLinkAsync(long id, string? token, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var agentId = new AgentId(id);
        var owner = await (
            from agent in context.Agents.AsNoTracking()
            where agent.Id == agentId && !agent.IsDisabled
            join company in context.Companies on agent.CompanyId equals company.Id
            select new LinkOwner(agent.Id, agent.CompanyId, company.Code, agent.Name, agent.DisplayName)).SingleOrDefaultAsync(cancellation);
        var account = owner is null ? null : await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id, cancellation);
        if (owner is null || account is null || token is not { Length: > 0 and <= 2048 }) return Refusal.LinkOver;
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalAccount>>();
        return await users.VerifyUserTokenAsync(account, TokenOptions.DefaultProvider, Purpose, token) || await users.VerifyUserTokenAsync(account, MailLinkTokens.ProviderName, Purpose, token)
            ? owner with { Stamp = account.SecurityStamp! }
            : Refusal.LinkOver;
    }

    /// <summary>Sets the password the link was made for and ends every session of the account. Refusals: LinkOver, PasswordWeak.</summary>
    public async Task<Outcome<LinkOwner>> UseLinkAsync(long id, string? token, string? wanted, CancellationToken cancellation = default)
    {
        var link = await ReadLinkAsync(id, token, cancellation);
        if (link.IsRefused) return link;
        var owner = link.Value;
        if (await FaultAsync(owner.AgentId, wanted, cancellation) != PasswordFault.None) return Refusal.PasswordWeak;
        var hash = Hash(wanted!);
        var outcome = await writes.RunAsync(
            async (context, cancel) =>
            {
                var stored = await context.Users.SingleAsync(user => user.Id == id, cancel);
                // Two uses at once: the first changed the stamp.
                if (stored.SecurityStamp != owner.Stamp || await context.Agents.AnyAsync(agent => agent.Id == owner.AgentId && agent.IsDisabled, cancel)) return Refusal.LinkOver;
                stored.UsePassword(hash);
                _ = await context.Set<SignInSession>().Where(row => row.AccountId == id).ExecuteDeleteAsync(cancel);
                return Outcome.Done;
            },
            cancellation);
        if (outcome.IsRefused) return outcome.Refusal;
        events.Publish(new PortalEvent(owner.CompanyId, PortalTopic.Agents, id));
        return owner;
    }
}

/// <summary>Whose reset link was opened.</summary>
public sealed record LinkOwner(AgentId AgentId, CompanyId CompanyId, string CompanyCode, string AgentName, string DisplayName)
{
    /// <summary>The security stamp the link is bound to.</summary>
    internal string Stamp { get; init; } = "";
}
