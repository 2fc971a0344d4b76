using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Live800.Domain.Statistics;

/// <summary>
/// The name under which a page is counted (rule 6): host and path as everybody writes them, and of the query what names a page and not a visitor, a campaign or an order of a list. One page has one name however it was reached.
/// </summary>
public static class PageKey
{
    /// <summary>Longest name; a longer one is cut, so that such pages are counted together.</summary>
    public const int Limit = 300;

    // What stands behind it says little of the page, and what a page reports must cost little.
    private const int ReadLimit = 8192;
    private const int ParameterLimit = 256;

    private static readonly (string Dated, FrozenSet<string> Names) Read = Load();

    /// <summary>What the list of parameters says of its age.</summary>
    public static string Dated => Read.Dated;

    /// <summary>The parameters that name a page: <c>page-parameters.json</c>.</summary>
    public static IReadOnlySet<string> Names => Read.Names;

    /// <summary>The page's name; empty where the address leads to no page of a web site. Of <c>https://</c> and a name it is that name.</summary>
    public static string Of(string? address)
    {
        if (address is null || !(address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)))
        {
            return "";
        }

        var text = address.Length > ReadLimit ? address[..ReadLimit] : address;
        var ends = text.AsSpan().IndexOfAny("?#");
        var head = ends < 0 ? text : text[..ends];
        var begin = head.IndexOf("//", StringComparison.Ordinal) + 2;
        var slash = head.AsSpan(begin).IndexOfAny('/', '\\');
        var site = slash < 0 ? head : head[..(begin + slash)];
        if (!Uri.TryCreate(site, UriKind.Absolute, out var uri) || SiteOf(uri) is not { Length: > 0 } host)
        {
            return "";
        }

        var key = new StringBuilder(host);
        _ = key.Append(slash < 0 ? "/" : PathOf(head[(begin + slash)..]));
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        if (ends >= 0 && text[ends] == '?')
        {
            AppendQuery(key, text.AsSpan(ends + 1, (hash < 0 ? text.Length : hash) - ends - 1));
        }

        if (hash >= 0 && hash + 1 < text.Length && text[hash + 1] is '/' or '!')
        {
            var route = text.AsSpan(hash);
            var query = route.IndexOf('?');
            _ = key.Append(Tidy(query < 0 ? route : route[..query]));
            if (query >= 0)
            {
                AppendQuery(key, route[(query + 1)..]);
            }
        }

        return Cut(key.ToString());
    }

    private static string? SiteOf(Uri uri)
    {
        try
        {
            var host = (uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost).ToLowerInvariant().TrimEnd('.');
            while (host.StartsWith("www.", StringComparison.Ordinal) && host.IndexOf('.', 4) > 0)
            {
                host = host[4..];
            }

            // A name that is a number once its dot or "www." is gone is the address that browsers read it as.
            if (uri.HostNameType == UriHostNameType.Dns && host.Length > 0 && char.IsAsciiDigit(host[host.LastIndexOf('.') + 1]))
            {
                return Uri.TryCreate($"{uri.Scheme}://{host}:{uri.Port.ToString(CultureInfo.InvariantCulture)}", UriKind.Absolute, out var number) && number.HostNameType != UriHostNameType.Dns ? SiteOf(number) : null;
            }

            // 80 and 443 are one site: the name has no scheme.
            return uri.HostNameType is UriHostNameType.Unknown or UriHostNameType.Basic || host.Length == 0 ? null
                : uri.IsDefaultPort || uri.Port is 80 or 443 ? host
                : host + ":" + uri.Port.ToString(CultureInfo.InvariantCulture);
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    private static string PathOf(string path)
    {
        path = path.Replace('\\', '/');
        // Some servers write a session's number behind the path of a browser without cookies.
        var session = path.IndexOf(";jsessionid=", StringComparison.OrdinalIgnoreCase);
        var tidy = Tidy(session < 0 ? path : path[..session]);
        var length = tidy.Length;
        while (length > 1 && tidy[length - 1] == '/')
        {
            length--;
        }

        return tidy[..length];
    }

    // What is encoded without need is not (RFC 3986, 2.3), what is encoded has capitals, what must be is: one page has one spelling.
    private static string Tidy(ReadOnlySpan<char> text)
    {
        var tidy = new StringBuilder(text.Length);
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            var sign = text[i];
            if (sign == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                var value = (char)byte.Parse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                _ = char.IsAsciiLetterOrDigit(value) || value is '-' or '.' or '_' or '~' ? tidy.Append(value) : Encode(tidy, (byte)value);
                i += 2;
            }
            else if (sign is > ' ' and not '%' and < '\u007F' and not ('"' or '<' or '>' or '^' or '`' or '{' or '|' or '}'))
            {
                _ = tidy.Append(sign);
            }
            else
            {
                _ = Rune.DecodeFromUtf16(text[i..], out var rune, out var taken);
                foreach (var part in bytes[..rune.EncodeToUtf8(bytes)])
                {
                    _ = Encode(tidy, part);
                }

                i += taken - 1;
            }
        }

        return tidy.ToString();
    }

    private static StringBuilder Encode(StringBuilder to, byte value) => to.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));

    private static void AppendQuery(StringBuilder key, ReadOnlySpan<char> query)
    {
        SortedDictionary<string, string>? kept = null;
        var names = Read.Names.GetAlternateLookup<ReadOnlySpan<char>>();
        var left = ParameterLimit;
        foreach (var range in query.Split('&'))
        {
            if (left-- == 0)
            {
                break;
            }

            var pair = query[range];
            var equals = pair.IndexOf('=');
            if (equals > 0 && equals + 1 < pair.Length && names.TryGetValue(pair[..equals], out var name))
            {
                _ = (kept ??= new(StringComparer.Ordinal)).TryAdd(name, Tidy(pair[(equals + 1)..].ToString().Replace("+", "%20", StringComparison.Ordinal)));
            }
        }

        var gap = '?';
        foreach (var (name, value) in kept ?? [])
        {
            _ = key.Append(gap).Append(name).Append('=').Append(value);
            gap = '&';
        }
    }

    // Never inside an encoded sign; and what is left is read once more, because half a parameter is none.
    private static string Cut(string key)
    {
        if (key.Length <= Limit)
        {
            return key;
        }

        var end = Limit;
        if (key[end - 1] == '%')
        {
            end--;
        }
        else if (key[end - 2] == '%')
        {
            end -= 2;
        }

        return Of("https://" + key[..end].TrimEnd('/', '?', '&', '#', '!'));
    }

    private static (string, FrozenSet<string>) Load()
    {
        using var stream = typeof(PageKey).Assembly.GetManifestResourceStream("Live800.Domain.Statistics.page-parameters.json")!;
        using var read = JsonDocument.Parse(stream);
        return (read.RootElement.GetProperty("dated").GetString()!, read.RootElement.GetProperty("names").EnumerateArray().Select(name => name.GetString()!).ToFrozenSet(StringComparer.OrdinalIgnoreCase));
    }
}
