using Microsoft.Extensions.Localization;

namespace Live800.Portal.Identity;

/// <summary>The sentence for what is wrong with a password.</summary>
public static class PasswordTexts
{
    public static string? Of(this IStringLocalizer<Texts> texts, PasswordFault fault) => fault switch
    {
        PasswordFault.None => null,
        PasswordFault.TooShort => texts[nameof(PasswordFault.TooShort), PasswordRules.Shortest].Value,
        PasswordFault.TooLong => texts[nameof(PasswordFault.TooLong), PasswordRules.Longest].Value,
        _ => texts[fault.ToString()].Value,
    };
}
