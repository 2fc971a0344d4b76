using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Live800.Portal.Tests.Support;

/// <summary>An answer on the wire, read.</summary>
public sealed record WireReply(HttpStatusCode Status, JsonObject Json, HttpResponseHeaders Headers)
{
    public JsonNode? this[string name] => Json[name];

    public IEnumerable<JsonObject> Events => ((JsonArray?)Json["e"] ?? []).Select(item => (JsonObject)item!);

    public IEnumerable<JsonObject> Of(string type) => Events.Where(item => (string?)item["t"] == type);

    public string? Refusal => (string?)Json["r"];

    public string? Sentence => (string?)Json["m"];
}

/// <summary>A visitor's page as the wire sees it: speaks the endpoints' form and keeps the pass it was given.</summary>
public sealed class TestVisitor(HttpClient client, string code, string page)
{
    public string Pass { get; set; } = "";

    public string Page { get; set; } = page;

    public string Code => code;

    public HttpClient Http => client;

    public async Task<WireReply> ViewAsync(string address = "https://shop.example/", string title = "Shop", string referrer = "")
    {
        var reply = await PostAsync("view", ("k", Page), ("u", address), ("t", title), ("r", referrer), ("i", "1"));
        if ((string?)reply.Json["p"] is { Length: > 0 } pass)
            Pass = pass;
        return reply;
    }

    public Task<WireReply> PollAsync(string cursor = "") => PostAsync("poll", ("k", Page), ("c", cursor), ("i", "1"));

    public Task<WireReply> RequestAsync() => PostAsync("request", ("k", Page));

    public Task<WireReply> SayAsync(string text, long conversation = 0, Guid? id = null) =>
        PostAsync("message", ("c", $"{conversation}"), ("id", (id ?? Guid.NewGuid()).ToString()), ("x", text));

    public Task<WireReply> LeaveAsync() => PostAsync("leave", ("k", Page));

    public Task<WireReply> PostAsync(string endpoint, params (string Name, string Value)[] fields) =>
        SendAsync(endpoint, new FormUrlEncodedContent([new("p", Pass), .. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))]));

    public async Task<WireReply> SendAsync(string endpoint, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/w/{code}/{endpoint}") { Content = content };
        using var response = await client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return new WireReply(response.StatusCode, body.Length == 0 ? [] : (JsonObject)JsonNode.Parse(body)!, response.Headers);
    }

    /// <summary>Opens the stream; dispose it to lose the connection.</summary>
    public async Task<TestStream> StreamAsync(string cursor = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/w/{code}/stream")
        {
            Content = new FormUrlEncodedContent([new("p", Pass), new("k", Page), new("c", cursor), new("i", "1")]),
        };
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new TestStream(response);
    }
}

/// <summary>An open stream: events are read one by one as they come.</summary>
public sealed class TestStream(HttpResponseMessage response) : IDisposable
{
    private readonly StreamReader _reader = new(response.Content.ReadAsStream());
    private string? _id;

    public HttpResponseMessage Response => response;

    /// <summary>The id of the last event that had one: the cursor to come back with.</summary>
    public string Cursor { get; private set; } = "";

    /// <summary>The next event, or null when the stream has ended.</summary>
    public async Task<JsonObject?> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await _reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                _id = line[4..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                Cursor = _id ?? Cursor;
                _id = null;
                return (JsonObject)JsonNode.Parse(line[6..])!;
            }
        }

        return null;
    }

    /// <summary>The next heartbeat; fails when an event comes before it.</summary>
    public async Task NextBeatAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        string? line;
        do
        {
            line = await _reader.ReadLineAsync(patience.Token);
        }
        while (line == "");
        Assert.Equal(":", line);
    }

    /// <summary>The next event of a kind; others are passed over.</summary>
    public async Task<JsonObject> NextAsync(string type, Func<JsonObject, bool>? that = null)
    {
        while (await NextAsync() is { } item)
        {
            if ((string?)item["t"] == type && (that is null || that(item)))
                return item;
        }

        throw new EndOfStreamException($"The stream ended without {type}.");
    }

    public void Dispose()
    {
        _reader.Dispose();
        response.Dispose();
    }
}
