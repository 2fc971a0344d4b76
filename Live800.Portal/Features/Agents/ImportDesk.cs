using System.Globalization;
using System.Runtime.CompilerServices;
using Live800.Domain.Companies;
using Live800.Domain.Packages;
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

/// <summary>
/// Importing agents from a file (rule 1): first what will become of every row, then row by row, each in a write of its own. What is done is done: an import that was cut off is started again
/// with the same file and leaves out what is there. A row that was planned is looked at again when its turn comes.
/// </summary>
public sealed class ImportDesk(
    IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, AgentRoster roster, InviteDesk inviting, PackageDesk packages, MailDesk mail, PortalEvents events, TimeProvider clock)
{
    /// <summary>What will become of every row if nothing else happens. Changes nothing.</summary>
    public async Task<IReadOnlyList<ImportRow>> PlanAsync(CompanyId company, ImportSheet sheet, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var agents = await context.Agents.AsNoTracking().Where(agent => agent.CompanyId == company).Select(agent => new { agent.Name, agent.Email, agent.IsDisabled }).ToListAsync(cancellation);
        var open = await InviteDesk.OpenOf(context, company, now).AsNoTracking().Where(row => row.AgentId == null).Select(row => new { row.GuestName, row.Email }).ToListAsync(cancellation);
        var entitlement = await packages.EntitlementAsync(context, company, now, cancellation);
        var (names, mails) = (agents.Select(agent => agent.Name).ToHashSet(StringComparer.Ordinal), agents.Where(agent => agent.Email is not null).Select(agent => agent.Email!).ToHashSet(StringComparer.Ordinal));
        var (namesHere, mailsHere, guestsHere) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var (taken, plan) = (agents.Count(agent => !agent.IsDisabled), new List<ImportRow>());
        foreach (var row in sheet.Rows)
        {
            var planned = row switch
            {
                { IsSkipped: true } => row,
                { Verdict: ImportVerdict.Create } when CheckOf(company, row, entitlement with { AgentAccounts = null }, now) is not Refusal.None and var wrong => row.Skip(ImportReason.Refused, wrong),
                { Verdict: ImportVerdict.Create } when names.Contains(row.AgentName) => row.Skip(ImportReason.Exists),
                { Email: { } email } when mails.Contains(email) => row.Skip(ImportReason.EmailExists),
                { Verdict: ImportVerdict.Create } when namesHere.Contains(row.AgentName) => row.Skip(ImportReason.TwiceInFile),
                { Email: { } email } when mailsHere.Contains(email) => row.Skip(ImportReason.TwiceInFile),
                { Verdict: ImportVerdict.Invite } when open.Exists(other => row.Email is null ? other.Email is null && other.GuestName == row.DisplayName : other.Email == row.Email) => row.Skip(ImportReason.Invited),
                { Verdict: ImportVerdict.Invite, Email: null } when guestsHere.Contains(row.DisplayName) => row.Skip(ImportReason.TwiceInFile),
                _ when !entitlement.HasRoomForAgent(taken) => row.Skip(ImportReason.NoRoom),
                _ => row,
            };
            plan.Add(planned);
            if (planned.IsSkipped) continue;
            taken++;
            if (row.Verdict == ImportVerdict.Create) _ = namesHere.Add(row.AgentName);
            else _ = guestsHere.Add(row.DisplayName);
            if (row.Email is { } mailed) _ = mailsHere.Add(mailed);
        }

        return plan;
    }

    /// <summary>
    /// Imports the rows one by one, each told as soon as it is done; rows that are left out are told, too. Stops when whoever asks may not any more: then the rest is refused with NotAllowed.
    /// </summary>
    public async IAsyncEnumerable<ImportRow> RunAsync(CurrentAgent by, IReadOnlyList<ImportRow> plan, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "zh-CN";
        var isNoted = false;
        foreach (var row in plan)
        {
            if (row.IsSkipped)
            {
                yield return row;
                continue;
            }

            var done = row;
            var outcome = await writes.RunAsAsync(
                by.CompanyId,
                by.AgentId,
                Permission.Agents,
                async (context, token) =>
                {
                    var now = clock.GetUtcNow();
                    var giving = await context.MayGiveAsync(by.CompanyId, by.AgentId, row.Role, token);
                    if (giving.IsRefused) return giving;
                    var fresh = await OneAsync(context, by, row, language, now, token);
                    if (fresh.IsRefused) return fresh.Refusal;
                    done = row with { Link = fresh.Value.Link, LetterSent = fresh.Value.LetterSent };
                    // Once, with the first row that is really imported.
                    if (!isNoted) _ = context.Add(AuditEntry.Of(by, AuditAction.AgentsImported, InviteDesk.Detail(by, Words(plan)), now));
                    return Outcome.Done;
                },
                cancellation);
            isNoted |= !outcome.IsRefused;
            mail.Call();
            yield return outcome.IsRefused ? row.Skip(ReasonOf(outcome.Refusal), outcome.Refusal) : done;
            if (!outcome.IsRefused) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Agents, 0));
        }
    }

    private async Task<Outcome<FreshInvitation>> OneAsync(PortalDbContext context, CurrentAgent by, ImportRow row, string language, DateTimeOffset now, CancellationToken cancellation)
    {
        if (row.Verdict == ImportVerdict.Create)
        {
            var form = new AgentForm { Name = row.AgentName, DisplayName = row.DisplayName, Email = row.Email, Role = row.Role, SetByLink = true };
            var made = await roster.AddAsync(context, by.CompanyId, by.CompanyCode, form, null, asksProof: false, language, now, cancellation);
            if (made.IsRefused) return made.Refusal;
            var agent = context.Agents.Local.Single(one => one.Id == made.Value);
            var shown = agent.Appear(agent.Face with { NameEn = row.NameEn, TitleZh = row.TitleZh, TitleEn = row.TitleEn });
            if (shown.IsRefused) return shown.Refusal;
            return await inviting.AddAsync(context, by, new Guest(agent.DisplayName, agent.Email), row.Role, agent.Id, language, now, cancellation);
        }

        var guest = Guest.Of(row.DisplayName, row.Email);
        if (guest.IsRefused) return guest.Refusal;
        var (name, email) = (guest.Value.Name, guest.Value.Email);
        if (!await InviteDesk.HasRoomAsync(context, by.CompanyId, packages, now, cancellation)) return Refusal.AgentLimitReached;
        if (email is not null && await context.Agents.AnyAsync(agent => agent.CompanyId == by.CompanyId && agent.Email == email, cancellation)) return Refusal.EmailTaken;
        var open = InviteDesk.OpenOf(context, by.CompanyId, now);
        if (await open.CountAsync(cancellation) >= InviteDesk.MostOpen) return Refusal.TooManyAgentInvitations;
        var isInvited = await open.AnyAsync(other => other.AgentId == null && (email == null ? other.Email == null && other.GuestName == name : other.Email == email), cancellation);
        return isInvited ? Refusal.AlreadyInvited : await inviting.AddAsync(context, by, guest.Value, row.Role, null, language, now, cancellation);
    }

    // Tried out on an object that is thrown away; the room is counted elsewhere.
    private static Refusal CheckOf(CompanyId company, ImportRow row, Entitlement unlimited, DateTimeOffset now)
    {
        var made = Agent.Create(new AgentId(1), company, row.AgentName, row.DisplayName, row.Email, row.Role, unlimited, 0, now);
        return made.IsRefused ? made.Refusal : made.Value.Appear(made.Value.Face with { NameEn = row.NameEn, TitleZh = row.TitleZh, TitleEn = row.TitleEn }).Refusal;
    }

    private static ImportReason ReasonOf(Refusal refusal) => refusal switch
    {
        Refusal.AgentLimitReached => ImportReason.NoRoom,
        Refusal.AgentNameTaken => ImportReason.Exists,
        Refusal.EmailTaken => ImportReason.EmailExists,
        Refusal.AlreadyInvited => ImportReason.Invited,
        _ => ImportReason.Refused,
    };

    private static string Words(IReadOnlyList<ImportRow> plan) => plan.Count(row => !row.IsSkipped).ToString(CultureInfo.InvariantCulture);
}
