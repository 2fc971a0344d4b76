using System.Globalization;
using System.Text;

namespace Live800.Domain.Conversations;

/// <summary>The name of a file as it is kept and given back: what was given, without what could lead astray (rule 4).</summary>
public static class FileName
{
    /// <summary>Longest name, in characters.</summary>
    public const int Limit = 200;

    private const string Nameless = "file";

    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³",
    };

    /// <summary>
    /// No folders, no control characters, no marks that turn the reading direction, no name of a device, no dots or blanks at its ends, at most <see cref="Limit"/> characters with its
    /// ending kept. Never empty: without a name it is "file".
    /// </summary>
    public static string Clean(string? given)
    {
        // A name this long is cut whatever is taken out of it; its end says what it is.
        var name = given is { Length: > Limit * 16 } ? given[^(Limit * 16)..] : given ?? "";
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                _ = clean.Length > 0 && clean[^1] == ' ' ? clean : clean.Append(' ');
            }
            else if (rune.Value is '<' or '>' or ':' or '"' or '|' or '?' or '*')
            {
                _ = clean.Append('_');
            }
            else if (IsKept(rune))
            {
                _ = clean.Append(rune);
            }
        }

        name = clean.ToString().Trim().TrimEnd('.', ' ');
        var dot = name.LastIndexOf('.');
        var (stem, end) = dot < 0 || name.Length - dot > 20 ? (name, "") : (name[..dot].Trim(' ', '.'), name[dot..]);
        // One is left for the mark before a device's name.
        stem = MessageText.Line(stem, Limit - 1 - end.Length).TrimEnd();
        if (stem.Length == 0)
        {
            stem = Nameless;
        }

        return (Devices.Contains(stem.Split('.')[0].TrimEnd()) ? "_" : "") + stem + end;
    }

    // Joiners stay: words and signs of some scripts are made with them.
    private static bool IsKept(Rune rune) => rune.Value is 0x200C or 0x200D
        || (rune.Value is not 0xFFFD && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.PrivateUse));
}
