using System.Diagnostics;
using System.Net;
using Live800.Portal.Bench.Wire;

namespace Live800.Portal.Bench.Rows;

/// <summary>Messages as fast as the acknowledgements come back, spread so that no visitor reaches its own limit.</summary>
internal static class MessageLoad
{
    private const int Connections = 128;

    /// <summary>What one visitor may say within ten seconds without being slowed down (QUALITY.md section 5).</summary>
    private const int PerVisitor = 19;

    public sealed record Result(long Acknowledged, long Refused, double PerSecond, Latencies Latencies);

    public static async Task<Result> RunAsync(IPEndPoint server, BenchVisitor[] visitors, TimeSpan length)
    {
        var latencies = new Latencies();
        long acknowledged = 0, refused = 0, turn = -1;
        var most = (long)visitors.Length * PerVisitor;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            using var http = await LeanHttp.ConnectAsync(server);
            long number;
            while (Stopwatch.GetElapsedTime(started) < length && (number = Interlocked.Increment(ref turn)) < most)
            {
                var sent = Stopwatch.GetTimestamp();
                var status = await http.StatusAsync(visitors[number % visitors.Length].Message($"请问 {number} 号订单什么时候发货？"));
                if (status == 200)
                    Interlocked.Increment(ref acknowledged);
                else
                    Interlocked.Increment(ref refused);
                if (number % 8 == 0)
                    latencies.Add(sent, Stopwatch.GetTimestamp());
            }
        })));
        return new(acknowledged, refused, acknowledged / Stopwatch.GetElapsedTime(started).TotalSeconds, latencies);
    }
}
