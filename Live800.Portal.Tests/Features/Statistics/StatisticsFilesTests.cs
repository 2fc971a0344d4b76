using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Components.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Statistics;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;

namespace Live800.Portal.Tests.Features.Statistics;

/// <summary>The statistics as files (6), over HTTP: what a plain count says, under headings in the reader's language, of this company only, and harmless in a spreadsheet. It is Monday, 2026-03-02, noon in Shanghai.</summary>
public sealed class StatisticsFilesTests : IAsyncLifetime
{
    private const string ThirtyDays = "from=2026-02-01&until=2026-03-02";

    private AccountBox _box = null!;
    private TrailFiller _filler = null!;

    public async Task InitializeAsync()
    {
        _box = await AccountBox.OpenAsync();
        _filler = new TrailFiller(_box.Portal);
    }

    public async Task DisposeAsync()
    {
        await _box.DisposeAsync();
        // Signing in warns here that the test's server knows no limit of bodies.
        Assert.DoesNotContain(_box.Portal.Log, line => !line.StartsWith("Warning: A request body size limit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_there_or_cannot_be_read_is_refused_and_stands_in_no_log()
    {
        using var browser = await _box.BrowserOfAsync("linxiao");
        foreach (var what in new[] { "x", "TRAFFIC", "trail.csv", "visits", "..%2Ftrail", "traffic%20", new string('x', 3000) })
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Client.GetAsync($"/statistics/export/{what}?format=csv")).StatusCode);
        foreach (var what in StatisticsFiles.Names)
        {
            foreach (var query in new[]
            {
                "", "format=", "format=pdf", "format=%20csv", "format=csv&format=xlsx", "format=csv&range=x", "format=csv&from=2026-02-02&until=2026-02-01", "format=csv&from=2026-02-30&until=2026-03-01", "format=csv&from=2026-02-01",
                "format=csv&range=7d&from=2026-02-01&until=2026-02-02", "format=xlsx&unit=x", "format=xlsx&compare=x", "format=csv&from=1999-01-01&until=2000-01-01", "format=csv&range=7d&range=30d",
            })
            {
                Assert.Equal((what, query, HttpStatusCode.BadRequest), (what, query, (await browser.Client.GetAsync($"/statistics/export/{what}?{query}")).StatusCode));
            }
        }

        Assert.Empty(await TakenHomeAsync());
    }

    [Fact]
    public async Task Who_has_not_the_right_or_is_nobody_gets_no_file_and_leaves_no_entry()
    {
        _ = await _box.AgentAsync("chenzy");
        using var browser = await _box.BrowserOfAsync("chenzy");
        using var nobody = _box.Portal.Browser();
        foreach (var what in StatisticsFiles.Names)
        {
            var page = await browser.GetAsync($"/statistics/export/{what}?format=csv");
            Assert.StartsWith("/not-allowed", page.Location, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(page.Location!)).Status);
            Assert.StartsWith("/sign-in", (await nobody.GetAsync($"/statistics/export/{what}?format=csv")).Location, StringComparison.Ordinal);
        }

        Assert.Empty(await TakenHomeAsync());
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task Each_file_has_headings_in_both_languages_also_when_there_is_nothing_in_it(string format)
    {
        foreach (var (language, headings) in new[]
        {
            ("zh-CN", new Dictionary<string, string>
            {
                ["traffic"] = "时间,页面浏览,访问,访客,新访客,网络地址,只看一页的访问,已结束的访问,已结束访问的总秒数,有对话的访问,机器人访问",
                ["sources"] = "类别,名称,主机,活动,访问,只看一页的访问,已结束的访问,已结束访问的总秒数,有对话的访问",
                ["pages"] = "地址,标题,页面浏览,进入,离开,有停留记录的浏览,停留秒数",
                ["places"] = "名称,访问,只看一页的访问,已结束的访问,已结束访问的总秒数,有对话的访问",
                ["devices"] = "名称,访问,只看一页的访问,已结束的访问,已结束访问的总秒数,有对话的访问",
                ["words"] = "名称,访问,只看一页的访问,已结束的访问,已结束访问的总秒数,有对话的访问",
                ["trail"] = "时间,访客编号,访问编号,第几页,地址,标题,停留秒数,来源,地区,设备",
                ["chats"] = "时间,发起,已接待,未接待即离开,仍在等待,应答,应答：要求对话,应答：主动对话,应答：邀请对话,应答：自动邀请",
                ["agents"] = "客服,客服ID,对话,应答,首次回复秒数（中位）,评价数,满意,在线秒数",
                ["invitations"] = "名称,发出,送达,看到,接受,拒绝,过期,接受时无人可应,待回应",
                ["messages"] = "时间,收到,已处理,已回复,未处理",
                ["seats"] = "时间,同时使用最多,可用席位（最少）,可用席位（最多）,席位已满被拒",
                ["missed"] = "时间,访客编号,原因,次数,等待秒数",
            }),
            ("en", EnglishHeadings),
        })
        {
            using var browser = await _box.BrowserOfAsync("linxiao");
            browser.Client.DefaultRequestHeaders.AcceptLanguage.Clear();
            browser.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
            Assert.Equal(StatisticsFiles.Names.Order(), headings.Keys.Order());
            foreach (var (what, heading) in headings)
            {
                using var answer = await browser.Client.GetAsync($"/statistics/export/{what}?format={format}&{ThirtyDays}");
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
                Assert.Equal($"{what}-2026-02-01~2026-03-02-{_box.Company.Code}-2026-03-02.{format}", answer.Content.Headers.ContentDisposition?.FileNameStar);
                var rows = await RowsAsync(await answer.Content.ReadAsByteArrayAsync(), format, useHeaderRow: false);
                Assert.Equal(heading, string.Join(',', rows[0].Values));
                // A step without a visit stands there too; of all others there are only those that are.
                // One agent there is, and the line of invitations by hand.
                Assert.Equal((what, what is "traffic" or "chats" or "messages" or "seats" ? 31 : what is "agents" or "invitations" ? 2 : 1), (what, rows.Count));
            }
        }
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task Sums_are_what_a_plain_count_says_and_another_company_is_in_none(string format)
    {
        var (other, _) = await _box.AnotherCompanyAsync();
        var chance = new Random(4);
        VisitSource[] sources = [VisitSource.Direct, new(VisitSourceKind.Search, "百度", "baidu.com", "", "餐桌"), new(VisitSourceKind.Link, "", "blog.example", "", ""), new(VisitSourceKind.Campaign, "newsletter", "", "november", "oak")];
        for (var n = 0; n < 80; n++)
        {
            var company = n % 4 == 0 ? other.Id : _box.Company.Id;
            var pages = Enumerable.Range(0, 1 + chance.Next(4)).Select(i => (company == other.Id ? $"https://theirs.example/{i}" : $"https://shop.example/{i}", company == other.Id ? "Theirs" : $"Page, \"{i}\"")).ToArray();
            _ = await _filler.VisitAsync(
                company, (company == other.Id ? 500 : 1) + chance.Next(20), DataRoom.Noon.AddMinutes(-chance.Next(40 * 24 * 60)), sources[chance.Next(4)], n % 9 == 0 ? TrailFiller.Robot : TrailFiller.Desktop, $"203.0.{n % 5}.1", n % 3 == 0, pages);
        }

        var (from, until) = (new DateTimeOffset(2026, 1, 31, 16, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 2, 16, 0, 0, TimeSpan.Zero));
        await using var trail = _box.Portal.ReadTrail();
        var all = await trail.Visits.AsNoTracking().Where(visit => visit.CompanyId == _box.Company.Id && visit.StartedAt >= from && visit.StartedAt < until).ToListAsync();
        var visits = all.Where(visit => !visit.IsRobot).ToList();
        var robots = (await trail.Visits.AsNoTracking().Where(visit => visit.IsRobot).Select(visit => visit.Id).ToListAsync()).ToHashSet();
        var steps = (await trail.TrailSteps.AsNoTracking().Where(step => step.CompanyId == _box.Company.Id && step.At >= from && step.At < until).ToListAsync()).Where(step => !robots.Contains(step.VisitId)).ToList();
        Assert.True(visits.Count > 20 && all.Count > visits.Count);
        var ofVisits = new Dictionary<string, long>
        {
            ["访问"] = visits.Count,
            ["只看一页的访问"] = visits.Count(visit => visit.Pages == 1),
            ["已结束的访问"] = visits.Count(visit => visit.EndedAt is not null),
            ["已结束访问的总秒数"] = visits.Sum(visit => (long)(visit.LastAliveAt - visit.StartedAt).TotalSeconds),
            ["有对话的访问"] = visits.Count(visit => visit.HasTalked),
        };

        using var browser = await _box.BrowserOfAsync("linxiao");
        var files = new Dictionary<string, List<IDictionary<string, object>>>();
        foreach (var what in StatisticsFiles.Names)
        {
            var bytes = await browser.Client.GetByteArrayAsync($"/statistics/export/{what}?format={format}&{ThirtyDays}");
            files.Add(what, await RowsAsync(bytes, format));
            Assert.DoesNotContain(files[what].SelectMany(row => row.Values), cell => $"{cell}".Contains("theirs", StringComparison.OrdinalIgnoreCase));
        }

        foreach (var what in new[] { "traffic", "sources", "devices", "places" })
        {
            foreach (var (column, sum) in ofVisits) Assert.Equal((what, column, sum), (what, column, Sum(files[what], column)));
        }

        Assert.Equal(visits.Count(visit => visit.Source.Keyword.Length > 0), Sum(files["words"], "访问"));
        Assert.Equal(all.Count - visits.Count, Sum(files["traffic"], "机器人访问"));
        Assert.Equal(steps.Count, Sum(files["traffic"], "页面浏览"));
        Assert.Equal(steps.Count, Sum(files["pages"], "页面浏览"));
        Assert.Equal(steps.Count(step => step.Number == 1), Sum(files["pages"], "进入"));
        Assert.Equal(steps.Sum(step => (long)(step.LeftAt!.Value - step.At).TotalSeconds), Sum(files["pages"], "停留秒数"));
        Assert.Equal(visits.Select(visit => visit.VisitorId).Distinct().Count(), files["trail"].Select(row => $"{row["访客编号"]}").Distinct().Count());
        Assert.Equal(
            steps.Select(step => (step.VisitId.ToString(), step.Number, step.Address, step.Title)).Order(),
            files["trail"].Select(row => ($"{row["访问编号"]}", Convert.ToInt32(row["第几页"], CultureInfo.InvariantCulture), $"{row["地址"]}", $"{row["标题"]}")).Order());
        // Its own page's clock: what began at 2026-02-01 00:00 in Shanghai is the first there could be.
        Assert.All(files["trail"], row => Assert.InRange($"{row["时间"]}", "2026-02-01 00:00:00", "2026-03-02 23:59:59"));
    }

    [Fact]
    public async Task What_begins_like_a_formula_is_words_in_every_file()
    {
        string[] starts = ["=1+1", "+1", "-1", "@SUM(1)", "＝1"];
        var guest = new TestVisitor(_box.Portal.Client(), _box.Company.Code, "p1");
        foreach (var start in starts)
        {
            Assert.Equal(HttpStatusCode.OK, (await guest.ViewAsync($"{start}/HYPERLINK", start)).Status);
            // As the trail would hold it if a tab came through, and a source of such words.
            _ = await _filler.VisitAsync(
                _box.Company.Id, 7, DataRoom.Noon.AddMinutes(-5), new VisitSource(VisitSourceKind.Campaign, start, start, start, start), pages: [($"https://shop.example/{Uri.EscapeDataString(start)}", start), ("https://shop.example/tab", "\t=2+2")]);
        }

        foreach (var (start, i) in starts.Select((start, i) => (start, i)))
            Assert.False((await _box.Roster.CreateAsync(_box.Administrator, new AgentForm { Name = $"formula{i}", DisplayName = start, Password = AccountBox.Password, Role = AgentRole.Agent })).IsRefused);

        using var browser = await _box.BrowserOfAsync("linxiao");
        // Nobody was missed here, and that file holds no words of people.
        foreach (var what in StatisticsFiles.Names.Except(["missed"]))
        {
            var csv = await RowsAsync(await browser.Client.GetByteArrayAsync($"/statistics/export/{what}?format=csv"), "csv");
            Assert.NotEmpty(csv);
            Assert.DoesNotContain(csv.SelectMany(row => row.Values).OfType<string>(), cell => cell.Length > 0 && "=+-@\t＝＋－＠".Contains(cell[0], StringComparison.Ordinal));
            var workbook = await browser.Client.GetByteArrayAsync($"/statistics/export/{what}?format=xlsx");
            var xlsx = await RowsAsync(workbook, "xlsx");
            Assert.Equal(csv.Count, xlsx.Count);
            using var sheet = new StreamReader(await new ZipArchive(new MemoryStream(workbook)).Entries.Single(entry => entry.FullName == "xl/worksheets/sheet1.xml").OpenAsync());
            Assert.DoesNotMatch("<(\\w+:)?f[ >]", await sheet.ReadToEndAsync());
            if (what is "traffic" or "places" or "devices" or "chats" or "invitations" or "messages" or "seats") continue;
            var column = what is "pages" or "trail" ? "标题" : what == "agents" ? "客服" : "名称";
            foreach (var start in starts)
            {
                Assert.Contains(csv, row => $"{row[column]}" == "'" + start);
                Assert.Contains(xlsx, row => row[column] is string text && text == start);
            }
        }
    }

    [Theory]
    [InlineData("\uFFFE")]
    [InlineData("\uFFFF")]
    [InlineData("a\u0001b")]
    [InlineData("\u2028")]
    [InlineData("😀 & <b>\"'")]
    [InlineData("_x0041_")]
    public async Task Whatever_a_title_is_made_of_the_workbook_can_be_opened(string title)
    {
        var guest = new TestVisitor(_box.Portal.Client(), _box.Company.Code, "p1");
        Assert.Equal(HttpStatusCode.OK, (await guest.ViewAsync("https://shop.example/?q=" + Uri.EscapeDataString(title), title)).Status);
        using var browser = await _box.BrowserOfAsync("linxiao");
        foreach (var what in new[] { "pages", "trail" })
        {
            var workbook = await browser.Client.GetByteArrayAsync($"/statistics/export/{what}?format=xlsx");
            foreach (var part in new ZipArchive(new MemoryStream(workbook)).Entries.Where(entry => entry.FullName.EndsWith(".xml", StringComparison.Ordinal)))
            {
                await using var xml = await part.OpenAsync();
                _ = System.Xml.Linq.XDocument.Load(xml);
            }

            _ = Assert.Single(await RowsAsync(workbook, "xlsx"));
            _ = Assert.Single(await RowsAsync(await browser.Client.GetByteArrayAsync($"/statistics/export/{what}?format=csv"), "csv"));
        }
    }

    [Fact]
    public async Task That_the_trail_was_taken_home_is_an_entry_of_the_companys_log_and_nothing_else_is()
    {
        using var browser = await _box.BrowserOfAsync("linxiao");
        foreach (var what in StatisticsFiles.Names.Where(name => name != "trail")) _ = await browser.Client.GetByteArrayAsync($"/statistics/export/{what}?format=csv");
        Assert.Empty(await TakenHomeAsync());
        _ = await browser.Client.GetByteArrayAsync($"/statistics/export/trail?format=csv&{ThirtyDays}");
        var entry = Assert.Single(await TakenHomeAsync());
        Assert.Equal((_box.Company.Id, "2026-02-01~2026-03-02"), (entry.CompanyId!.Value, entry.Detail));
        Assert.Contains("linxiao", entry.Who, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv", false)]
    [InlineData("csv", true)]
    [InlineData("xlsx", true)]
    public async Task A_download_that_was_given_up_leaves_nothing(string format, bool hasBegun)
    {
        for (var n = 0; n < 20; n++) _ = await _filler.VisitAsync(_box.Company.Id, n + 1, DataRoom.Noon.AddHours(-n - 1));
        using var browser = await _box.BrowserOfAsync("linxiao");
        foreach (var what in StatisticsFiles.Names)
        {
            var export = _box.Portal.Get<FileExports>().Offer(_box.Company.Id);
            if (hasBegun) export.Changed += () => { if (export.State == FileExportState.Running) export.Cancel(); };
            else export.Cancel();
            using var answer = await browser.Client.GetAsync($"/statistics/export/{what}?format={format}&from=2026-01-07&until=2026-03-05&ticket={export.Ticket}");
            Assert.Equal((what, HttpStatusCode.NoContent, FileExportState.Cancelled), (what, answer.StatusCode, export.State));
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
            Assert.Empty(Directory.GetFiles(Path.GetTempPath(), $"live800-{what}-2026-01-07~2026-03-05*"));
            // The next one is whole.
            Assert.NotEmpty(await RowsAsync(await browser.Client.GetByteArrayAsync($"/statistics/export/{what}?format={format}&from=2026-01-07&until=2026-03-05"), format, useHeaderRow: false));
            Assert.Empty(Directory.GetFiles(Path.GetTempPath(), $"live800-{what}-2026-01-07~2026-03-05*"));
        }
    }

    [Fact]
    public async Task Pages_of_somebody_who_was_erased_are_in_no_file_and_his_visit_is_still_counted()
    {
        _ = await _filler.VisitAsync(_box.Company.Id, 1, DataRoom.Noon.AddHours(-3), new VisitSource(VisitSourceKind.Search, "百度", "baidu.com", "", "geheim"), pages: [("https://shop.example/geheim", "Geheim"), ("https://shop.example/", "Shop")]);
        _ = await _filler.VisitAsync(_box.Company.Id, 2, DataRoom.Noon.AddHours(-2), pages: [("https://shop.example/", "Shop")]);
        await _box.Portal.Get<TrailWriter>().StoreAsync(new TrailErase(_box.Company.Id, [new VisitorId(1)]));
        using var browser = await _box.BrowserOfAsync("linxiao");
        foreach (var what in StatisticsFiles.Names)
        {
            foreach (var format in new[] { "csv", "xlsx" })
            {
                var rows = await RowsAsync(await browser.Client.GetByteArrayAsync($"/statistics/export/{what}?format={format}"), format);
                Assert.DoesNotContain(rows.SelectMany(row => row.Values), cell => $"{cell}".Contains("geheim", StringComparison.OrdinalIgnoreCase));
                if (what == "traffic") Assert.Equal((2, 3), (Sum(rows, "访问"), Sum(rows, "页面浏览")));
                if (what == "trail") Assert.Equal("Shop", Assert.Single(rows)["标题"]);
                if (what == "words") Assert.Empty(rows);
                if (what == "pages") Assert.Equal(3, Sum(rows, "页面浏览"));
            }
        }
    }

    private static Dictionary<string, string> EnglishHeadings => new()
    {
        ["traffic"] = "Time,Page views,Visits,Visitors,New visitors,Addresses,Visits of one page,Ended visits,Seconds of ended visits,Visits with a chat,Visits of robots",
        ["sources"] = "Kind,Name,Host,Campaign,Visits,Visits of one page,Ended visits,Seconds of ended visits,Visits with a chat",
        ["pages"] = "Address,Title,Page views,Entries,Exits,Views with a stay,Seconds of stay",
        ["places"] = "Name,Visits,Visits of one page,Ended visits,Seconds of ended visits,Visits with a chat",
        ["devices"] = "Name,Visits,Visits of one page,Ended visits,Seconds of ended visits,Visits with a chat",
        ["words"] = "Name,Visits,Visits of one page,Ended visits,Seconds of ended visits,Visits with a chat",
        ["trail"] = "Time,Visitor,Visit,Page number,Address,Title,Seconds of stay,Source,Region,Device",
        ["chats"] = "Time,Begun,Taken,Left before,Still waiting,Answers,Answers: visitor asked,Answers: proactive chat,Answers: invitation,Answers: automatic invitation",
        ["agents"] = "Agent,Agent ID,Conversations,Answers,Seconds to the first reply (median),Ratings,Satisfied,Seconds online",
        ["invitations"] = "Name,Sent,Delivered,Seen,Accepted,Refused,Expired,Accepted, nobody could answer,Open",
        ["messages"] = "Time,Left,Handled,Replied,Open",
        ["seats"] = "Time,Most in use,Seats (fewest),Seats (most),Refused a seat",
        ["missed"] = "Time,Visitor,Reason,Times,Seconds waited",
    };

    private static long Sum(IEnumerable<IDictionary<string, object>> rows, string column) => rows.Sum(row => row[column] is null or "" ? 0 : Convert.ToInt64(row[column], CultureInfo.InvariantCulture));

    private static async Task<List<IDictionary<string, object>>> RowsAsync(byte[] file, string format, bool useHeaderRow = true)
    {
        using var stream = new MemoryStream(file);
        if (format == "xlsx") return [.. (await stream.QueryAsync(useHeaderRow, excelType: ExcelType.XLSX)).Cast<IDictionary<string, object>>()];
        var lines = Lines(Encoding.UTF8.GetString(file).TrimStart('\uFEFF'));
        var names = useHeaderRow ? lines[0] : [.. lines[0].Select((_, i) => $"{i}")];
        Assert.All(lines, line => Assert.Equal(names.Count, line.Count));
        return [.. lines.Skip(useHeaderRow ? 1 : 0).Select(line => (IDictionary<string, object>)names.Zip(line).ToDictionary(cell => cell.First, cell => (object)cell.Second))];
    }

    // As RFC 4180 has it: what is quoted may hold commas, and quotes twice.
    private static List<List<string>> Lines(string text)
    {
        var (lines, line, cell, isQuoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var sign = text[i];
            if (isQuoted && sign == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                _ = cell.Append(text[++i]);
            }
            else if (sign == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (isQuoted || sign is not (',' or '\r' or '\n'))
            {
                _ = cell.Append(sign);
            }
            else if (sign != '\r')
            {
                line.Add(cell.ToString());
                _ = cell.Clear();
                if (sign != '\n') continue;
                lines.Add(line);
                line = [];
            }
        }

        Assert.True(!isQuoted && line.Count == 0 && cell.Length == 0);
        return lines;
    }

    private async Task<List<AuditEntry>> TakenHomeAsync()
    {
        await using var context = _box.Portal.Read();
        return await context.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Action == AuditAction.TrailExported).ToListAsync();
    }
}
