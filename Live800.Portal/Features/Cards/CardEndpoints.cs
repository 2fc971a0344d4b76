using Live800.Domain.Companies;
using Live800.Portal.Components.Shared;
using Live800.Portal.Identity;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Cards;

/// <summary>The cards as a file, for agents with the right (S2.17).</summary>
public static class CardEndpoints
{
    /// <summary>The address; <c>format</c> is csv or xlsx, the rest is the page's filter.</summary>
    public const string Path = "/cards/export";

    internal static void Map(WebApplication app) => app.MapGet(Path, WriteAsync).RequireAuthorization(PortalPolicies.May(Permission.CardsExport));

    /// <summary>A filter that means nothing is 400.</summary>
    private static async Task<IResult> WriteAsync(
        HttpContext http, CardQueries queries, SpreadsheetDownload download, IStringLocalizer<Texts> texts, TimeProvider clock, string? format, string? text, string? tag, string? level, string? owner, string? ticket)
    {
        if (CurrentAgent.From(http.User) is not { IsAgent: true } current) return TypedResults.NotFound();
        if (Spreadsheet.KindOf(format) is not { } kind || CardFilter.Parse(text, tag, level, owner) is not { } filter) return TypedResults.BadRequest();

        return await download.SendAsync(http, new SpreadsheetWish(current.CompanyId, current.CompanyCode, kind, "cards", ticket), async (export, stream, cancellation) =>
        {
            var extent = await queries.ExtentAsync(current.CompanyId, filter, clock.GetUtcNow(), cancellation);
            export.Begin(extent.Count);
            var cards = export.Counted(queries.Read(current.CompanyId, filter, cancellation));
            await new CardFile(texts, extent.Zone, agent => extent.AgentNames.GetValueOrDefault(agent, "")).WriteAsync(kind, stream, cards, cancellation);
            return extent.Zone;
        });
    }
}
