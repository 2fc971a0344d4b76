namespace Live800.Domain.Visitors;

/// <summary>What somebody holds or sits at.</summary>
public enum DeviceForm
{
    /// <summary>Nothing is recognised.</summary>
    Unknown = 0,

    /// <summary>A computer.</summary>
    Desktop = 1,

    /// <summary>A telephone.</summary>
    Phone = 2,

    /// <summary>A tablet.</summary>
    Tablet = 3,

    /// <summary>A television, a console, a watch.</summary>
    Other = 4,
}

/// <summary>
/// With what a visit is made 设备 (rule 6): form, system and browser by name, without their versions. Unknown ones are empty rather than guessed. An iPad that asks for pages made for computers calls itself a Mac and is counted as one.
/// </summary>
/// <param name="System">The system's name; empty where none is recognised.</param>
/// <param name="Browser">The browser's name, or that of the app that shows the page; empty where none is recognised.</param>
public sealed record VisitDevice(DeviceForm Form, string System, string Browser)
{
    /// <summary>Nothing is recognised.</summary>
    public static readonly VisitDevice Unknown = new(DeviceForm.Unknown, "", "");

    private const int ReadLimit = 1024;

    // The first that fits wins: browsers name those they descend from as well, and apps name the browser inside them.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("wxwork/", "企业微信"), ("MicroMessenger/", "微信"), ("DingTalk/", "钉钉"), ("AlipayClient/", "支付宝"), ("aweme", "抖音"), ("Kwai", "快手"), ("discover/", "小红书"), ("xhsdiscover", "小红书"), ("__weibo__", "微博"), ("Weibo", "微博"),
        ("NewsArticle/", "今日头条"), ("BiliApp", "哔哩哔哩"), ("ZhihuHybrid", "知乎"), ("baiduboxapp/", "百度 App"), (" QQ/", "QQ"), ("FBAN/", "Facebook"), ("FBAV/", "Facebook"), ("MetaIAB Facebook", "Facebook"), ("Instagram ", "Instagram"),
        ("QQBrowser/", "QQ 浏览器"), ("UCBrowser/", "UC 浏览器"), ("Quark/", "夸克"), ("HuaweiBrowser/", "华为浏览器"), ("HonorBrowser/", "荣耀浏览器"), ("MiuiBrowser/", "小米浏览器"), ("VivoBrowser/", "vivo 浏览器"),
        ("HeyTapBrowser/", "OPPO 浏览器"), ("360SE", "360 浏览器"), ("360EE", "360 浏览器"), ("QihooBrowser/", "360 浏览器"), ("QHBrowser/", "360 浏览器"), ("MetaSr", "搜狗浏览器"), ("SogouMobileBrowser/", "搜狗浏览器"), ("LBBROWSER", "猎豹浏览器"),
        ("SamsungBrowser/", "Samsung Internet"), ("Silk/", "Silk"), ("YaBrowser/", "Yandex Browser"), ("Vivaldi/", "Vivaldi"), ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("Edge/", "Edge"), ("OPR/", "Opera"), ("OPT/", "Opera"),
        ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"), ("Trident/", "Internet Explorer"), ("MSIE ", "Internet Explorer"), ("Version/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPod", "iPhone"), ("iPad", "iPad"), ("OpenHarmony", "HarmonyOS"), ("HarmonyOS", "HarmonyOS"), ("Windows Phone", "Windows Phone"), ("Tizen", "Tizen"), ("Web0S", "webOS"), ("Android", "Android"),
        ("Xbox", "Xbox"), ("Windows", "Windows"), ("PlayStation", "PlayStation"), ("CrOS", "ChromeOS"), ("Macintosh", "macOS"), ("KAIOS", "KaiOS"), ("Linux", "Linux"),
    ];

    private static readonly string[] Others = ["TV", "Tizen", "Web0S", "BRAVIA", "PlayStation", "Xbox", "Nintendo", "Watch", "CrKey", "AFTS", "AFTM"];

    private static readonly string[] Tablets = ["iPad", "Tablet", "MatePad", " Pad", "Silk/", "PlayBook"];

    /// <summary>From what the browser calls itself.</summary>
    public static VisitDevice Of(string? userAgent) => Read(userAgent, out _);

    /// <inheritdoc cref="Of"/>
    /// <param name="version">The browser's main version; empty where it is not told.</param>
    public static VisitDevice Read(string? userAgent, out string version)
    {
        version = "";
        if (string.IsNullOrEmpty(userAgent))
        {
            return Unknown;
        }

        var text = userAgent.Length > ReadLimit ? userAgent[..ReadLimit] : userAgent;
        var system = Array.Find(Systems, one => text.Contains(one.Mark, StringComparison.Ordinal)).Name ?? "";
        var browser = Array.Find(Browsers, one => text.Contains(one.Mark, StringComparison.Ordinal));
        // Many that are no Safari have a version too; it also calls itself by its name.
        if (browser.Name == "Safari" && !text.Contains("Safari/", StringComparison.Ordinal))
        {
            browser = default;
        }

        if (browser.Mark is [.., '/' or ' '] && browser.Name != "Internet Explorer")
        {
            var from = text.IndexOf(browser.Mark, StringComparison.Ordinal) + browser.Mark.Length;
            var to = from;
            while (to < text.Length && to - from < 4 && char.IsAsciiDigit(text[to]))
            {
                to++;
            }

            version = text[from..to];
        }

        return new(FormOf(text, system), system, browser.Name ?? "");
    }

    /// <summary>As it is kept: <c>Phone|Android|Chrome</c>.</summary>
    public string ToText() => $"{Form}|{System}|{Browser}";

    /// <summary>Of a kept text. What is none is unknown.</summary>
    public static VisitDevice Parse(string? text) =>
        text?.Split('|') is [var form, var system, var browser] && Enum.TryParse<DeviceForm>(form, out var known) && known.ToString() == form ? new(known, system, browser) : Unknown;

    private static DeviceForm FormOf(string text, string system)
    {
        var isMobile = text.Contains("Mobile", StringComparison.Ordinal);
        return Has(Others) ? DeviceForm.Other
            : system == "iPhone" ? DeviceForm.Phone
            : system is "Windows" or "ChromeOS" or "macOS" ? DeviceForm.Desktop
            : Has(Tablets) ? DeviceForm.Tablet
            : system == "HarmonyOS" && text.Contains("PC;", StringComparison.Ordinal) ? DeviceForm.Desktop
            : isMobile || text.Contains("Phone", StringComparison.Ordinal) ? DeviceForm.Phone
            : system is "Android" or "HarmonyOS" ? DeviceForm.Tablet
            : system == "Linux" ? DeviceForm.Desktop
            : DeviceForm.Unknown;

        bool Has(string[] marks) => Array.Exists(marks, mark => text.Contains(mark, StringComparison.Ordinal));
    }
}
