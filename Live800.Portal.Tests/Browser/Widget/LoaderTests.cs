using System.Diagnostics;
using Live800.Portal.Tests.Browser.Support;
using Live800.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser.Widget;

/// <summary>QUALITY 1: what the loader does before anybody wants to talk, and that it cannot be talked into anything.</summary>
public sealed class LoaderTests(BrowserFixture browsers, WidgetHouse house) : BrowserTest(browsers), IClassFixture<WidgetHouse>
{
    /// <summary>S1.4.</summary>
    [Fact]
    public async Task The_load_event_does_not_wait_for_the_loader()
    {
        var page = await SomebodyAsync();
        var release = new TaskCompletionSource();
        await page.RouteAsync("**/w/l.js", async route =>
        {
            await release.Task;
            await route.ContinueAsync();
        });
        var watch = Stopwatch.StartNew();
        var asked = page.WaitForRequestAsync("**/w/l.js");
        await page.GotoAsync(house.Page("held-back"), new() { WaitUntil = WaitUntilState.Load });
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1.8), $"load fired after {watch.Elapsed}");
        await asked;
        var loaded = await page.EvaluateAsync<double>("() => performance.getEntriesByType('navigation')[0].loadEventStart");
        await Task.Delay(TimeSpan.FromSeconds(2) - (watch.Elapsed < TimeSpan.FromSeconds(2) ? watch.Elapsed : TimeSpan.Zero));
        Assert.Equal(0, await page.EvaluateAsync<int>("() => 'Live800' in window ? 1 : 0"));
        release.SetResult();
        await page.WaitForFunctionAsync("() => 'Live800' in window");
        Figures.Tell($"load event with the loader held back for 2 s: {loaded:0} ms");
        Assert.InRange(loaded, 1, 1800);
    }

    [Fact]
    public async Task Nothing_of_the_frame_is_fetched_before_the_visitor_shows_intent_and_then_it_is_there_at_once()
    {
        var page = await SomebodyAsync();
        var frames = page.Context.Counts("/frame");
        var scripts = page.Context.Counts("/frame.js");
        await page.VisitAsync(house.Page("intent"));
        await Assertions.Expect(page.GetByRole(AriaRole.Img)).ToHaveAttributeAsync("alt", "在线客服");
        Assert.Equal((0, 0, 0), (frames(), scripts(), await page.Locator("iframe").CountAsync()));

        var ready = page.WaitForResponseAsync("**/frame.js*");
        await page.GetByRole(AriaRole.Link).HoverAsync();
        await ready;
        Assert.Equal(1, frames());
        await Assertions.Expect(page.Locator("iframe")).Not.ToBeVisibleAsync();

        var shown = await page.EvaluateAsync<double>(
            """
            () => new Promise(done => {
              const began = performance.now(), frame = document.querySelector("iframe");
              document.querySelector("a").click();
              const look = () => frame.getBoundingClientRect().height > 500 ? done(performance.now() - began) : requestAnimationFrame(look);
              look();
            })
            """);
        Figures.Tell($"click -> chat visible, warm: {shown:0} ms");
        await Assertions.Expect(page.Locator("iframe")).ToHaveAttributeAsync("title", $"与{house.Qingfeng.Name}对话");
    }

    [Fact]
    public async Task A_page_load_with_the_closed_chat_moves_at_most_3_kilobytes_of_bodies()
    {
        using var http = NginxProxy.Client();
        http.BaseAddress = new Uri(house.Server.Address);
        using var loaderRequest = new HttpRequestMessage(HttpMethod.Get, "/w/l.js") { Headers = { { "Accept-Encoding", "gzip" } } };
        var loader = await (await http.SendAsync(loaderRequest)).Content.ReadAsByteArrayAsync();
        var address = new Dictionary<string, string> { ["p"] = "", ["k"] = "bytes", ["u"] = "https://shop.example/", ["t"] = "t", ["r"] = "", ["i"] = "1" };
        var view = await (await http.PostAsync($"/w/{house.Qingfeng.Code}/view", new FormUrlEncodedContent(address))).Content.ReadAsStringAsync();
        address["p"] = System.Text.Json.JsonDocument.Parse(view).RootElement.GetProperty("p").GetString()!;
        using var streamRequest = new HttpRequestMessage(HttpMethod.Post, $"/w/{house.Qingfeng.Code}/stream") { Content = new FormUrlEncodedContent(address) };
        using var stream = await http.SendAsync(streamRequest, HttpCompletionOption.ResponseHeadersRead);
        var buffer = new byte[4096];
        var opening = await (await stream.Content.ReadAsStreamAsync()).ReadAsync(buffer);
        Figures.Tell($"page load with the closed chat: {loader.Length + view.Length + opening} B of bodies (loader {loader.Length}, answer {view.Length}, stream's opening {opening})");
        Assert.InRange(loader.Length + view.Length + opening, 1, Live800.Portal.Features.Widget.WidgetFiles.PageLimit);
    }

    [Fact]
    public async Task Navigation_within_a_single_page_application_is_a_view_and_pushState_in_a_loop_is_few()
    {
        var page = await SomebodyAsync();
        var views = page.Context.Counts("/view");
        await page.VisitAsync(house.Page("application"));
        await page.RunAndWaitForRequestAsync(() => page.EvaluateAsync("() => history.pushState(null, '', '/application?step=2')"), request => IsViewOf(request, "step=2"));
        await page.RunAndWaitForRequestAsync(() => page.EvaluateAsync("() => history.back()"), request => IsViewOf(request, "application&"));
        await page.RunAndWaitForRequestAsync(() => page.EvaluateAsync("() => location.hash = 'part'"), request => IsViewOf(request, "part"));
        Assert.Equal(4, views());

        // The driver takes 5 ms for each of them, the page a third of one.
        var pushes = Environment.GetEnvironmentVariable("LIVE800_LONG") is { Length: > 0 } ? 5000 : 1000;
        await page.RunAndWaitForRequestAsync(
            () => page.EvaluateAsync("pushes => { for (let i = 1; i <= pushes; i++) history.pushState(null, '', '/application?loop=' + i); }", pushes),
            request => IsViewOf(request, "loop=" + pushes),
            new() { Timeout = 120_000 });
        Assert.InRange(views(), 5, 8);
    }

    [Fact]
    public async Task Messages_of_other_windows_are_ignored_even_from_our_own_origin()
    {
        var page = await SomebodyAsync();
        var visitor = new Visitor(page);
        await page.VisitAsync(house.Page("forged"));
        await visitor.AskAsync();
        // The cursor of the first line is kept a moment after the frame shows it; from then on nothing changes by itself.
        await page.WaitForFunctionAsync("() => Object.keys(localStorage).some(key => key.startsWith('live800-') && key.endsWith('c'))");
        const string state = "() => { const f = document.querySelector('html > iframe'); return f.style.cssText + f.title + JSON.stringify(localStorage) + JSON.stringify(sessionStorage); }";
        var before = await page.EvaluateAsync<string>(state);

        // The page itself, a frame of the page's origin, and a frame of ours that is not the chat frame.
        await page.EvaluateAsync(
            """
            async address => {
              const forged = { s: "m", c: "height:7px;", t: "forged", x: 1, r: 1 };
              // What is heard here, the loader has heard before: it listens longer. Its own frame tells it nothing meanwhile.
              const heard = source => new Promise(done => addEventListener("message", e => e.source == source() && done()));
              const byChild = heard(() => child.contentWindow), byOurs = heard(() => ours.contentWindow), byItself = heard(() => window);
              postMessage(forged, "*");
              const child = document.body.appendChild(document.createElement("iframe"));
              child.contentWindow.eval("parent.postMessage({ s: 'm', c: 'height:8px;', t: 'forged', x: 1 }, '*')");
              const ours = document.createElement("iframe");
              ours.src = address;
              document.body.append(ours);
              await Promise.all([byChild, byOurs, byItself]);
            }
            """,
            house.Server.Address + $"/w/{house.Qingfeng.Code}/frame#" + new Uri(page.Url).GetLeftPart(UriPartial.Authority));
        Assert.Equal(before, await page.EvaluateAsync<string>(state));

        // And the frame does not listen to somebody who is not the page that holds it.
        await page.EvaluateAsync("() => document.body.querySelectorAll('iframe').forEach(frame => frame.remove())");
        var frame = page.Frames.First(one => one.ParentFrame == page.MainFrame && one.Url.Contains("/frame?", StringComparison.Ordinal));
        await frame.EvaluateAsync("() => window.postMessage({ o: -2, p: 'stolen' }, '*')");
        await visitor.SayAsync("v1 still me");
        await Assertions.Expect(visitor.Log).ToContainTextAsync("已送达");
    }

    /// <summary>With a Web Lock, and without one (no secure context).</summary>
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("shop.test")]
    public async Task Tabs_opened_together_are_one_visitor_with_one_stream(string host)
    {
        var context = Keep(await Browsers.PersonAsync());
        var address = house.Page("tabs", host);
        var streams = new System.Collections.Concurrent.ConcurrentQueue<(IPage Leader, string Pass)>();
        context.Request += (_, request) =>
        {
            if (request.Url.EndsWith("/stream", StringComparison.Ordinal)) streams.Enqueue((request.Frame.Page, request.PostData!.Split('&')[0]));
        };
        var pages = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => context.NewPageAsync()));
        await Task.WhenAll(pages.Select(page => page.VisitAsync(address)));
        await Eventually.EqualAsync(1, () => Task.FromResult(streams.Count));

        // What the leader hears, the others show: the icon in every tab follows the agent's status.
        foreach (var page in pages) await Assertions.Expect(page.GetByRole(AriaRole.Img)).ToHaveAttributeAsync("src", $"{house.Server.Address}/w/{house.Qingfeng.Code}/icon/1?s=1");

        // When the leader goes, another tab takes over.
        await streams.Single().Leader.CloseAsync();
        await Eventually.EqualAsync(2, () => Task.FromResult(streams.Count));
        Assert.Single(streams.Select(stream => stream.Pass).Distinct());
    }

    [Fact]
    public async Task Where_streams_are_blocked_the_page_asks_instead_and_hears_the_same()
    {
        var page = await SomebodyAsync();
        var visitor = new Visitor(page);
        await page.RouteAsync("**/stream", route => route.AbortAsync());
        await page.VisitAsync(house.Page("no-streams"));
        await visitor.AskAsync();
        await visitor.SayAsync("v1 without a stream");
        var number = await house.Desk.NumberOfAsync("no-streams");
        await house.Desk.AcceptAsync(number);
        await house.Desk.SayAsync("a1 I hear you");
        await visitor.ReadsAsync("v1 a1", TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task A_page_that_was_offline_at_its_start_is_told_of_later()
    {
        var page = await SomebodyAsync();
        var watch = await HostWatch.OfAsync(page);
        await page.RouteAsync("**/view", route => route.AbortAsync());
        var failed = page.WaitForRequestAsync("**/view");
        await page.GotoAsync(house.Page("offline-at-start"));
        await failed;
        var told = page.WaitForResponseAsync(response => response.Url.EndsWith("/view", StringComparison.Ordinal) && response.Ok);
        await page.UnrouteAsync("**/view");
        _ = await told;
        Assert.DoesNotContain("error:", await watch.ReadAsync());
        Assert.DoesNotContain("rejection:", await watch.ReadAsync());
    }

    [Fact]
    public async Task A_page_out_of_the_back_forward_cache_goes_on()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = BrowserFixture.Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
            IgnoreDefaultArgs = ["--disable-back-forward-cache"],
        });
        var page = await (await browser.NewContextAsync(new() { Locale = "zh-CN" })).NewPageAsync();
        var other = house.Site.Put("elsewhere", "", "<p>elsewhere</p>");
        await page.VisitAsync(house.Page("cached"));
        await page.EvaluateAsync("() => { window.kept = true; }");
        await page.EvaluateAsync("address => { location.href = address; }", other);
        await Assertions.Expect(page.GetByText("elsewhere")).ToBeVisibleAsync();
        var stream = page.WaitForRequestAsync("**/stream");
        await page.RunAndWaitForResponseAsync(
            () => page.EvaluateAsync("() => history.back()"),
            response => response.Url.EndsWith("/view", StringComparison.Ordinal) && response.Ok);
        Assert.True(await page.EvaluateAsync<bool>("() => window.kept === true"), "the page was loaded anew");
        await stream;
    }

    [Fact]
    public async Task A_logout_forgets_the_visitor_and_what_was_said()
    {
        var page = await SomebodyAsync();
        var visitor = new Visitor(page);
        await page.VisitAsync(house.Page("logout"));
        await visitor.AskAsync();
        await visitor.SayAsync("v1 my secret");
        await Assertions.Expect(visitor.Log).ToContainTextAsync("已送达");
        var pass = await PassAsync(page);
        await page.RunAndWaitForResponseAsync(() => page.EvaluateAsync("() => Live800.logout()"), response => response.Url.EndsWith("/view", StringComparison.Ordinal) && response.Ok);
        await Assertions.Expect(page.Locator("iframe")).Not.ToBeVisibleAsync();
        Assert.NotEqual(pass, await PassAsync(page));
        await page.EvaluateAsync("() => Live800.open()");
        await Assertions.Expect(visitor.Box).ToBeVisibleAsync();
        await visitor.ReadsAsync("");
        Assert.DoesNotContain("my secret", await visitor.Chat.Locator("body").InnerTextAsync());
    }

    private Task<string> PassAsync(IPage page) => page.EvaluateAsync<string>($"() => localStorage['live800-{house.Qingfeng.Code}p']");

    private static bool IsViewOf(IRequest request, string part) =>
        request.Url.EndsWith("/view", StringComparison.Ordinal) && System.Net.WebUtility.UrlDecode(request.PostData ?? "").Contains(part, StringComparison.Ordinal);
}
