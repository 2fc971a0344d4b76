using System.Text.Json;
using Live800.Portal.Features.Visitors;

namespace Live800.Portal.Tests.Features.Visitors;

/// <summary>Robots are told from browsers by what they call themselves: rules 2 and 6.</summary>
public class KnownRobotsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Mozilla/5.0")]
    [InlineData("\0\ud800")]
    [InlineData("乱码")]
    public void Who_says_nothing_of_himself_is_not_taken_for_one(string userAgent) => Assert.False(KnownRobots.Is(userAgent));

    [Fact]
    public void A_name_of_a_hundred_kilobytes_is_read_at_its_beginning()
    {
        Assert.True(KnownRobots.Is("Baiduspider" + new string(' ', 100_000)));
        Assert.False(KnownRobots.Is(new string(' ', 100_000) + "Baiduspider"));
    }

    [Theory]
    [InlineData("Googlebot/2.1 (+http://www.google.com/bot.html)")]
    [InlineData("Mediapartners-Google")]
    [InlineData("Mozilla/5.0 (compatible; Google-InspectionTool/1.0)")]
    [InlineData("Mozilla/5.0 (compatible; bingbot/2.0;  http://www.bing.com/bingbot.htm)")]
    [InlineData("Wget/1.14 (linux-gnu)")]
    [InlineData("ia_archiver-web.archive.org")]
    [InlineData("Mozilla/4.5 (compatible; HTTrack 3.0x; Windows 98)")]
    [InlineData("Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)")]
    [InlineData("facebookexternalhit/1.1")]
    [InlineData("Sogou Pic Spider/3.0(+http://www.sogou.com/docs/help/webmasters.htm#07)")]
    [InlineData("DuckDuckBot/1.0; (+http://duckduckgo.com/duckduckbot.html)")]
    [InlineData("Mozilla/5.0 (Windows; U; Windows NT 5.1; zh-CN; )  Firefox/1.5.0.11; 360Spider")]
    [InlineData("Twitterbot/0.1")]
    [InlineData("Mozilla/5.0 (compatible; Applebot/0.3; +http://www.apple.com/go/applebot)")]
    [InlineData("Screaming Frog SEO Spider/5.1")]
    [InlineData("Slackbot 1.0 (+https://api.slack.com/robots)")]
    [InlineData("WhatsApp")]
    [InlineData("TelegramBot (like TwitterBot)")]
    [InlineData("YisouSpider")]
    [InlineData("Mozilla/5.0 (compatible; ToutiaoSpider/1.0; http://web.toutiao.com/media_cooperation/;)")]
    [InlineData("Apache-HttpClient/4.2.3 (java 1.5)")]
    [InlineData("curl")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 11_0 like Mac OS X) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/40.0.3754.1902 Mobile Safari/537.36; Bytespider")]
    [InlineData("Mozilla/5.0 (compatible;PetalBot;+https://webmaster.petalsearch.com/site/petalbot)")]
    [InlineData("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:94.0) Gecko/20100101 Firefox/94.0 PTST/211202.211915")]
    [InlineData("Better Uptime Bot Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/74.0.3729.169 Safari/537.36")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/41.0.2272.118 Safari/537.36 (compatible; Google-Read-Aloud; +https://developers.google.com/search/docs/crawling-indexing/overview-google-crawlers)")]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.0; +https://openai.com/gptbot)")]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot")]
    [InlineData("Mozilla/5.0 (compatible; DataForSeoBot/1.0; +https://dataforseo.com/dataforseo-bot)")]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; PerplexityBot/1.0; +https://perplexity.ai/perplexitybot)")]
    [InlineData("AliyunSecBot/Aliyun AliyunSecBot@service.alibaba.com")]
    [InlineData("Claude-User (claude-code/2.1.86; +https://support.anthropic.com/)")]
    [InlineData("Mozilla/5.0 (compatible; ContextualBot/1.0; +http://outcomes.net)")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/117.0.0.0 Safari/537.36 GTmetrix")]
    [InlineData("Site24x7")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36")]
    [InlineData("Mozilla/5.0 (compatible; Nobody-Knows-It/1.0; +https://nobody.example/)")]
    [InlineData("python-requests/2.32")]
    [InlineData("Java/17.0.2")]
    public void A_robot_is_one(string userAgent) => Assert.True(KnownRobots.Is(userAgent));

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0.4240.198 Safari/537.36 QIHU 360SE")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0.3987.162 Safari/537.36 SE 2.X MetaSr 1.0 SogouExplorer")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko")]
    [InlineData("Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/94.0.4606.71 Safari/537.36 Core/1.94.210.400 QQBrowser/12.1.5496.400")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/122.0.6261.95 Safari/537.36 MicroMessenger/7.0.20.1781(0x6700143B) NetType/WIFI WindowsWechat(0x63090c33) XWEB/13639 Flue")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")]
    [InlineData("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0.7444.46 Mobile/15E148 Safari/604.1")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.60(0x18003c2f) NetType/4G Language/zh_CN")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22F76 [FBAN/FBIOS;FBAV/515.0.0.49.107;FBBV/743060463;FBDV/iPhone15,3;FBMD/iPhone;FBSN/iOS]")]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 16_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36")]
    [InlineData("Mozilla/5.0 (Linux; Android 15; PKB110 Build/AP3A.240617.008; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.6723.103 Mobile Safari/537.36 XWEB/1300333 MMWEBSDK/20250201 MicroMessenger/8.0.57.2820(0x28003951) WeChat/arm64 Weixin NetType/5G Language/zh_CN ABI/arm64")]
    [InlineData("Mozilla/5.0 (Linux; U; Android 14; zh-CN; 23127PN0CC Build/UKQ1.230804.001) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.58 UCBrowser/16.6.0.1306 Mobile Safari/537.36")]
    [InlineData("Mozilla/5.0 (Linux; U; Android 14; zh-CN; V2324A Build/UP1A.231005.007) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.58 Quark/7.4.5.681 Mobile Safari/537.36")]
    [InlineData("Mozilla/5.0 (Linux; Android 12; HarmonyOS; ALN-AL00; HMSCore 6.14.0.302) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.5735.196 HuaweiBrowser/15.0.9.302 Mobile Safari/537.36")]
    [InlineData("Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile HuaweiBrowser/5.0.4.300")]
    [InlineData("Mozilla/5.0 (Linux; U; Android 14; zh-cn; 2312DRA50C Build/UKQ1.231003.002) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/109.0.5414.118 Mobile Safari/537.36 XiaoMi/MiuiBrowser/19.2.820527")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36")]
    [InlineData("Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36")]
    [InlineData("Mozilla/5.0 (Linux; Android 13; CUBOT X70) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; PHN110 Build/UKQ1.230924.001) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/115.0.5790.168 Mobile Safari/537.36 HeyTapBrowser/40.8.25.2")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/87.0.4280.141 Mobile Safari/537.36 VivoBrowser/23.4.0.1")]
    [InlineData("Mozilla/5.0 (Linux; Android 13; M2102K1C Build/TKQ1.220829.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/97.0.4692.98 Mobile Safari/537.36 T7/13.60 SP-engine/2.98.0 baiduboxapp/13.60.0.10 (Baidu; P1 13)")]
    [InlineData("Mozilla/5.0 (Linux; Android 13; 22081212C Build/TKQ1.220829.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 aweme_330100 JsSdk/1.0 NetType/WIFI AppName/aweme app_version/33.1.0 ByteLocale/zh-CN")]
    [InlineData("Mozilla/5.0 (Android 14; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0")]
    [InlineData("Mozilla/5.0 (Linux; Android 16; Pixel 10 Pro XL Build/CP1A.260305.018; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/146.0.7680.174 Mobile Safari/537.36 MetaIAB Facebook")]
    [InlineData("Mozilla/5.0 (Linux; Android 11; KFTRWI) AppleWebKit/537.36 (KHTML, like Gecko) Silk/120.4.1 like Chrome/120.0.6099.230 Safari/537.36")]
    public void A_browser_people_use_is_none(string userAgent) => Assert.False(KnownRobots.Is(userAgent));

    [Fact]
    public void At_most_4096_answers_are_kept()
    {
        for (var i = 0; i < 5000; i++) Assert.False(KnownRobots.Is($"Mozilla/5.0 Test{i}"));
        Assert.InRange(KnownRobots.KeptCount, 1, 4096);
    }

    [Fact]
    public void The_list_says_where_it_is_from_and_leaves_out_what_it_says()
    {
        using var stream = typeof(KnownRobots).Assembly.GetManifestResourceStream("Live800.Portal.Features.Visitors.Known.robots.json")!;
        using var book = JsonDocument.Parse(stream);
        string Say(string name) => book.RootElement.GetProperty(name).GetString()!;
        Assert.Equal("npm package crawler-user-agents", Say("from"));
        Assert.Matches(@"^\d+\.\d+\.\d+$", Say("version"));
        Assert.Matches(@"^20\d\d-\d\d-\d\d$", Say("taken"));
        Assert.Contains("MIT", Say("licence"), StringComparison.Ordinal);
        var patterns = book.RootElement.GetProperty("patterns").EnumerateArray().Select(pattern => pattern.GetString()!).ToList();
        Assert.InRange(patterns.Count, 1000, 5000);
        Assert.Equal(patterns.Count, patterns.Distinct().Count());
        Assert.Empty(patterns.Intersect(book.RootElement.GetProperty("without").EnumerateObject().Select(one => one.Name)));
    }
}
