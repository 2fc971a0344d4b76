using System.Globalization;
using System.Net;
using System.Resources;
using System.Text;
using Live800.Domain.Conversations;
using Live800.Portal.Components.Shared;

namespace Live800.Portal.Features.Mail;

/// <summary>What letters the portal writes. Stored by number: appended, never reused.</summary>
public enum LetterKind
{
    Test = 1,
    PasswordReset = 2,
    EmailConfirmation = 3,
    Warning = 4,
    Receipt = 5,
    Order = 6,
    Grant = 7,
    EmailChanged = 8,
    Transcript = 9,
    OfflineReply = 10,
    TwoStepReset = 11,
    AgentInvitation = 12,
    OfflineNotice = 13,
    DailySummary = 14,
    ReplyToConfirmation = 15,
    WeeklyReport = 16,
}

/// <summary>A line of a table: the same in plain text, and in columns.</summary>
/// <param name="Said">What stands behind the name in plain text.</param>
/// <param name="Cells">What stands in the columns after the name's.</param>
public sealed record LetterRow(string Name, string Said, IReadOnlyList<string> Cells);

/// <summary>What stands below one stretch of a picture: a name, what it is more exactly, and two figures.</summary>
public sealed record LetterColumn(string Name, string Note, string Value, string Other);

/// <summary>
/// A letter while it is written: its parts are kept as plain words and become text and HTML together, every word encoded. It has its own language, whatever
/// the language of whoever caused it.
/// </summary>
/// <param name="kind">What it is about.</param>
/// <param name="to">One e-mail address.</param>
/// <param name="toName">Whom it is for, as people read it.</param>
/// <param name="language"><c>zh-CN</c> or <c>en</c>; nothing means Chinese.</param>
public sealed class Letter(LetterKind kind, string to, string toName, string? language)
{
    private readonly List<(Part Part, string One, string Two)> _parts = [];

    public LetterKind Kind => kind;

    public string To { get; } = MessageText.Line(to);

    public string ToName { get; } = MessageText.Line(toName);

    public CultureInfo Culture { get; } = CultureInfo.GetCultureInfo(language == "en" ? "en" : "zh-CN");

    public string Subject { get; private set; } = "";

    /// <summary>A second letter with this key is not queued (rule 3.12: a transition is told once).</summary>
    public string? OnceKey { get; init; }

    /// <summary>In whose name it is sent, as people read it; nothing for the name of the box.</summary>
    public string FromName { get; set; } = "";

    /// <summary>Where an answer goes; nothing where nobody reads one.</summary>
    public string ReplyTo { get; set; } = "";

    /// <summary>What stands at its beginning, in several lines if need be; nothing for the portal's own words.</summary>
    public string? Greeting { get; set; }

    /// <summary>What stands at its end, in several lines if need be; nothing for the portal's own words.</summary>
    public string? Closing { get; set; }

    private string Language => Culture.TwoLetterISOLanguageName == "en" ? "en" : "zh-CN";

    /// <summary>A text of this feature in the letter's language.</summary>
    public string Word(string key, params object?[] facts) => Word<Texts>(key, facts);

    /// <summary>A picture (PNG) that travels with it, and is shown where <see cref="Chart"/> stands; nothing where there is none.</summary>
    public byte[]? Picture { get; private set; }

    /// <summary>A text of another feature, named by the marker of its texts, in the letter's language.</summary>
    public string Word<T>(string key, params object?[] facts) =>
        CountedTexts.Format(Culture, Find<T>(key) ?? throw new MissingManifestResourceException(key), facts);

    /// <summary>A text of another feature as it stands there; nothing where there is none.</summary>
    public string? Find<T>(string key) => WordsOf<T>.All.GetString(key, Culture);

    /// <summary>The subject is one line, whatever was given: nothing in it can become a header.</summary>
    public Letter About(string subject)
    {
        Subject = MessageText.Line(subject);
        return this;
    }

    public Letter Say(string paragraph) => Add(Part.Paragraph, paragraph, "");

    /// <summary>A fact in a line of its own: 公司ID: k3m9q2.</summary>
    public Letter Fact(string name, string value) => Add(Part.Fact, name, value);

