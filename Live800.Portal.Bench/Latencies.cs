using System.Diagnostics;

namespace Live800.Portal.Bench;

/// <summary>Times of one work, told as percentiles in milliseconds.</summary>
internal sealed class Latencies
{
    private readonly Lock _gate = new();
    private readonly List<double> _milliseconds = [];

    public int Count => _milliseconds.Count;

    public void Add(double milliseconds)
    {
        lock (_gate)
            _milliseconds.Add(milliseconds);
    }

    public void Add(long started, long ended) => Add(Stopwatch.GetElapsedTime(started, ended).TotalMilliseconds);

    public double At(double share)
    {
        lock (_gate)
        {
            if (_milliseconds.Count == 0)
                return double.NaN;
            _milliseconds.Sort();
            return _milliseconds[Math.Min(_milliseconds.Count - 1, (int)(_milliseconds.Count * share))];
        }
    }

    public override string ToString() => $"p50 {At(0.5):0.0} ms, p99 {At(0.99):0.0} ms, max {At(1):0.0} ms";
}
