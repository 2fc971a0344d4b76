using System.Text;
using MiniExcelLibs;
using MiniExcelLibs.Attributes;
using MiniExcelLibs.Csv;
using MiniExcelLibs.OpenXml;

namespace Live800.Portal.Components.Shared;

/// <summary>The two files in which lists can be taken home.</summary>
public enum ExportKind
{
    /// <summary>Comma-separated text, UTF-8 with the mark spreadsheets look for.</summary>
    Csv = 0,

    /// <summary>A workbook.</summary>
    Xlsx = 1,
}

/// <summary>What all files for spreadsheets have in common.</summary>
internal static class Spreadsheet
{
    /// <summary>In a text file a spreadsheet takes these starts for a formula; an apostrophe before them makes them words.</summary>
    public static string Plain(string text) => text.Length > 0 && "=+-@\t\r\n＝＋－＠".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    /// <summary>What makes a person's words safe in a file of a kind: in a workbook they are words by their type.</summary>
    public static Func<string, string> Safe(ExportKind kind) => kind == ExportKind.Csv ? Plain : text => text;

    /// <summary>The columns of a line in its own order, under the headings given.</summary>
    public static DynamicExcelColumn[] Columns<TLine>(Func<string, string> heading) =>
        [.. typeof(TLine).GetProperties().Select((property, index) => new DynamicExcelColumn(property.Name) { Index = index, Name = heading(property.Name), Width = 18 })];

    /// <summary>Writes lines while they are read.</summary>
    /// <param name="lines">Lines, read one by one; for a workbook of several sheets a dictionary of them.</param>
    public static async Task WriteAsync(ExportKind kind, Stream stream, object lines, DynamicExcelColumn[] columns, string sheet, CancellationToken cancellation)
    {
        if (kind == ExportKind.Csv)
        {
            var csv = new CsvConfiguration { DynamicColumns = columns, StreamWriterFunc = to => new StreamWriter(to, new UTF8Encoding(true), 1 << 16, leaveOpen: true) };
            _ = await MiniExcel.SaveAsAsync(stream, lines, printHeader: true, excelType: ExcelType.CSV, configuration: csv, cancellationToken: cancellation);
            return;
        }

        var xlsx = new OpenXmlConfiguration { DynamicColumns = columns, FastMode = true, AutoFilter = false };
        _ = await MiniExcel.SaveAsAsync(stream, lines, printHeader: true, sheetName: sheet, excelType: ExcelType.XLSX, configuration: xlsx, cancellationToken: cancellation);
    }

    /// <summary>The kind an address asks for, csv or xlsx; null for anything else.</summary>
    public static ExportKind? KindOf(string? format) => format?.ToUpperInvariant() switch
    {
        "CSV" => ExportKind.Csv,
        "XLSX" => ExportKind.Xlsx,
        _ => null,
    };

    /// <summary>A file beside the portal that is gone when it is closed: a list is written whole before any of it is sent.</summary>
    public static FileStream TemporaryFile(string name) => new(
        Path.Combine(Path.GetTempPath(), $"live800-{name}-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);

    /// <summary>The written file as it is sent.</summary>
    public static IResult Send(FileStream stream, ExportKind kind, string name) => kind == ExportKind.Csv
        ? TypedResults.Stream(stream, "text/csv; charset=utf-8", name + ".csv")
        : TypedResults.Stream(stream, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name + ".xlsx");
}
