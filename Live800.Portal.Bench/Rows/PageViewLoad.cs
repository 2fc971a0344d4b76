using System.Diagnostics;
using System.Net;
using Live800.Portal.Bench.Wire;

namespace Live800.Portal.Bench.Rows;

/// <summary>Page views as fast as the answers come back: every one by a new visitor, each on its own address.</summary>
internal static class PageViewLoad
{
    private const int Connections = 96;
    private static readonly string[] Titles = ["橡木餐桌 1.6 米", "北欧餐椅", "布艺沙发 三人位", "购物车", "配送与安装"];

    public sealed record Result(long Acknowledged, long Refused, double PerSecond, Latencies Latencies);

    /// <param name="perSecond">At most so many, evenly; nothing: as many as come back.</param>
    public static async Task<Result> RunAsync(IPEndPoint server, string path, TimeSpan length, int? perSecond = null)
    {
        var latencies = new Latencies();
        long acknowledged = 0, refused = 0, visitor = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            using var http = await LeanHttp.ConnectAsync(server);
            while (Stopwatch.GetElapsedTime(started) < length)
            {
                var number = Interlocked.Increment(ref visitor);
                if (perSecond is { } most && TimeSpan.FromSeconds(number / (double)most) - Stopwatch.GetElapsedTime(started) is var early && early > TimeSpan.FromMilliseconds(1)) await Task.Delay(early);
                var sent = Stopwatch.GetTimestamp();
                var status = await http.StatusAsync(LeanHttp.Post(path, View(number), Address(number)));
                if (status == 200)
                    Interlocked.Increment(ref acknowledged);
                else
                    Interlocked.Increment(ref refused);
                if (number % 16 == 0)
                    latencies.Add(sent, Stopwatch.GetTimestamp());
            }
        })));
        return new(acknowledged, refused, acknowledged / Stopwatch.GetElapsedTime(started).TotalSeconds, latencies);
    }

    public static string Address(long number) => $"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}";

    /// <summary>The body of a first page view.</summary>
    public static string View(long number) =>
        $"p=&k=k{number:x}&u=https%3A%2F%2Fshop.example%2Ftables%2F{number % 500}&t={Uri.EscapeDataString(Titles[number % Titles.Length])}"
        + "&r=https%3A%2F%2Fwww.baidu.com%2Fs%3Fwd%3D%25E9%25A4%2590%25E6%25A1%258C&i=1";
}
