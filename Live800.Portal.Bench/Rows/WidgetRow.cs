using System.Globalization;
using System.Text.Json;
using Live800.Portal.Bench.Wire;
using Live800.Portal.Features.Widget;
using Microsoft.Playwright;

namespace Live800.Portal.Bench.Rows;

/// <summary>
/// B8: what the widget does to a page and to a visitor's patience, in a real browser (QUALITY 1). The same plain page with and without the codes, in pairs, each run with an empty cache,
/// as it is and with the processor slowed down four times; then from the click on the icon to the chat on the screen.
/// </summary>
internal static class WidgetRow
{
    private const string Watch = """
        window.bench = { long: 0, shift: 0, paint: 0 };
        new PerformanceObserver(list => { bench.long += list.getEntries().length; }).observe({ type: "longtask", buffered: true });
        new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) bench.shift += e.value; }).observe({ type: "layout-shift", buffered: true });
        new PerformanceObserver(list => { for (const e of list.getEntries()) bench.paint = e.startTime; }).observe({ type: "largest-contentful-paint", buffered: true });
        """;

    // From the click, 150 ms after the pointer came over the icon, to the frame in which the chat stands on the page with its text box.
    private const string Click = """
        () => new Promise(done => {
          const from = performance.now();
          document.querySelector('a[href*="/chat/"]').click();
          const look = () => {
            const frame = document.querySelector("iframe");
            if (frame && frame.offsetHeight > 300 && getComputedStyle(frame).visibility == "visible") done(performance.now() - from);
            else requestAnimationFrame(look);
          };
          look();
        })
        """;

    public static async Task<BenchRow> MeasureAsync(BenchRun run)
    {
        if (!BrowserDesk.IsThere) throw new InvalidOperationException("there is no Chromium here; LIVE800_CHROMIUM names one");
        var pairs = run.Size(5, 20);
        var box = await PreparedBox.MakeAsync(run.Data("widget"), agents: 1, talks: 0);
        await using var portal = await PublishedPortal.StartAsync(run.Published, box.Folder);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = portal.Address };
        var cookies = await SignIn.AsAsync(portal.Address, box.CompanyCode, box.Agents[0], PreparedBox.Password);
        await using var agent = await HeadlessCircuit.OpenAsync(http, cookies, "workspace", (_, _) => { });
        var us = portal.Address.ToString().TrimEnd('/');
        await using var site = await HostSite.OpenAsync(WidgetCodes.IconCode(us, box.CompanyCode, 1, "在线客服") + WidgetCodes.FunctionCode(us, box.CompanyCode));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserDesk.Chromium, Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"] });

        var details = new List<string> { $"B8, {pairs} pairs of cold runs, the same page without and with the codes; the difference is the median of the pairs with its 95 % interval:", "", "| | without | with | difference |", "|---|---|---|---|" };
        var summary = new List<string>();
        foreach (var (name, slow) in new[] { ("plain", 1), ("processor 4x slower", 4) })
        {
            var (without, with) = (new List<Visit>(), new List<Visit>());
            _ = await VisitAsync(browser, site.With, us, slow); // the server's own first time is B7's
            for (var turn = 0; turn < pairs; turn++)
            {
                // Each goes first every other time: whatever the one leaves behind falls on both alike.
                if (turn % 2 == 0) without.Add(await VisitAsync(browser, site.Without, us, slow));
                with.Add(await VisitAsync(browser, site.With, us, slow));
                if (turn % 2 == 1) without.Add(await VisitAsync(browser, site.Without, us, slow));
            }

            string Line(string what, Func<Visit, double> of, string unit, string format = "0.0")
            {
                var (middle, low, high) = Differences([.. without.Zip(with, (a, b) => of(b) - of(a))]);
                details.Add(string.Create(CultureInfo.InvariantCulture, $"| {what}, {name} | {Middle([.. without.Select(of)]).ToString(format, CultureInfo.InvariantCulture)} {unit} | {Middle([.. with.Select(of)]).ToString(format, CultureInfo.InvariantCulture)} {unit} | {middle.ToString(format, CultureInfo.InvariantCulture)} ({low.ToString(format, CultureInfo.InvariantCulture)} to {high.ToString(format, CultureInfo.InvariantCulture)}) |"));
                return string.Create(CultureInfo.InvariantCulture, $"{what} {middle.ToString("+0.0;-0.0;0", CultureInfo.InvariantCulture)} {unit}");
            }

            summary.Add($"{name}: {Line("load event", visit => visit.Load, "ms")}, {Line("largest paint", visit => visit.Paint, "ms")}, {Line("long tasks", visit => visit.LongTasks, "", "0")}, {Line("layout shift", visit => visit.Shift, "", "0.000")}, {Line("heap", visit => visit.Heap / 1048576, "MiB", "0.00")}, "
                + $"{with.Max(visit => visit.Early)} requests of ours before load");
        }

