using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Live800.Portal.Tests.Support;

/// <summary>What a mail server took: from the envelope and the message itself.</summary>
public sealed record Delivered(string From, string To, string Data);

/// <summary>A small mail server on loopback: SMTP as RFC 5321 asks for, with AUTH PLAIN. It takes what it is told to take.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Delivered> _taken = [];
    private readonly List<Task> _talks = [];
    private readonly Task _loop;

    private SmtpServer(int port)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _loop = Task.Run(AcceptAsync);
    }

    public int Port { get; }

    /// <summary>The answer to RCPT TO of an address, when it is not 250.</summary>
    public Func<string, string?> Recipient { get; set; } = _ => null;

    /// <summary>User and password the server insists on; nothing lets everybody in.</summary>
    public (string User, string Password)? Account { get; set; }

    public IReadOnlyList<Delivered> Taken
    {
        get
        {
            lock (_taken) return [.. _taken];
        }
    }

    public static SmtpServer Start(int port = 0) => new(port);

    /// <summary>A port nobody listens on at the moment.</summary>
    public static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        Task[] talks;
        lock (_talks) talks = [.. _talks];
        await Task.WhenAll(talks);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                lock (_talks) _talks.Add(TalkAsync(client));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The server was stopped.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using (client)
            await using (var stream = client.GetStream())
            {
                using var reader = new StreamReader(stream, Encoding.UTF8);
                await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
                await writer.WriteLineAsync("220 test ready");
                await AnswerAsync(reader, writer);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The other side hung up, or the server was stopped.
        }
    }

    private async Task AnswerAsync(StreamReader reader, StreamWriter writer)
    {
        var (from, to, known) = ("", "", Account is null);
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            var verb = line.Split(' ', 2)[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    await writer.WriteLineAsync("250-test");
                    await writer.WriteLineAsync(Account is null ? "250 8BITMIME" : "250 AUTH PLAIN");
                    break;
                case "AUTH":
                    var given = Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2])).Split('\0');
                    known = Account == (given[1], given[2]);
                    await writer.WriteLineAsync(known ? "235 welcome" : "535 wrong user or password");
                    break;
                case "MAIL":
                    from = Address(line);
                    await writer.WriteLineAsync(known ? "250 ok" : "530 authentication required");
                    break;
                case "RCPT":
                    to = Address(line);
                    await writer.WriteLineAsync(Recipient(to) ?? "250 ok");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    var data = await ReadDataAsync(reader);
                    lock (_taken) _taken.Add(new Delivered(from, to, data));
                    await writer.WriteLineAsync("250 taken");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync(verb is "RSET" or "NOOP" ? "250 ok" : "502 not known");
                    break;
            }
        }
    }

    private async Task<string> ReadDataAsync(StreamReader reader)
    {
        var data = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".") _ = data.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        return data.ToString();
    }

    private static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
}
