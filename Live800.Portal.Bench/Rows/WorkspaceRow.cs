using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Live800.Portal.Bench.Wire;

namespace Live800.Portal.Bench.Rows;

/// <summary>
/// B5: the workspace with many visitors on the site, many agents looking and changes all the time: how long a change takes to the screens that show it, what one
/// workspace costs, and how busy the portal is. Changes of the newest visitors, whose rows stand in sight, are timed on every agent's page. One page is a real browser's (where the machine has one): there the time ends with the
/// frame that shows it, and what holds up its main thread is told too.
/// </summary>
internal static class WorkspaceRow
{
    private const int PaneHeight = 800;
    private const int InSight = 15;

    public static async Task<BenchRow> MeasureAsync(BenchRun run)
    {
        var count = run.Size(1_000, 5_000);
        var agents = run.Size(5, 20);
        var length = run.Size(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60));
        const int PerSecond = 100;
        var box = await PreparedBox.MakeAsync(run.Data("workspace"), agents, talks: 0);
        await using var portal = await PublishedPortal.StartAsync(run.Published, box.Folder);
        var visitors = await BenchVisitor.ArriveAsync(portal.EndPoint, box.CompanyCode, count);
        using var streams = await IdleStreams.OpenAsync(portal.EndPoint, visitors);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = portal.Address };

        var sent = new ConcurrentDictionary<string, long>();
        var latencies = new Latencies();
        var seen = new ConcurrentDictionary<(string, int), byte>();
        var pages = new List<HeadlessCircuit>();
        long before = 0;
        var byHand = BrowserDesk.IsThere ? box.Agents[^1] : null;
        foreach (var (agent, index) in box.Agents.Where(agent => agent != byHand).Select((agent, index) => (agent, index)))
        {
            if (index == 1)
            {
                // The first page brings the code into memory; the others cost what a workspace costs.
                await Task.Delay(TimeSpan.FromSeconds(5));
                before = Machine.Pss(portal.ProcessId);
            }
            var cookies = await SignIn.AsAsync(portal.Address, box.CompanyCode, agent, PreparedBox.Password);
            pages.Add(await HeadlessCircuit.OpenAsync(http, cookies, "workspace", (batch, arrived) =>
            {
                foreach (var (marker, at) in sent)
                {
                    if (batch.Span.IndexOf(Encoding.UTF8.GetBytes(marker)) >= 0 && seen.TryAdd((marker, index), 0))
                        latencies.Add(at, arrived);
                }
            }, PaneHeight));
        }
        await Task.Delay(TimeSpan.FromSeconds(10));
        var each = Machine.Mebibytes(Machine.Pss(portal.ProcessId) - before) / (pages.Count - 1);

        await using var browser = byHand is null ? null : await BrowserDesk.OpenAsync(portal.Address, await SignIn.AsAsync(portal.Address, box.CompanyCode, byHand, PreparedBox.Password), "workspace");
        var shownAt = new Dictionary<string, double>();

        // The last who came stand first; the others change somewhere below.
        var (shown, rest) = (visitors[^InSight..], visitors[..^InSight]);
        using var lane = await LeanHttp.ConnectAsync(portal.EndPoint);
        using var timed = await LeanHttp.ConnectAsync(portal.EndPoint);
        var cpu = Machine.CpuSeconds(portal.ProcessId);
        var started = Stopwatch.GetTimestamp();
        long changed = 0, refused = 0;
        var number = 0;
        var nextTimed = TimeSpan.Zero;
        while (Stopwatch.GetElapsedTime(started) is var elapsed && elapsed < length)
        {
            for (; changed < elapsed.TotalSeconds * PerSecond; changed++)
            {
                if (await lane.StatusAsync(rest[changed % rest.Length].Next($"页面 {changed}")) != 200)
                    refused++;
            }
            if (elapsed >= nextTimed)
            {
                nextTimed = elapsed + TimeSpan.FromMilliseconds(260 + Random.Shared.Next(80));
                var marker = $"计时{number:0000}页";
                sent[marker] = Stopwatch.GetTimestamp();
                shownAt[marker] = BrowserDesk.Now;
                if (await timed.StatusAsync(shown[number++ % shown.Length].Next(marker)) != 200)
                    refused++;
            }
            await Task.Delay(2);
        }
        var busy = (Machine.CpuSeconds(portal.ProcessId) - cpu) / Stopwatch.GetElapsedTime(started).TotalSeconds;
        await Task.Delay(TimeSpan.FromSeconds(2));
        var failures = pages.Where(page => page.Failure is not null).Select(page => page.Failure).Distinct().ToArray();
        foreach (var page in pages)
            await page.DisposeAsync();
        var real = browser is null ? "no browser here" : Told(await browser.ReadAsync(), shownAt);
        if (failures.Length > 0)
            throw new InvalidOperationException($"an agent's page failed: {failures[0]}");

        return new("B5",
            $"workspace: {count:N0} visitors on the site, {pages.Count} headless agents' pages and {(browser is null ? "no" : "one")} browser, {PerSecond} changes/s for {length.TotalSeconds:0} s",
            $"change to screen p50 {latencies.At(0.5):0} ms, p95 {latencies.At(0.95):0} ms, max {latencies.At(1):0} ms; {latencies.Count:N0} of {number * pages.Count:N0} shown; {real}; {each:0.0} MiB a workspace; {busy:P0} of one core; {refused} refused",
            "changes are coalesced for 500 ms",
            "p95 <= 1.2 s; <= 4 MB each; one core not full");
    }

    private static string Told((IReadOnlyDictionary<string, double> Seen, IReadOnlyList<double> LongTasks) read, Dictionary<string, double> sent)
    {
        var latencies = new Latencies();
        foreach (var (marker, at) in read.Seen)
            latencies.Add(at - sent[marker]);
        var (count, held) = (read.LongTasks.Count, read.LongTasks.DefaultIfEmpty().Max());
        return $"in the browser p50 {latencies.At(0.5):0} ms, p95 {latencies.At(0.95):0} ms, {latencies.Count:N0} of {sent.Count:N0} shown, {count} tasks over 50 ms, the longest {held:0} ms";
    }
}
