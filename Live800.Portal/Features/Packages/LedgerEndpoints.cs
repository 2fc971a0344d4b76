using System.Globalization;
using Live800.Portal.Components.Shared;
using Live800.Portal.Identity;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Packages;

/// <summary>The ledger as a file, for administrators of the company (S2.17).</summary>
public static class LedgerEndpoints
{
    /// <summary>The address; <c>format</c> is csv or xlsx, the rest is the page's filter.</summary>
    public const string Path = "/store/ledger/export";

    internal static void Map(WebApplication app) => app.MapGet(Path, WriteAsync).RequireAuthorization(PortalPolicies.Administrator);

    /// <summary>
    /// Writes the lines into a file beside the portal first and sends it then: a browser never keeps half a ledger for a whole one, and memory holds a thousand
    /// lines at most. A filter that means nothing is 400.
    /// </summary>
    private static async Task<IResult> WriteAsync(
        HttpContext http, LedgerQueries queries, FileExports exports, IStringLocalizer<Texts> texts, TimeProvider clock, ILogger<LedgerQueries> log,
        string? format, string? kind, string? way, string? agent, string? from, string? until, string? ticket)
    {
        if (CurrentAgent.From(http.User) is not { IsAgent: true } current) return TypedResults.NotFound();
        if (Spreadsheet.KindOf(format) is not { } file) return TypedResults.BadRequest();
        if (LedgerFilter.Parse(kind, way, agent, from, until) is not { } filter) return TypedResults.BadRequest();

        var export = exports.Claim(current.CompanyId, Guid.TryParse(ticket, out var named) ? named : null);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, export.Cancelled);
        var stream = Spreadsheet.TemporaryFile("ledger");
        try
        {
            var (count, last, zone) = await queries.ExtentAsync(current.CompanyId, filter, either.Token);
            export.Begin(count);
            var rows = Counted(queries.Read(current.CompanyId, current.AgentId, filter, zone, last, either.Token), export);
            await new LedgerFile(texts, zone).WriteAsync(file, stream, rows, count, either.Token);
            stream.Position = 0;
            export.End(FileExportState.Done);

            var day = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            http.Response.Headers.CacheControl = "no-store";
            return Spreadsheet.Send(stream, file, $"ledger-{current.CompanyCode}-{day}");
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            await stream.DisposeAsync();
            export.End(FileExportState.Cancelled);
            // Nothing to keep: the browser shows no file.
            return TypedResults.NoContent();
        }
        catch (Exception broken)
        {
            await stream.DisposeAsync();
            export.End(FileExportState.Failed);
            log.LogError(broken, "The ledger of company {Company} could not be written as a file", current.CompanyCode);
            return TypedResults.StatusCode(StatusCodes.Status500InternalServerError);
        }
    }

    private static IEnumerable<LedgerRow> Counted(IEnumerable<LedgerRow> rows, FileExport export)
    {
        var written = 0L;
        foreach (var row in rows)
        {
            yield return row;
            export.Count(++written);
        }
    }
}
