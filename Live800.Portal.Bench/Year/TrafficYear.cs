using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Data.Rollups;

namespace Live800.Portal.Bench.Year;

/// <summary>
/// Twelve months of traffic with a realistic shape, always the same for one seed: quiet nights and weekends, a growing site, a busy November; visitors who come back; a few sources that bring most, and a few pages that are read most; robots. It goes through the
/// statements of the trail's own writer, a day to a commit, so that what is stored is what a portal would have stored.
/// </summary>
internal sealed class TrafficYear(WriteQueue<TrailDbContext> writes, CompanyCalendars calendars, CompanyId company, TimeZoneInfo zone, DateOnly firstDay, int days, long views, int seed)
{
    /// <summary>Pages of a visit on average; with it the number of visits follows from that of views.</summary>
    private const double PagesPerVisit = 3.3;

    // Shares of a working day's hours.
    private static readonly double[] Hours = [0.4, 0.3, 0.2, 0.1, 0.1, 0.2, 0.7, 1.5, 3.5, 7, 8, 8, 5, 5.5, 7.5, 8, 7.5, 6, 4.5, 5, 7, 7, 4.5, 1.5];

    private static readonly (string Agent, string Device)[] Browsers =
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0.0.0 Safari/537.36", "Desktop|Windows|Chrome"), ("Mozilla/5.0 (Linux; Android 15) Chrome/142.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0", "Phone|Android|微信"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Phone|iPhone|Safari"), ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0.0.0 Safari/537.36 Edg/142.0", "Desktop|Windows|Edge"),
        ("Mozilla/5.0 (Linux; Android 14) UCBrowser/16.0 Mobile Safari/537.36", "Phone|Android|UC 浏览器"), ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15", "Desktop|macOS|Safari"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/142.0.0.0 Mobile Safari/537.36", "Phone|Android|Chrome"), ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Tablet|iPad|Safari"),
    ];

    private static readonly string[] Cities =
    [
        "CN|广东|Guangdong|广州|Guangzhou", "CN|广东|Guangdong|深圳|Shenzhen", "CN|北京|Beijing|北京|Beijing", "CN|上海|Shanghai|上海|Shanghai", "CN|浙江|Zhejiang|杭州|Hangzhou", "CN|江苏|Jiangsu|苏州|Suzhou", "CN|四川|Sichuan|成都|Chengdu",
        "CN|湖北|Hubei|武汉|Wuhan", "CN|福建|Fujian|厦门|Xiamen", "CN|山东|Shandong|青岛|Qingdao", "US|California|California|San Jose|San Jose", "SG||||", "DE|Berlin|Berlin|Berlin|Berlin", "",
    ];

    private readonly Random _chance = new(seed);
    private readonly List<long> _visitors = [];
    private readonly string[] _pages = [.. Enumerable.Range(0, 3000).Select(i => i == 0 ? "https://shop.example/" : $"https://shop.example/{(i % 7) switch { 0 => "tables", 1 => "chairs", 2 => "sofas", 3 => "beds", 4 => "news", 5 => "help", _ => "cabinets" }}/{i}")];
    private readonly TrailRollups _rollups = new(calendars);

    /// <summary>Views that were stored.</summary>
    public long Views { get; private set; }

    /// <summary>Writes all days.</summary>
    public async Task WriteAsync(Action<int> tell)
    {
        var weights = Enumerable.Range(0, days).Select(day => WeightOf(firstDay.AddDays(day), day)).ToArray();
        var whole = weights.Sum();
        for (var day = 0; day < days; day++)
        {
            var works = Day(firstDay.AddDays(day), (int)Math.Round(views / PagesPerVisit * weights[day] / whole));
            _ = await writes.RunRawAsync(raw =>
            {
                _rollups.Raw = raw;
                var statements = new TrailStatements(raw, _rollups);
                foreach (var work in works) work.Write(statements);
                _rollups.Book.Flush(raw);
                return works.Count;
            });
            tell(day + 1);
        }
    }

    private static double WeightOf(DateOnly date, int day) =>
        (date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.62 : 1.0) * (0.8 + (0.4 * day / 365)) * (date is { Month: 11, Day: >= 8 and <= 12 } or { Month: 6, Day: >= 16 and <= 18 } ? 1.8 : 1.0);

    private List<TrailWork> Day(DateOnly date, int visits)
    {
        var works = new List<(DateTimeOffset At, int Order, TrailWork Work)>(visits * 8);
        for (var i = 0; i < visits; i++) Visit(date, works);
        works.Sort((one, other) => one.At != other.At ? one.At.CompareTo(other.At) : one.Order.CompareTo(other.Order));
        return works.ConvertAll(entry => entry.Work);
    }

    private void Visit(DateOnly date, List<(DateTimeOffset At, int Order, TrailWork Work)> works)
    {
        var at = LocalCalendar.InstantOf(date.ToDateTime(new TimeOnly(Hour(), _chance.Next(60), _chance.Next(60), _chance.Next(1000))), zone);
        var id = new VisitId(IdSource.Next(at));
        // Whoever comes back has mostly been there lately.
        var isKnown = _visitors.Count > 100 && _chance.NextDouble() < 0.34;
        var visitor = isKnown ? new VisitorId(_visitors[_visitors.Count - 1 - (int)(_visitors.Count * Math.Pow(_chance.NextDouble(), 4))]) : new VisitorId(id.Value);
        if (!isKnown) _visitors.Add(visitor.Value);
        var isRobot = _chance.NextDouble() < 0.02;
        var (agent, device) = isRobot ? ("Mozilla/5.0 (compatible; Baiduspider-render/2.0)", "Other||") : Browsers[(int)(Browsers.Length * Math.Pow(_chance.NextDouble(), 1.7))];
        var line = 1 + (long)(240_000 * Math.Pow(_chance.NextDouble(), 1.5));
        var facts = new VisitFacts(Cities[(int)(Cities.Length * Math.Pow(_chance.NextDouble(), 1.4))], device, line, $"10.{line >> 8 & 255}.{line & 255}.0/24", isRobot);
        var pages = 1;
        while (pages < 60 && _chance.NextDouble() < 0.697) pages++;
        var start = new NewVisit(Source(), Page(), "", agent, $"10.{line >> 8 & 255}.{line & 255}.7", at, facts);
        var order = 0;
        for (var number = 1; number <= pages; number++)
        {
            var address = number == 1 ? start.EntryAddress : Page();
            works.Add((at, order++, new TrailView(company, visitor, id, number, address, Title(address), at) { NewVisit = number == 1 ? start : null, IsRobot = isRobot, LeftNumber = number > 1 ? number - 1 : null }));
            if (!isRobot) Views++;
            at = at.AddSeconds(4 + (int)(-80 * Math.Log(1 - _chance.NextDouble())));
        }

        works.Add((at, order++, new TrailLeave(id, pages, at, isRobot)));
        if (!isRobot && _chance.NextDouble() < 0.065)
            works.Add((at, order++, new TrailTalk(id)));

        works.Add((at.AddMinutes(5), order, new TrailEnd(id, at, at.AddMinutes(5))));
    }

    private int Hour()
    {
        var at = _chance.NextDouble() * Hours.Sum();
        for (var hour = 0; ; hour++)
        {
            if ((at -= Hours[hour]) < 0 || hour == 23) return hour;
        }
    }

    private string Page() => _pages[(int)(_pages.Length * Math.Pow(_chance.NextDouble(), 3.2))];

    private static string Title(string address) => address.Length < 22 ? "清风家居 · 首页" : $"商品 {address[(address.LastIndexOf('/') + 1)..]}";

    private VisitSource Source() => _chance.Next(100) switch
    {
        < 25 => VisitSource.Direct,
        < 52 => new(VisitSourceKind.Search, "百度", _chance.Next(2) == 0 ? "baidu.com" : "m.baidu.com", "", _chance.Next(40) == 0 ? $"餐桌 {_chance.Next(400)}" : ""),
        < 62 => new(VisitSourceKind.Advert, "百度推广", "baidu.com", $"计划 {_chance.Next(12)}", $"家具 {_chance.Next(300)}"),
        < 73 => new(VisitSourceKind.Social, "微信", "weixin.qq.com", "", ""),
        < 79 => new(VisitSourceKind.Search, "Bing", "cn.bing.com", "", ""),
        < 84 => new(VisitSourceKind.Social, "小红书", "xiaohongshu.com", "", ""),
        < 87 => new(VisitSourceKind.Assistant, "豆包", "doubao.com", "", ""),
        < 90 => new(VisitSourceKind.Campaign, "newsletter", "", $"2026-{_chance.Next(1, 13):00}", ""),
        _ => new(VisitSourceKind.Link, "", $"blog{(int)(600 * Math.Pow(_chance.NextDouble(), 2))}.example", "", ""),
    };
}
