using System.Globalization;
using Live800.Domain.Shared;

namespace Live800.Portal.Components.Shared;

/// <summary>A list of a company on its way into a file.</summary>
/// <param name="Name">What the file is called, before the company's ID and the day.</param>
internal sealed record SpreadsheetWish(CompanyId Company, string CompanyCode, ExportKind Kind, string Name, string? Ticket);

/// <summary>Sends lists as files for spreadsheets.</summary>
internal sealed class SpreadsheetDownload(FileExports exports, TimeProvider clock, ILogger<SpreadsheetDownload> log)
{
    /// <summary>
    /// Written whole into a file beside the portal, then sent: a browser never keeps half a list for a whole one. Given up, by the page or by the browser, there is nothing to keep (204); what breaks is 500.
    /// </summary>
    /// <param name="write">Writes the list, tells the export how much there is and how far it is; answers with the zone whose day names the file.</param>
    public async Task<IResult> SendAsync(HttpContext http, SpreadsheetWish wish, Func<FileExport, Stream, CancellationToken, Task<TimeZoneInfo>> write)
    {
        var export = exports.Claim(wish.Company, Guid.TryParse(wish.Ticket, out var named) ? named : null);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, export.Cancelled);
        var stream = Spreadsheet.TemporaryFile(wish.Name);
        try
        {
            var zone = await write(export, stream, either.Token);
            stream.Position = 0;
            export.End(FileExportState.Done);

            var day = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            http.Response.Headers.CacheControl = "no-store";
            return Spreadsheet.Send(stream, wish.Kind, $"{wish.Name}-{wish.CompanyCode}-{day}");
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
            log.LogError(broken, "The list {Name} of company {Company} could not be written as a file", wish.Name, wish.CompanyCode);
            return TypedResults.StatusCode(StatusCodes.Status500InternalServerError);
        }
    }
}
