using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Personal;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Closing;

/// <summary>
/// Erases what closed companies kept of people, when the time in which they could be taken back is over (1). A long past takes several goes; only when nothing is left is the company marked erased, in the write that takes
/// the last of it and enters it into the log. What stays is what every count, the ledger and the orders need.
/// </summary>
public sealed class ClosedCompanies(IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, RetentionDesk retention, TimeProvider clock, ILogger<ClosedCompanies> log)
{
    /// <summary>Erases what is due. Says how many companies were finished.</summary>
    public async Task<int> RunDueAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var due = now - Company.KeptAfterClosing;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var closed = await context.Companies.AsNoTracking().Where(company => company.ClosedAt != null && company.ErasedAt == null && company.ClosedAt <= due).Select(company => company.Id).ToListAsync(cancellation);
        var finished = 0;
        foreach (var company in closed)
        {
            if (!await retention.ErasePastAsync(company, now, cancellation)) continue;
            if (!await writes.RunAsync((write, token) => FinishAsync(write, company, now, token), cancellation)) continue;
            finished++;
            log.LogInformation("What closed company {Company} kept of people is erased", company);
        }

        return finished;
    }

    private static async Task<bool> FinishAsync(PortalDbContext write, CompanyId id, DateTimeOffset now, CancellationToken cancellation)
    {
        // Taken back in the meantime: not a row of it goes.
        var company = await write.Companies.SingleAsync(row => row.Id == id, cancellation);
        if (!company.Erase(now)) return false;

        _ = await write.ConversationFilings.Where(row => row.CompanyId == id).ExecuteDeleteAsync(cancellation);
        _ = await write.CardAssignments.Where(row => row.CompanyId == id).ExecuteDeleteAsync(cancellation);
        _ = await write.VisitorCards.Where(row => row.CompanyId == id).ExecuteUpdateAsync(set => set.SetProperty(card => card.MergedIntoId, (VisitorCardId?)null), cancellation);
        _ = await write.VisitorCards.Where(row => row.CompanyId == id).ExecuteDeleteAsync(cancellation);
        _ = await write.GivenAnswers.Where(row => row.CompanyId == id).ExecuteDeleteAsync(cancellation);
        _ = await write.Memberships.Where(row => row.CompanyId == id).ExecuteDeleteAsync(cancellation);
        _ = await write.MemberRejections.Where(row => row.CompanyId == id).ExecuteDeleteAsync(cancellation);
        _ = await write.VisitorBlocks.Where(row => row.CompanyId == id).ExecuteDeleteAsync(cancellation);
        _ = await write.PageSightings.Where(row => row.CompanyId == id).ExecuteDeleteAsync(cancellation);
        // Among them the agents' faces.
        _ = await write.ChatPictures.Where(row => row.CompanyId == id).ExecuteDeleteAsync(cancellation);
        _ = await write.IntegrationKeys.Where(row => row.CompanyId == id).ExecuteDeleteAsync(cancellation);
        // Their names and what was looked for are an agent's own words.
        _ = await write.StatisticsViews.Where(row => row.CompanyId == id).ExecuteDeleteAsync(cancellation);
        _ = await write.CompanyLetters.Where(row => row.CompanyId == id).ExecuteDeleteAsync(cancellation);
        _ = await write.ReplyToLinks.Where(row => row.CompanyId == id).ExecuteDeleteAsync(cancellation);
        _ = await write.OwedNotices.Where(row => row.CompanyId == id).ExecuteDeleteAsync(cancellation);
        _ = await write.Set<MailLetter>().Where(row => row.CompanyId == id).ExecuteDeleteAsync(cancellation);
        _ = await write.Invitations.Where(row => row.CompanyId == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Text, ""), cancellation);
        _ = await write.AutoAccepts.Where(row => row.CompanyId == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Address, ""), cancellation);
        // A token stays used, and leads to nobody.
        _ = await write.SpentNonces.Where(row => row.CompanyId == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.VisitorId, default(VisitorId)).SetProperty(row => row.Page, ""), cancellation);
        await AgentsAsync(write, id, cancellation);
        _ = write.Add(new AuditEntry(now, id, 0, "", "", AuditAction.CompanyErased, company.Code));
        return true;
    }

    // Who answered stays countable under the name it was done by; how to reach or to be him does not.
    private static async Task AgentsAsync(PortalDbContext write, CompanyId id, CancellationToken cancellation)
    {
        var accounts = (await write.Agents.Where(agent => agent.CompanyId == id).Select(agent => agent.Id).ToListAsync(cancellation)).ConvertAll(agent => agent.Value);
        _ = await write.AgentDesks.Where(desk => desk.CompanyId == id).ExecuteDeleteAsync(cancellation);
        _ = await write.Set<Agents.AgentInvitation>().Where(invitation => invitation.CompanyId == id).ExecuteDeleteAsync(cancellation);
        _ = await write.Agents.Where(agent => agent.CompanyId == id).ExecuteUpdateAsync(
            set => set.SetProperty(agent => agent.Email, (string?)null).SetProperty(agent => agent.EmailConfirmedAt, (DateTimeOffset?)null).SetProperty(agent => agent.Picture, "")
                .SetProperty(agent => agent.TitleZh, "").SetProperty(agent => agent.TitleEn, "").SetProperty(agent => agent.Version, agent => agent.Version + 1),
            cancellation);
        _ = await write.Set<SignInSession>().Where(session => accounts.Contains(session.AccountId)).ExecuteDeleteAsync(cancellation);
        _ = await write.UserTokens.Where(token => accounts.Contains(token.UserId)).ExecuteDeleteAsync(cancellation);
        _ = await write.Passkeys.Where(passkey => accounts.Contains(passkey.AccountId)).ExecuteDeleteAsync(cancellation);
        var stamp = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        _ = await write.Users.Where(user => accounts.Contains(user.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(user => user.PasswordHash, (string?)null).SetProperty(user => user.Email, (string?)null).SetProperty(user => user.NormalizedEmail, (string?)null)
                .SetProperty(user => user.TwoFactorEnabled, false).SetProperty(user => user.SecurityStamp, stamp),
            cancellation);
    }
}
