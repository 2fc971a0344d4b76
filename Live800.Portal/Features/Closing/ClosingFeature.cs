using System.Globalization;
using Live800.Portal.Components.Shared;
using Live800.Portal.Identity;

namespace Live800.Portal.Features.Closing;

/// <summary>A company takes everything home, and is closed (1).</summary>
public static class ClosingFeature
{
    /// <summary>The address of everything a company has, as a file.</summary>
    internal const string ExportPath = "company/close/export";

    public static WebApplicationBuilder AddClosing(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddSingleton<ClosingDesk>().AddSingleton<CompanyExport>().AddSingleton<ClosedCompanies>();
        return builder;
    }

    public static WebApplication MapClosing(this WebApplication app)
    {
        _ = app.MapGet("/" + ExportPath, WriteAsync).RequireAuthorization(PortalPolicies.Administrator);
        return app;
    }

    /// <summary>Written whole beside the portal, then sent, so that nobody keeps half of it for all. That it was taken home is an entry of the audit log.</summary>
    private static async Task<IResult> WriteAsync(HttpContext http, ClosingDesk desk, CompanyExport everything, FileExports exports, TimeProvider clock, string? ticket)
    {
        if (CurrentAgent.From(http.User) is not { IsAgent: true } current || (await desk.NoteExportAsync(current, http.RequestAborted)).IsRefused) return TypedResults.NotFound();
        var export = exports.Claim(current.CompanyId, Guid.TryParse(ticket, out var named) ? named : null);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, export.Cancelled);
        var stream = Spreadsheet.TemporaryFile("company");
        try
        {
            var zone = await everything.WriteAsync(current.CompanyId, stream, export.Begin, export.Count, either.Token);
            stream.Position = 0;
            export.End(FileExportState.Done);
            var day = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            http.Response.Headers.CacheControl = "no-store";
            return TypedResults.Stream(stream, "application/zip", $"{current.CompanyCode}-{day}.zip");
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            await stream.DisposeAsync();
            export.End(FileExportState.Cancelled);
            return TypedResults.NoContent();
        }
        catch
        {
            await stream.DisposeAsync();
            export.End(FileExportState.Failed);
            throw;
        }
    }
}
