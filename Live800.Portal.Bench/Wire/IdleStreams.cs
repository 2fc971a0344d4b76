using System.Net;
using System.Text;

namespace Live800.Portal.Bench.Wire;

/// <summary>Many visitors' streams held open, each read to the last byte and otherwise left alone.</summary>
internal sealed class IdleStreams : IDisposable
{
    private readonly List<LeanHttp> _connections = [];
    private int _closed;
    private int _reached;
    private volatile string? _awaited;

    public int Opened => _connections.Count;
    public int Dropped => _closed;
    public int Reached => _reached;

    public static async Task<IdleStreams> OpenAsync(IPEndPoint server, IReadOnlyList<BenchVisitor> visitors)
    {
        var streams = new IdleStreams();
        foreach (var visitor in visitors)
        {
            var http = await LeanHttp.ConnectAsync(server);
            await http.SendAsync(visitor.Stream());
            streams._connections.Add(http);
            _ = streams.ReadAsync(http);
        }
        return streams;
    }

    /// <summary>From now on counts the streams on which <paramref name="text"/> arrives.</summary>
    public void Await(string text)
    {
        _reached = 0;
        _awaited = text;
    }

    public void Dispose()
    {
        foreach (var http in _connections)
            http.Dispose();
    }

    private async Task ReadAsync(LeanHttp http)
    {
        // The smallest reads that can hold an event: the bench's own memory is not what is measured, but it shares the box.
        var buffer = new byte[512];
        string? seen = null;
        try
        {
            int read;
            while ((read = await http.ReadSomeAsync(buffer)) > 0)
            {
                var awaited = _awaited;
                if (awaited is not null && !ReferenceEquals(seen, awaited) && Encoding.UTF8.GetString(buffer, 0, read).Contains(awaited, StringComparison.Ordinal))
                {
                    seen = awaited;
                    Interlocked.Increment(ref _reached);
                }
            }
        }
        catch (Exception gone) when (gone is System.Net.Sockets.SocketException or ObjectDisposedException)
        {
        }
        Interlocked.Increment(ref _closed);
    }
}
