namespace Live800.Portal.Features.Visitors;

/// <summary>Browser and system as people call them: "Chrome 130 · Windows". Unknown ones are left out rather than guessed.</summary>
public static class DeviceWords
{
    // The first that fits wins: browsers name those they descend from as well.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("MicroMessenger/", "微信"), ("QQBrowser/", "QQ 浏览器"), ("UCBrowser/", "UC 浏览器"), ("HuaweiBrowser/", "华为浏览器"), ("MiuiBrowser/", "小米浏览器"),
        ("SamsungBrowser/", "Samsung Internet"), ("Edg/", "Edge"), ("EdgA/", "Edge"), ("OPR/", "Opera"), ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"),
        ("CriOS/", "Chrome"), ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"), ("Version/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("OpenHarmony", "HarmonyOS"), ("HarmonyOS", "HarmonyOS"), ("Android", "Android"),
        ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Macintosh", "macOS"), ("Linux", "Linux"),
    ];

    /// <summary>Null when nothing is recognised.</summary>
    public static string? Of(string userAgent)
    {
        var system = Array.Find(Systems, s => userAgent.Contains(s.Mark, StringComparison.Ordinal)).Name;
        var browser = Array.Find(Browsers, b => userAgent.Contains(b.Mark, StringComparison.Ordinal));
        if (browser.Name is null || (browser.Name == "Safari" && !userAgent.Contains("Safari/", StringComparison.Ordinal))) return system;
        var from = userAgent.IndexOf(browser.Mark, StringComparison.Ordinal) + browser.Mark.Length;
        var to = from;
        while (to < userAgent.Length && to - from < 4 && char.IsAsciiDigit(userAgent[to])) to++;
        var named = to > from ? $"{browser.Name} {userAgent[from..to]}" : browser.Name;
        return system is null ? named : $"{named} · {system}";
    }
}
