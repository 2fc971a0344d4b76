using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Live800.Portal.Features.Visitors;

/// <summary>
/// What robots call themselves: for them nothing is accepted by itself (rule 2), and they are left out of statistics (rule 6). The package's patterns (<c>Known/robots.json</c>) and beside them marks of our own, of November 2026:
/// words that no browser people use has in its name.
/// </summary>
public static partial class KnownRobots
{
    private const int KeptLimit = 4096;
    private const int ReadLimit = 1024;

    private static readonly SearchValues<string> Ours = SearchValues.Create(
    [
        "bot", "spider", "crawl", "slurp", "headless", "phantomjs", "puppeteer", "playwright", "selenium", "curl/", "wget/", "python-", "aiohttp", "httpx", "go-http-client", "java/",
        "okhttp", "axios", "node-fetch", "libwww", "scrapy", "facebookexternalhit", "bingpreview", "lighthouse", "pingdom", "uptime", "monitor", "preview", "archiver", "validator", "+http",
    ],
    StringComparison.OrdinalIgnoreCase);

    private static readonly (SearchValues<string> Words, Regex Patterns) Package = Load();

    // Few browsers make most of the views; the table is emptied rather than ordered when robots fill it with ever new names.
    private static readonly ConcurrentDictionary<string, bool> Kept = new(StringComparer.Ordinal);

    /// <summary>Whether a browser says of itself that it is none. Who says nothing is not taken for a robot.</summary>
    public static bool Is(string userAgent)
    {
        if (Kept.TryGetValue(userAgent, out var known)) return known;
        var answer = Look(userAgent.Length > ReadLimit ? userAgent[..ReadLimit] : userAgent);
        if (userAgent.Length > ReadLimit) return answer;
        if (Kept.Count >= KeptLimit) Kept.Clear();
        Kept[userAgent] = answer;
        return answer;
    }

    internal static int KeptCount => Kept.Count;

    private static bool Look(string userAgent)
    {
        // "CUBOT" is a maker of telephones.
        var text = userAgent.Contains("cubot", StringComparison.OrdinalIgnoreCase) ? userAgent.Replace("cubot", "", StringComparison.OrdinalIgnoreCase) : userAgent;
        return text.AsSpan().ContainsAny(Ours) || text.AsSpan().ContainsAny(Package.Words) || text.StartsWith("WhatsApp", StringComparison.Ordinal) || Package.Patterns.IsMatch(text);
    }

    // Nearly all patterns are plain words with their signs escaped; those are looked for together, the rest is one expression whose time grows with the text alone.
    private static (SearchValues<string> Words, Regex Patterns) Load()
    {
        using var stream = typeof(KnownRobots).Assembly.GetManifestResourceStream("Live800.Portal.Features.Visitors.Known.robots.json")!;
        using var book = JsonDocument.Parse(stream);
        var patterns = book.RootElement.GetProperty("patterns").EnumerateArray().Select(pattern => pattern.GetString()!).ToLookup(pattern => PlainWord().IsMatch(pattern));
        return (SearchValues.Create([.. patterns[true].Select(pattern => pattern.Replace("\\", "", StringComparison.Ordinal))], StringComparison.Ordinal),
            new Regex(string.Join('|', patterns[false].Select(pattern => $"(?:{pattern})")), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
    }

    [GeneratedRegex(@"^(?:[^\\^$.|?*+()\[\]{}]|\\[^A-Za-z0-9])+$")]
    private static partial Regex PlainWord();
}
