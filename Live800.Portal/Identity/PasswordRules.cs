using Live800.Domain.Companies;

namespace Live800.Portal.Identity;

/// <summary>What is wrong with a password somebody wants to set.</summary>
public enum PasswordFault
{
    None,

    /// <summary>Fewer characters than the company asks for, at least <see cref="PasswordRules.Shortest"/>.</summary>
    TooShort,

    /// <summary>More than <see cref="PasswordRules.Longest"/> characters.</summary>
    TooLong,

    /// <summary>It is, or is little more than, a name the attacker knows.</summary>
    ContainsName,

    /// <summary>A guessing program tries it first: a known word, a run, a repetition.</summary>
    TooCommon,
}

/// <summary>
/// Rules a person can keep: long enough, not a known name, not what everybody takes. No demand for signs of certain kinds, which makes
/// passwords harder to remember and no harder to guess.
/// </summary>
public static class PasswordRules
{
    /// <summary>The fewest characters anywhere; a company may ask for more.</summary>
    public const int Shortest = CompanySecurity.FewestCharacters;

    public const int Longest = 128;

    // Rows of the keyboard, digits and letters, forwards and backwards: a password that is a piece of one of them is a run.
    private static readonly string[] Runs = [.. new[]
    {
        "01234567890123456789012345678901234567890", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
        "qwertyuiop[]\\asdfghjkl;'zxcvbnm,./", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "1q2w3e4r5t6y7u8i9o0p",
        "!@#$%^&*()_+", "147258369", "159357159357", "123qweasdzxc", "qweasdzxc123", "1234qwerasdfzxcv", "qwerasdfzxcv1234",
    }.SelectMany(run => new[] { run, new string([.. run.Reverse()]) })];

    /// <summary>Checks a password against the rules.</summary>
    /// <param name="password">As typed; spaces count.</param>
    /// <param name="ownNames">What an attacker knows: agent ID, shown name, e-mail, company ID and name.</param>
    public static PasswordFault Check(string? password, params IEnumerable<string?> ownNames) => Check(password, Shortest, ownNames);

    /// <summary>Checks a password against the rules and the length a company asks for.</summary>
    public static PasswordFault Check(string? password, int shortest, params IEnumerable<string?> ownNames)
    {
        if (password is null || password.Length < Math.Max(shortest, Shortest) || string.IsNullOrWhiteSpace(password)) return PasswordFault.TooShort;
        if (password.Length > Longest) return PasswordFault.TooLong;
        if (ownNames.SelectMany(Parts).Any(name => IsLittleMoreThan(password, name))) return PasswordFault.ContainsName;
        return CommonPasswords.Contains(password) || IsRunOrRepetition(password) ? PasswordFault.TooCommon : PasswordFault.None;
    }

    private static IEnumerable<string> Parts(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) yield break;
        yield return name.Trim();
        if (name.IndexOf('@', StringComparison.Ordinal) is > 0 and var at) yield return name[..at].Trim();
    }

    // "linxiao123", "xiaolin-linxiao": take the name out, and what is left must still be more than a tail of four signs.
    private static bool IsLittleMoreThan(string password, string name) =>
        name.Length >= 2
        && password.Contains(name, StringComparison.OrdinalIgnoreCase)
        && password.Replace(name, "", StringComparison.OrdinalIgnoreCase).Length <= 4;

    private static bool IsRunOrRepetition(string password)
    {
        var plain = password.ToLowerInvariant();
        if (Runs.Any(run => run.Contains(plain, StringComparison.Ordinal))) return true;
        for (var period = 1; period <= 4; period++)
        {
            if (Enumerable.Range(period, plain.Length - period).All(i => plain[i] == plain[i - period])) return true;
        }

        return false;
    }
}