    /// <summary>An address to open, shown as it is in the plain text.</summary>
    public Letter Link(string words, string address) => Add(Part.Link, words, address);

    /// <summary>A line of what the reader wrote himself.</summary>
    public Letter Quote(string line) => Add(Part.Quote, line, "");

    /// <summary>What the next lines are about.</summary>
    public Letter Head(string words) => Add(Part.Head, words, "");

    /// <summary>Names with figures in columns; in plain text each name with its figures in one line.</summary>
    /// <param name="columns">What stands above each column, the names' first.</param>
    public Letter Table(IReadOnlyList<string> columns, IReadOnlyList<LetterRow> rows)
    {
        var html = new StringBuilder("<table style=\"border-collapse:collapse;width:100%;font-size:14px;line-height:20px\"><tr>");
        for (var i = 0; i < columns.Count; i++)
            _ = html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\" style=\"padding:4px 0 4px {(i == 0 ? 0 : 16)}px;text-align:{(i == 0 ? "left" : "right")};font-weight:400;font-size:12px;color:#636b78;border-bottom:1px solid #c9ced6;white-space:nowrap\">{Inline(columns[i])}</th>");
        _ = html.Append("</tr>");
        foreach (var row in rows)
        {
            _ = html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\" style=\"padding:5px 0;text-align:left;font-weight:400;color:#1a1e26;border-bottom:1px solid #e2e5e9;overflow-wrap:anywhere\">{Inline(row.Name)}</th>");
            for (var i = 0; i < row.Cells.Count; i++)
                _ = html.Append(CultureInfo.InvariantCulture, $"<td style=\"padding:5px 0 5px 16px;text-align:right;white-space:nowrap;border-bottom:1px solid #e2e5e9{(i == 0 ? ";font-weight:600" : ";color:#515965")}\">{Inline(row.Cells[i])}</td>");
            _ = html.Append("</tr>");
        }

