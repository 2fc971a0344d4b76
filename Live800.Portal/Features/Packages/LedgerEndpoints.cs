using Live800.Domain.Companies;
using Live800.Portal.Components.Shared;
using Live800.Portal.Identity;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Packages;

/// <summary>The ledger as a file, for administrators of the company (S2.17).</summary>
public static class LedgerEndpoints
{
    /// <summary>The address; <c>format</c> is csv or xlsx, the rest is the page's filter.</summary>
    public const string Path = "/store/ledger/export";

    internal static void Map(WebApplication app) => app.MapGet(Path, WriteAsync).RequireAuthorization(PortalPolicies.May(Permission.Purchase));

    /// <summary>Memory holds a thousand lines at most. A filter that means nothing is 400.</summary>
    private static async Task<IResult> WriteAsync(
        HttpContext http, LedgerQueries queries, SpreadsheetDownload download, IStringLocalizer<Texts> texts, string? format, string? kind, string? way, string? agent, string? from, string? until, string? ticket)
    {
        if (CurrentAgent.From(http.User) is not { IsAgent: true } current) return TypedResults.NotFound();
        if (Spreadsheet.KindOf(format) is not { } file) return TypedResults.BadRequest();
        if (LedgerFilter.Parse(kind, way, agent, from, until) is not { } filter) return TypedResults.BadRequest();

        return await download.SendAsync(http, new SpreadsheetWish(current.CompanyId, current.CompanyCode, file, "ledger", ticket), async (export, stream, cancellation) =>
        {
            var (count, last, zone) = await queries.ExtentAsync(current.CompanyId, filter, cancellation);
            export.Begin(count);
            var rows = export.Counted(queries.Read(current.CompanyId, current.AgentId, filter, zone, last, cancellation));
            await new LedgerFile(texts, zone).WriteAsync(file, stream, rows, count, cancellation);
            return zone;
        });
    }
}
