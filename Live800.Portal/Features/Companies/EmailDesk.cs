using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Packages;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Companies;

/// <summary>One's own e-mail as the profile shows it.</summary>
/// <param name="Email">The one that counts.</param>
/// <param name="IsConfirmed">Its owner used a link.</param>
/// <param name="Pending">Another one that counts once it is confirmed.</param>
/// <param name="MailWorks">Letters leave by a mail server; without one nothing is asked of anybody.</param>
/// <param name="TrialWaits">The company's trial begins with the confirmation.</param>
public sealed record EmailView(string? Email, bool IsConfirmed, string? Pending, bool MailWorks, bool TrialWaits);

/// <summary>What came of a confirmation.</summary>
/// <param name="Email">The address that counts now.</param>
/// <param name="TrialBegan">The company's trial began with it.</param>
/// <param name="TrialHad">It would have begun, and this address has had its one.</param>
public sealed record ConfirmedEmail(string Email, bool TrialBegan, bool TrialHad);

/// <summary>
/// E-mail addresses and their proof (rule 1). Where mail works, a new address counts when the link in a letter to it was used; without a mail server it counts at once.
/// A company registered where mail works begins its trial with the confirmation, one per address.
/// </summary>
public sealed class EmailDesk(
    IDbContextFactory<PortalDbContext> contexts,
    WriteQueue<PortalDbContext> writes,
    PasswordDesk passwords,
    PackageDesk packages,
    EmailLetters letters,
    MailDesk mail,
    PortalEvents events,
    TimeProvider clock)
{
    public async Task<EmailView> ReadAsync(CurrentAgent current, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var agent = await context.Agents.AsNoTracking().SingleAsync(row => row.CompanyId == current.CompanyId && row.Id == current.AgentId, cancellation);
        var asked = await context.Set<EmailLink>().AsNoTracking().Where(link => link.AgentId == agent.Id && !link.IsVoid).OrderByDescending(link => link.MadeAt).FirstOrDefaultAsync(cancellation);
        return new EmailView(
            agent.Email, agent.EmailConfirmedAt is not null, asked is not null && asked.Email != agent.Email && asked.Works(now) ? asked.Email : null,
            await mail.IsOnAsync(cancellation),
            await context.Companies.AnyAsync(company => company.Id == current.CompanyId && company.TrialAwaitsProof, cancellation));
    }

    /// <summary>
    /// One's own e-mail, with the password: where mail works a link goes to the new address and the old one counts until it is used. The address in force again
    /// takes a change back. Refusals: AgentUnknown, SignInFailed (the password is wrong or the account rests), EmailInvalid, EmailTaken, LetterTooSoon.
    /// </summary>
    public async Task<Outcome> ChangeAsync(CurrentAgent by, string? password, string? email, string? language, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var wanted = Agent.CleanEmail(email);
        if (wanted.IsRefused) return wanted.Refusal;
        var proved = await passwords.ProveAsync(by, password, now, cancellation);
        if (proved.IsRefused) return proved;
        var outcome = await writes.RunAsync<Outcome>(
            async (write, token) =>
            {
                if (await write.Agents.SingleOrDefaultAsync(row => row.CompanyId == by.CompanyId && row.Id == by.AgentId, token) is not { } agent) return Refusal.AgentUnknown;
                foreach (var link in await write.Set<EmailLink>().Where(link => link.AgentId == agent.Id && !link.IsVoid && link.Email != wanted.Value).ToListAsync(token)) link.Void();
                if (agent.Email == wanted.Value) return Outcome.Done;
                if (await IsTakenAsync(write, agent, wanted.Value, token)) return Refused(write, Refusal.EmailTaken);
                if (await MailDesk.IsOnAsync(write, token))
                    return await letters.AskAsync(write, agent, by.CompanyCode, wanted.Value, language, now, token) ? Outcome.Done : Refused(write, Refusal.LetterTooSoon);
                await UseAsync(write, agent, wanted.Value, token);
                return Outcome.Done;
            },
            cancellation);
        if (!outcome.IsRefused) Tell(by.CompanyId, by.AgentId);
        return outcome;
    }

    /// <summary>Another letter to the address that waits for its proof. Refusals: AgentUnknown, EmailInvalid (there is none, or it is confirmed), LetterTooSoon.</summary>
    public async Task<Outcome> SendAgainAsync(CurrentAgent by, string? language, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var view = await ReadAsync(by, cancellation);
        var to = view.Pending ?? (view.IsConfirmed ? null : view.Email);
        if (to is null) return Refusal.EmailInvalid;
        var outcome = await writes.RunAsync<Outcome>(
            async (write, token) =>
                await write.Agents.SingleOrDefaultAsync(row => row.CompanyId == by.CompanyId && row.Id == by.AgentId, token) is not { } agent ? Refusal.AgentUnknown
                : await letters.AskAsync(write, agent, by.CompanyCode, to, language, now, token) ? Outcome.Done
                : Refusal.LetterTooSoon,
            cancellation);
        if (!outcome.IsRefused) mail.Call();
        return outcome;
    }

    /// <summary>The address a link would confirm. Refusal: LinkOver for everything that is not a link in force.</summary>
    public async Task<Outcome<string>> ReadLinkAsync(string? token, CancellationToken cancellation = default)
    {
        var (hash, now) = (EmailLink.HashOf(token), clock.GetUtcNow());
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var link = await context.Set<EmailLink>().AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash, cancellation);
        return link?.Works(now) == true && await context.Agents.AnyAsync(agent => agent.Id == link.AgentId && !agent.IsDisabled, cancellation) ? link.Email : Refusal.LinkOver;
    }

    /// <summary>Uses a link: the address counts and is confirmed; a trial that waited for it begins. Refusals: LinkOver, EmailTaken (a colleague has it meanwhile).</summary>
    public async Task<Outcome<ConfirmedEmail>> UseLinkAsync(string? token, CancellationToken cancellation = default)
    {
        var (hash, now) = (EmailLink.HashOf(token), clock.GetUtcNow());
        CompanyId company = default;
        AgentId id = default;
        var outcome = await writes.RunAsync<Outcome<ConfirmedEmail>>(
            async (write, cancel) =>
            {
                var link = await write.Set<EmailLink>().SingleOrDefaultAsync(row => row.Hash == hash, cancel);
                if (link?.Works(now) != true || await write.Agents.SingleOrDefaultAsync(row => row.Id == link.AgentId && !row.IsDisabled, cancel) is not { } agent) return Refusal.LinkOver;
                (company, id) = (agent.CompanyId, agent.Id);
                var owner = await write.Companies.SingleAsync(row => row.Id == company, cancel);
                if (agent.Email != link.Email)
                {
                    if (await IsTakenAsync(write, agent, link.Email, cancel)) return Refusal.EmailTaken;
                    var old = agent.LetterAddress;
                    await UseAsync(write, agent, link.Email, cancel);
                    if (old is not null) await letters.ChangedAsync(write, agent, owner.Code, old, now, cancel);
                }

                agent.ConfirmEmail(now);
                foreach (var other in await write.Set<EmailLink>().Where(row => row.AgentId == id && !row.IsVoid).ToListAsync(cancel)) other.Void();
                var (began, had) = await TryTrialAsync(write, owner, agent, now, cancel);
                return new ConfirmedEmail(link.Email, began, had);
            },
            cancellation);
        if (outcome.IsRefused) return outcome;
        Tell(company, id);
        if (outcome.Value.TrialBegan) packages.Tell(company);
        return outcome;
    }

    /// <summary>Only whoever registered the company speaks for its trial: the first of its agents.</summary>
    private async Task<(bool Began, bool Had)> TryTrialAsync(PortalDbContext write, Company company, Agent agent, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await write.Agents.Where(row => row.CompanyId == company.Id).OrderBy(row => row.Id).Select(row => row.Id).FirstAsync(cancellation) != agent.Id) return (false, false);
        var key = TrialEmail.KeyOf(agent.Email!);
        var had = await write.Set<TrialEmail>().AnyAsync(email => email.Key == key, cancellation);
        var began = false;
        if (company.TrialAwaitsProof)
        {
            company.SettleTrial();
            began = !had && !(await packages.GiveTrialAsync(write, company.Id, now, cancellation)).IsRefused;
        }

        // A trial given before mail worked is this address's one as well.
        var uses = began || (!had && await write.PackageAccounts.AnyAsync(account => account.CompanyId == company.Id && account.Terms.Any(term => term.Origin == Live800.Domain.Packages.CreditOrigin.Trial), cancellation));
        if (uses) _ = write.Add(new TrialEmail(agent.Email!, company.Id, now));
        return (began, had && !began);
    }

    private static async Task UseAsync(PortalDbContext write, Agent agent, string email, CancellationToken cancellation)
    {
        var account = await write.Users.SingleAsync(user => user.Id == agent.Id.Value, cancellation);
        if (account.IsPlatformOperator && string.Equals(account.Email, agent.Email, StringComparison.OrdinalIgnoreCase)) account.OperatePlatform(email);
        // Links in letters to the old address open nothing any more.
        account.Restamp();
        _ = agent.UseEmail(email);
    }

    private static async Task<bool> IsTakenAsync(PortalDbContext write, Agent agent, string email, CancellationToken cancellation)
    {
        if (await write.Agents.AnyAsync(other => other.CompanyId == agent.CompanyId && other.Id != agent.Id && other.Email == email, cancellation)) return true;
        var (id, signsIn) = (agent.Id.Value, email.ToUpperInvariant());
        return await write.Users.AnyAsync(user => user.Id == id && user.IsPlatformOperator, cancellation)
            && await write.Users.AnyAsync(user => user.Id != id && user.IsPlatformOperator && user.NormalizedEmail == signsIn, cancellation);
    }

    private static Outcome Refused(PortalDbContext write, Refusal refusal)
    {
        write.ChangeTracker.Clear();
        return refusal;
    }

    private void Tell(CompanyId company, AgentId agent)
    {
        mail.Call();
        events.Publish(new PortalEvent(company, PortalTopic.Agents, agent.Value));
    }
}
