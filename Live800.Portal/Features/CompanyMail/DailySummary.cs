using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Components.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.CompanyMail;

/// <summary>
/// One letter to each chosen agent about each of the company's dates (rule 1), written after the date has ended, at the chosen hour. The letters and the note that the date was told of are one write, so that neither a restart
/// nor a second run writes twice. Everybody reads only what his rights show him on the pages, too.
/// </summary>
public sealed class DailySummary(IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, SummaryQueries figures, PublicAddress address, LetterCalls calls, TimeProvider clock)
{
    /// <summary>Writes what is due by now. What has no way to leave waits, up to <see cref="CompanyLetters.MostDaysBack"/> days.</summary>
    public async Task RunDueAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        if (!await MailDesk.IsOnAsync(context, cancellation)) return;
        foreach (var letters in await context.CompanyLetters.AsNoTracking().Where(row => row.Summary.IsOn).ToListAsync(cancellation))
        {
            var company = await context.Companies.AsNoTracking().SingleAsync(row => row.Id == letters.CompanyId, cancellation);
            if (company.IsSuspended) continue;
            foreach (var day in letters.DueSummaries(company.Zones, now))
            {
                var told = letters.Summary.TellsOf(day.Date) ? await figures.OfAsync(company.Id, day.From, day.Until, cancellation) : null;
                await writes.RunAsync((write, token) => WriteAsync(write, company.Id, day, told, now, token), cancellation);
                calls.Call();
            }
        }
    }

    private async Task WriteAsync(PortalDbContext write, CompanyId id, SummaryDay day, SummaryFigures? told, DateTimeOffset now, CancellationToken cancellation)
    {
        var letters = await write.CompanyLetters.SingleAsync(row => row.CompanyId == id, cancellation);
        // Chosen anew, or told of by another run, since it was read.
        if (!letters.Summary.IsOn || letters.SummaryUpTo >= day.Date || !await MailDesk.IsOnAsync(write, cancellation)) return;
        letters.Told(day.Date);
        if (told is null || !letters.Summary.TellsOf(day.Date)) return;
        var company = await write.Companies.AsNoTracking().SingleAsync(row => row.Id == id, cancellation);
        var sender = Letterhead.Of(company.Name, letters);
        foreach (var (to, rights) in await LetterReceivers.AgentsAsync(write, id, letters.Summary.Chosen.Agents, cancellation))
        {
            var date = day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var letter = new Letter(LetterKind.DailySummary, to.Email, to.Name, to.Language) { OnceKey = $"summary:{id}:{date}:{to.Account}" };
            Letterhead.ForAgent(sender, letter);
            Write(letter, company, date, rights, told);
            _ = await MailDesk.QueueAsync(write, id, letter, now, cancellation);
        }
    }

    private void Write(Letter letter, Company company, string date, PermissionSet rights, SummaryFigures told)
    {
        string Say(string key, params object?[] facts) => letter.Word<Texts>(key, facts);
        _ = letter.About(Say("SummarySubject", company.Name, date)).Say(Say("SummaryText", company.Name, date));
        if (rights.Has(Permission.Supervise))
        {
            _ = letter.Fact(Say("SummaryAnswered"), Words.Count(told.Answered)).Fact(Say("SummaryMissed"), Words.Count(told.Missed.Count));
            foreach (var (reason, count) in told.Missed.ByReason) _ = letter.Fact(Say("SummaryReason", letter.Word<Supervision.Texts>("Reason" + reason)), Words.Count(count));
        }

        if (rights.Has(Permission.History))
            _ = letter.Fact(Say("SummarySatisfaction"), told.Satisfaction is { } average ? Say("SummaryRated", average.ToString("0.0", CultureInfo.InvariantCulture), told.Ratings) : Say("SummaryUnrated"));
        if (rights.Has(Permission.Messages)) _ = letter.Fact(Say("SummaryMessages"), Words.Count(told.NewMessages));
        _ = letter.Fact(Say("SummaryLeft"), told.InForce switch
        {
            { AnswersLeft: null } => Say("SummaryUnlimited"),
            { Kind: PackageKind.Click } clicks => Words.Count(clicks.AnswersLeft.Value),
            var free => Say("SummaryFree", free.AnswersLeft.Value, free.FreePerDay),
        });
        if (rights.Has(Permission.Messages) && told.NewMessages > 0) _ = letter.Link(Say("NoticeDo"), address.Of("/messages"));
        _ = letter.Say(Say("SummaryWhen", date)).Say(Say("SummaryWhy"));
    }
}
