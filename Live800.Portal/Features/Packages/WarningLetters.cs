using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Components.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Packages;

/// <summary>
/// Letters about what dates and use have brought (rules 3.6, 3.9, S4.11 to S4.15): queued in the write that records it, to each administrator of the company once.
/// What is no longer true when it is recorded is not written about.
/// </summary>
public sealed class WarningLetters(StoreBoard board, PublicAddress address)
{
    /// <summary>Inside the recorder's write.</summary>
    public async Task QueueAsync(PortalDbContext write, CompanyId id, IReadOnlyCollection<DueTransition> recorded, DateTimeOffset now, CancellationToken cancellation)
    {
        var company = await write.Companies.AsNoTracking().SingleAsync(row => row.Id == id, cancellation);
        if (company.IsSuspended) return;
        var account = await write.PackageAccounts.AsNoTracking().AsSplitQuery().SingleAsync(row => row.CompanyId == id, cancellation);
        var rules = new PackageRules(board.Figures, company.Zones);
        var told = account.WorthTelling(recorded, await BeforeAsync(write, id, recorded, cancellation), now, rules);
        if (told.Count == 0) return;
        var receivers = await LetterReceivers.AdministratorsAsync(write, id, cancellation);
        foreach (var due in told)
        {
            foreach (var to in receivers)
            {
                var letter = new Letter(LetterKind.Warning, to.Email, to.Name, to.Language) { OnceKey = $"{due.Kind}:{id}:{due.At.UtcTicks}:{to.Account}" };
                Write(letter, due, company, account, now, rules);
                _ = letter.Link(letter.Word<LetterTexts>("OpenStore"), address.Of("/store"));
                _ = await MailDesk.QueueAsync(write, id, letter, now, cancellation);
            }
        }
    }

    private static async Task<List<DueTransition>> BeforeAsync(PortalDbContext write, CompanyId company, IReadOnlyCollection<DueTransition> recorded, CancellationToken cancellation)
    {
        var from = recorded.Min(due => due.At) - PackageAccount.FreeLetterRest;
        var rows = await write.PackageTransitions.AsNoTracking()
            .Where(row => row.CompanyId == company && row.Kind >= TransitionKind.Clicks80Percent && row.At >= from).Select(row => new { row.Kind, row.At }).ToListAsync(cancellation);
        return rows.ConvertAll(row => new DueTransition(row.Kind, row.At));
    }

    private static void Write(Letter letter, DueTransition due, Company company, PackageAccount account, DateTimeOffset now, PackageRules rules)
    {
        var (zone, figures) = (rules.Zones.ZoneAt(now), rules.Figures);
        var entitlement = account.EntitlementAt(now, rules);
        string Say(string key, params object?[] facts) => letter.Word<LetterTexts>(key, facts);
        string When(DateTimeOffset at) => OrderPaper.Stamp(at, zone);
        string Then() => account.ClicksLeft > 0 ? Say("ThenClicks", Words.Count(account.ClicksLeft)) : Say("ThenFree", figures.FreeAnswersPerDay, figures.FreeSeats);
        string Seats(long? seats) => seats is { } some ? Words.Count(some) : Say("Unlimited");
        void About(string subject, params string[] paragraphs)
        {
            _ = letter.About($"{company.Name}{Say("Colon")}{subject}");
            foreach (var paragraph in paragraphs) _ = letter.Say(paragraph);
            _ = letter.Fact(Say("Company"), $"{company.Name} · {company.Code}").Fact(Say("Zone"), zone.Id);
        }

        switch (due.Kind)
        {
            case TransitionKind.EndsIn7Days or TransitionKind.EndsIn3Days or TransitionKind.EndsIn1Day:
                var what = entitlement.IsTrial ? "Trial" : "Monthly";
                var end = When(entitlement.Until!.Value);
                About(Say(what + "EndsSubject", end), Say(what + "EndsText", end), Then(), Say("Renew"));
                break;
            case TransitionKind.SeatsShrinkIn24Hours or TransitionKind.SeatsShrinkIn1Hour:
                var at = due.At + (due.Kind == TransitionKind.SeatsShrinkIn24Hours ? TimeSpan.FromHours(24) : TimeSpan.FromHours(1));
                var (from, to) = (account.EntitlementAt(at.AddTicks(-1), rules).Seats, account.EntitlementAt(at, rules).Seats);
                About(Say("ShrinkSubject", When(at), Seats(to)), Say("ShrinkText", When(at), Seats(from), Seats(to)), Say("ShrinkRest"));
                break;
            case TransitionKind.TermEnded or TransitionKind.TrialEnded:
                About(Say(due.Kind + "Subject"), Say(due.Kind + "Text", When(due.At)), Then());
                break;
            case TransitionKind.ClicksUsedUp:
                About(Say("ClicksUsedUpSubject"), Say("ThenFree", figures.FreeAnswersPerDay, figures.FreeSeats), Say("ShrinkRest"));
                break;
            case TransitionKind.LastFreeAnswer or TransitionKind.NoAnswersLeft:
                About(Say(due.Kind + "Subject", entitlement.FreeUsed, entitlement.FreePerDay), Say(due.Kind + "Text", When(entitlement.NextMidnight)), Say("FreeRest"), Say("FreeAgain", PackageAccount.FreeLetterRest.Days));
                break;
            default:
                var left = Words.Count(account.ClicksLeft);
                var used = (account.ClicksAfterLastCredit - account.ClicksLeft) * 100 / account.ClicksAfterLastCredit;
                About(Say("ClicksSubject", left), Say("ClicksText", Words.Count(account.ClicksAfterLastCredit), used, left), Say("ClicksThen", figures.FreeAnswersPerDay, figures.FreeSeats));
                break;
        }
    }
}
