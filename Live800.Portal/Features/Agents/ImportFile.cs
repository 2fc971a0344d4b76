using System.Text;

namespace Live800.Portal.Features.Agents;

/// <summary>How the bytes of a file are read as text.</summary>
public enum ImportEncoding
{
    Utf8,

    /// <summary>GBK and what it grew into, GB18030.</summary>
    Gbk,
    Utf16,
}

/// <summary>Why a file cannot be read as a table of agents.</summary>
public enum ImportFault
{
    None,
    Empty,
    TooLarge,

    /// <summary>More rows than can be imported at once.</summary>
    TooManyRows,

    /// <summary>The bytes are no text, or no text in the chosen encoding.</summary>
    NotText,

    /// <summary>A quotation mark is opened and never closed.</summary>
    QuoteOpen,

    /// <summary>Names of columns, and nothing below them.</summary>
    OnlyHeader,

    /// <summary>None of the columns is one that says who somebody is.</summary>
    NoColumns,

    /// <summary>A column stands twice.</summary>
    ColumnTwice,
}

/// <summary>An uploaded file as it arrived.</summary>
/// <param name="Content">Nothing where it was too large to be kept.</param>
/// <param name="Lines">Its lines, counted while it arrived; a last one without an end counts.</param>
/// <param name="IsCut">It was so large that counting was given up.</param>
public sealed record ImportUpload(byte[]? Content, long Size, long Lines, bool IsCut)
{
    /// <summary>The most bytes that are kept and imported.</summary>
    public const int Limit = 1024 * 1024;

    /// <summary>The most bytes that are read at all, to say how many rows there are.</summary>
    public const int CountLimit = 20 * 1024 * 1024;

