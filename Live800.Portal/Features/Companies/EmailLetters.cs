using Live800.Domain.Companies;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Companies;

/// <summary>
/// The letters that prove an e-mail, and the one that tells the old address of a new one. What a stranger may have typed as name or company is not in the asking
/// letter: whoever gets it by mistake or by malice reads nothing but where it came from.
/// </summary>
public sealed class EmailLetters(PublicAddress address)
{
    // One a minute, three an hour, ten a day to one address and for one agent.
    private static readonly (TimeSpan Within, int Letters)[] Limits = [(TimeSpan.FromMinutes(1), 1), (TimeSpan.FromHours(1), 3), (TimeSpan.FromDays(1), 10)];

    /// <summary>Inside the caller's write: queues a letter with a new link to an address. False when too many went there lately; then there is none.</summary>
    public async Task<bool> AskAsync(PortalDbContext write, Agent agent, string companyCode, string email, string? language, DateTimeOffset now, CancellationToken cancellation)
    {
        var links = write.Set<EmailLink>();
        var overdue = now - EmailLink.Lifetime;
        _ = await links.Where(link => link.MadeAt <= overdue).ExecuteDeleteAsync(cancellation);
        var lately = await links.AsNoTracking().Where(link => link.Email == email || link.AgentId == agent.Id).Select(link => link.MadeAt).ToListAsync(cancellation);
        if (Array.Exists(Limits, limit => lately.Count(at => at > now - limit.Within) >= limit.Letters)) return false;

        var (link, token) = EmailLink.Make(agent.Id, email, now);
        _ = links.Add(link);
        var letter = new Letter(LetterKind.EmailConfirmation, email, email, agent.Language ?? language) { OnceKey = "email:" + link.Hash };
        string Say(string key, params object?[] facts) => letter.Word<LetterTexts>(key, facts);
        _ = letter.About(Say("ConfirmSubject")).Say(Say("ConfirmText", address.Base))
            .Fact(Say("CompanyId"), companyCode).Fact(Say("AgentId"), agent.Name)
            .Link(Say("ConfirmDo"), address.Of("/confirm?token=" + token))
            .Say(Say("ConfirmHow", EmailLink.Lifetime.TotalHours)).Say(Say("NotYou"));
        return await MailDesk.QueueAsync(write, agent.CompanyId, letter, now, cancellation);
    }

    /// <summary>Inside the caller's write: tells the old address that another one counts now, so that nobody takes an account over unseen.</summary>
    public async Task ChangedAsync(PortalDbContext write, Agent agent, string companyCode, string old, DateTimeOffset now, CancellationToken cancellation)
    {
        var letter = new Letter(LetterKind.EmailChanged, old, agent.DisplayName, agent.Language);
        string Say(string key, params object?[] facts) => letter.Word<LetterTexts>(key, facts);
        _ = letter.About(Say("ChangedSubject")).Say(Say("ChangedText", agent.Email)).Fact(Say("CompanyId"), companyCode).Fact(Say("AgentId"), agent.Name).Say(Say("ChangedNotYou"));
        _ = await MailDesk.QueueAsync(write, agent.CompanyId, letter, now, cancellation);
    }
}
