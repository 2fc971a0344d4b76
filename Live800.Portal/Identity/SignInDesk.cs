using System.Buffers.Binary;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Realtime;
using Microsoft.AspNetCore.Cryptography.KeyDerivation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Identity;

/// <summary>
/// Signs in and out. Whatever is wrong (company, agent, password, a disabled agent, an account that rests), the answer is the same refusal
/// after the same work: one password hash.
/// </summary>
public sealed class SignInDesk(
    IDbContextFactory<PortalDbContext> contexts,
    WriteQueue<PortalDbContext> writes,
    IPasswordHasher<PortalAccount> hasher,
    IOptions<PasswordHasherOptions> hashing,
    PortalEvents events,
    TwoStepSeal seal,
    SignInSightings sightings,
    TimeProvider clock)
{
    private readonly string _nobodysHash = NobodysHash(hashing.Value.IterationCount);

    /// <summary>
    /// Checks company ID, agent ID or e-mail and password, and begins a session; an account with two steps is asked for a code first. With an empty
    /// company ID it is the platform operator who signs in, by e-mail. Refusals: SignInFailed, always that one; CompanySuspended only to who knows the password.
    /// </summary>
    public async Task<Outcome<SignInStep>> SignInAsync(string? company, string? name, string? password, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var account = await FindAsync(company, name, cancellation);
        var matches = hasher.VerifyHashedPassword(account ?? new PortalAccount(), account?.PasswordHash ?? _nobodysHash, password ?? "") != PasswordVerificationResult.Failed;
        var id = account?.Id ?? 0;
        var session = await writes.RunAsync<Outcome<SessionId?>>(
            async (context, token) =>
            {
                var stored = await context.Users.SingleOrDefaultAsync(row => row.Id == id, token);
                var isDisabled = await context.Agents.AnyAsync(agent => agent.Id == new AgentId(id) && agent.IsDisabled, token);
                if (stored is null || isDisabled || stored.IsResting(now) || stored.PasswordHash is null) return Refusal.SignInFailed;
                if (!matches || stored.SecurityStamp != account!.SecurityStamp)
                {
                    stored.CountFailure(now);
                    return Refusal.SignInFailed;
                }

                if (await IsSuspendedAsync(context, new AgentId(id), token)) return Refusal.CompanySuspended;
                // Whoever knows the password could begin anew with every five codes he guesses: failures are forgotten after both steps only.
                return stored.TwoFactorEnabled ? default(SessionId?) : await OpenAsync(context, stored, now, token);
            },
            cancellation);
        if (session.IsRefused) return session.Refusal;
        if (session.Value is not { } fresh) return new SignInStep(null, seal.Pending(account!));
        return await RecallAsync(id, fresh, cancellation) is { } current ? new SignInStep(current, null) : Refusal.SignInFailed;
    }

    /// <summary>Inside the caller's write: a session for somebody who has proved everything that is asked of him.</summary>
    internal static async Task<SessionId> OpenAsync(PortalDbContext write, PortalAccount stored, DateTimeOffset now, CancellationToken cancellation, bool byPasskey = false)
    {
        stored.ForgetFailures();
        stored.LastSignInAt = now;
        var (id, overdue) = (stored.Id, now - SignInSession.LongestLife);
        _ = await write.Set<SignInSession>().Where(old => old.AccountId == id && old.StartedAt <= overdue).ExecuteDeleteAsync(cancellation);
        var fresh = new SessionId(Guid.NewGuid());
        _ = write.Add(new SignInSession(fresh, id, now, byPasskey));
        return fresh;
    }

    /// <summary>Begins a session for somebody who has just proved himself otherwise: by the set-up or by registering.</summary>
    public async Task<CurrentAgent?> BeginAsync(AgentId agent, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var session = new SessionId(Guid.NewGuid());
        await writes.RunAsync(
            async (context, token) =>
            {
                _ = context.Add(new SignInSession(session, agent.Value, now));
                var stored = await context.Users.SingleOrDefaultAsync(user => user.Id == agent.Value, token);
                stored?.LastSignInAt = now;
            },
            cancellation);
        return await RecallAsync(agent.Value, session, cancellation);
    }

    /// <summary>
    /// Who this session belongs to now; nobody when it was ended, has grown too old, or the agent was disabled. Where his company asks for two steps by now and he
    /// neither has them nor came by a passkey, he is somebody who waits and nothing else (rule 1).
    /// </summary>
    public async Task<CurrentAgent?> RecallAsync(long account, SessionId session, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var found = await (
            from row in context.Set<SignInSession>().AsNoTracking()
            where row.Id == session && row.AccountId == account
            join user in context.Users on row.AccountId equals user.Id
            select new { Row = row, user.IsPlatformOperator, user.UserName, user.Email, HasProved = user.TwoFactorEnabled || (row.IsByPasskey && context.Passkeys.Any(passkey => passkey.AccountId == account)) }).SingleOrDefaultAsync(cancellation);
        var now = clock.GetUtcNow();
        if (found is null || found.Row.IsOver(now)) return null;
        sightings.See(session, account, now);

        var id = new AgentId(account);
        var agent = await (
            from row in context.Agents.AsNoTracking()
            where row.Id == id
            join company in context.Companies on row.CompanyId equals company.Id
            select new
            {
                row.CompanyId,
                company.SuspendedAt,
                company.Code,
                row.Name,
                row.DisplayName,
                row.Role,
                row.IsDisabled,
                row.Language,
                Template = context.PermissionTemplates.Where(template => template.CompanyId == row.CompanyId && template.Role == row.Role).Select(template => new { template.Name, template.Bits }).FirstOrDefault(),
                TwoStepFrom = context.CompanySecurities.Where(security => security.CompanyId == row.CompanyId).Select(security => security.TwoStepFrom).FirstOrDefault(),
            }).SingleOrDefaultAsync(cancellation);
        if (agent is null)
        {
            return found.IsPlatformOperator
                ? new CurrentAgent(default, id, session, "", found.UserName ?? "", found.Email ?? "", false, true)
                : null;
        }

        if (agent.IsDisabled || agent.SuspendedAt is not null) return null;
        return agent.TwoStepFrom <= now && !found.HasProved
            ? new CurrentAgent(default, id, session, "", agent.Name, agent.DisplayName, false, false, agent.Language) { WaitsIn = agent.CompanyId }
            : new CurrentAgent(agent.CompanyId, id, session, agent.Code, agent.Name, agent.DisplayName, agent.Role == AgentRole.Administrator, found.IsPlatformOperator, agent.Language)
            {
                Rights = PermissionTemplate.RightsOf(agent.Role, agent.Template?.Bits),
                Role = agent.Role,
                TemplateName = agent.Template is { Name.Length: > 0 } own ? own.Name : null,
            };
    }

    /// <summary>Ends one session: its cookie is worth nothing any more, and its open pages end.</summary>
    public async Task EndAsync(CurrentAgent current, CancellationToken cancellation = default)
    {
        _ = await writes.RunAsync(
            (context, token) => context.Set<SignInSession>().Where(row => row.Id == current.SessionId && row.AccountId == current.AgentId.Value).ExecuteDeleteAsync(token),
            cancellation);
        Tell(current);
    }

    /// <summary>Open pages of the agent look at once whether their session still counts.</summary>
    internal void Tell(CurrentAgent current) => events.Publish(new PortalEvent(current.MustSetUp ? current.WaitsIn : current.CompanyId, PortalTopic.Agents, current.AgentId.Value));

    /// <summary>Whether somebody's sign-in ended because his company was suspended, so that he can be told.</summary>
    internal async Task<bool> IsSuspendedAsync(AgentId agent, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await IsSuspendedAsync(context, agent, cancellation);
    }

    private static Task<bool> IsSuspendedAsync(PortalDbContext context, AgentId id, CancellationToken cancellation) => (
        from agent in context.Agents
        where agent.Id == id
        join company in context.Companies on agent.CompanyId equals company.Id
        where company.SuspendedAt != null
        select company).AnyAsync(cancellation);

    /// <summary>Whose sign-in this is, with an empty company ID the operator's; nobody's when there is none.</summary>
    internal async Task<PortalAccount?> FindAsync(string? companyCode, string? signInName, CancellationToken cancellation)
    {
        var (company, name) = (Clean(companyCode), Clean(signInName));
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        if (company.Length == 0)
        {
            var email = name.ToUpperInvariant();
            return await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.IsPlatformOperator && user.NormalizedEmail == email, cancellation);
        }

        var agents =
            from agent in context.Agents
            join row in context.Companies on agent.CompanyId equals row.Id
            where row.Code == company
            select agent;
        agents = name.Contains('@', StringComparison.Ordinal) ? agents.Where(agent => agent.Email == name) : agents.Where(agent => agent.Name == name);
        var id = (await agents.Select(agent => (AgentId?)agent.Id).SingleOrDefaultAsync(cancellation))?.Value ?? 0;
        return await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id, cancellation);
    }

    private static string Clean(string? text) => text is { Length: <= 320 } ? text.Trim().ToLowerInvariant() : "";

    /// <summary>
    /// A stored hash that no password meets, in the form of the hasher of ASP.NET Core Identity (version 3: marker, function, rounds, length
    /// of salt, salt, key), so that checking a password against nobody costs what checking it against somebody costs.
    /// </summary>
    private static string NobodysHash(int rounds)
    {
        const int Salt = 16;
        const int Key = 32;
        var bytes = new byte[13 + Salt + Key];
        bytes[0] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(1), (uint)KeyDerivationPrf.HMACSHA512);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(5), (uint)rounds);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(9), Salt);
        Random.Shared.NextBytes(bytes.AsSpan(13));
        return Convert.ToBase64String(bytes);
    }
}