    /// <summary>Takes a file in, once, in small pieces: what is too large is only counted.</summary>
    public static async Task<ImportUpload> ReadAsync(Stream stream, CancellationToken cancellation = default)
    {
        var kept = new MemoryStream();
        var buffer = new byte[32 * 1024];
        var (size, lines, last) = (0L, 0L, (byte)'\n');
        int read;
        while (size < CountLimit && (read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            size += read;
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
            last = buffer[read - 1];
            if (size <= Limit) await kept.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        return new ImportUpload(size <= Limit ? kept.ToArray() : null, size, lines + (last == '\n' ? 0 : 1), size >= CountLimit);
    }
}

/// <summary>A file read as a table: cells in rows, as RFC 4180 has it; separators comma, semicolon or tab.</summary>
public sealed class ImportFile
{
    /// <summary>The most rows below the names of the columns.</summary>
    public const int MostRows = 500;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    // Part of the shared framework, but not registered by itself.
    private static readonly Encoding StrictGbk = CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    private ImportFile()
    {
    }

    public ImportFault Fault { get; private init; }

    /// <summary>How many rows there are, where there are too many; the line on which a quotation mark is left open.</summary>
    public long Count { get; private init; }

    public ImportEncoding Encoding { get; private init; }

    /// <summary>The cells of the first row.</summary>
    public IReadOnlyList<string> Header { get; private init; } = [];

    /// <summary>The rows below it that are not blank, with the number of the line each begins on.</summary>
    public IReadOnlyList<(int Line, IReadOnlyList<string> Cells)> Rows { get; private init; } = [];

    /// <summary>Reads what was uploaded, in an encoding or in the one that fits.</summary>
    public static ImportFile Read(ImportUpload upload, ImportEncoding? wanted = null)
    {
        if (upload.Content is not { } bytes) return upload.Lines - 1 > MostRows ? new ImportFile { Fault = ImportFault.TooManyRows, Count = upload.Lines - 1 } : new ImportFile { Fault = ImportFault.TooLarge };
        if (bytes.Length == 0) return new ImportFile { Fault = ImportFault.Empty };
        var (text, encoding) = Decode(bytes, wanted);
        if (text is null || text.Contains('\0', StringComparison.Ordinal)) return new ImportFile { Fault = ImportFault.NotText, Encoding = encoding };
        return Parse(text, encoding);
    }

    private static (string? Text, ImportEncoding Encoding) Decode(byte[] bytes, ImportEncoding? wanted)
    {
        var isUtf16 = bytes.AsSpan().StartsWith<byte>([0xFF, 0xFE]) || bytes.AsSpan().StartsWith<byte>([0xFE, 0xFF]);
        ImportEncoding[] order = wanted is { } one ? [one] : isUtf16 ? [ImportEncoding.Utf16] : [ImportEncoding.Utf8, ImportEncoding.Gbk];
        foreach (var encoding in order)
        {
            try
            {
                return (TextOf(bytes, encoding).TrimStart('\uFEFF'), encoding);
            }
            catch (DecoderFallbackException)
            {
                // Not in this one.
            }
        }

        return (null, wanted ?? order[^1]);
    }

    private static string TextOf(byte[] bytes, ImportEncoding encoding) => encoding switch
    {
        ImportEncoding.Utf8 => StrictUtf8.GetString(bytes),
        ImportEncoding.Gbk => StrictGbk.GetString(bytes),
        _ => new UnicodeEncoding(bigEndian: bytes is [0xFE, 0xFF, ..], byteOrderMark: false, throwOnInvalidBytes: true).GetString(bytes),
    };

    private static ImportFile Parse(string text, ImportEncoding encoding)
    {
        var separator = SeparatorOf(text);
        IReadOnlyList<string>? header = null;
        var rows = new List<(int, IReadOnlyList<string>)>();
        var (cells, cell, count, line, from, at) = (new List<string>(), new StringBuilder(), 0, 1, 1, 0);
        while (at <= text.Length)
        {
            var sign = at < text.Length ? text[at] : '\n';
            if (sign == '"' && cell.Length == 0)
            {
                var opened = line;
                if (!Quoted(text, ref at, ref line, cell)) return new ImportFile { Fault = ImportFault.QuoteOpen, Count = opened, Encoding = encoding };
                continue;
            }

            at++;
            if (sign == separator || sign is '\n' or '\r')
            {
                cells.Add(cell.ToString().Trim());
                _ = cell.Clear();
            }
            else
            {
                _ = cell.Append(sign);
            }

            if (sign is not ('\n' or '\r')) continue;
            if (sign == '\r' && at < text.Length && text[at] == '\n') at++;
            line++;
            if (cells.Exists(one => one.Length > 0))
            {
                if (header is null) header = cells;
                else if (++count <= MostRows) rows.Add((from, cells));
            }

            (cells, from) = ([], line);
        }

        var fault = header is null ? ImportFault.Empty : count > MostRows ? ImportFault.TooManyRows : count == 0 ? ImportFault.OnlyHeader : ImportFault.None;
        return new ImportFile { Fault = fault, Count = count, Encoding = encoding, Header = header ?? [], Rows = fault == ImportFault.None ? rows : [] };
    }

    // A doubled mark is one mark; what follows the closing one up to the separator belongs to the cell as it is.
    private static bool Quoted(string text, ref int at, ref int line, StringBuilder cell)
    {
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '\n') line++;
            if (text[at] != '"')
            {
                _ = cell.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                _ = cell.Append(text[++at]);
            }
            else
            {
                at++;
                return true;
            }
        }

        return false;
    }

    private static char SeparatorOf(string text)
    {
        var (best, most) = (',', 0);
        foreach (var separator in ",;\t")
        {
            var (count, isQuoted) = (0, false);
            foreach (var sign in text)
            {
                if (sign == '"') isQuoted = !isQuoted;
                else if (!isQuoted && sign is '\n' or '\r') break;
                else if (!isQuoted && sign == separator) count++;
            }

            if (count > most) (best, most) = (separator, count);
        }

        return best;
    }
}
