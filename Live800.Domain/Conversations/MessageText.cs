using System.Globalization;
using System.Text;
using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

/// <summary>What may stand in a message and in a name: the limits of QUALITY section 5 and what is taken out before anything is stored.</summary>
public static class MessageText
{
    /// <summary>Longest message, in characters.</summary>
    public const int Limit = 4000;

    /// <summary>Longest preview of what a visitor is typing.</summary>
    public const int PreviewLimit = 200;

    /// <summary>
    /// The text as it is stored: without NUL and other control characters but line breaks and tabs, a lone surrogate replaced, line ends as \n, outer blanks gone.
    /// Refusals: TextEmpty (also when only invisible characters are left), TextTooLong.
    /// </summary>
    public static Outcome<string> Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Refusal.TextEmpty;
        }

        // A text this long is over the limit whatever is taken out of it; do not walk through megabytes.
        if (text.Length > Limit * 4)
        {
            return Refusal.TextTooLong;
        }

        var clean = Strip(text, keepLines: true).Trim();
        if (!HasVisible(clean))
        {
            return Refusal.TextEmpty;
        }

        return clean.Length > Limit ? Refusal.TextTooLong : clean;
    }

    /// <summary>A single line (a name, a title, a welcome): as <see cref="Clean"/>, breaks become blanks; empty when nothing visible is left.</summary>
    public static string Line(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var clean = Strip(text, keepLines: false).Trim();
        return HasVisible(clean) ? clean : "";
    }

    /// <summary>A single line cut to a limit without cutting a character in two; for what a page reports about itself.</summary>
    public static string Line(string? text, int limit)
    {
        var line = Line(text is { Length: var length } && length > limit * 4 ? text[..(limit * 4)] : text);
        if (line.Length <= limit)
        {
            return line;
        }

        var end = char.IsHighSurrogate(line[limit - 1]) ? limit - 1 : limit;
        return line[..end];
    }

    private static string Strip(string text, bool keepLines)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                clean.Append(c).Append(text[++i]);
            }
            else if (char.IsSurrogate(c))
            {
                clean.Append('\uFFFD');
            }
            else if (c == '\r')
            {
                if (i + 1 >= text.Length || text[i + 1] != '\n')
                {
                    clean.Append(keepLines ? '\n' : ' ');
                }
            }
            else if (c is '\n' or '\t')
            {
                clean.Append(keepLines ? c : ' ');
            }
            else if (!char.IsControl(c) && !IsDirectionOverride(c))
            {
                clean.Append(c);
            }
        }

        return clean.ToString();
    }

    // An override turns the rest of a line around and can dress an address up as another one; marks and isolates of real right-to-left text stay.
    private static bool IsDirectionOverride(char c) => c is '\u202D' or '\u202E';

    private static bool HasVisible(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                continue;
            }

            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Format:
                case UnicodeCategory.Control:
                case UnicodeCategory.NonSpacingMark:
                case UnicodeCategory.EnclosingMark:
                    continue;
                default:
                    return true;
            }
        }

        return false;
    }
}
