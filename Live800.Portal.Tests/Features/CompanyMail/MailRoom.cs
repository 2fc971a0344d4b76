using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Features.Audit;
using Live800.Portal.Features.CompanyMail;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Messages;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.CompanyMail;

/// <summary>A portal whose letters stay in the queue and can be read, with a company whose administrator is written to.</summary>
public abstract class MailRoom : IAsyncLifetime
{
    protected AccountBox Box { get; private set; } = null!;

    protected CurrentAgent Boss => Box.Administrator;

    protected CompanyId Company => Box.Company.Id;

    protected CompanyMailDesk Desk => Box.Portal.Get<CompanyMailDesk>();

    protected OfflineInbox Inbox => Box.Portal.Get<OfflineInbox>();

    public virtual async Task InitializeAsync()
    {
        Box = await AccountBox.OpenAsync(with: Letters.StandStill);
        await Letters.MailWorksAsync(Box);
    }

    public async Task DisposeAsync()
    {
        await Box.DisposeAsync();
        Assert.DoesNotContain(Box.Portal.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    /// <summary>A colleague with an e-mail that is confirmed.</summary>
    protected async Task<AgentId> ColleagueAsync(string name, bool administrator = false, bool isProved = true)
    {
        var id = await Box.AgentAsync(name, administrator);
        await Box.Writes.RunAsync(async (context, token) =>
        {
            var agent = await context.Agents.SingleAsync(row => row.Id == id, token);
            Assert.False(agent.UseEmail(name + "@example.com").IsRefused);
            if (isProved) agent.ConfirmEmail(Box.Portal.Now);
            else agent.AwaitProof();
        });
        return id;
    }

    protected async Task<List<MailLetter>> OfKindAsync(LetterKind kind) => (await Letters.AllAsync(Box)).FindAll(letter => letter.Kind == kind);

    protected async Task<OfflineMessageId> LeaveAsync(string text, CompanyId? company = null) =>
        (await Inbox.ReceiveAsync(company ?? Company, new VisitorId(77), Guid.NewGuid(), "王女士", "13800001234", text)).Value;

    protected async Task<CompanyLetters> StoredAsync(CompanyId? company = null) => (await Desk.ReadAsync(company ?? Company)).Letters;

    protected async Task<IReadOnlyList<CompanyAuditLine>> EntriesAsync() =>
        (await Box.Portal.Get<CompanyAudit>().LatestAsync(Company, [AuditAction.CompanyMailChanged, AuditAction.ReplyToConfirmed], 50)).Lines;
}
