namespace Live800.Portal.Identity;

/// <summary>Where a browser may be sent after a form: a path on this site and nothing else.</summary>
public static class LocalAddress
{
    /// <summary>
    /// The path when it stays on this site, otherwise <paramref name="instead"/>. Refuses other hosts in all their spellings
    /// (<c>//host</c>, <c>/\host</c>, with scheme, with control signs in between).
    /// </summary>
    public static string Or(string? path, string instead) => IsLocal(path) ? path! : instead;

    public static bool IsLocal(string? path) =>
        path is ['/', ..]
        && path.Length <= 2048
        && (path.Length == 1 || path[1] is not ('/' or '\\'))
        && !path.Any(sign => char.IsControl(sign) || sign == '\\');
}
