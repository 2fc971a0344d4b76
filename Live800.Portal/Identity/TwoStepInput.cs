using System.Globalization;
using System.Text;

namespace Live800.Portal.Identity;

/// <summary>Codes as people type them: with blanks and hyphens, in full-width signs, in small letters.</summary>
public static class TwoStepInput
{
    /// <summary>Digits of an app's code.</summary>
    public const int Digits = 6;

    private const int Half = 5;

    /// <summary>Six digits, or nothing.</summary>
    public static string? Code(string? typed) => Signs(typed) is { Length: Digits } signs && signs.All(char.IsAsciiDigit) ? signs : null;

    /// <summary>A recovery code as it was given out, XXXXX-XXXXX; or nothing.</summary>
    public static string? Recovery(string? typed) =>
        Signs(typed) is { Length: 2 * Half } signs && signs.All(char.IsAsciiLetterOrDigit) ? $"{signs[..Half]}-{signs[Half..]}" : null;

    private static string Signs(string? typed)
    {
        // A lone surrogate cannot be normalized, and is no code.
        if (typed is not { Length: > 0 and <= 64 } || typed.Any(char.IsSurrogate)) return "";
        var signs = new StringBuilder();
        foreach (var sign in typed.Normalize(NormalizationForm.FormKC))
        {
            if (!char.IsWhiteSpace(sign) && CharUnicodeInfo.GetUnicodeCategory(sign) is not (UnicodeCategory.DashPunctuation or UnicodeCategory.Format)) _ = signs.Append(char.ToUpperInvariant(sign));
        }

        return signs.ToString();
    }
}
