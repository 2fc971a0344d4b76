using Live800.Portal.Bench.Wire;

namespace Live800.Portal.Bench.Rows;

/// <summary>B7: start of the published portal to its first answer; memory at rest and with visitors and agents.</summary>
internal static class StartRow
{
    public static async Task<BenchRow> MeasureAsync(BenchRun run)
    {
        var agents = run.Size(5, 20);
        var count = run.Size(500, 2_000);
        var box = await PreparedBox.MakeAsync(run.Data("start"), agents, talks: 0);

        var starts = new List<TimeSpan>();
        long atRest = 0;
        for (var turn = 0; turn < 5; turn++)
        {
            await using var started = await PublishedPortal.StartAsync(run.Published, box.Folder);
            starts.Add(started.StartedIn);
            if (turn == 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(10));
                atRest = Machine.Pss(started.ProcessId);
            }
        }
        starts.Sort();

        await using var portal = await PublishedPortal.StartAsync(run.Published, box.Folder);
        var visitors = await BenchVisitor.ArriveAsync(portal.EndPoint, box.CompanyCode, count);
        using var streams = await IdleStreams.OpenAsync(portal.EndPoint, visitors);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = portal.Address };
        var pages = new List<HeadlessCircuit>();
        foreach (var agent in box.Agents)
        {
            var cookies = await SignIn.AsAsync(portal.Address, box.CompanyCode, agent, PreparedBox.Password);
            pages.Add(await HeadlessCircuit.OpenAsync(http, cookies, "workspace", (_, _) => { }));
        }
        await Task.Delay(TimeSpan.FromSeconds(15));
        var busy = Machine.Pss(portal.ProcessId);
        var failures = pages.Where(page => page.Failure is not null).Select(page => page.Failure).Distinct().ToArray();
        foreach (var page in pages)
            await page.DisposeAsync();
        if (failures.Length > 0)
            throw new InvalidOperationException($"an agent's page failed: {failures[0]}");

        return new("B7",
            $"published start to first answer (median of {starts.Count}); memory at rest; with {count:N0} visitors and {agents} agents",
            $"{starts[starts.Count / 2].TotalSeconds:0.00} s; {Machine.Mebibytes(atRest):0} MiB; {Machine.Mebibytes(busy):0} MiB",
            "an empty .NET web application starts in about 0.1 s",
            "<= 2 s; <= 150 MB; <= 300 MB");
    }
}
