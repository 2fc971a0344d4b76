using Microsoft.Extensions.Localization;

namespace Live800.Portal.Identity;

/// <summary>The sentence for what is wrong with a password.</summary>
public static class PasswordTexts
{
    /// <param name="shortest">What the company asks for.</param>
    public static string? Of(this IStringLocalizer<Texts> texts, PasswordFault fault, int shortest = PasswordRules.Shortest) => fault switch
    {
        PasswordFault.None => null,
        PasswordFault.TooShort => texts[nameof(PasswordFault.TooShort), shortest].Value,
        PasswordFault.TooLong => texts[nameof(PasswordFault.TooLong), PasswordRules.Longest].Value,
        _ => texts[fault.ToString()].Value,
    };
}
