using System.Globalization;
using Bunit;
using Live800.Domain.Statistics;
using Live800.Domain.Visitors;
using Live800.Portal.Components.Shared;
using Live800.Portal.Data.Rollups;
using Live800.Portal.Features.Cards;
using Live800.Portal.Features.Statistics;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Features.Workspace;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Statistics;

/// <summary>Every part of /statistics over the real services and files (6): whatever its address asks, it stands, and one figure is the same wherever it is shown. It is Monday, 2026-03-02, noon in Shanghai.</summary>
public sealed class StatisticsPageTests : AdministratorPageTest<StatisticsPage>
{
    private static readonly string[] Shown = ["views", "visits", "visitors"];
    private static readonly string[] Asked = ["figure", "of", "source", "place", "device", "below", "order", "text", "page"];

    private TrailFiller Filler => field ??= new TrailFiller(Box.Portal);

    private static DateTimeOffset Noon => DataRoom.Noon;

    private static IEnumerable<string> Parts => StatisticsParts.All.Select(part => part.Address);

    protected override void ShareMore()
    {
        Share<CompanyCalendars>();
        Share<RollupReader>();
        Share<VisitBook>();
        Share<VisitorQueries>();
        Share<PlaceBook>();
        Share<FileExports>();
        Share<ChatStatistics>();
        Share<RatingStatistics>();
        Share<AgentStatistics>();
        Share<InvitationStatistics>();
        Share<OfflineStatistics>();
        Share<SeatStatistics>();
        Share<MissedStatistics>();
        Share<CompanyProfiles>();
        Share<CardQueries>();
        Share<MissedPlaces>();
        Share<StatisticsViewDesk>();
    }

