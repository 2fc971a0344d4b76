using System.Text.RegularExpressions;
using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>The statistics in a real browser (6): from the first look to one visit and back, in the period that was chosen.</summary>
public sealed class StatisticsTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    private static readonly Regex OfSevenDays = new("[?&]range=7d(&|$)");

    [Fact]
    public async Task The_period_that_was_chosen_stays_from_the_overview_down_to_a_trail_and_back()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var guest = await Keep(await Browsers.Browser.NewContextAsync(new() { Locale = "zh-CN", UserAgent = ShopSite.ReaderAgent })).NewPageAsync();
        _ = await guest.GotoAsync(shop + "/sofa", new() { Referer = "https://www.baidu.com/s?wd=%E6%B2%99%E5%8F%91" });
        await new Visitor(guest).IsDrawnAsync();
        await guest.GetByRole(AriaRole.Link, new() { Name = ShopSite.LampTitle }).ClickAsync();
        await new Visitor(guest).IsDrawnAsync();

        var page = await SomebodyAsync();
        await page.SignInAsync(box.Server, box.Qingfeng, "linxiao");
        await page.Locator("a[href=statistics]").First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("概览");
        await Assertions.Expect(Figure(page, "访问")).ToHaveTextAsync("1");
        await Assertions.Expect(Figure(page, "页面浏览")).ToHaveTextAsync("2");

        // Another period by the picker: it stands in the address.
        var picker = page.Locator("button[popovertarget=stat-period]");
        await picker.ClickAsync();
        await page.GetByRole(AriaRole.Dialog, new() { Name = "时段" }).GetByRole(AriaRole.Link, new() { Name = "近 7 天", Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(OfSevenDays);
        await Assertions.Expect(picker).ToContainTextAsync("近 7 天");
        await Assertions.Expect(Figure(page, "访问")).ToHaveTextAsync("1");

        // The table behind the chart, by the keyboard alone.
        var asTable = page.GetByRole(AriaRole.Button, new() { Name = "以表格显示" });
        await Assertions.Expect(asTable).ToHaveAttributeAsync("aria-pressed", "false");
        for (var presses = 0; presses < 150 && !await asTable.EvaluateAsync<bool>("button => button === document.activeElement"); presses++) await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(asTable).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(asTable).ToHaveAttributeAsync("aria-pressed", "true");
        var rows = page.Locator("figure.chart tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(7);
        await Assertions.Expect(rows.Last.Locator("td").First).ToHaveTextAsync("1");
        // The table itself can be reached, to be scrolled.
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "访问", Exact = true })).ToBeFocusedAsync();

        // From the source to its visits, and to one trail.
        await page.Locator("table.slices").GetByRole(AriaRole.Link, new() { Name = "百度" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("来源");
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "所在位置" }).Or(page.Locator("nav.crumbs"))).ToContainTextAsync("百度");
        await page.GetByRole(AriaRole.Link, new() { Name = "全部 1" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/statistics/visits\\?.*source="));
        await Assertions.Expect(page).ToHaveURLAsync(OfSevenDays);
        await Assertions.Expect(page.Locator("span.chip")).ToHaveTextAsync("百度");
        await page.Locator("table.figures tbody a").First.ClickAsync();
        var trail = page.Locator("ol.trail").GetByRole(AriaRole.Listitem);
        await Assertions.Expect(trail).ToHaveCountAsync(2);
        await Assertions.Expect(trail.First).ToContainTextAsync(ShopSite.LampTitle);
        await Assertions.Expect(page).ToHaveURLAsync(OfSevenDays);

        // Back by the page's own link, and by the browser all the way: the period is the same.
        await page.GetByRole(AriaRole.Link, new() { Name = "返回访问列表" }).ClickAsync();
        await Assertions.Expect(page.Locator("table.figures tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(picker).ToContainTextAsync("近 7 天");
        foreach (var heading in new[] { "访问", "访问", "来源", "概览" })
        {
            _ = await page.GoBackAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);
            await Assertions.Expect(page).ToHaveURLAsync(OfSevenDays);
            await Assertions.Expect(picker).ToContainTextAsync("近 7 天");
        }

        await Assertions.Expect(Figure(page, "访问")).ToHaveTextAsync("1");
    }

    private static ILocator Figure(IPage page, string name) => page.Locator("dl.strip div").Filter(new() { Has = page.GetByText(name, new() { Exact = true }) }).Locator("dd").First;
}