        _parts.Add((Part.Table, string.Concat(rows.Select(row => Word("FactLine", MessageText.Line(row.Name), MessageText.Line(row.Said)) + "\n")), html.Append("</table>").ToString()));
        return this;
    }

    /// <summary>
    /// A picture with what it shows in words, and below each of its equal stretches a name and two figures: no letter is drawn in it, so that a box needs no fonts. Whoever reads plain text, or sees no pictures, misses nothing.
    /// </summary>
    /// <param name="alternative">What it shows, in words.</param>
    public Letter Chart(byte[] png, int width, string alternative, string legend, string otherLegend, IReadOnlyList<LetterColumn> columns)
    {
        Picture = png;
        var html = new StringBuilder();
        _ = html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:0 0 8px;font-size:12px;color:#515965\"><span style=\"color:#4644b4\">&#9632;</span> {Inline(legend)} &nbsp; <span style=\"color:#868e9a\">&#9679;</span> {Inline(otherLegend)}</p>")
            .Append(CultureInfo.InvariantCulture, $"<img src=\"{PictureMark}\" width=\"{width}\" alt=\"{Inline(alternative)}\" style=\"display:block;width:100%;max-width:{width}px;height:auto;border:0\">")
            .Append(CultureInfo.InvariantCulture, $"<table style=\"border-collapse:collapse;table-layout:fixed;width:100%;max-width:{width}px;font-size:12px;line-height:18px;text-align:center;margin-bottom:12px\"><tr>");
        foreach (var column in columns)
            _ = html.Append(CultureInfo.InvariantCulture, $"<td style=\"padding:4px 0;vertical-align:top;white-space:nowrap\">{Inline(column.Name)}<br><span style=\"color:#636b78\">{Inline(column.Note)}</span><br><b style=\"font-weight:600\">{Inline(column.Value)}</b><br><span style=\"color:#636b78\">{Inline(column.Other)}</span></td>");
        _parts.Add((Part.Table, MessageText.Line(alternative) + "\n", html.Append("</tr></table>").ToString()));
        return this;
    }

    public string Plain()
    {
        var text = new StringBuilder();
        _ = text.AppendJoin('\n', Beginning).Append("\n\n");
        for (var i = 0; i < _parts.Count; i++)
        {
            var (part, one, two) = _parts[i];
            _ = part switch
            {
                Part.Paragraph => text.Append(one).Append('\n'),
                Part.Fact => text.Append(Word("FactLine", one, two)).Append('\n'),
                Part.Quote => text.Append("> ").Append(one).Append('\n'),
                Part.Head => text.Append(one).Append('\n'),
                Part.Table => text.Append(one),
                _ => text.Append(one).Append('\n').Append(two).Append('\n'),
            };
            if (part == Part.Head) continue;
            if (part is not (Part.Fact or Part.Quote) || i + 1 == _parts.Count || _parts[i + 1].Part != part) _ = text.Append('\n');
        }

        return text.Append("-- \n").AppendJoin('\n', End).Append('\n').ToString();
    }

    public string Html()
    {
        var body = new StringBuilder();
        _ = body.Append(CultureInfo.InvariantCulture, $"<p>{string.Join("<br>", Beginning.Select(Encode))}</p>");
        for (var i = 0; i < _parts.Count; i++)
        {
            var (part, one, two) = _parts[i];
            var (first, last) = (i == 0 || _parts[i - 1].Part != part, i + 1 == _parts.Count || _parts[i + 1].Part != part);
            _ = part switch
            {
                Part.Paragraph => body.Append(CultureInfo.InvariantCulture, $"<p>{Encode(one)}</p>"),
                Part.Fact => body.Append(CultureInfo.InvariantCulture,
                    $"{(first ? "<table style=\"border-collapse:collapse;font-size:14px;line-height:22px\">" : "")}<tr><td style=\"padding:2px 16px 2px 0;color:#515965\">{Encode(one)}</td><td>{Encode(two)}</td></tr>{(last ? "</table>" : "")}"),
                Part.Quote => body.Append(CultureInfo.InvariantCulture,
                    $"{(first ? "<blockquote style=\"margin:0 0 16px;padding:0 0 0 12px;border-left:3px solid #c9ced6;color:#515965\">" : "<br>")}{Encode(one)}{(last ? "</blockquote>" : "")}"),
                Part.Head => body.Append(CultureInfo.InvariantCulture, $"<h2 style=\"margin:24px 0 8px;font-size:14px;line-height:22px;font-weight:600\">{Encode(one)}</h2>"),
                Part.Table => body.Append(two),
                _ => body.Append(CultureInfo.InvariantCulture,
                    $"<p><a href=\"{Encode(two)}\" style=\"display:inline-block;padding:8px 16px;border-radius:4px;background:#4644b4;color:#fff;text-decoration:none\">{Encode(one)}</a></p><p style=\"color:#636b78;font-size:12px;overflow-wrap:anywhere\">{Encode(two)}</p>"),
            };
        }

        return $"""
            <!doctype html>
            <html lang="{Language}"><head><meta charset="utf-8"><title>{Encode(Subject)}</title></head>
            <body style="margin:0;padding:24px;background:#fff;color:#1a1e26;font:14px/22px -apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"><div style="max-width:560px">
            {body}
            <p style="margin-top:24px;border-top:1px solid #e2e5e9;padding-top:8px;color:#636b78;font-size:12px">{string.Join("<br>", End.Select(Encode))}</p>
            </div></body></html>

            """;
    }

    private IEnumerable<string> Beginning => Lines(Greeting ?? Word("Hello", ToName));

    private IEnumerable<string> End => Lines(Closing ?? Word("Signature"));

    private static IEnumerable<string> Lines(string words) => words.ReplaceLineEndings("\n").Split('\n').Select(line => MessageText.Line(line));

    private static class WordsOf<T>
    {
        internal static readonly ResourceManager All = new(typeof(T));
    }

    // Stands for the picture's address until the letter travels; what people wrote is encoded and can not be this.
    internal const string PictureMark = "cid:picture";

    private static string Inline(string text) => Encode(MessageText.Line(text));

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private Letter Add(Part part, string one, string two)
    {
        _parts.Add((part, MessageText.Line(one), MessageText.Line(two)));
        return this;
    }

    private enum Part
    {
        Paragraph,
        Fact,
        Link,
        Quote,
        Head,
        Table,
    }
}
