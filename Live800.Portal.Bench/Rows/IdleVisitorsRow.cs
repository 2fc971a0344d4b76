using System.Diagnostics;
using Live800.Portal.Bench.Wire;

namespace Live800.Portal.Bench.Rows;

/// <summary>B2: visitors connected and idle, all reachable at once: what they cost, and how long a change of the icon takes to reach all.</summary>
internal static class IdleVisitorsRow
{
    public static async Task<BenchRow> MeasureAsync(BenchRun run)
    {
        var count = run.Size(2_000, 10_000);
        var watched = run.Size(TimeSpan.FromSeconds(45), TimeSpan.FromMinutes(10));
        var box = await PreparedBox.MakeAsync(run.Data("idle"), agents: 1, talks: 0);
        await using var portal = await PublishedPortal.StartAsync(run.Published, box.Folder);
        var visitors = await BenchVisitor.ArriveAsync(portal.EndPoint, box.CompanyCode, count);
        var before = Machine.Resident(portal.ProcessId);
        using var streams = await IdleStreams.OpenAsync(portal.EndPoint, visitors);
        await Task.Delay(TimeSpan.FromSeconds(5));

        var cpu = Machine.CpuSeconds(portal.ProcessId);
        var started = Stopwatch.GetTimestamp();
        await Task.Delay(watched);
        var load = (Machine.CpuSeconds(portal.ProcessId) - cpu) / Stopwatch.GetElapsedTime(started).TotalSeconds / Environment.ProcessorCount;
        var each = (Machine.Resident(portal.ProcessId) - before) / 1024.0 / count;
        var dropped = streams.Dropped;

        // An agent opens the workspace: every icon on every page turns to online.
        streams.Await("\"icons\"");
        var cookies = await SignIn.AsAsync(portal.Address, box.CompanyCode, box.Agents[0], PreparedBox.Password);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = portal.Address };
        var opened = Stopwatch.GetTimestamp();
        await using var agent = await HeadlessCircuit.OpenAsync(http, cookies, "workspace", (_, _) => { });
        while (streams.Reached < count - dropped && Stopwatch.GetElapsedTime(opened) < TimeSpan.FromSeconds(30))
            await Task.Delay(5);
        var reached = Stopwatch.GetElapsedTime(opened);

        return new("B2",
            $"{count:N0} visitors connected and idle for {watched.TotalSeconds:0} s",
            $"{load:P1} of both cores, {each:0.0} KB resident each, {dropped} dropped; an agent's coming in reached {streams.Reached:N0} in {reached.TotalMilliseconds:N0} ms (page opening included)",
            $"{Environment.ProcessorCount} cores; 20,000 open files a process",
            "10,000: <= 5 %, <= 25 KB each, 0 dropped in 10 min");
    }
}
