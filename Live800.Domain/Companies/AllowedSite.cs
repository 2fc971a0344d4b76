using System.Globalization;
using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>
/// A web site that may carry the company's codes 允许的网站 (rule 5). A company without any allows every site. A host counts with its <c>www.</c>; one that begins with
/// <c>*.</c> counts with everything below it; one without a port means the usual ones.
/// </summary>
public sealed class AllowedSite
{
    /// <summary>Most sites of a company: they travel in a header of every chat frame.</summary>
    public const int Most = 20;

    /// <summary>Longest pattern, in characters.</summary>
    public const int Limit = 120;

    private const string Below = "*.";
    private const string Www = "www.";

    private static readonly IdnMapping Names = new();

    private AllowedSite()
    {
    }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>Host as browsers write it, in small letters, with a port where it is not the usual one: <c>shop.example</c>, <c>*.shop.example</c>, <c>localhost:5081</c>.</summary>
    public string Pattern { get; private set; } = "";

    /// <summary>Since when.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Which administrator added it.</summary>
    public AgentId By { get; private set; }

    /// <summary>Allows a site, given as people write it: a host or the address of one of its pages. Refusal: SiteInvalid.</summary>
    public static Outcome<AllowedSite> Allow(CompanyId company, string? given, AgentId by, DateTimeOffset now) =>
        Read(given) is { } pattern ? new AllowedSite { CompanyId = company, Pattern = pattern, At = now, By = by } : Refusal.SiteInvalid;

    /// <summary>The pattern that is meant, or nothing where none can be.</summary>
    public static string? Read(string? given)
    {
        var text = (given ?? "").Trim();
        if (text.Length is 0 or > 2048) return null;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            if (text[..scheme].ToLowerInvariant() is not ("http" or "https")) return null;
            text = text[(scheme + 3)..];
        }

        var end = text.IndexOfAny(['/', '?', '#', '\\']);
        if (end >= 0) text = text[..end];
        var star = text.StartsWith(Below, StringComparison.Ordinal);
        if (star) text = text[Below.Length..];
        if (text.Contains('@', StringComparison.Ordinal) || !Uri.TryCreate("http://" + text + "/", UriKind.Absolute, out var read) || read.HostNameType == UriHostNameType.Unknown) return null;
        // "8" and "0x7f.1" are addresses to a browser and nothing a person means.
        if (read.HostNameType == UriHostNameType.IPv4 && !text.StartsWith(read.Host, StringComparison.Ordinal)) return null;
        if (star && (read.HostNameType != UriHostNameType.Dns || !read.Host.Contains('.', StringComparison.Ordinal))) return null;
        if (Ascii(read) is not { } host || !host.Any(char.IsAsciiLetterOrDigit)) return null;
        if (host.StartsWith(Www, StringComparison.Ordinal) && host.Length > Www.Length + 2) host = host[Www.Length..];
        var pattern = (star ? Below : "") + host + (read.Port is 80 or 443 ? "" : ":" + read.Port.ToString(CultureInfo.InvariantCulture));
        return pattern.Length <= Limit ? pattern : null;
    }

    /// <summary>Whether a page of this origin is on this site.</summary>
    /// <param name="origin">As a browser names it: <c>https://www.shop.example</c>; a page of a file has none and is on no site.</param>
    public bool Covers(string? origin)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var page) || page.Scheme is not ("http" or "https")) return false;
        var (pattern, port) = Pattern.LastIndexOf(':') is var at && at > Pattern.LastIndexOf(']') && at > 0
            ? (Pattern[..at], int.Parse(Pattern.AsSpan(at + 1), CultureInfo.InvariantCulture))
            : (Pattern, 0);
        if (port == 0 ? page.Port is not (80 or 443) : page.Port != port) return false;
        if (Ascii(page) is not { } host) return false;
        return pattern.StartsWith(Below, StringComparison.Ordinal)
            ? host == pattern[Below.Length..] || host.EndsWith(pattern[1..], StringComparison.Ordinal)
            : host == pattern || host == Www + pattern;
    }

    /// <summary>The same as sources of a content security policy, which knows neither <c>www.</c> nor "and the host itself".</summary>
    public IEnumerable<string> Sources()
    {
        var bare = Pattern.StartsWith(Below, StringComparison.Ordinal) ? Pattern[Below.Length..] : Pattern;
        var other = Pattern.StartsWith(Below, StringComparison.Ordinal) ? Pattern : char.IsAsciiLetter(bare[^1]) && bare.Contains('.', StringComparison.Ordinal) ? Www + bare : null;
        foreach (var host in other is null ? [bare] : new[] { bare, other })
        {
            yield return "http://" + host;
            yield return "https://" + host;
        }
    }

    private static string? Ascii(Uri address)
    {
        if (address.HostNameType != UriHostNameType.Dns) return address.Host.ToLowerInvariant();
        try
        {
            return Names.GetAscii(address.Host.TrimEnd('.')).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
