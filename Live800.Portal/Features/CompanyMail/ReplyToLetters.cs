using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.CompanyMail;

/// <summary>
/// The letter that asks the owner of an address whether answers to a company's letters may go there. Nothing the company typed stands in it: whoever gets it by mistake or by malice reads nothing but where it came from.
/// </summary>
public sealed class ReplyToLetters(PublicAddress address)
{
    // One a minute, three an hour, ten a day to one address and from one company.
    private static readonly (TimeSpan Within, int Letters)[] Limits = [(TimeSpan.FromMinutes(1), 1), (TimeSpan.FromHours(1), 3), (TimeSpan.FromDays(1), 10)];

    /// <summary>Inside the caller's write: queues a letter with a new link. False when too many went there, or from this company, lately; then there is none.</summary>
    public async Task<bool> AskAsync(PortalDbContext write, CompanyId company, string companyCode, AgentId by, string email, string? language, DateTimeOffset now, CancellationToken cancellation)
    {
        var overdue = now - ReplyToLink.Lifetime;
        _ = await write.ReplyToLinks.Where(link => link.MadeAt <= overdue).ExecuteDeleteAsync(cancellation);
        var lately = await write.ReplyToLinks.AsNoTracking().Where(link => link.Email == email || link.CompanyId == company).Select(link => link.MadeAt).ToListAsync(cancellation);
        if (Array.Exists(Limits, limit => lately.Count(at => at > now - limit.Within) >= limit.Letters)) return false;

        var (link, token) = ReplyToLink.Make(company, by, email, now);
        _ = write.ReplyToLinks.Add(link);
        var letter = new Letter(LetterKind.ReplyToConfirmation, email, email, language) { OnceKey = "reply-to:" + link.Hash };
        string Say(string key, params object?[] facts) => letter.Word<Texts>(key, facts);
        _ = letter.About(Say("AskSubject")).Say(Say("AskText", address.Base)).Fact(Say("CompanyId"), companyCode)
            .Link(Say("AskDo"), address.Of("/confirm-reply?token=" + token))
            .Say(Say("AskHow", ReplyToLink.Lifetime.TotalHours)).Say(Say("AskNotYou"));
        return await MailDesk.QueueAsync(write, company, letter, now, cancellation);
    }
}
