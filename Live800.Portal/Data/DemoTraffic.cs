namespace Live800.Portal.Data;

/// <summary>A visit of the demo in which nothing was said.</summary>
internal sealed record DemoPasser(TimeOnly At, string Referrer, string Campaign, (string Path, string Title)[] Pages, string UserAgent, string Address);

/// <summary>Who passed by in the demo before today: fewer on weekends and at night, more on the eleventh of November; from where people come to a shop of furniture, and with what. All made up.</summary>
internal static class DemoTraffic
{
    private static readonly int[] Hours = [1, 1, 0, 0, 0, 0, 1, 2, 5, 9, 10, 10, 6, 7, 9, 10, 9, 7, 5, 6, 9, 8, 5, 2];

    private static readonly string[] Browsers =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.60",
        "Mozilla/5.0 (Linux; Android 15; V2324A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
        "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/604.1",
        "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
    ];

    private static readonly (string Referrer, string Campaign)[] Ways =
    [
        ("https://www.baidu.com/link", ""), ("", ""), ("https://www.baidu.com/link", "?bd_vid=8&hmpl=%E7%A7%8B%E5%AD%A3&hmkw=%E9%A4%90%E6%A1%8C"), ("https://mp.weixin.qq.com/", ""), ("", "?utm_source=newsletter&utm_campaign=11-%E6%9C%88%E7%9B%AE%E5%BD%95"),
        ("https://cn.bing.com/search?q=%E6%A9%A1%E6%9C%A8%E9%A4%90%E6%A1%8C", ""), ("https://www.xiaohongshu.com/", ""), ("https://www.doubao.com/", ""), ("https://www.zhihu.com/question/19600000", ""), ("https://zhuangxiu.example/tips", ""),
    ];

    /// <summary>The passers of a day, in the order of time.</summary>
    public static IEnumerable<DemoPasser> Of(DateOnly day, int usual, Random chance)
    {
        var pages = DemoStories.Qingfeng.SelectMany(story => story.Pages).Distinct().ToArray();
        var share = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.6 : day is { Month: 11, Day: 10 or 11 } ? 1.8 : 1.0;
        var count = (int)(usual * share * (0.85 + (chance.NextDouble() * 0.3)));
        return [.. Enumerable.Range(0, count).Select(_ => One(pages, chance)).OrderBy(passer => passer.At)];
    }

    private static DemoPasser One((string Path, string Title)[] pages, Random chance)
    {
        var (referrer, campaign) = Ways[Early(Ways.Length, chance)];
        var depth = 1;
        while (depth < 9 && chance.Next(100) < 62) depth++;
        return new DemoPasser(
            new TimeOnly(Hour(chance), chance.Next(60), chance.Next(60)), referrer, campaign, [.. Enumerable.Range(0, depth).Select(_ => pages[Early(pages.Length, chance)])], Browsers[Early(Browsers.Length, chance)],
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"198.51.100.{chance.Next(1, 250)}"));
    }

    // The first are the most frequent.
    private static int Early(int count, Random chance) => (int)(count * Math.Pow(chance.NextDouble(), 1.9));

    private static int Hour(Random chance)
    {
        var at = chance.Next(Hours.Sum());
        for (var hour = 0; ; hour++)
        {
            if ((at -= Hours[hour]) < 0) return hour;
        }
    }
}
