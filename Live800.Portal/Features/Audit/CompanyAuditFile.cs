using System.Globalization;
using Live800.Portal.Components.Shared;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Audit;

/// <summary>Writes the company's audit log as a file for spreadsheets: headings in the reader's language, instants in the company's zone, whatever a person wrote as words.</summary>
internal sealed class CompanyAuditFile(IStringLocalizer<Texts> texts, IStringLocalizer<Platform.Texts> acts, TimeZoneInfo zone)
{
    public Task WriteAsync(ExportKind kind, Stream stream, IEnumerable<CompanyAuditLine> lines, CancellationToken cancellation)
    {
        var safe = Spreadsheet.Safe(kind);
        return Spreadsheet.WriteAsync(kind, stream, lines.Select(line => Line(line, safe)), Spreadsheet.Columns<SpreadsheetLine>(Heading), texts["Title"], cancellation);
    }

    private SpreadsheetLine Line(CompanyAuditLine line, Func<string, string> safe) => new(
        TimeZoneInfo.ConvertTime(line.At, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        safe(CompanyAuditWords.Who(line, texts)),
        safe(CompanyAuditWords.Of(line, acts)),
        safe(Side(line, change => change.Before)),
        safe(Side(line, change => change.After)),
        safe(line.Address));

    private string Side(CompanyAuditLine line, Func<Platform.AuditChange, string> side) =>
        string.Join("\n", line.Changes.Select(change => $"{CompanyAuditWords.Of(change, acts)}: {CompanyAuditWords.Of(change, side(change), acts)}"));

    private string Heading(string property) => property == nameof(SpreadsheetLine.At) ? $"{texts["ColumnAt"].Value} ({zone.Id})" : texts["Column" + property];

    private sealed record SpreadsheetLine(string At, string Who, string What, string Before, string After, string From);
}
