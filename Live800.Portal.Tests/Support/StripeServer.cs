using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Live800.Portal.Tests.Support;

/// <summary>What goes wrong on the way to Stripe with one request.</summary>
public enum StripeTrouble
{
    None,

    /// <summary>500, and nothing was done; a repeated key is answered so again, as Stripe does.</summary>
    Broken,

    /// <summary>It was done, and the answer is lost.</summary>
    AnswerLost,

    /// <summary>No answer until the caller gives up; nothing was done.</summary>
    Silent,

    /// <summary>400 with a reason.</summary>
    Refused,
}

/// <summary>
/// The few calls of Stripe that are used, on a real port: strict about key, form fields and Idempotency-Key, and answering as Stripe does. A repeated key is answered
/// with the first answer; with other fields it is refused. What Stripe would tell is signed the real way.
/// </summary>
public sealed partial class StripeServer : IAsyncDisposable
{
    public const string Key = "sk_test_51Abcdefghijklmn";
    public const string Secret = "whsec_0123456789abcdef";

    private static readonly string[] Known =
    [
        "mode", "client_reference_id", "metadata[order]", "metadata[company]", "payment_intent_data[metadata][order]", "payment_intent_data[metadata][company]", "payment_intent_data[description]",
        "line_items[0][quantity]", "line_items[0][price_data][currency]", "line_items[0][price_data][unit_amount]", "line_items[0][price_data][product_data][name]", "adaptive_pricing[enabled]",
        "success_url", "cancel_url", "expires_at",
    ];

    private readonly Lock _gate = new();
    private readonly WebApplication _app;
    private readonly Dictionary<string, (string Form, int Status, string Body)> _answers = [];
    private readonly CancellationTokenSource _stop = new();
    private int _last;

    private StripeServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <summary>The time Stripe goes by.</summary>
    public Func<DateTimeOffset> Now { get; set; } = () => DataRoom.Noon;

    /// <summary>What goes wrong, by method and path.</summary>
    public Func<string, StripeTrouble> Trouble { get; set; } = _ => StripeTrouble.None;

    /// <summary>Every form that was taken and did something, with the session or refund it made.</summary>
    public List<(Dictionary<string, string> Form, JsonObject Made)> Sessions { get; } = [];

    public List<(Dictionary<string, string> Form, JsonObject Made)> Refunds { get; } = [];

    /// <summary>Requests that reached it.</summary>
    public int Requests { get; private set; }

    public static async Task<StripeServer> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        _ = builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        var server = new StripeServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>Settings of a portal that speaks with this server instead of Stripe.</summary>
    public Dictionary<string, string> Settings(string patience = "00:00:20") => new() { ["Payment:StripeApi"] = Address, ["Payment:Patience"] = patience };

    /// <summary>The buyer pays on the page; gives the session as Stripe would tell of it.</summary>
    public JsonObject Pay(JsonObject session, string status = "paid")
    {
        lock (_gate)
        {
            session["status"] = "complete";
            session["payment_status"] = status;
            session["payment_intent"] ??= $"pi_{++_last}";
            return (JsonObject)session.DeepClone();
        }
    }

