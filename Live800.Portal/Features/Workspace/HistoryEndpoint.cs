using Live800.Domain.Companies;
using Live800.Portal.Components.Shared;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Packages;
using Live800.Portal.Identity;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Workspace;

/// <summary>The history as a file, for agents with the right; without the right to others' conversations it holds the agent's own (4, S2.17).</summary>
public static class HistoryEndpoint
{
    private const string Path = "history/export";

    /// <summary>The address of what is looked for, without format.</summary>
    public static string PathOf(HistoryTaste taste) => taste.ToQuery() is { Length: > 0 } query ? $"{Path}?{query}" : Path;

    internal static void Map(WebApplication app) => app.MapGet("/" + Path, WriteAsync).RequireAuthorization(PortalPolicies.May(Permission.HistoryExport));

    /// <summary>A filter that means nothing is 400.</summary>
    private static async Task<IResult> WriteAsync(
        HttpContext http, HistoryReader reader, SpreadsheetDownload download, CompanyProfiles profiles, PackageDesk packages, TimeProvider clock,
        IStringLocalizer<Texts> texts, IStringLocalizer<Visitors.Texts> names, IStringLocalizer<Packages.Texts> ways,
        string? format, string? days, string? agent, string? text, string? group, string? ticket)
    {
        if (CurrentAgent.From(http.User) is not { IsAgent: true } current) return TypedResults.NotFound();
        if (Spreadsheet.KindOf(format) is not { } kind || HistoryTaste.Parse(days, agent, text, group) is not { } taste) return TypedResults.BadRequest();

        return await download.SendAsync(http, new SpreadsheetWish(current.CompanyId, current.CompanyCode, kind, "history", ticket), async (export, stream, cancellation) =>
        {
            var zone = (await packages.FactsAsync(current.CompanyId, cancellation)).Zone;
            var filter = taste.At(clock.GetUtcNow(), zone) with { WithPartOf = current.May(Permission.SeeOthers) ? null : current.AgentId };
            export.Begin(await reader.CountAsync(current.CompanyId, filter, cancellation));
            var file = new HistoryFile(texts, names, ways, await profiles.ReadAsync(current.CompanyId, cancellation), zone);
            await file.WriteAsync(kind, stream, export.Counted(reader.ReadAsync(current.CompanyId, filter, cancellation)), cancellation);
            return zone;
        });
    }
}
