using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Statistics;
using Live800.Portal.Components.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Statistics;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.CompanyMail;

/// <summary>
/// One letter to each chosen agent about each whole week 每周报告 (rules 1 and 6), written on the chosen weekday of the week after it. The letters and the note that the week was told of are one write, so that neither a restart
/// nor a second run nor a clock that was set back writes twice. Whoever has no right to statistics any more gets none; whoever has it may see on the pages everything the letter says.
/// </summary>
public sealed class WeeklyReport(
    IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, ReportQueries figures, PublicAddress address, LetterCalls calls, TimeProvider clock, ILogger<WeeklyReport> log)
{
    // Whom a letter names who can change it.
    private const int MostNames = 3;

    /// <summary>Writes what is due by now. What has no way to leave waits until the next week takes its place.</summary>
    public async Task RunDueAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        if (!await MailDesk.IsOnAsync(context, cancellation)) return;
        foreach (var letters in await context.CompanyLetters.AsNoTracking().Where(row => row.Report.IsOn).ToListAsync(cancellation))
        {
            var company = await context.Companies.AsNoTracking().SingleAsync(row => row.Id == letters.CompanyId, cancellation);
            if (company.IsSuspended || letters.DueReport(company.Zones, now) is not { } monday) continue;
            var told = await figures.OfAsync(company.Id, monday, company.Zones, cancellation);
            var picture = told.HasVisits ? Draw(told) : null;
            await writes.RunAsync((write, token) => WriteAsync(write, company, monday, told, picture, now, token), cancellation);
            calls.Call();
        }
    }

    private async Task WriteAsync(PortalDbContext write, Company company, DateOnly monday, WeekFigures told, byte[]? picture, DateTimeOffset now, CancellationToken cancellation)
    {
        var letters = await write.CompanyLetters.SingleAsync(row => row.CompanyId == company.Id, cancellation);
        // Chosen anew, or told of by another run, since it was read.
        if (!letters.Report.IsOn || letters.ReportUpTo >= monday || !await MailDesk.IsOnAsync(write, cancellation)) return;
        letters.Reported(monday);
        var sender = Letterhead.Of(company.Name, letters);
        var names = await AdministratorsAsync(write, company, cancellation);
        foreach (var (to, rights) in await LetterReceivers.AgentsAsync(write, company.Id, letters.Report.Chosen.Agents, cancellation))
        {
            if (!rights.Has(Permission.Statistics)) continue;
            var letter = new Letter(LetterKind.WeeklyReport, to.Email, to.Name, to.Language) { OnceKey = $"report:{company.Id}:{StatisticsPeriod.Write(monday)}:{to.Account}" };
            Letterhead.ForAgent(sender, letter);
            Write(letter, company, told, picture, rights, names);
            _ = await MailDesk.QueueAsync(write, company.Id, letter, now, cancellation);
        }
    }

    private void Write(Letter letter, Company company, WeekFigures told, byte[]? picture, PermissionSet rights, IReadOnlyList<string> names)
    {
        string Say(string key, params object?[] facts) => letter.Word<Texts>(key, facts);
        var (week, now, before) = ($"{StatisticsPeriod.Write(told.Week.From)} ~ {StatisticsPeriod.Write(told.Week.Until)}", told.Now, told.Before);
        _ = letter.About(Say("ReportSubject", company.Name, week));
        if (told.IsEmpty)
        {
            _ = letter.Say(Say("ReportEmpty", company.Name, week));
            if (rights.Has(Permission.Codes)) _ = letter.Link(Say("ReportEmptyDo"), address.Of("/company/installation"));
        }
        else
        {
            _ = letter.Say(Say("ReportText", company.Name, week)).Table(
                [Say("ReportFigure"), Say("ReportThisWeek"), Say("ReportWeekBefore"), Say("ReportChange")],
                [
                    Count("ReportVisits", now.Visits, before.Visits), Count("ReportVisitors", now.Visitors, before.Visitors), Count("ReportViews", now.Views, before.Views),
                    Count("ReportAnswers", now.Answers, before.Answers), Count("ReportMissed", now.Missed, before.Missed),
                    Row("ReportFirstReply", FigureWords.Length(now.FirstReply), FigureWords.Length(before.FirstReply), Seconds(now.FirstReply, before.FirstReply)),
                    Row("ReportSatisfied", FigureWords.Percent(now.Satisfied), FigureWords.Percent(before.Satisfied), Points(letter, now.Satisfied, before.Satisfied)),
                ]);
            if (told.HasVisits) Days(letter, told, picture);
            if (told.Busiest is var (day, hour)) _ = letter.Fact(Say("ReportBusiest"), Say("ReportHour", letter.Culture.DateTimeFormat.GetAbbreviatedDayName(day), hour));
            Lists(letter, told);
            var link = $"/statistics?from={StatisticsPeriod.Write(told.Week.From)}&until={StatisticsPeriod.Write(told.Week.Until)}";
            _ = letter.Link(Say("ReportOpen"), address.Of(link));
        }

        _ = letter.Say(rights.Has(Permission.Settings) ? Say("ReportWhyYou", address.Of("/company/mail"))
            : names.Count > 0 ? Say("ReportWhyAsk", string.Join(Say("Comma"), names))
            : Say("ReportWhy"));

        LetterRow Count(string key, long of, long was) => Row(key, Words.Count(of), Words.Count(was), Share.Change(of, was) is { } change ? FigureWords.Change(change) : "");

        LetterRow Row(string key, string of, string was, string change) =>
            new(Say(key), change.Length > 0 ? Say("ReportSaidChange", of, was, change) : Say("ReportSaid", of, was), [of, was, change.Length > 0 ? change : FigureWords.None]);
    }

    private static void Days(Letter letter, WeekFigures told, byte[]? picture)
    {
        string Say(string key, params object?[] facts) => letter.Word<Texts>(key, facts);
        string Name(WeekDay day) => letter.Culture.DateTimeFormat.GetAbbreviatedDayName(day.Date.DayOfWeek);
        string Date(WeekDay day) => day.Date.ToString("MM-dd", CultureInfo.InvariantCulture);
        string Day(WeekDay day) => $"{Name(day)} {Date(day)}";
        _ = letter.Head(Say("ReportDays"));
        var said = string.Join(Say("ReportSemicolon"), told.Days.Select(day => Say("ReportDay", Day(day), Words.Count(day.Visits), Words.Count(day.Before))));
        if (picture is null) _ = letter.Table([Say("ReportDate"), Say("ReportThisWeek"), Say("ReportWeekBefore")], [.. told.Days.Select(day => new LetterRow(Day(day), Say("ReportSaid", Words.Count(day.Visits), Words.Count(day.Before)), [Words.Count(day.Visits), Words.Count(day.Before)]))]);
        else _ = letter.Chart(picture, WeekPicture.Width, said, Say("ReportThisWeek"), Say("ReportWeekBefore"), [.. told.Days.Select(day => new LetterColumn(Name(day), Date(day), Words.Count(day.Visits), Words.Count(day.Before)))]);
    }

    private static void Lists(Letter letter, WeekFigures told)
    {
        string Say(string key, params object?[] facts) => letter.Word<Texts>(key, facts);
        var (visitors, statistics) = (new LetterTexts<Visitors.Texts>(letter), new LetterTexts<Statistics.Texts>(letter));
        if (told.Sources.Count > 0)
        {
            _ = letter.Head(Say("ReportSources")).Table(
                [Say("ReportSource"), Say("ReportVisits"), Say("ReportWeekBefore")],
                [
                    .. told.Sources.Select(source => (Name: SourceGroups.Name(source.Key, visitors, statistics), Now: Words.Count(source.Sums.Visits), Before: Words.Count(source.Before?.Visits ?? 0)))
                        .Select(row => new LetterRow(row.Name, Say("ReportSaid", row.Now, row.Before), [row.Now, row.Before])),
                ]);
        }

        if (told.Pages.Count > 0)
        {
            _ = letter.Head(Say("ReportPages")).Table(
                [Say("ReportPage"), Say("ReportViews")],
                [.. told.Pages.Select(page => new LetterRow(PageName(page), Words.Count(page.Views), [Words.Count(page.Views)]))]);
        }

        // Two pages of one title are told apart by their addresses.
        string PageName(PageFigures page) =>
            page.Title.Length == 0 ? page.Address.Length > 0 ? page.Address : letter.Word<Statistics.Texts>("NoAddress")
            : page.Address.Length > 0 && told.Pages.Count(other => other.Title == page.Title) > 1 ? $"{page.Title} · {page.Address}" : page.Title;
    }

    private static string Seconds(TimeSpan? now, TimeSpan? before) =>
        now is { } of && before is { } was ? FigureWords.WithSign((of - was).Ticks, Words.Length((of - was).Duration())) : "";

    private static string Points(Letter letter, double? now, double? before) =>
        now is { } of && before is { } was ? FigureWords.WithSign(Math.Round((of - was) * 100, 1), letter.Word<Statistics.Texts>("Points", Math.Abs((of - was) * 100).ToString("0.0", CultureInfo.InvariantCulture))) : "";

    // Those who can change who is written, by name.
    private static async Task<IReadOnlyList<string>> AdministratorsAsync(PortalDbContext write, Company company, CancellationToken cancellation)
    {
        var own = await write.PermissionTemplates.AsNoTracking().Where(template => template.CompanyId == company.Id).ToDictionaryAsync(template => template.Role, template => template.Bits, cancellation);
        var agents = await write.Agents.AsNoTracking().Where(agent => agent.CompanyId == company.Id && !agent.IsDisabled).OrderBy(agent => agent.Id).ToListAsync(cancellation);
        return [.. agents.Where(agent => PermissionTemplate.RightsOf(agent.Role, own.TryGetValue(agent.Role, out var bits) ? bits : null).Has(Permission.Settings)).Take(MostNames).Select(agent => agent.DisplayName)];
    }

    // A box on which nothing can be drawn sends the same numbers as a table.
    private byte[]? Draw(WeekFigures told)
    {
        try
        {
            return WeekPicture.Draw(told.Days) is { Length: <= WeekPicture.MostBytes } picture ? picture : null;
        }
        catch (Exception failure) when (failure is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            log.LogWarning(failure, "Nothing can be drawn on this box; weekly reports go without their picture");
            return null;
        }
    }
}
