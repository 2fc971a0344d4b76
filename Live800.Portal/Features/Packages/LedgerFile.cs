using Live800.Domain.Packages;
using Live800.Portal.Components.Shared;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Packages;

/// <summary>Writes ledger lines as a file for spreadsheets: headings in the reader's language, instants in the company's zone, figures as figures.</summary>
public sealed class LedgerFile(IStringLocalizer<Texts> texts, TimeZoneInfo zone)
{
    /// <summary>Lines of one sheet; a workbook's sheets end at 1,048,576.</summary>
    private const int SheetRows = 1_000_000;

    /// <summary>Writes the lines, one after the other.</summary>
    public async Task WriteAsync(ExportKind kind, Stream stream, IEnumerable<LedgerRow> rows, long count, CancellationToken cancellation)
    {
        var (safe, columns, title) = (Spreadsheet.Safe(kind), Spreadsheet.Columns<SpreadsheetLine>(Heading), texts["LedgerTitle"].Value);
        if (kind == ExportKind.Csv)
        {
            await Spreadsheet.WriteAsync(kind, stream, rows.Select(row => Line(row, safe)), columns, title, cancellation);
            return;
        }

        // Sheets are read one after the other, from one reading of the ledger.
        using var reading = rows.GetEnumerator();
        var sheets = new Dictionary<string, object>();
        for (var sheet = 0L; sheet == 0 || sheet * SheetRows < count; sheet++) sheets.Add(sheet == 0 ? title : $"{title} {sheet + 1}", Take(reading, SheetRows));
        await Spreadsheet.WriteAsync(kind, stream, sheets, columns, title, cancellation);
    }

    private IEnumerable<SpreadsheetLine> Take(IEnumerator<LedgerRow> reading, int most)
    {
        for (var i = 0; i < most && reading.MoveNext(); i++) yield return Line(reading.Current, text => text);
    }

    private SpreadsheetLine Line(LedgerRow row, Func<string, string> safe)
    {
        var line = row.Line;
        return new SpreadsheetLine(
            line.Number,
            LedgerWords.Stamp(line.At, zone),
            LedgerWords.Kind(line, texts),
            LedgerWords.Way(line, texts),
            safe(row.AgentName),
            line.ConversationId?.ToString() ?? "",
            LedgerWords.Charged(line, texts),
            LedgerWords.Change(line),
            line.Seats == 0 ? null : line.Kind == LedgerKind.Refund ? -line.Seats : line.Seats,
            line.BalanceAfter,
            texts[line.FreePerDay is null ? "BalanceClicks" : "BalanceFree"],
            line.TermStart is { } start ? LedgerWords.Stamp(start, zone) : "",
            line.TermEnd is { } end ? LedgerWords.Stamp(end, zone) : "",
            row.Order?.Name ?? line.OrderId?.ToString() ?? "",
            safe(row.Note));
    }

    private string Heading(string property) => property == nameof(SpreadsheetLine.Time) ? $"{texts["ColumnTime"].Value} ({zone.Id})" : texts["Column" + property];

    private sealed record SpreadsheetLine(
        long Number, string Time, string Kind, string Way, string Agent, string Conversation, string Charged, long Change, int? Seats, long Balance, string BalanceOf,
        string TermStart, string TermEnd, string Order, string Note);
}
