namespace Live800.Portal.Features.Groups;

/// <summary>
/// What robots call themselves, as of November 2026: for them nothing is accepted by itself (2). A list of our own, of words that no browser people use has in its name.
/// </summary>
public static class KnownRobots
{
    private static readonly string[] Marks =
    [
        "bot", "spider", "crawl", "slurp", "headless", "phantomjs", "puppeteer", "playwright", "selenium", "curl/", "wget/", "python-", "aiohttp", "httpx", "go-http-client", "java/",
        "okhttp", "axios", "node-fetch", "libwww", "scrapy", "facebookexternalhit", "bingpreview", "lighthouse", "pingdom", "uptime", "monitor", "preview", "archiver", "validator",
    ];

    /// <summary>Whether a browser says of itself that it is none.</summary>
    public static bool Is(string userAgent) => Array.Exists(Marks, mark => userAgent.Contains(mark, StringComparison.OrdinalIgnoreCase) && !IsPhone(userAgent, mark));

    // "CUBOT" is a maker of telephones.
    private static bool IsPhone(string userAgent, string mark) => mark == "bot" && userAgent.Contains("cubot", StringComparison.OrdinalIgnoreCase);
}
