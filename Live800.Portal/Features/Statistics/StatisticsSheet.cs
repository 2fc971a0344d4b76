using System.Globalization;
using Live800.Portal.Components.Shared;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Statistics;

/// <summary>One file of the statistics while it is written: lines as they come, headings in the reader's language, in as many sheets as a workbook needs.</summary>
internal sealed class StatisticsSheet(ExportKind kind, FileExport export, Stream stream, string what, IStringLocalizer<Texts> texts, CancellationToken cancellation)
{
    // A workbook's sheet holds 1,048,576 rows, the heading among them.
    private const int MostOfSheet = 1_000_000;

    /// <summary>Makes harmless what people wrote.</summary>
    public Func<string, string> Safe { get; } = Spreadsheet.Safe(kind);

    public async Task SaveAsync<TLine>(IEnumerable<TLine> lines, long count)
    {
        export.Begin(count);
        var counted = export.Counted(lines);
        var columns = Spreadsheet.Columns<TLine>(name => texts["File" + name]);
        if (kind == ExportKind.Csv || count <= MostOfSheet)
        {
            await Spreadsheet.WriteAsync(kind, stream, counted, columns, texts["File." + what], cancellation);
            return;
        }

        // Sheets share one reading: each goes on where the one before is full.
        using var rows = counted.GetEnumerator();
        var sheets = new Dictionary<string, object>();
        for (var sheet = 1; (sheet - 1) * (long)MostOfSheet < count; sheet++) sheets.Add(string.Create(CultureInfo.InvariantCulture, $"{texts["File." + what].Value} {sheet}"), Next(rows, sheet * (long)MostOfSheet < count ? MostOfSheet : int.MaxValue));
        await Spreadsheet.WriteAsync(kind, stream, sheets, columns, texts["File." + what], cancellation);

        static IEnumerable<TLine> Next(IEnumerator<TLine> rows, int most)
        {
            for (var i = 0; i < most && rows.MoveNext(); i++) yield return rows.Current;
        }
    }
}
