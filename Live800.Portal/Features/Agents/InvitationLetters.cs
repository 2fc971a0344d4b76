using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Agents;

/// <summary>
/// The letter with an agent's invitation. Nothing an administrator typed stands in it: whoever gets it by mistake or by malice reads nothing but where it came from. Who invites, and
/// into which company, is on the page behind the link.
/// </summary>
public sealed class InvitationLetters(PublicAddress address)
{
    /// <summary>Letters of one company within a day.</summary>
    public const int PerDay = 200;

    // One a minute, three an hour, ten a day to one address.
    private static readonly (TimeSpan Within, int Letters)[] Limits = [(TimeSpan.FromMinutes(1), 1), (TimeSpan.FromHours(1), 3), (TimeSpan.FromDays(1), 10)];

    /// <summary>The address a token is opened at.</summary>
    public string LinkOf(string token) => address.Of("/join/" + token);

    /// <summary>Inside the caller's write: queues the letter. False where mail does not work or too many went there, or from this company, lately; the link works all the same.</summary>
    public async Task<bool> SendAsync(PortalDbContext write, CompanyId company, string companyCode, string email, string token, string language, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!await MailDesk.IsOnAsync(write, cancellation)) return false;
        var since = now.AddDays(-1);
        var letters = write.Set<MailLetter>().AsNoTracking().Where(letter => letter.Kind == LetterKind.AgentInvitation && letter.QueuedAt > since);
        if (await letters.CountAsync(letter => letter.CompanyId == company, cancellation) >= PerDay) return false;
        var lately = await letters.Where(letter => letter.To == email).Select(letter => letter.QueuedAt).ToListAsync(cancellation);
        lately.AddRange(write.Set<MailLetter>().Local.Where(letter => letter.Kind == LetterKind.AgentInvitation && letter.To == email).Select(letter => letter.QueuedAt));
        if (Array.Exists(Limits, limit => lately.Count(at => at > now - limit.Within) >= limit.Letters)) return false;

        var letter = new Letter(LetterKind.AgentInvitation, email, email, language);
        string Say(string key, params object?[] facts) => letter.Word<Texts>(key, facts);
        _ = letter.About(Say("LetterSubject")).Say(Say("LetterText", address.Base)).Fact(Say("CompanyId"), companyCode)
            .Link(Say("LetterDo"), LinkOf(token))
            .Say(Say("LetterHow", AgentInvitation.Lifetime.TotalDays)).Say(Say("LetterNotYou"));
        return await MailDesk.QueueAsync(write, company, letter, now, cancellation);
    }
}
