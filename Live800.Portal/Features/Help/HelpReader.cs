using System.Text.RegularExpressions;

namespace Live800.Portal.Features.Help;

/// <summary>
/// Reads the files the help is written in. A line begins with what it is: <c># key title</c> a section, <c>## key title</c> an entry, <c>: words</c> what
/// else it is found by, <c>- </c> a point, <c>1. </c> a step, <c>| a | b |</c> a row, four blanks a line of code; any other line is a paragraph.
/// Within a line <c>[words](/address)</c> is a link and <c>`name`</c> a name. What does not fit throws, naming its line.
/// </summary>
public static partial class HelpReader
{
    public static HelpBook Read(string page, string text)
    {
        var sections = new List<(string Key, string Title, List<HelpEntry> Entries)>();
        var blocks = new List<HelpBlock>();
        (string Key, string Title)? entry = null;
        var words = "";

        void Close()
        {
            if (entry is not { } read) return;
            if (blocks.Count == 0) throw new InvalidDataException($"{page}: {read.Key} has no answer.");
            sections[^1].Entries.Add(new HelpEntry(page, read.Key, read.Title, words, [.. blocks]));
            (entry, words) = (null, "");
            blocks.Clear();
        }

        var number = 0;
        var fresh = true; // a blank line parts two lists
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd()))
        {
            number++;
            if (Head().Match(line) is { Success: true } head)
            {
                Close();
                var (key, title) = (head.Groups[2].Value, head.Groups[3].Value);
                if (head.Groups[1].Length == 1) sections.Add((key, title, []));
                else if (sections.Count == 0) throw new InvalidDataException($"{page}, line {number}: an entry stands before the first section.");
                else entry = (key, title);
            }
            else if (line.Length > 0)
            {
                if (entry is null) throw new InvalidDataException($"{page}, line {number}: text outside an entry.");
                if (line.StartsWith(": ", StringComparison.Ordinal)) words = line[2..];
                else Add(blocks, line, fresh);
            }

            fresh = line.Length == 0;
        }

        Close();
        return new HelpBook(page, [.. sections.Select(section => new HelpSection(section.Key, section.Title, section.Entries))]);
    }

    private static void Add(List<HelpBlock> blocks, string line, bool fresh)
    {
        var last = fresh || blocks.Count == 0 ? null : blocks[^1];
        HelpBlock made;
        if (line.StartsWith("    ", StringComparison.Ordinal))
        {
            made = last is HelpCode code ? new HelpCode(code.Lines + "\n" + line[4..]) : new HelpCode(line[4..]);
        }
        else if (line.StartsWith('|'))
        {
            IReadOnlyList<IReadOnlyList<HelpSpan>> row = [.. line.Trim('|').Split('|').Select(cell => Spans(cell.Trim()))];
            made = new HelpTable(last is HelpTable table ? [.. table.Rows, row] : [row]);
        }
        else if (Item().Match(line) is { Success: true } item)
        {
            var (ordered, spans) = (item.Groups[1].Value != "-", Spans(item.Groups[2].Value));
            made = new HelpList(ordered, last is HelpList list && list.IsOrdered == ordered ? [.. list.Items, spans] : [spans]);
        }
        else
        {
            made = new HelpParagraph(Spans(line));
        }

        if (last is not null && made.GetType() == last.GetType() && made is not HelpParagraph && !(made is HelpList one && one.IsOrdered != ((HelpList)last).IsOrdered)) blocks[^1] = made;
        else blocks.Add(made);
    }

    private static List<HelpSpan> Spans(string text)
    {
        var spans = new List<HelpSpan>();
        var at = 0;
        foreach (Match mark in Mark().Matches(text))
        {
            if (mark.Index > at) spans.Add(new HelpSpan(text[at..mark.Index]));
            spans.Add(mark.Groups[3].Success ? new HelpSpan(mark.Groups[3].Value, IsCode: true) : new HelpSpan(mark.Groups[1].Value, mark.Groups[2].Value));
            at = mark.Index + mark.Length;
        }

        if (at < text.Length) spans.Add(new HelpSpan(text[at..]));
        return spans;
    }

    [GeneratedRegex(@"^(##?) (\S+) (.+)$")]
    private static partial Regex Head();

    [GeneratedRegex(@"^(-|\d+\.) (.+)$")]
    private static partial Regex Item();

    [GeneratedRegex(@"\[([^\]]+)\]\(([^)\s]+)\)|`([^`]+)`")]
    private static partial Regex Mark();
}
