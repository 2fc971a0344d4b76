using Live800.Domain.Conversations;

namespace Live800.Domain.Visitors;

/// <summary>The search engines known, and how a referrer and an address become a source.</summary>
internal static class SourceRules
{
    private const int PartLimit = 100;

    // Own list, 2026-11: host ending (or "name." for engines with many country hosts), shown name, parameters that carry the words.
    private static readonly (string Host, string Name, string[] Words)[] Engines =
    [
        ("baidu.com", "百度", ["wd", "word", "kw"]),
        ("sogou.com", "搜狗", ["query", "keyword"]),
        ("so.com", "360搜索", ["q"]),
        ("sm.cn", "神马", ["q"]),
        ("toutiao.com", "头条搜索", ["keyword"]),
        ("google.", "Google", ["q"]),
        ("bing.com", "Bing", ["q"]),
        ("duckduckgo.com", "DuckDuckGo", ["q"]),
        ("yahoo.", "Yahoo", ["p"]),
        ("yandex.", "Yandex", ["text"]),
        ("ecosia.org", "Ecosia", ["q"]),
        ("naver.com", "Naver", ["query"]),
        ("search.brave.com", "Brave", ["q"]),
        ("startpage.com", "Startpage", ["query"]),
    ];

    public static VisitSource Classify(string? referrer, string? address)
    {
        var page = Parse(address);
        var from = Parse(referrer);
        var host = from is null || (page is not null && SameSite(from.Host, page.Host)) ? "" : Bare(from.Host);
        var query = Parameters(page);
        var source = Get(query, "utm_source");
        var campaign = Get(query, "utm_campaign");
        var term = Get(query, "utm_term");
        if (source.Length + campaign.Length + Get(query, "utm_medium").Length > 0)
        {
            return new(VisitSourceKind.Campaign, source, Cut(host), campaign, term);
        }

        if (host.Length == 0)
        {
            return VisitSource.Direct;
        }

        foreach (var engine in Engines)
        {
            if (IsOf(host, engine.Host))
            {
                var asked = Parameters(from);
                var keyword = engine.Words.Select(w => Get(asked, w)).FirstOrDefault(w => w.Length > 0) ?? "";
                return new(VisitSourceKind.Search, engine.Name, Cut(host), "", keyword.Length > 0 ? keyword : term);
            }
        }

        return new(VisitSourceKind.Link, "", Cut(host), "", term);
    }

    private static Uri? Parse(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri!.Host.Length > 0 ? uri : null;

    private static string Bare(string host)
    {
        var name = host.ToLowerInvariant();
        return name.StartsWith("www.", StringComparison.Ordinal) ? name[4..] : name;
    }

    private static bool SameSite(string one, string other) => string.Equals(Bare(one), Bare(other), StringComparison.Ordinal);

    private static bool IsOf(string host, string engine)
    {
        if (!engine.EndsWith('.'))
        {
            return host == engine || host.EndsWith("." + engine, StringComparison.Ordinal);
        }

        // "google." is google.<country>, never google.example.com: at most two short labels may follow.
        var at = host.StartsWith(engine, StringComparison.Ordinal) ? 0 : host.IndexOf("." + engine, StringComparison.Ordinal) + 1;
        if (at == 0 && !host.StartsWith(engine, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = host[(at + engine.Length)..].Split('.');
        return rest.Length is 1 or 2 && Array.TrueForAll(rest, label => label.Length is > 1 and <= 3);
    }

    private static Dictionary<string, string> Parameters(Uri? uri)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (uri is null || uri.Query.Length < 2)
        {
            return found;
        }

        foreach (var pair in uri.Query[1..].Split('&', 64))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                _ = found.TryAdd(Decode(pair[..equals]), Cut(MessageText.Line(Decode(pair[(equals + 1)..]))));
            }
        }

        return found;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static string Get(Dictionary<string, string> parameters, string name) => parameters.TryGetValue(name, out var value) ? value : "";

    private static string Cut(string text) => MessageText.Line(text, PartLimit);
}
