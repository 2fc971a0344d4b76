using System.Text;

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

    /// <summary>UTF-8 with its mark.</summary>
    public static StreamWriter CsvWriter(Stream to) => new(to, new UTF8Encoding(true), 1 << 16, leaveOpen: true);

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
