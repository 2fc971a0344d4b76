using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Browser.Support;

/// <summary>A visitor without a browser, who speaks the visitor endpoints as the script does, or as no script would.</summary>
public sealed class WireVisitor(PortalServer server, string code)
{
    private static readonly HttpClient Http = NginxProxy.Client();

    public string Pass { get; set; } = "";

    public string PageId { get; } = Guid.NewGuid().ToString("N")[..10];

    public long Conversation { get; set; }

    /// <summary>Opens a page of the shop: gets a pass.</summary>
    public async Task ViewAsync(string address = "http://shop.test/")
    {
        var answer = await PostAsync("view", ("p", Pass), ("k", PageId), ("u", address), ("t", "首页"), ("r", ""), ("i", "1"));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Pass = (string?)answer.Json!["p"] ?? Pass;
        Assert.NotEmpty(Pass);
    }

    /// <summary>Clicks the icon; gives the state the conversation is in then: "waiting", "open" or "offline".</summary>
    public async Task<string?> AskAsync()
    {
        var answer = await PostAsync("request", ("p", Pass), ("k", PageId));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var events = answer.Json!["e"]!.AsArray().Where(e => (string?)e!["t"] == "conv").ToList();
        Conversation = events.Select(e => (long?)e!["c"] ?? 0).LastOrDefault(c => c > 0);
        return events.Select(e => (string?)e!["s"]).LastOrDefault();
    }

    /// <summary>Holds the stream open, as a living page does, until disposed.</summary>
    public async Task<IAsyncDisposable> ListenAsync()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{server.Address}/w/{code}/stream")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["p"] = Pass, ["k"] = PageId, ["c"] = "", ["i"] = "1" }),
        };
        var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new Listening(response);
    }

    public Task<WireReply> SayAsync(string text, Guid? id = null) => PostAsync(
        "message", ("p", Pass), ("c", Conversation.ToString(CultureInfo.InvariantCulture)), ("id", (id ?? Guid.NewGuid()).ToString()), ("x", text));

    public Task<WireReply> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    public Task<WireReply> PostRawAsync(string path, byte[] body) =>
        SendAsync(path, new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") } });

    private async Task<WireReply> SendAsync(string path, HttpContent body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{server.Address}/w/{code}/{path}") { Content = body };
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new WireReply(response.StatusCode, text, response.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(text) : null);
    }

    public static byte[] Form(params (string Name, string Value)[] fields) =>
        Encoding.ASCII.GetBytes(string.Join('&', fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}")));
}

internal sealed class Listening(HttpResponseMessage response) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed record WireReply(HttpStatusCode Status, string Text, JsonNode? Json)
{
    /// <summary>The name of the refusal.</summary>
    public string? Refusal => (string?)Json?["r"];

    /// <summary>The sentence for people.</summary>
    public string? Sentence => (string?)Json?["m"];
}
