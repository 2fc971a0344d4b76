using System.Globalization;
using Live800.Portal.Components.Shared;
using Live800.Portal.Identity;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Cards;

/// <summary>The cards as a file, for agents of the company.</summary>
public static class CardEndpoints
{
    /// <summary>The address; <c>format</c> is csv or xlsx, the rest is the page's filter.</summary>
    public const string Path = "/cards/export";

    internal static void Map(WebApplication app) => app.MapGet(Path, WriteAsync).RequireAuthorization(PortalPolicies.Agent);

    /// <summary>Written whole into a file beside the portal, then sent: a browser never keeps half a list for a whole one. A filter that means nothing is 400.</summary>
    private static async Task<IResult> WriteAsync(
        HttpContext http, CardQueries queries, FileExports exports, IStringLocalizer<Texts> texts, TimeProvider clock, ILogger<CardQueries> log,
        string? format, string? text, string? tag, string? level, string? owner, string? ticket)
    {
        if (CurrentAgent.From(http.User) is not { IsAgent: true } current) return TypedResults.NotFound();
        if (Spreadsheet.KindOf(format) is not { } kind || CardFilter.Parse(text, tag, level, owner) is not { } filter) return TypedResults.BadRequest();

        var export = exports.Claim(current.CompanyId, Guid.TryParse(ticket, out var named) ? named : null);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, export.Cancelled);
        var stream = Spreadsheet.TemporaryFile("cards");
        try
        {
            var now = clock.GetUtcNow();
            var extent = await queries.ExtentAsync(current.CompanyId, filter, now, either.Token);
            export.Begin(extent.Count);
            var cards = Counted(queries.Read(current.CompanyId, filter, either.Token), export);
            await new CardFile(texts, extent.Zone, agent => extent.AgentNames.GetValueOrDefault(agent, "")).WriteAsync(kind, stream, cards, either.Token);
            stream.Position = 0;
            export.End(FileExportState.Done);

            var day = TimeZoneInfo.ConvertTime(now, extent.Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            http.Response.Headers.CacheControl = "no-store";
            return Spreadsheet.Send(stream, kind, $"cards-{current.CompanyCode}-{day}");
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            await stream.DisposeAsync();
            export.End(FileExportState.Cancelled);
            return TypedResults.NoContent();
        }
        catch (Exception broken)
        {
            await stream.DisposeAsync();
            export.End(FileExportState.Failed);
            log.LogError(broken, "The cards of company {Company} could not be written as a file", current.CompanyCode);
            return TypedResults.StatusCode(StatusCodes.Status500InternalServerError);
        }
    }

    private static IEnumerable<T> Counted<T>(IEnumerable<T> cards, FileExport export)
    {
        var written = 0L;
        foreach (var card in cards)
        {
            yield return card;
            export.Count(++written);
        }
    }
}
