using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Live800.Domain.Packages;

namespace Live800.Portal.Components.Shared;

/// <summary>Numbers as people type them: full-width digits, blanks around, separators in their places. Anything else is nothing, never a guess.</summary>
public static partial class TypedNumber
{
    private const int Longest = 32;

    /// <summary>A whole number, 0 or more; nothing when it is not one.</summary>
    public static long? Whole(string? typed) => Plain(typed) is { } text && !text.Contains('.', StringComparison.Ordinal)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>An amount in minor units; nothing when it is none, or finer than the currency's minor unit.</summary>
    public static long? Money(string? typed, Currency currency)
    {
        if (Plain(typed) is not { } text || !decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return null;
        var minor = value * Unit(currency);
        return minor == decimal.Truncate(minor) && minor <= long.MaxValue ? (long)minor : null;
    }

    /// <summary>An amount as it stands in a field: 98.00.</summary>
    public static string Of(long amount, Currency currency) =>
        (amount / Unit(currency)).ToString("F" + currency.Digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static decimal Unit(Currency currency) => currency.Digits == 0 ? 1m : (decimal)Math.Pow(10, currency.Digits);

    // "98,5" is 98.5 in one country and 985 in another: a comma counts only where it parts thousands.
    private static string? Plain(string? typed)
    {
        if (typed is null or { Length: > Longest }) return null;
        try
        {
            var text = typed.Normalize(NormalizationForm.FormKC).Trim();
            return Digits().IsMatch(text) ? text.Replace(",", "", StringComparison.Ordinal) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
