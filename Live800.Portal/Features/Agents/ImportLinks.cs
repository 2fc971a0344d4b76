using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Components.Shared;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Packages;
using Live800.Portal.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Agents;

/// <summary>The links an import has made, until they were downloaded, once, or its page was left. They are kept nowhere else.</summary>
public sealed class ImportLinks
{
    private readonly ConcurrentDictionary<Guid, (CompanyId Company, AgentId By, IReadOnlyList<ImportRow> Rows)> _kept = new();

    /// <summary>Keeps what an import came to for whoever ran it.</summary>
    public Guid Keep(CurrentAgent by, IReadOnlyList<ImportRow> rows)
    {
        var ticket = Guid.NewGuid();
        _kept[ticket] = (by.CompanyId, by.AgentId, rows);
        return ticket;
    }

    public void Drop(Guid ticket) => _kept.TryRemove(ticket, out _);

    /// <summary>Gives it to whoever ran it, once; nothing for everybody else.</summary>
    internal IReadOnlyList<ImportRow>? Claim(CurrentAgent by, Guid ticket) =>
        _kept.TryGetValue(ticket, out var kept) && kept.Company == by.CompanyId && kept.By == by.AgentId && _kept.TryRemove(ticket, out kept) ? kept.Rows : null;
}

/// <summary>The files around an import, for administrators: an empty table to fill in, and what came of it.</summary>
internal static class ImportEndpoints
{
    public const string Template = "company/agents/import/template";

    public const string Links = "company/agents/import/links";

    public static void Map(WebApplication app)
    {
        _ = app.MapGet("/" + Template, WriteTemplate).RequireAuthorization(PortalPolicies.May(Permission.Agents));
        _ = app.MapGet("/" + Links, WriteLinksAsync).RequireAuthorization(PortalPolicies.May(Permission.Agents));
    }

    private static FileContentHttpResult WriteTemplate()
    {
        var english = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
        // The mark by which spreadsheets know that it is UTF-8.
        var bytes = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(string.Join(',', ImportSheet.Template(english)) + "\r\n")).ToArray();
        return TypedResults.File(bytes, "text/csv; charset=utf-8", english ? "agents.csv" : "客服.csv");
    }

    /// <summary>Once: 404 afterwards, and for everybody but who ran the import.</summary>
    private static async Task<IResult> WriteLinksAsync(HttpContext http, ImportLinks links, SpreadsheetDownload download, PackageDesk packages, IStringLocalizer<Texts> texts, IStringLocalizer<Companies.Texts> roles, IStringLocalizer<RefusalTexts> refusals, Guid? ticket)
    {
        if (CurrentAgent.From(http.User) is not { IsAgent: true } current || ticket is not { } named || links.Claim(current, named) is not { } rows) return TypedResults.NotFound();
        return await download.SendAsync(http, new SpreadsheetWish(current.CompanyId, current.CompanyCode, ExportKind.Csv, "agents", null), async (_, stream, cancellation) =>
        {
            var lines = rows.Select(row => new ImportLine(
                Spreadsheet.Plain(row.AgentName), Spreadsheet.Plain(row.DisplayName), Spreadsheet.Plain(row.Email ?? ""),
                RoleWords.Of(row.Role, null, roles), ImportWords.Of(row, texts, refusals, isDone: true), row.Link));
            await Spreadsheet.WriteAsync(ExportKind.Csv, stream, lines, Spreadsheet.Columns<ImportLine>(name => texts["File_" + name]), "agents", cancellation);
            return (await packages.FactsAsync(current.CompanyId, cancellation)).Zone;
        });
    }

    private sealed record ImportLine(string AgentName, string DisplayName, string Email, string Role, string Outcome, string Link);
}

/// <summary>What a row is told.</summary>
internal static class ImportWords
{
    public static string Of(ImportRow row, IStringLocalizer<Texts> texts, IStringLocalizer<RefusalTexts> refusals, bool isDone) => row switch
    {
        { IsSkipped: false } => texts[isDone ? "Done_" + row.Verdict : "Will_" + row.Verdict],
        { Reason: ImportReason.Refused } => texts["Skip_Because", refusals[row.Refusal.ToString()].Value],
        _ => texts["Skip_Because", texts["Skip_" + row.Reason].Value],
    };
}
