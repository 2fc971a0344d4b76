using System.Net;
using Live800.Portal.Tests.Browser.Support;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Hosting;

/// <summary>The portal behind the nginx that deploy/ ships: who asks, over what, and what comes back when.</summary>
public sealed class BehindNginxTests : IAsyncLifetime
{
    private NginxProxy _proxy = null!;
    private PortalServer _server = null!;
    private HttpClient _http = null!;
    private string _code = "";

    public async Task InitializeAsync()
    {
        _proxy = await NginxProxy.StartAsync();
        _server = await PortalServer.StartAsync(demo: true, proxy: _proxy);
        _code = await _server.ReadAsync<string>("""SELECT "Code" FROM "Companies" ORDER BY "Id" LIMIT 1""");
        _http = NginxProxy.Client();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task Who_asks_is_the_one_nginx_saw_whatever_he_says_himself()
    {
        // nginx tells the address it saw, and drops what was made up.
        using var view = View("shop-1");
        view.Headers.Add("X-Forwarded-For", "203.0.113.77");
        view.Headers.Add("X-Real-IP", "203.0.113.77");
        using var answer = await _http.SendAsync(view);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("127.0.0.1", await WholeAddressAsync("shop-1"));
    }

    [Fact]
    public async Task Past_the_proxy_nobody_is_believed_who_is_not_one()
    {
        await using var alone = await PortalServer.StartAsync(demo: true);
        var code = await alone.ReadAsync<string>("""SELECT "Code" FROM "Companies" ORDER BY "Id" LIMIT 1""");
        using var view = new HttpRequestMessage(HttpMethod.Post, $"{alone.Address}/w/{code}/view") { Content = Fields("shop-2") };
        view.Headers.Add("X-Forwarded-For", "203.0.113.77");
        view.Headers.Add("X-Forwarded-Proto", "https");
        view.Headers.Add("User-Agent", Human);
        using var answer = await _http.SendAsync(view);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("127.0.0.1", await WholeAddressAsync("shop-2", alone));
    }

    [Fact]
    public async Task The_stream_opens_at_once_and_is_not_kept_back()
    {
        using var view = View("shop-3");
        using var seen = await _http.SendAsync(view);
        var pass = (string)System.Text.Json.Nodes.JsonNode.Parse(await seen.Content.ReadAsStringAsync())!["p"]!;
        using var asking = new HttpRequestMessage(HttpMethod.Post, $"{_proxy.Address}/w/{_code}/stream") { Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["p"] = pass, ["k"] = Key("shop-3"), ["c"] = "", ["i"] = "1" }) };
        using var stream = await _http.SendAsync(asking, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType?.MediaType);
        await using var body = await stream.Content.ReadAsStreamAsync();
        var buffer = new byte[4096];
        // A proxy that kept it back would give nothing before the stream ends, which it does not.
        Assert.True(await body.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(20)) > 0);
    }

    [Fact]
    public async Task Cookies_are_for_TLS_only_and_links_name_the_public_address()
    {
        using var answer = await _http.GetAsync(new Uri(_proxy.Address + "/sign-in"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.All(answer.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
        using var away = await _http.GetAsync(new Uri(_proxy.Address + "/workspace"));
        Assert.Equal(HttpStatusCode.Redirect, away.StatusCode);
        Assert.StartsWith("/sign-in", away.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var frame = await _http.GetAsync(new Uri($"{_proxy.Address}/chat/{_code}"));
        Assert.DoesNotContain($"127.0.0.1:{_proxy.PortalPort}", await frame.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_from_before_TLS_keep_working_and_pages_are_led_on()
    {
        using var view = new HttpRequestMessage(HttpMethod.Post, $"{_proxy.PlainAddress}/w/{_code}/view") { Content = Fields("shop-5") };
        using var answer = await _http.SendAsync(view);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var page = await _http.GetAsync(new Uri(_proxy.PlainAddress + "/sign-in?returnUrl=%2Fhistory"));
        Assert.Equal(HttpStatusCode.PermanentRedirect, page.StatusCode);
        Assert.StartsWith("https://", page.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.EndsWith("/sign-in?returnUrl=%2Fhistory", page.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_large_for_any_chat_is_refused_before_the_portal()
    {
        using var large = new HttpRequestMessage(HttpMethod.Post, $"{_proxy.Address}/w/{_code}/file") { Content = new ByteArrayContent(new byte[26 * 1024 * 1024]) };
        try
        {
            using var answer = await _http.SendAsync(large);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        }
        catch (HttpRequestException cut) when (cut.InnerException is IOException)
        {
            // It answers and hangs up while the rest is still being sent.
        }
    }

    private const string Human = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private static FormUrlEncodedContent Fields(string name) => new(new Dictionary<string, string> { ["p"] = "", ["k"] = Key(name), ["u"] = $"http://{name}.example/", ["t"] = name, ["r"] = "", ["i"] = "1" });

    private static string Key(string name) => "k" + name.Replace("-", "", StringComparison.Ordinal);

    private HttpRequestMessage View(string name)
    {
        var view = new HttpRequestMessage(HttpMethod.Post, $"{_proxy.Address}/w/{_code}/view") { Content = Fields(name) };
        view.Headers.Add("User-Agent", Human);
        return view;
    }

    private Task<string> WholeAddressAsync(string name, PortalServer? server = null) => (server ?? _server).ReadTrailAsync<string>(
        """SELECT v."WholeAddress" FROM "Visits" v JOIN "TrailSteps" s ON s."VisitId" = v."Id" WHERE s."Title" = @name""", ("@name", name));
}
