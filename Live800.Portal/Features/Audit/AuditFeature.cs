using Live800.Domain.Companies;
using Live800.Portal.Components.Shared;
using Live800.Portal.Identity;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Audit;

/// <summary>The company's own part of the audit log 操作记录, for its administrators (1).</summary>
public static class AuditFeature
{
    private const string ExportPath = "company/audit/export";

    public static WebApplicationBuilder AddAudit(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddSingleton<CompanyAudit>();
        return builder;
    }

    public static WebApplication MapAudit(this WebApplication app)
    {
        _ = app.MapGet("/" + ExportPath, WriteAsync).RequireAuthorization(PortalPolicies.May(Permission.Audit));
        return app;
    }

    /// <summary>The address of what is looked for as a file, without format.</summary>
    internal static string PathOf(CompanyAuditFilter filter) => filter.ToQuery() is { Length: > 0 } query ? $"{ExportPath}?{query}" : ExportPath;

    /// <summary>A filter that means nothing is 400. That it was taken home is an entry of the log itself: reading is not a change, but who read is kept.</summary>
    private static async Task<IResult> WriteAsync(
        HttpContext http, CompanyAudit audit, SpreadsheetDownload download, IStringLocalizer<Texts> texts, IStringLocalizer<Platform.Texts> acts,
        string? format, string? by, string? act, string? from, string? until, string? text, string? ticket)
    {
        if (CurrentAgent.From(http.User) is not { IsAgent: true } current) return TypedResults.NotFound();
        if (Spreadsheet.KindOf(format) is not { } kind || CompanyAuditFilter.Parse(by, act, from, until, text) is not { } filter) return TypedResults.BadRequest();
        var begun = await audit.BeginExportAsync(current, filter, CompanyAuditWords.Named(filter.Text, acts), http.RequestAborted);
        if (begun.IsRefused) return TypedResults.NotFound();
        var extent = begun.Value;

        return await download.SendAsync(http, new SpreadsheetWish(current.CompanyId, current.CompanyCode, kind, "audit", ticket), async (export, stream, cancellation) =>
        {
            export.Begin(extent.Count);
            await new CompanyAuditFile(texts, acts, extent.Zone).WriteAsync(kind, stream, export.Counted(audit.Read(current.CompanyId, filter, extent, cancellation)), cancellation);
            return extent.Zone;
        });
    }
}
