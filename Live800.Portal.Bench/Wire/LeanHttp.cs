using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Live800.Portal.Bench.Wire;

/// <summary>
/// One keep-alive HTTP/1.1 connection that spends as little as possible: on a box where client and server share
/// two cores, every microsecond of the client is taken from what is measured.
/// </summary>
internal sealed class LeanHttp : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _filled;

    private LeanHttp(Socket socket) => _socket = socket;

    public static async Task<LeanHttp> ConnectAsync(IPEndPoint server)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        return new LeanHttp(socket);
    }

    /// <summary>The bytes of a form post as a visitor's browser sends it, from the given address behind the trusted proxy.</summary>
    public static byte[] Post(string path, string form, string address) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {address}\r\nContent-Type: application/x-www-form-urlencoded;charset=UTF-8\r\n"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(form)}\r\n\r\n{form}");

    public ValueTask<int> SendAsync(ReadOnlyMemory<byte> request) => _socket.SendAsync(request, SocketFlags.None);

    /// <summary>Sends one request and reads its whole answer.</summary>
    public async Task<(int Status, string Body)> ExchangeAsync(ReadOnlyMemory<byte> request)
    {
        await SendAsync(request);
        return await ReadAnswerAsync();
    }

    /// <summary>Sends one request and looks at nothing but the answer's status.</summary>
    public async Task<int> StatusAsync(ReadOnlyMemory<byte> request)
    {
        await SendAsync(request);
        return (await ReadAnswerAsync(wantBody: false)).Status;
    }

    private async Task<(int Status, string Body)> ReadAnswerAsync(bool wantBody = true)
    {
        int head;
        while ((head = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
            await FillAsync();
        var status = int.Parse(Encoding.ASCII.GetString(_buffer, 9, 3), System.Globalization.CultureInfo.InvariantCulture);
        var headers = _buffer.AsMemory(0, head + 2);
        if (Header(headers.Span, "content-length:"u8) is { } length)
        {
            var end = head + 4 + length;
            while (_filled < end)
                await FillAsync();
            var body = wantBody ? Encoding.UTF8.GetString(_buffer, head + 4, length) : "";
            Consume(end);
            return (status, body);
        }
        if (status is 204 or 304)
        {
            Consume(head + 4);
            return (status, "");
        }
        return (status, await ReadChunksAsync(head + 4));
    }

    /// <summary>Reads what the server sends on an open stream; 0 when it was closed.</summary>
    public async Task<int> ReadSomeAsync(Memory<byte> into)
    {
        if (_filled > 0)
        {
            var kept = Math.Min(_filled, into.Length);
            _buffer.AsSpan(0, kept).CopyTo(into.Span);
            Consume(kept);
            return kept;
        }
        return await _socket.ReceiveAsync(into, SocketFlags.None);
    }

    public void Dispose() => _socket.Dispose();

    private async Task<string> ReadChunksAsync(int at)
    {
        var body = new StringBuilder();
        while (true)
        {
            int line;
            while ((line = _buffer.AsSpan(at, _filled - at).IndexOf("\r\n"u8)) < 0)
                await FillAsync();
            if (!Utf8Parser.TryParse(_buffer.AsSpan(at, line), out int size, out _, 'x'))
                throw new InvalidDataException("chunk size expected");
            var end = at + line + 2 + size + 2;
            while (_filled < end)
                await FillAsync();
            body.Append(Encoding.UTF8.GetString(_buffer, at + line + 2, size));
            at = end;
            if (size == 0)
            {
                Consume(end);
                return body.ToString();
            }
        }
    }

    private async Task FillAsync()
    {
        if (_filled == _buffer.Length)
            throw new InvalidDataException("answer larger than the bench expects");
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled), SocketFlags.None);
        if (read == 0)
            throw new EndOfStreamException("the server closed the connection");
        _filled += read;
    }

    private void Consume(int count)
    {
        _buffer.AsSpan(count, _filled - count).CopyTo(_buffer);
        _filled -= count;
    }

    private static int? Header(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        while (head.Length > 0)
        {
            var end = head.IndexOf("\r\n"u8);
            var line = end < 0 ? head : head[..end];
            if (line.Length > name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name))
            {
                var value = line[name.Length..].TrimStart((byte)' ');
                return Utf8Parser.TryParse(value, out int number, out _) ? number : null;
            }
            if (end < 0)
                return null;
            head = head[(end + 2)..];
        }
        return null;
    }
}
