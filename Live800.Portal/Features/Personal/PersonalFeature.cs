using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Components.Shared;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Personal;

/// <summary>What a company keeps of a person: found, taken home, erased, and kept for a while only (1).</summary>
public static class PersonalFeature
{
    private const string ExportPath = "company/personal-data/export";

    public static WebApplicationBuilder AddPersonal(this WebApplicationBuilder builder)
    {
        _ = builder.Services
            .AddSingleton<PersonalQueries>()
            .AddSingleton<PersonalDesk>()
            .AddSingleton<PersonalExport>()
            .AddSingleton<RetentionDesk>()
            .AddSweep<PersonalDesk>(TimeSpan.FromMinutes(1), (desk, _, cancellation) => desk.SettleAsync(cancellation));
        return builder;
    }

    public static WebApplication MapPersonal(this WebApplication app)
    {
        _ = app.MapGet("/" + ExportPath, WriteAsync).RequireAuthorization(PortalPolicies.May(Permission.PersonalData));
        return app;
    }

    /// <summary>The address of one visitor's data as a file.</summary>
    internal static string PathOf(VisitorId visitor) => $"{ExportPath}?visitor={visitor}";

    /// <summary>Written whole beside the portal, then sent, so that nobody keeps half of it for all. What the company does not have is 404. That it was taken home is an entry of the audit log.</summary>
    private static async Task<IResult> WriteAsync(HttpContext http, PersonalDesk desk, PersonalExport export, TimeProvider clock, string? visitor)
    {
        if (CurrentAgent.From(http.User) is not { IsAgent: true } current
            || !long.TryParse(visitor, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id <= 0
            || (await desk.NoteExportAsync(current, new VisitorId(id), http.RequestAborted)).IsRefused)
        {
            return TypedResults.NotFound();
        }

        var stream = Spreadsheet.TemporaryFile("personal");
        try
        {
            await export.WriteAsync(current.CompanyId, new VisitorId(id), stream, http.RequestAborted);
            stream.Position = 0;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }

        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(stream, "application/zip", string.Create(CultureInfo.InvariantCulture, $"visitor-{Visitor.NumberOf(new VisitorId(id))}-{clock.GetUtcNow():yyyy-MM-dd}.zip"));
    }
}