    /// <summary>As after a day: repeated requests are not known any more.</summary>
    public void ForgetKeys()
    {
        lock (_gate) _answers.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested) return;
        await _stop.CancelAsync();
        await _app.DisposeAsync();
    }

    /// <summary>A notice as Stripe writes it.</summary>
    public static string Event(string type, JsonObject about, string? id = null, bool live = false) => new JsonObject
    {
        ["id"] = id ?? "evt_" + Guid.NewGuid().ToString("N"),
        ["object"] = "event",
        ["api_version"] = "2026-10-28.endive",
        ["created"] = 1_772_424_000,
        ["livemode"] = live,
        ["pending_webhooks"] = 1,
        ["request"] = new JsonObject { ["id"] = null, ["idempotency_key"] = null },
        ["type"] = type,
        ["data"] = new JsonObject { ["object"] = about.DeepClone() },
    }.ToJsonString();

    /// <summary>The header Stripe sends with it.</summary>
    public static string Sign(string payload, DateTimeOffset at, string secret = Secret) => $"t={at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)},v1={Signature(payload, at, secret)}";

    public static string Signature(string payload, DateTimeOffset at, string secret = Secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) + "." + payload)));

    private async Task AnswerAsync(HttpContext http)
    {
        var (path, what) = (http.Request.Path.Value!, http.Request.Method + " " + http.Request.Path.Value);
        var form = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString()) : [];
        lock (_gate) Requests++;
        if (http.Request.Headers.Authorization != "Bearer " + Key)
        {
            await WriteAsync(http, 401, Error("Invalid API Key provided: sk_test_****"));
            return;
        }

        var trouble = Trouble(what);
        if (trouble == StripeTrouble.Broken && http.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key)
        {
            lock (_gate) _ = _answers.TryAdd(key, (Said(path, form), 500, Error("An unknown error occurred.")));
        }

        if (trouble == StripeTrouble.Silent)
        {
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _stop.Token);
            await Task.Delay(Timeout.InfiniteTimeSpan, gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        if (trouble is StripeTrouble.Broken or StripeTrouble.Refused)
        {
            await WriteAsync(http, trouble == StripeTrouble.Broken ? 500 : 400, Error("Your account cannot currently make charges."));
            return;
        }

        var (status, body) = Do(http, path, form);
        if (trouble == StripeTrouble.AnswerLost) http.Abort();
        else await WriteAsync(http, status, body);
    }

    private (int Status, string Body) Do(HttpContext http, string path, Dictionary<string, string> form)
    {
        lock (_gate)
        {
            if (HttpMethods.IsGet(http.Request.Method)) return Look(http, path);
            if (http.Request.Headers["Idempotency-Key"].ToString() is not { Length: > 0 } key) return (400, Error("No Idempotency-Key."));
            var said = Said(path, form);
            if (_answers.TryGetValue(key, out var before)) return before.Form == said ? (before.Status, before.Body) : (400, Error("Keys for idempotent requests can only be used with the same parameters they were first used with."));
            var (status, body) = path switch
            {
                "/v1/checkout/sessions" => Open(form),
                "/v1/refunds" => Refund(form),
                _ => (404, Error("Unrecognized request URL.")),
            };
            _answers[key] = (said, status, body);
            return (status, body);
        }
    }

    private (int Status, string Body) Look(HttpContext http, string path)
    {
        if (path == "/v1/balance") return (200, new JsonObject { ["object"] = "balance", ["livemode"] = false, ["available"] = new JsonArray(), ["pending"] = new JsonArray() }.ToJsonString());
        if (path == "/v1/refunds")
        {
            var payment = http.Request.Query["payment_intent"].ToString();
            return (200, new JsonObject { ["object"] = "list", ["url"] = path, ["has_more"] = false, ["data"] = new JsonArray([.. Refunds.Where(refund => refund.Form["payment_intent"] == payment).Select(refund => refund.Made.DeepClone())]) }.ToJsonString());
        }

        var session = Sessions.Select(row => row.Made).SingleOrDefault(row => path == "/v1/checkout/sessions/" + row["id"]);
        if (session is null) return (404, Error("No such checkout.session."));
        if ((string?)session["status"] == "open" && (long)session["expires_at"]! <= Now().ToUnixTimeSeconds()) session["status"] = "expired";
        return (200, session.ToJsonString());
    }

    private (int Status, string Body) Open(Dictionary<string, string> form)
    {
        if (form.Keys.FirstOrDefault(name => !Known.Contains(name) && !MethodField().IsMatch(name)) is { } unknown) return (400, Error("Received unknown parameter: " + unknown));
        if (Known.FirstOrDefault(name => !form.ContainsKey(name)) is { } missing) return (400, Error("Missing required param: " + missing));
        var left = DateTimeOffset.FromUnixTimeSeconds(long.Parse(form["expires_at"], CultureInfo.InvariantCulture)) - Now();
        if (left < TimeSpan.FromMinutes(30) || left > TimeSpan.FromHours(24)) return (400, Error("The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation."));
        if (form["mode"] != "payment" || form["adaptive_pricing[enabled]"] != "false" || !Uri.IsWellFormedUriString(form["success_url"], UriKind.Absolute)) return (400, Error("Not what was expected."));
        if (form.Any(field => MethodField().IsMatch(field.Key) && field.Value is not ("card" or "alipay" or "wechat_pay"))) return (400, Error("Unknown payment method."));
        var id = $"cs_test_{++_last}";
        var made = new JsonObject
        {
            ["id"] = id,
            ["object"] = "checkout.session",
            ["amount_total"] = long.Parse(form["line_items[0][price_data][unit_amount]"], NumberStyles.None, CultureInfo.InvariantCulture),
            ["client_reference_id"] = form["client_reference_id"],
            ["currency"] = form["line_items[0][price_data][currency]"],
            ["expires_at"] = long.Parse(form["expires_at"], CultureInfo.InvariantCulture),
            ["livemode"] = false,
            ["metadata"] = new JsonObject { ["order"] = form["metadata[order]"], ["company"] = form["metadata[company]"] },
            ["mode"] = "payment",
            ["payment_intent"] = null,
            ["payment_status"] = "unpaid",
            ["status"] = "open",
            ["url"] = "https://checkout.stripe.com/c/pay/" + id,
        };
        Sessions.Add((form, made));
        return (200, made.ToJsonString());
    }

    private (int Status, string Body) Refund(Dictionary<string, string> form)
    {
        if (form.Keys.FirstOrDefault(name => name is not ("payment_intent" or "amount" or "metadata[order]" or "metadata[company]")) is { } unknown) return (400, Error("Received unknown parameter: " + unknown));
        var paid = Sessions.Select(row => row.Made).SingleOrDefault(row => (string?)row["payment_intent"] == form["payment_intent"]);
        if (paid is null) return (404, Error("No such payment_intent: " + form["payment_intent"]));
        var amount = long.Parse(form["amount"], NumberStyles.None, CultureInfo.InvariantCulture);
        if (amount < 1 || amount + Refunds.Where(row => row.Form["payment_intent"] == form["payment_intent"]).Sum(row => (long)row.Made["amount"]!) > (long)paid["amount_total"]!) return (400, Error("Refund amount is greater than unrefunded amount on charge."));
        var made = new JsonObject
        {
            ["id"] = $"re_{++_last}",
            ["object"] = "refund",
            ["amount"] = amount,
            ["currency"] = (string?)paid["currency"],
            ["metadata"] = new JsonObject { ["order"] = form["metadata[order]"], ["company"] = form["metadata[company]"] },
            ["payment_intent"] = form["payment_intent"],
            ["status"] = "succeeded",
        };
        Refunds.Add((form, made));
        return (200, made.ToJsonString());
    }

    private static string Said(string path, Dictionary<string, string> form) => path + "?" + string.Join('&', form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Key + "=" + field.Value));

    private static Task WriteAsync(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body);
    }

    private static string Error(string message) => new JsonObject { ["error"] = new JsonObject { ["type"] = "invalid_request_error", ["message"] = message } }.ToJsonString();

    [GeneratedRegex(@"^allowed_payment_method_types\[\d\]$")]
    private static partial Regex MethodField();
}