        var (first, warm) = (new Latencies(), new Latencies());
        for (var turn = 0; turn < pairs; turn++)
        {
            await using var context = await browser.NewContextAsync(new() { Locale = "zh-CN", ViewportSize = new() { Width = 1280, Height = 800 } });
            foreach (var latencies in new[] { first, warm })
            {
                var page = await context.NewPageAsync();
                await ReadyAsync(page, site.With);
                // As a hand does it: the pointer is there a moment before it presses.
                await page.HoverAsync("a[href*='/chat/']");
                await Task.Delay(TimeSpan.FromMilliseconds(150));
                latencies.Add(await page.EvaluateAsync<double>(Click));
                await page.EvaluateAsync("() => { Live800.close(); sessionStorage.clear(); }");
                await page.CloseAsync();
            }
        }

        return new("B8",
            $"widget in a real browser: {pairs} pairs of cold page loads without and with the codes, {pairs} clicks on the icon",
            $"{string.Join("; ", summary)}; click to chat visible: first time p50 {first.At(0.5):0} ms, p95 {first.At(0.95):0} ms, warm p50 {warm.At(0.5):0} ms, p95 {warm.At(0.95):0} ms",
            "a frame of the screen is 17 ms",
            "median differences <= 2 ms with 0 in the interval, 0 more long tasks and shift, heap <= +0.3 MiB, 0 requests before load; <= 300 ms first, <= 100 ms warm")
        { Details = details };
    }

    private static async Task<Visit> VisitAsync(IBrowser browser, string address, string us, int slow)
    {
        await using var context = await browser.NewContextAsync(new() { Locale = "zh-CN", ViewportSize = new() { Width = 1280, Height = 800 } });
        var page = await context.NewPageAsync();
        var tool = await context.NewCDPSessionAsync(page);
        if (slow > 1) _ = await tool.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = slow });
        await page.AddInitScriptAsync(Watch);
        if (address.EndsWith("/with", StringComparison.Ordinal)) await ReadyAsync(page, address);
        else _ = await page.GotoAsync(address);
        // What the widget does by itself is over then: its view, its icons, the opening of its stream.
        await Task.Delay(TimeSpan.FromSeconds(2));
        _ = await tool.SendAsync("HeapProfiler.collectGarbage");
        _ = await tool.SendAsync("Performance.enable");
        var metrics = (await tool.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray();
        var heap = metrics.First(metric => metric.GetProperty("name").GetString() == "JSHeapUsedSize").GetProperty("value").GetDouble();
        using var read = JsonDocument.Parse(await page.EvaluateAsync<string>("() => JSON.stringify({ ...bench, load: performance.getEntriesByType('navigation')[0].loadEventStart, asked: performance.getEntriesByType('resource').map(one => [one.name, one.startTime]) })"));
        double Of(string name) => read.RootElement.GetProperty(name).GetDouble();
        // By the page's own clock. The icon is a picture and lazy: it is the page's to fetch.
        var early = read.RootElement.GetProperty("asked").EnumerateArray().Count(one =>
            one[0].GetString()!.StartsWith(us, StringComparison.Ordinal) && !one[0].GetString()!.Contains("/icon/", StringComparison.Ordinal) && one[1].GetDouble() < Of("load"));
        return new Visit(Of("load"), Of("paint"), Of("long"), Of("shift"), heap, early);
    }

    // The icon stands below everything else and is fetched only when somebody scrolls there; the view is told in any case.
    private static async Task ReadyAsync(IPage page, string address) =>
        _ = await page.RunAndWaitForResponseAsync(() => page.GotoAsync(address), response => response.Url.EndsWith("/view", StringComparison.Ordinal) && response.Ok);

    private static double Middle(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }

    // The order statistics between which the median lies with 95 %.
    private static (double Middle, double Low, double High) Differences(double[] values)
    {
        var middle = Middle(values);
        var reach = (int)Math.Ceiling(0.98 * Math.Sqrt(values.Length));
        var at = values.Length / 2;
        return (middle, values[Math.Max(0, at - reach)], values[Math.Min(values.Length - 1, at + reach - 1 + values.Length % 2)]);
    }

    private sealed record Visit(double Load, double Paint, double LongTasks, double Shift, double Heap, int Early);
}