    [Fact]
    public Task What_cannot_be_read_is_said_and_the_usual_days_are_shown() => Assert.AllAsync(Parts, async part =>
    {
        foreach (var query in new[]
        {
            "range=x", "from=2026-02-02&until=2026-02-01", "from=2026-02-30&until=2026-03-01", "from=2026-02-01", "range=30d&from=2026-02-01&until=2026-02-02", "unit=x", "compare=x", "from=1999-12-31&until=2000-01-01", "from=%00&until=%22%3E",
            "range=" + new string('9', 5000),
        })
        {
            var page = await AtAsync(part, query);
            Assert.Contains("时段看不懂", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
            Assert.Contains("近 30 天", page.Find("button[popovertarget=stat-period]").TextContent, StringComparison.Ordinal);
            Assert.Equal(StatisticsParts.All.Count, page.FindAll("nav.tabs a").Count);
            // Links lead on without what was not understood.
            Assert.DoesNotContain(page.FindAll("nav.tabs a"), link => link.GetAttribute("href")!.Contains('?', StringComparison.Ordinal));
        }
    });

    [Fact]
    public async Task Any_other_nonsense_in_the_address_shows_the_part_all_the_same()
    {
        _ = await Filler.VisitAsync(Box.Company.Id, 1, Noon.AddHours(-3));
        await Assert.AllAsync(Parts, NonsenseAsync);
    }

    private async Task NonsenseAsync(string part)
    {
        foreach (var nonsense in new[] { "x", "~", "~~~~~~", "9~x", "99999999999~~", "|", "CN|||||||||", "a|b|c|d|e|f|g", "form:", "form:X:Y", ":::", "browser", "-", "-1", "0", "9223372036854775808", "１", "%00", "%F0%9F%98%80", "<script>", new string('x', 4000) })
        {
            var value = nonsense.StartsWith('%') ? nonsense : Uri.EscapeDataString(nonsense);
            var page = await AtAsync(part, string.Join('&', Asked.Select(name => $"{name}={value}")));
            Assert.Empty(page.FindAll("[role=alert]"));
            if (part == "visits") _ = await AtAsync(part, "visit=" + value);
        }
    }

    [Fact]
    public async Task A_company_with_no_data_at_all_has_a_page_that_says_so_whatever_others_have()
    {
        var (other, _) = await Box.AnotherCompanyAsync();
        _ = await Filler.VisitAsync(other.Id, 1, Noon.AddHours(-3), VisitSource.Direct with { Kind = VisitSourceKind.Link, Host = "theirs.example" }, talked: true, pages: [("https://theirs.example/", "Theirs")]);
        await Assert.AllAsync(Parts, EmptyAsync);
        var first = await AtAsync("", "", "zh-CN");
        Assert.Contains("还没有任何访问", first.Markup, StringComparison.Ordinal);
        Assert.Equal("0", Strip(first, "visits"));
    }

    private async Task EmptyAsync(string part)
    {
        foreach (var query in new[] { "", "range=today", "range=12m&compare=year", "from=2000-01-01&until=2049-12-31", "from=2030-01-01&until=2030-12-31", "from=2026-03-02&until=2026-03-02&unit=hour" })
        {
            foreach (var language in new[] { "zh-CN", "en" })
            {
                var page = await AtAsync(part, query, language);
                Assert.Empty(page.FindAll("[role=alert]"));
                Assert.DoesNotContain("theirs", page.Markup, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("NaN", page.Markup, StringComparison.Ordinal);
                Assert.DoesNotContain("∞", page.Markup, StringComparison.Ordinal);
                if (language == "en") Assert.DoesNotContain(page.Find("div.page").TextContent.Replace("清风家居", "", StringComparison.Ordinal), sign => sign is >= '一' and <= '龥');
            }
        }
    }

    [Fact]
    public async Task Fifty_years_and_a_time_that_has_not_come_can_be_asked_for()
    {
        _ = await Filler.VisitAsync(Box.Company.Id, 1, Noon.AddHours(-3), pages: [("https://shop.example/", "Shop"), ("https://shop.example/oak", "Oak")]);
        await Assert.AllAsync(Parts, FarAsync);
    }

    private async Task FarAsync(string part)
    {
        var long50 = await AtAsync(part, "from=2000-01-01&until=2049-12-31");
        Assert.DoesNotContain("还没有到", long50.Markup, StringComparison.Ordinal);
        if (part is "" or "traffic") Assert.Equal(("1", "2"), (Strip(long50, "visits"), Strip(long50, "views")));
        // Only what has come is listed: 2000-01 to 2026-03.
        if (part == "traffic") Assert.Equal((26 * 12) + 3, long50.FindAll("section.rows tbody tr").Count);

        var future = await AtAsync(part, "from=2031-01-01&until=2031-01-31&compare=year");
        Assert.Contains("还没有到", future.Find("[role=status].alert").TextContent, StringComparison.Ordinal);
        if (part is "" or "traffic") Assert.Equal("0", Strip(future, "visits"));
        if (part == "traffic") Assert.Empty(future.FindAll("section.rows tbody tr"));
    }

    [Theory]
    [InlineData("2025-10-20", "2025-10-26", "2025-10-26 02:00", 2, 169)]
    [InlineData("2025-03-24", "2025-03-30", "2025-03-30 02:00", 0, 167)]
    public async Task In_the_week_in_which_the_clocks_change_every_hour_stands_there_as_often_as_it_was(string from, string until, string hour, int times, int all)
    {
        var (company, who) = await Filler.CompanyAsync("berlin", "Europe/Berlin");
        var period = StatisticsPeriod.Parse(from, until)!.Value;
        var hours = company.Zones.HoursOf(period).ToList();
        Assert.Equal(all, hours.Count);
        // One visit in every hour of the night and its day.
        var night = hours.Where(one => one.Day == period.Until).ToList();
        foreach (var (one, visitor) in night.Select((one, i) => (one, i + 1))) _ = await Filler.VisitAsync(company.Id, visitor, one.Start.AddMinutes(30));
        var page = await AtAsync("traffic", $"from={from}&until={until}&unit=hour", who: who);
        var rows = page.FindAll("section.rows tbody tr").Select(row => row.Children.Select(cell => cell.TextContent.Trim()).ToList()).ToList();
        Assert.Equal(all, rows.Count);
        Assert.Equal(times, rows.Count(row => row[0] == hour));
        Assert.All(rows.Take(night.Count), row => Assert.Equal("1", row[2]));
        Assert.All(rows.Skip(night.Count), row => Assert.Equal("0", row[2]));
        Assert.Equal($"{night.Count}", Strip(page, "visits"));

        // By day it is seven, and the overview's map has the hour that was twice in one cell.
        Assert.Equal(7, (await AtAsync("traffic", $"from={from}&until={until}&unit=day", who: who)).FindAll("section.rows tbody tr").Count);
        Assert.Equal($"{night.Count}", Strip(await AtAsync("", $"from={from}&until={until}", who: who), "visits"));
        foreach (var part in StatisticsParts.All) _ = await AtAsync(part.Address, $"from={from}&until={until}&unit=hour", who: who);
    }

    [Fact]
    public async Task Overview_chart_table_traffic_and_file_say_the_same()
    {
        var chance = new Random(9);
        for (var n = 0; n < 60; n++)
        {
            var at = Noon.AddMinutes(-chance.Next(20 * 24 * 60));
            var pages = Enumerable.Range(0, 1 + chance.Next(4)).Select(i => ($"https://shop.example/{i}", $"Page {i}")).ToArray();
            _ = await Filler.VisitAsync(Box.Company.Id, 1 + chance.Next(30), at, agent: n % 10 == 0 ? TrailFiller.Robot : TrailFiller.Desktop, address: $"203.0.{n % 7}.1", talked: n % 4 == 0, pages: pages);
        }

        using var browser = await Box.BrowserOfAsync("linxiao");
        foreach (var query in new[] { "", "range=7d", "range=7d&unit=hour", "range=90d&unit=week", "range=year&unit=month", "from=2026-02-20&until=2026-02-20" })
        {
            var overview = await AtAsync("", query);
            var seen = Shown.Select(figure => Strip(overview, figure)).ToList();
            var traffic = await AtAsync("traffic", query);
            var file = (await browser.Client.GetStringAsync("/statistics/export/traffic?format=csv&" + query)).Trim('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',').Select(cell => cell.Trim('"')).ToArray()).ToList();
            var foot = traffic.FindAll("section.rows tfoot td").Select(cell => cell.TextContent.Trim()).ToList();
            var rows = traffic.FindAll("section.rows tbody tr").Select(row => row.Children.Select(cell => cell.TextContent.Trim()).ToList()).Reverse().ToList();
            Assert.Equal(seen, foot[..3]);
            Assert.Equal(Strip(traffic, "views"), foot[0]);
            Assert.Equal(foot[0], $"{file.Sum(line => Whole(line[1]))}");
            Assert.Equal(foot[1], $"{file.Sum(line => Whole(line[2]))}");
            Assert.Equal(foot[8], $"{file.Sum(line => Whole(line[9]))}");
            Assert.Equal(foot[9], $"{file.Sum(line => Whole(line[10]))}");
            // Step by step: when, views, visits, visitors, addresses.
            Assert.Equal(rows.Select(row => (row[0], row[1], row[2], row[3], row[5])), file.Take(rows.Count).Select(line => (line[0], line[1], line[2], line[3], line[5])));
            foreach (var figure in Shown)
            {
                var drawn = await AtAsync("", $"{query}&figure={figure}");
                await PressAsync(drawn, "以表格显示");
                var table = drawn.FindAll("figure.chart table tbody tr").Select(row => (row.Children[0].TextContent.Trim(), row.Children[1].TextContent.Trim()));
                Assert.Equal(rows.Select(row => (row[0], row[figure == "views" ? 1 : figure == "visits" ? 2 : 3])), table);
            }
        }

        Assert.True(Whole(Strip(await AtAsync("", ""), "views")) > 60);
    }

    [Fact]
    public async Task Who_has_not_the_right_gets_not_for_you_and_no_figure()
    {
        _ = await Box.AgentAsync("chenzy");
        using var browser = await Box.BrowserOfAsync("chenzy");
        foreach (var part in StatisticsParts.All)
        {
            var page = await browser.GetAsync("/statistics/" + part.Address);
            Assert.StartsWith("/not-allowed", page.Location, StringComparison.Ordinal);
        }

        using var nobody = Box.Portal.Browser();
        Assert.StartsWith("/sign-in", (await nobody.GetAsync("/statistics")).Location, StringComparison.Ordinal);
        using var owner = await Box.BrowserOfAsync("linxiao");
        Assert.Equal(System.Net.HttpStatusCode.OK, (await owner.GetAsync("/statistics")).Status);
    }

    [Fact]
    public async Task A_part_that_is_none_leads_to_the_first()
    {
        _ = await AtAsync("nonsense", "");
        Assert.EndsWith("/statistics", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    private static long Whole(string text) => long.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    // The strip's figure that chooses this course.
    private static string Strip(IRenderedComponent<CascadingValue<Task<AuthenticationState>>> page, string figure) =>
        page.FindAll("dl.strip div").First(one => one.QuerySelector("a")?.GetAttribute("href")?.EndsWith("figure=" + figure, StringComparison.Ordinal) == true).QuerySelector("dd")!.TextContent.Trim();

    private async Task<IRenderedComponent<CascadingValue<Task<AuthenticationState>>>> AtAsync(string part, string query, string language = "zh-CN", CurrentAgent? who = null)
    {
        // The page before is left: it would follow the address too.
        await DisposeComponentsAsync();
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var path = part.Length == 0 ? "statistics" : "statistics/" + part;
        Services.GetRequiredService<NavigationManager>().NavigateTo(query.Length == 0 ? path : $"{path}?{query}");
        var page = Render<CascadingValue<Task<AuthenticationState>>>(cascade => cascade
            .Add(value => value.Value, Task.FromResult(new AuthenticationState((who ?? Box.Administrator).ToPrincipal("test"))))
            .AddChildContent<StatisticsPage>(parameters => parameters.Add(one => one.Part, part.Length == 0 ? null : part)));
        // What is read is there when something stands below the tabs.
        page.WaitForAssertion(() => Assert.Contains(page.Find("div.page").Children, child => child.LocalName is not ("nav" or "header") && child.ClassName is not ("page-head" or "alert" or "alert err")));
        return page;
    }
}
