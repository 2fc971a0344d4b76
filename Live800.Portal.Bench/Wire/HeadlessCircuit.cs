using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Live800.Portal.Bench.Wire;

/// <summary>
/// An agent's page without a browser: it opens the circuit as the page would, acknowledges every render batch and
/// answers script calls with nothing, so that the server does its whole work and the bench almost none.
/// </summary>
internal sealed partial class HeadlessCircuit : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Action<ReadOnlyMemory<byte>, long> _onBatch;
    private readonly int _height;
    private Task _reading = Task.CompletedTask;

    private HeadlessCircuit(Action<ReadOnlyMemory<byte>, long> onBatch, int height)
    {
        _onBatch = onBatch;
        _height = height;
    }

    public int Batches { get; private set; }
    public string? Failure { get; private set; }

    /// <summary>Opens <paramref name="path"/> with the sign-in of <paramref name="http"/>; <paramref name="onBatch"/> gets each batch's bytes and its arrival time stamp.</summary>
    /// <param name="height">Pixels of a virtualised list that are in sight; with 0 such a list shows nothing.</param>
    public static async Task<HeadlessCircuit> OpenAsync(HttpClient http, string cookies, string path, Action<ReadOnlyMemory<byte>, long> onBatch, int height = 0)
    {
        var page = new Uri(http.BaseAddress!, path);
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        request.Headers.Add("Cookie", cookies);
        using var response = await http.SendAsync(request);
        var html = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}");
        var markers = Marker().Matches(html).Select(found => found.Groups[1].Value).Where(json => json.Contains("\"descriptor\"", StringComparison.Ordinal)).ToArray();
        if (markers.Length == 0)
            throw new InvalidOperationException($"{path} holds no interactive component; was it a redirect to sign-in?");
        var state = State().Match(html) is { Success: true } found ? found.Groups[1].Value : "";

        var circuit = new HeadlessCircuit(onBatch, height);
        circuit._socket.Options.SetRequestHeader("Cookie", cookies);
        var address = new UriBuilder(new Uri(http.BaseAddress!, "_blazor")) { Scheme = "ws" };
        await circuit._socket.ConnectAsync(address.Uri, CancellationToken.None);
        await circuit.SendRawAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"));
        circuit._reading = Task.Run(circuit.ReadAsync);

        var operations = JsonSerializer.Serialize(new
        {
            batchId = 1,
            operations = markers.Select((marker, index) => new { type = "add", ssrComponentId = index + 1, marker = JsonSerializer.Deserialize<JsonElement>(marker) }),
        });
        await circuit.InvokeAsync("1", "StartCircuit", writer => writer.Array(4).Text(http.BaseAddress!.ToString()).Text(page.ToString()).Text("[]").Text(""));
        await circuit.InvokeAsync(null, "UpdateRootComponents", writer => writer.Array(2).Text(operations).Text(state));
        return circuit;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
        _closing.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 16];
        var filled = 0;
        var handshaken = false;
        try
        {
            while (!_closing.IsCancellationRequested)
            {
                if (filled == buffer.Length)
                    Array.Resize(ref buffer, buffer.Length * 2);
                var received = await _socket.ReceiveAsync(buffer.AsMemory(filled), _closing.Token);
                if (received.MessageType == WebSocketMessageType.Close)
                    return;
                filled += received.Count;
                var arrived = Stopwatch.GetTimestamp();
                var at = 0;
                if (!handshaken)
                {
                    var end = buffer.AsSpan(0, filled).IndexOf((byte)0x1e);
                    if (end < 0)
                        continue;
                    at = end + 1;
                    handshaken = true;
                }
                while (Frame(buffer.AsSpan(at, filled - at)) is { } frame)
                {
                    await HandleAsync(buffer.AsMemory(at + frame.Head, frame.Length), arrived);
                    at += frame.Head + frame.Length;
                }
                buffer.AsSpan(at, filled - at).CopyTo(buffer);
                filled -= at;
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            if (!_closing.IsCancellationRequested)
                Failure ??= gone.Message;
        }
    }

    private static (int Head, int Length)? Frame(ReadOnlySpan<byte> bytes)
    {
        int length = 0, shift = 0;
        for (var i = 0; i < bytes.Length && i < 5; i++)
        {
            length |= (bytes[i] & 0x7f) << shift;
            shift += 7;
            if ((bytes[i] & 0x80) == 0)
                return bytes.Length - i - 1 >= length ? (i + 1, length) : null;
        }
        return null;
    }

    private async Task HandleAsync(ReadOnlyMemory<byte> message, long arrived)
    {
        if (new PackReader(message.Span).Read() is not List<object?> parts)
            return;
        switch ((long)parts[0]!)
        {
            case 1 when parts[3] is string target && parts[4] is List<object?> arguments:
                await InvokedAsync(target, arguments, message, arrived);
                break;
            // A completion: 1 is an error, 2 nothing, 3 a result such as the circuit's secret.
            case 3 when parts.Count > 4 && parts[3] is 1L && parts[4] is string failure:
                Failure ??= failure;
                break;
            case 7:
                Failure ??= parts.Count > 1 ? parts[1]?.ToString() : "closed";
                break;
        }
    }

    private async Task InvokedAsync(string target, List<object?> arguments, ReadOnlyMemory<byte> message, long arrived)
    {
        switch (target)
        {
            case "JS.RenderBatch":
                Batches++;
                _onBatch(message, arrived);
                await InvokeAsync(null, "OnRenderCompleted", writer => writer.Array(2).Int((long)arguments[0]!).Nil());
                break;
            case "JS.BeginInvokeJS":
                var (task, result) = Call(arguments);
                if (task != 0)
                    await InvokeAsync(null, "EndInvokeJSFromDotNet", writer => writer.Array(3).Int(task).Bool(true).Text($"[{task},true,{result}]"));
                await ScrollAsync(arguments);
                break;
            case "JS.Error":
                Failure ??= arguments.Count > 0 ? arguments[0]?.ToString() : "circuit error";
                break;
        }
    }

    // A virtualised list asks the browser how much of it is in sight: its top, as high as the pane.
    private async Task ScrollAsync(List<object?> arguments)
    {
        var said = string.Join(' ', arguments.OfType<string>());
        if (_height == 0 || !said.Contains("Virtualize.init", StringComparison.Ordinal) || List().Match(said) is not { Success: true } list)
            return;
        var target = long.Parse(list.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        await InvokeAsync(null, "BeginInvokeDotNetFromJS", writer => writer.Array(5).Text("1").Nil().Text("OnSpacerBeforeVisible").Int(target).Text($"[0,0,{_height}]"));
    }

    /// <summary>The task to answer and the answer: a module or object reference where one is wanted, no to a question ("isDark"), else nothing.</summary>
    private static (long Task, string Result) Call(List<object?> arguments)
    {
        long task, wanted;
        string? asks;
        if (arguments is [string json])
        {
            using var call = JsonDocument.Parse(json);
            var asked = call.RootElement;
            task = Number(asked, "asyncHandle") ?? Number(asked, "taskId") ?? 0;
            wanted = Number(asked, "resultType") ?? 0;
            asks = asked.EnumerateObject().FirstOrDefault(property => property.Name.Equals("identifier", StringComparison.OrdinalIgnoreCase)) is { Value.ValueKind: JsonValueKind.String } found ? found.Value.GetString() : null;
        }
        else
        {
            task = (long)arguments[0]!;
            asks = arguments[1] as string;
            wanted = arguments.Count > 3 ? (long)arguments[3]! : 0;
        }
        return (task, wanted == 1 ? "{\"__jsObjectId\":1}" : asks?.StartsWith("is", StringComparison.Ordinal) == true ? "false" : "null");
    }

    private static long? Number(JsonElement of, string name)
    {
        foreach (var property in of.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return property.Value.ValueKind == JsonValueKind.Number ? property.Value.GetInt64() : null;
        }
        return null;
    }

    private Task InvokeAsync(string? id, string target, Action<PackWriter> arguments)
    {
        var writer = new PackWriter().Array(6).Int(1).EmptyMap();
        _ = id is null ? writer.Nil() : writer.Text(id);
        writer.Text(target);
        arguments(writer);
        writer.Array(0);
        return SendRawAsync(writer.Framed());
    }

    private async Task SendRawAsync(byte[] bytes)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Binary, true, _closing.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    [GeneratedRegex("__dotNetObject\\\\?\"\\s*:\\s*(\\d+)")]
    private static partial Regex List();

    [GeneratedRegex("<!--Blazor:(.*?)-->", RegexOptions.Singleline)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->", RegexOptions.Singleline)]
    private static partial Regex State();
}
