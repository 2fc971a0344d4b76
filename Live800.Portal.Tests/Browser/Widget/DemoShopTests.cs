using System.Text.RegularExpressions;
using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser.Widget;

/// <summary>The demo's shops: real-looking pages on an origin of their own that carry the codes as a company would have copied them.</summary>
public sealed partial class DemoShopTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task Every_page_of_the_shops_answers_asks_nobody_else_and_leads_nowhere_dead()
    {
        await using var server = await PortalServer.StartAsync(demo: true);
        using var http = new HttpClient();
        var seen = new HashSet<string>();
        var open = new Queue<string>(["/", "/lantian/"]);
        var htmlPages = 0;
        while (open.TryDequeue(out var path))
        {
            if (!seen.Add(path)) continue;
            var answer = await http.GetAsync(server.Shop + path);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            htmlPages++;
            var html = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotContain("{{", html);
            foreach (Match link in Links().Matches(html))
            {
                var to = link.Groups[1].Value;
                if (to.StartsWith('/')) open.Enqueue(to);
                else Assert.StartsWith(server.Address, to);
            }
        }

        Assert.InRange(htmlPages, 15, 100);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await http.GetAsync(server.Shop + "/no-such-page")).StatusCode);
    }

    [Fact]
    public async Task The_configurator_is_tracked_step_by_step_the_checkout_obeys_its_policy_and_the_page_with_only_an_icon_tells_nothing()
    {
        await using var server = await PortalServer.StartAsync(demo: true);
        var page = await SomebodyAsync();
        var watch = await HostWatch.OfAsync(page);
        var views = page.Context.Counts("/view");

        await page.VisitAsync(server.Shop + "/sofa/");
        await page.RunAndWaitForRequestAsync(() => page.GetByText("灰绿").Or(page.GetByRole(AriaRole.Link, new() { Name = "面料" })).First.ClickAsync(), "**/view");
        await Assertions.Expect(page).ToHaveURLAsync(server.Shop + "/sofa/fabric/slate");
        await page.RunAndWaitForRequestAsync(() => page.GetByText("灰绿", new() { Exact = true }).ClickAsync(), "**/view");
        Assert.Equal(3, views());

        await page.VisitAsync(server.Shop + "/checkout");
        await page.GetByRole(AriaRole.Link).Filter(new() { Has = page.Locator("img") }).ClickAsync();
        await Assertions.Expect(page.FrameLocator("iframe").GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("清风家居");
        Assert.Equal("", await watch.ReadAsync());

        var before = views();
        await page.GotoAsync(server.Shop + "/care", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await Assertions.Expect(page.GetByRole(AriaRole.Img)).ToHaveJSPropertyAsync("complete", true);
        Assert.Equal(before, views());
        Assert.Equal(0, await page.EvaluateAsync<int>("() => 'Live800' in window ? 1 : 0"));
    }

    [GeneratedRegex("(?:href|src)=\"([^\"]+)\"")]
    private static partial Regex Links();
}
