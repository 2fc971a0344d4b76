namespace Live800.Portal.Components;

/// <summary>
/// Light or dark, as kept in a cookie so that static and interactive pages agree.
/// "auto-*" is what the system showed last: it spares the first paint of an interactive page a flash.
/// </summary>
public readonly record struct ThemeChoice(bool IsDark, bool IsChosen)
{
    public const string Cookie = "theme";

    /// <summary>The attribute on html: only a person's choice overrides the system.</summary>
    public string? Attribute => IsChosen ? IsDark ? "dark" : "light" : null;

    public static ThemeChoice Parse(string? cookie) => cookie switch
    {
        "dark" => new(true, true),
        "light" => new(false, true),
        "auto-dark" => new(true, false),
        _ => default,
    };
}
