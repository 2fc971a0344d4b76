using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Agents;

/// <summary>An invitation that was just made, with its link, this once.</summary>
/// <param name="LetterSent">Whether a letter with it is on its way.</param>
public sealed record FreshInvitation(long Id, Guest Guest, string Link, bool LetterSent);

/// <summary>An invitation nobody has used, as the administrator sees it.</summary>
/// <param name="AgentName">The agent whose first password it sets; nothing where the guest chooses his agent ID himself.</param>
/// <param name="IsOver">Late, or its maker may not invite any more: it can be sent again.</param>
public sealed record InvitationLine(long Id, Guest Guest, AgentRole Role, string? AgentName, string MadeBy, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt, bool IsOver);

/// <summary>The invitations of a company that can still be used or sent again.</summary>
/// <param name="Room">How many may still join; nothing is unlimited.</param>
public sealed record InvitationTable(IReadOnlyList<InvitationLine> Lines, long? Room, bool MailWorks, TimeZoneInfo Zone)
{
    /// <summary>Links that would make one more account each.</summary>
    public int Waiting => Lines.Count(line => line is { IsOver: false, AgentName: null });
}

/// <summary>
/// Inviting agents by link (rule 1). Who asks is looked up again inside every change; an invitation of another company is simply not there. How many accounts there may be is checked
/// when somebody joins (rule 3.10), and shown here.
/// </summary>
public sealed class InviteDesk(
    IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, PackageDesk packages, InvitationLetters letters, MailDesk mail, PortalEvents events, TimeProvider clock)
{
    /// <summary>Open invitations of a company at once.</summary>
    public const int MostOpen = 500;

    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "zh-CN";

    /// <summary>What can still be used or sent again, the newest first.</summary>
    public async Task<InvitationTable> ReadAsync(CompanyId company, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var facts = await packages.FactsAsync(company, cancellation);
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var rows = await context.Set<AgentInvitation>().AsNoTracking()
            .Where(row => row.CompanyId == company && row.UsedAt == null && row.WithdrawnAt == null).OrderByDescending(row => row.MadeAt).ThenByDescending(row => row.Id).ToListAsync(cancellation);
        var agents = await context.Agents.AsNoTracking().Where(agent => agent.CompanyId == company).ToDictionaryAsync(agent => agent.Id, cancellation);
        var withPassword = rows.Where(row => row.AgentId is not null).Select(row => row.AgentId!.Value.Value).ToList();
        var settled = await context.Users.Where(user => withPassword.Contains(user.Id) && user.PasswordHash != null).Select(user => user.Id).ToHashSetAsync(cancellation);
        var able = new HashSet<(AgentId, AgentRole)>();
        foreach (var (by, role) in rows.Select(row => (row.MadeBy, row.Role)).Distinct()) if (await MayInviteAsync(context, company, by, role, cancellation)) _ = able.Add((by, role));
        var lines =
            from row in rows
            let agent = row.AgentId is { } id ? agents.GetValueOrDefault(id) : null
            // An agent who got his password otherwise, or was closed, waits for nothing.
            where row.AgentId is not { } bound || (!settled.Contains(bound.Value) && agent is { IsDisabled: false })
            let maker = agents.GetValueOrDefault(row.MadeBy)
            select new InvitationLine(
                row.Id, new Guest(agent?.DisplayName ?? row.GuestName, row.Email), row.Role, agent?.Name, maker?.DisplayName ?? "", row.MadeAt, row.ExpiresAt,
                row.StateAt(now) != AgentInvitationState.Open || !able.Contains((row.MadeBy, row.Role)));
        var enabled = agents.Values.Count(agent => !agent.IsDisabled);
        return new InvitationTable([.. lines], facts.InForce.AgentAccounts is { } most ? Math.Max(0, most - enabled) : null, await mail.IsOnAsync(cancellation), facts.Zone);
    }

    /// <summary>
    /// Makes a link for every guest; a letter goes where there is an e-mail and mail works. Refusals: NotAllowed, TemplateUnknown, MoreRightsThanYours (S2.17), InputInvalid (nobody, or too many at once), AgentLimitReached (there is no
    /// room for anybody, rule 3.10), EmailTaken (a colleague has it), TooManyAgentInvitations.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<FreshInvitation>>> InviteAsync(CurrentAgent by, IReadOnlyList<Guest> guests, AgentRole role, CancellationToken cancellation = default)
    {
        if (guests.Count is 0 or > Guest.MostLines) return Refusal.InputInvalid;
        var (now, language) = (clock.GetUtcNow(), Language);
        var made = new List<FreshInvitation>();
        var outcome = await writes.RunAsAsync(
            by.CompanyId,
            by.AgentId,
            Permission.Agents,
            async (context, token) =>
            {
                var giving = await context.MayGiveAsync(by.CompanyId, by.AgentId, role, token);
                if (giving.IsRefused) return giving;
                if (!await HasRoomAsync(context, by.CompanyId, packages, now, token)) return Refusal.AgentLimitReached;
                if (await OpenOf(context, by.CompanyId, now).CountAsync(token) + guests.Count > MostOpen) return Refusal.TooManyAgentInvitations;
                var mails = guests.Where(guest => guest.Email is not null).Select(guest => guest.Email).ToList();
                if (await context.Agents.AnyAsync(agent => agent.CompanyId == by.CompanyId && mails.Contains(agent.Email), token)) return Refusal.EmailTaken;
                await DropOldAsync(context, now, token);
                foreach (var guest in guests) made.Add(await AddAsync(context, by, guest, role, null, language, now, token));
                _ = context.Add(AuditEntry.Of(by, AuditAction.AgentsInvited, Detail(by, string.Join(", ", guests.Select(guest => guest.Label))), now));
                return Outcome.Done;
            },
            cancellation);
        if (outcome.IsRefused) return outcome.Refusal;
        mail.Call();
        Tell(by);
        return made;
    }

    /// <summary>Makes an invitation worthless. Refusals: NotAllowed, AgentInvitationUnknown.</summary>
    public async Task<Outcome> WithdrawAsync(CurrentAgent by, long id, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var outcome = await ChangeAsync(by, id, AuditAction.AgentInvitationWithdrawn, now, (_, invitation, _) => Task.FromResult(invitation.Withdraw(now)), cancellation);
        if (!outcome.IsRefused) Tell(by);
        return outcome;
    }

    /// <summary>A new link, and a letter with it where there was an e-mail; the old link is worth nothing. Refusals: NotAllowed, MoreRightsThanYours (S2.17), AgentInvitationUnknown.</summary>
    public async Task<Outcome<FreshInvitation>> SendAgainAsync(CurrentAgent by, long id, CancellationToken cancellation = default)
    {
        var (now, language, fresh) = (clock.GetUtcNow(), Language, AgentInvitation.NewToken());
        FreshInvitation? made = null;
        var outcome = await ChangeAsync(
            by,
            id,
            AuditAction.AgentInvitationSentAgain,
            now,
            async (context, invitation, token) =>
            {
                var giving = await context.MayGiveAsync(by.CompanyId, by.AgentId, invitation.Role, token);
                if (giving.IsRefused) return giving;
                var given = invitation.SendAgain(fresh, by.AgentId, now);
                if (given.IsRefused) return given;
                var sent = invitation.Email is { } email && await letters.SendAsync(context, by.CompanyId, by.CompanyCode, email, fresh, language, now, token);
                made = new FreshInvitation(id, new Guest(invitation.GuestName, invitation.Email), letters.LinkOf(fresh), sent);
                return given;
            },
            cancellation);
        if (outcome.IsRefused) return outcome.Refusal;
        mail.Call();
        Tell(by);
        return made!;
    }

    /// <summary>Inside the caller's write, which has checked who asks: one more invitation, with a letter where that can be.</summary>
    /// <param name="agent">An agent who exists and has no password yet; nothing where the guest becomes one.</param>
    internal async Task<FreshInvitation> AddAsync(PortalDbContext context, CurrentAgent by, Guest guest, AgentRole role, AgentId? agent, string language, DateTimeOffset now, CancellationToken cancellation)
    {
        var fresh = AgentInvitation.NewToken();
        var invitation = new AgentInvitation(by.CompanyId, fresh, guest, role, by.AgentId, now, agent);
        _ = context.Add(invitation);
        var sent = guest.Email is { } email && await letters.SendAsync(context, by.CompanyId, by.CompanyCode, email, fresh, language, now, cancellation);
        return new FreshInvitation(invitation.Id, guest, letters.LinkOf(fresh), sent);
    }

    /// <summary>Whether somebody may invite, and to what (S2.17): a link that outlived its maker's right is worth nothing.</summary>
    internal static async Task<bool> MayInviteAsync(PortalDbContext context, CompanyId company, AgentId by, AgentRole role, CancellationToken cancellation) =>
        await context.MayAsync(company, by, Permission.Agents, cancellation) && !(await context.MayGiveAsync(company, by, role, cancellation)).IsRefused;

    /// <summary>Whether one more account may be open (rule 3.10).</summary>
    internal static async Task<bool> HasRoomAsync(PortalDbContext context, CompanyId company, PackageDesk packages, DateTimeOffset now, CancellationToken cancellation) =>
        (await packages.EntitlementAsync(context, company, now, cancellation)).HasRoomForAgent(await context.Agents.CountAsync(agent => agent.CompanyId == company && !agent.IsDisabled, cancellation));

    /// <summary>The links of a company that can be used at an instant.</summary>
    internal static IQueryable<AgentInvitation> OpenOf(PortalDbContext context, CompanyId company, DateTimeOffset now) =>
        context.Set<AgentInvitation>().Where(row => row.CompanyId == company && row.UsedAt == null && row.WithdrawnAt == null && row.ExpiresAt > now);

    internal static Task<int> DropOldAsync(PortalDbContext context, DateTimeOffset now, CancellationToken cancellation)
    {
        var overdue = now - AgentInvitation.KeptFor;
        return context.Set<AgentInvitation>().Where(row => row.MadeAt < overdue).ExecuteDeleteAsync(cancellation);
    }

    internal static string Detail(CurrentAgent by, string about)
    {
        var detail = $"{by.CompanyCode} · {about}";
        return detail.Length <= AuditEntry.DetailLimit ? detail : detail[..(AuditEntry.DetailLimit - 1)] + "…";
    }

    private Task<Outcome> ChangeAsync(
        CurrentAgent by, long id, AuditAction action, DateTimeOffset now, Func<PortalDbContext, AgentInvitation, CancellationToken, Task<Outcome>> change, CancellationToken cancellation) => writes.RunAsAsync(
        by.CompanyId,
        by.AgentId,
        Permission.Agents,
        async (context, token) =>
        {
            if (await context.Set<AgentInvitation>().SingleOrDefaultAsync(row => row.CompanyId == by.CompanyId && row.Id == id, token) is not { } invitation) return Refusal.AgentInvitationUnknown;
            var done = await change(context, invitation, token);
            if (done.IsRefused) return done;
            var who = new Guest(invitation.GuestName, invitation.Email).Label;
            _ = context.Add(AuditEntry.Of(by, action, Detail(by, who), now));
            return done;
        },
        cancellation);

    private void Tell(CurrentAgent by) => events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Agents, 0));
}
