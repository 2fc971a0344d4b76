using System.Globalization;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Agents;

/// <summary>What somebody is told who opens a link.</summary>
public enum JoinState
{
    Open,

    /// <summary>No link of ours, or one that was replaced by a newer: strangers who guess read this and nothing else.</summary>
    Unknown,
    Used,
    Late,
    Withdrawn,

    /// <summary>The company has as many accounts as it may have (rule 3.10).</summary>
    Full,
    Suspended,
}

/// <summary>An opened link. Company and inviter are told only while it can be used, or could be if there were room.</summary>
/// <param name="AgentName">The agent ID that waits for its first password; nothing where the guest chooses one.</param>
public sealed record JoinView(JoinState State, string Company = "", string CompanyCode = "", string Inviter = "", string GuestName = "", string? Email = null, string? AgentName = null)
{
    /// <summary>The fewest characters of a password in this company.</summary>
    public int ShortestPassword { get; init; } = PasswordRules.Shortest;

    internal AgentId? Agent { get; init; }
}

/// <summary>What a guest types.</summary>
public sealed record JoinForm
{
    public string? AgentName { get; set; }

    public string? DisplayName { get; set; }

    public string? Email { get; set; }

    public string? Password { get; set; }
}

/// <summary>The guest's side of an invitation: looking at a link changes nothing, joining uses it up in the write that makes the agent (rules 1 and 3.10).</summary>
public sealed class JoinDesk(
    IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, PasswordDesk passwords, AgentRoster roster, PackageDesk packages, EmailLetters letters, MailDesk mail, PortalEvents events, TimeProvider clock)
{
    /// <summary>What a link is good for now.</summary>
    public async Task<JoinView> LookAsync(string? token, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return (await LookAsync(context, token, clock.GetUtcNow(), cancellation)).View;
    }

    /// <summary>
    /// Becomes an agent, or sets the first password of one who was imported. Refusals: LinkOver (look again, it says why), AgentNameInvalid, AgentNameTaken, DisplayNameInvalid, EmailInvalid,
    /// EmailTaken, PasswordWeak, AgentLimitReached (the last place went to somebody else).
    /// </summary>
    public async Task<Outcome<AgentId>> JoinAsync(string? token, JoinForm form, CancellationToken cancellation = default)
    {
        var view = await LookAsync(token, cancellation);
        if (view.State != JoinState.Open) return Refusal.LinkOver;
        if (FaultOf(view, form) != PasswordFault.None) return Refusal.PasswordWeak;
        var (now, hash) = (clock.GetUtcNow(), passwords.Hash(form.Password!));
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "zh-CN";
        CompanyId company = default;
        var outcome = await writes.RunAsync<Outcome<AgentId>>(
            async (context, cancel) =>
            {
                var (seen, invitation) = await LookAsync(context, token, now, cancel);
                if (seen.State == JoinState.Full) return Refusal.AgentLimitReached;
                if (seen.State != JoinState.Open || invitation is null) return Refusal.LinkOver;
                company = invitation.CompanyId;
                Outcome<AgentId> joined;
                if (seen.Agent is { } known)
                {
                    var account = await context.Users.SingleAsync(user => user.Id == known.Value, cancel);
                    account.UsePassword(hash);
                    var agent = await context.Agents.SingleAsync(row => row.CompanyId == company && row.Id == known, cancel);
                    if (agent is { Email: { } email, EmailAwaitsProof: true }) _ = await letters.AskAsync(context, agent, seen.CompanyCode, email, language, now, cancel);
                    joined = known;
                }
                else
                {
                    var wanted = new AgentForm { Name = form.AgentName, DisplayName = form.DisplayName, Email = form.Email, Role = invitation.Role };
                    joined = await roster.AddAsync(context, company, seen.CompanyCode, wanted, hash, asksProof: true, language, now, cancel);
                }

                if (joined.IsRefused)
                {
                    context.ChangeTracker.Clear();
                    return joined;
                }

                _ = invitation.Use(joined.Value, now);
                var entered = context.Agents.Local.Single(agent => agent.Id == joined.Value);
                _ = context.Add(new AuditEntry(now, company, entered.Id.Value, entered.DisplayName, "", AuditAction.AgentJoined, $"{seen.CompanyCode} · {entered.Name}"));
                return joined;
            },
            cancellation);
        if (outcome.IsRefused) return outcome;
        mail.Call();
        events.Publish(new PortalEvent(company, PortalTopic.Agents, outcome.Value.Value));
        return outcome;
    }

    /// <summary>What is wrong with the password of a form, whose own names count as known.</summary>
    public static PasswordFault FaultOf(JoinView view, JoinForm form) =>
        PasswordRules.Check(form.Password, view.ShortestPassword, view.AgentName ?? form.AgentName, view.AgentName is null ? form.DisplayName : view.GuestName, view.AgentName is null ? form.Email : view.Email, view.CompanyCode, view.Company);

    private async Task<(JoinView View, AgentInvitation? Invitation)> LookAsync(PortalDbContext context, string? token, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await AgentInvitation.FindAsync(context, token, cancellation) is not { } invitation) return (new JoinView(JoinState.Unknown), null);
        if (invitation.StateAt(now) is not AgentInvitationState.Open and var over)
        {
            return (new JoinView(over switch { AgentInvitationState.Used => JoinState.Used, AgentInvitationState.Expired => JoinState.Late, _ => JoinState.Withdrawn }), null);
        }

        var company = await context.Companies.AsNoTracking().SingleAsync(row => row.Id == invitation.CompanyId, cancellation);
        if (company.IsSuspended) return (new JoinView(JoinState.Suspended), null);
        // Whoever lost the right to invite must not come back by a link he kept.
        var inviter = await context.Agents.AsNoTracking().SingleOrDefaultAsync(
            agent => agent.CompanyId == invitation.CompanyId && agent.Id == invitation.MadeBy && !agent.IsDisabled, cancellation);
        if (inviter is null || !await InviteDesk.MayInviteAsync(context, invitation.CompanyId, invitation.MadeBy, invitation.Role, cancellation)) return (new JoinView(JoinState.Withdrawn), null);
        var view = new JoinView(JoinState.Open, company.Name, company.Code, inviter.DisplayName, invitation.GuestName, invitation.Email)
        {
            ShortestPassword = await context.ShortestPasswordAsync(invitation.CompanyId, cancellation),
        };
        if (invitation.AgentId is { } id)
        {
            if (await context.Agents.AsNoTracking().SingleOrDefaultAsync(row => row.CompanyId == invitation.CompanyId && row.Id == id && !row.IsDisabled, cancellation) is not { } agent)
                return (new JoinView(JoinState.Withdrawn), null);
            return await context.Users.AnyAsync(user => user.Id == id.Value && user.PasswordHash != null, cancellation)
                ? (new JoinView(JoinState.Used), null)
                : (view with { AgentName = agent.Name, GuestName = agent.DisplayName, Email = agent.Email, Agent = id }, invitation);
        }

        return await InviteDesk.HasRoomAsync(context, invitation.CompanyId, packages, now, cancellation) ? (view, invitation) : (view with { State = JoinState.Full }, null);
    }
}
