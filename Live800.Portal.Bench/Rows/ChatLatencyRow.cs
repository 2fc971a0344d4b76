using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Live800.Portal.Bench.Wire;

namespace Live800.Portal.Bench.Rows;

/// <summary>
/// B3: a visitor's message from its POST until the render batch that shows it leaves for the agent's page, with many visitors connected and
/// other messages coming in all the time. The agent's page shows one conversation; messages into that one are timed.
/// </summary>
internal static class ChatLatencyRow
{
    public static Task<BenchRow> MeasureAsync(BenchRun run) => MeasureAsync(run, views: null);

    /// <summary>B3v: the same while page views of new visitors are recorded and counted into the statistics.</summary>
    public static Task<BenchRow> MeasureBesideViewsAsync(BenchRun run) => MeasureAsync(run, views: 2_000);

    private static async Task<BenchRow> MeasureAsync(BenchRun run, int? views)
    {
        var count = run.Size(1_000, 10_000);
        var length = run.Size(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60));
        var warming = TimeSpan.FromSeconds(5);
        const int PerSecond = 200;
        var box = await PreparedBox.MakeAsync(run.Data("latency"), agents: 1, talks: 150);
        await using var portal = await PublishedPortal.StartAsync(run.Published, box.Folder);
        var idle = await BenchVisitor.ArriveAsync(portal.EndPoint, box.CompanyCode, count);
        using var streams = await IdleStreams.OpenAsync(portal.EndPoint, idle);
        var talkers = box.Talks.Select((talk, index) => new BenchVisitor(box.CompanyCode, 1_000_000 + index, talk.Pass) { Conversation = talk.Conversation }).ToArray();
        using var talking = await IdleStreams.OpenAsync(portal.EndPoint, talkers);

        var sent = new ConcurrentDictionary<string, long>();
        var latencies = new Latencies();
        var cookies = await SignIn.AsAsync(portal.Address, box.CompanyCode, box.Agents[0], PreparedBox.Password);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = portal.Address };
        var shown = talkers[0].Conversation;
        await using var agent = await HeadlessCircuit.OpenAsync(http, cookies, $"workspace?conversation={shown}", (batch, arrived) =>
        {
            foreach (var marker in sent.Keys)
            {
                if (batch.Span.IndexOf(Encoding.UTF8.GetBytes(marker)) >= 0 && sent.TryRemove(marker, out var posted))
                    latencies.Add(posted, arrived);
            }
        });
        await MessagesRow.AgentIsInAsync(portal, box.CompanyCode);

        using var lanes = new SemaphoreSlim(0);
        var queue = new ConcurrentQueue<byte[]>();
        long accepted = 0, refused = 0;
        using var ended = new CancellationTokenSource();
        var workers = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            using var connection = await LeanHttp.ConnectAsync(portal.EndPoint);
            while (!ended.IsCancellationRequested || !queue.IsEmpty)
            {
                if (!queue.TryDequeue(out var message))
                {
                    await Task.Delay(1);
                    continue;
                }
                if (await connection.StatusAsync(message) == 200)
                    Interlocked.Increment(ref accepted);
                else
                    Interlocked.Increment(ref refused);
            }
        })).ToArray();

        using var timed = await LeanHttp.ConnectAsync(portal.EndPoint);
        var viewing = views is { } most ? PageViewLoad.RunAsync(portal.EndPoint, $"/w/{box.CompanyCode}/view", warming + length, most) : null;
        var started = Stopwatch.GetTimestamp();
        long spread = 0;
        var number = 0;
        var nextTimed = TimeSpan.Zero;
        while (Stopwatch.GetElapsedTime(started) is var elapsed && elapsed < warming + length)
        {
            for (; spread < elapsed.TotalSeconds * PerSecond; spread++)
                queue.Enqueue(talkers[1 + (spread % (talkers.Length - 1))].Message($"背景消息 {spread}"));
            if (elapsed >= nextTimed)
            {
                // Below the limit of 20 messages in ten seconds, and off the beat of any timer.
                nextTimed = elapsed + TimeSpan.FromMilliseconds(560 + Random.Shared.Next(60));
                var marker = $"计时{number++:0000}号";
                // Said while warming up it is shown and not timed.
                if (elapsed >= warming)
                    sent[marker] = Stopwatch.GetTimestamp();
                if (await timed.StatusAsync(talkers[0].Message(marker)) != 200)
                    sent.TryRemove(marker, out _);
            }
            await Task.Delay(2);
        }
        await ended.CancelAsync();
        await Task.WhenAll(workers);
        for (var wait = 0; !sent.IsEmpty && wait < 200; wait++)
            await Task.Delay(10);

        var beside = viewing is null ? null : await viewing;
        return new(beside is null ? "B3" : "B3v",
            $"visitor's message -> stored -> render batch on the agent's page; {count:N0} connected, {PerSecond} messages/s for {length.TotalSeconds:0} s{(beside is null ? "" : $", {views:N0} page views/s asked for meanwhile")}",
            $"{(beside is null ? "" : $"{beside.PerSecond:N0} views/s ({beside.Refused:N0} refused); ")}{latencies} ({latencies.Count} timed, {sent.Count} never shown); {accepted:N0} accepted, {refused:N0} refused",
            "one commit costs what B3b's limit shows",
            "p50 <= 20 ms, p99 <= 150 ms");
    }
}
