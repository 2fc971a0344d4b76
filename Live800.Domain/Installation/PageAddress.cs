using System.Globalization;

namespace Live800.Domain.Installation;

/// <summary>
/// A page of a web site as the installation check names it (rule 5): host and path, without query, fragment and whatever else a visitor's address may carry. An origin alone has an empty path.
/// </summary>
/// <param name="Host">As browsers write it, with a port where it is not the usual one.</param>
/// <param name="Path">Begins with a slash; empty for the whole site.</param>
public readonly record struct PageAddress(string Host, string Path)
{
    /// <summary>Longest host that is kept; who has a longer one is not seen.</summary>
    public const int HostLimit = 120;

    /// <summary>Longest path that is kept; a longer one is cut.</summary>
    public const int PathLimit = 200;

    private const int ReadLimit = 2048;

    /// <summary>Everybody's own machine has this name: it is nobody's site.</summary>
    public bool IsThisMachine => Uri.TryCreate("http://" + Host, UriKind.Absolute, out var read) && read.IsLoopback;

    /// <summary>The page that an address leads to, or nothing where it leads to none: another scheme, credentials, no host.</summary>
    public static PageAddress? Read(string? address) => Read(address, out _);

    /// <inheritdoc cref="Read(string?)"/>
    /// <param name="isInsecure">The page was asked for in the clear, on another machine than the visitor's own.</param>
    public static PageAddress? Read(string? address, out bool isInsecure)
    {
        isInsecure = false;
        if (string.IsNullOrEmpty(address)) return null;
        var end = address.AsSpan().IndexOfAny('?', '#');
        var text = end < 0 ? address : address[..end];
        if (text.Length > ReadLimit) text = text[..ReadLimit];
        if (!Uri.TryCreate(text, UriKind.Absolute, out var page) || (page.Scheme != Uri.UriSchemeHttp && page.Scheme != Uri.UriSchemeHttps)) return null;
        if (page.UserInfo.Length > 0 || page.HostNameType is UriHostNameType.Unknown or UriHostNameType.Basic) return null;
        var host = page.HostNameType == UriHostNameType.Dns ? page.IdnHost.TrimEnd('.').ToLowerInvariant() : page.Host.ToLowerInvariant();
        if (!page.IsDefaultPort) host += ":" + page.Port.ToString(CultureInfo.InvariantCulture);
        if (host.Length is 0 or > HostLimit) return null;
        // A star is how pages that are counted together are written.
        var path = page.AbsolutePath.Replace("*", "%2A", StringComparison.Ordinal);
        if (path.Length > PathLimit) path = path[..PathLimit];
        isInsecure = page.Scheme == Uri.UriSchemeHttp && !page.IsLoopback;
        return new PageAddress(host, path);
    }

    /// <summary>The site that a request came from whose browser names the origin alone; the page where it names it.</summary>
    /// <param name="referrer">Browsers name, of another site's page, the origin with a slash unless they are asked for more, so that a slash alone is taken for the site.</param>
    public static PageAddress? ReadReferrer(string? referrer) => Read(referrer) is { } page ? page.Path == "/" ? page with { Path = "" } : page : null;

    /// <inheritdoc/>
    public override string ToString() => Host + Path;
}
