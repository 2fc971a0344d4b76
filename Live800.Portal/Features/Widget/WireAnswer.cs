using System.Globalization;
using System.Text.Json;
using Live800.Domain.Shared;
using Live800.Portal.Components.Shared;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Widget;

/// <summary>The answers visitors' pages get: JSON, never kept, readable from every site. A "no" has the refusal's name for the script and a sentence for the person.</summary>
internal sealed class WireAnswer(IStringLocalizer<RefusalTexts> texts)
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>Headers of every answer on the wire.</summary>
    public static void Prepare(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers["Timing-Allow-Origin"] = "*";
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
    }

    public static Task NothingAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    public static async Task JsonAsync(HttpContext context, int status, ReadOnlyMemory<byte> json)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        _ = await response.BodyWriter.WriteAsync(json, context.RequestAborted);
    }

    public Task RefuseAsync(HttpContext context, Refusal refusal, TimeSpan? retryAfter = null) =>
        RefuseAsync(context, refusal, StatusOf(refusal), retryAfter);

    public async Task RefuseAsync(HttpContext context, Refusal refusal, int status, TimeSpan? retryAfter = null)
    {
        if (context.Response.HasStarted)
            return;
        if (retryAfter is not null || refusal is Refusal.TooManyRequests or Refusal.ServerBusy)
            context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling((retryAfter ?? TimeSpan.FromSeconds(2)).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await JsonAsync(context, status, JsonSerializer.SerializeToUtf8Bytes(new Refused(refusal.ToString(), Sentence(context, refusal), null)));
    }

    /// <summary>Refuses with what the page can do about it, beside the sentence.</summary>
    /// <param name="isExpected">The page asked for just that: no events came of it, and no browser prints it as a failure on the site's page.</param>
    public Task RefuseAsync(HttpContext context, Refusal refusal, JsonElement form, bool isExpected) => JsonAsync(
        context,
        isExpected ? StatusCodes.Status200OK : StatusOf(refusal),
        JsonSerializer.SerializeToUtf8Bytes(new Refused(refusal.ToString(), Sentence(context, refusal), null) { Form = form, Events = isExpected ? [] : null }));

    /// <summary>A bug: the visitor gets a number to tell, the log has the rest under it.</summary>
    public async Task FailAsync(HttpContext context)
    {
        if (context.Response.HasStarted)
            return;
        await JsonAsync(
            context,
            StatusCodes.Status500InternalServerError,
            JsonSerializer.SerializeToUtf8Bytes(new Refused("Failure", Sentence(context, Refusal.ServerBusy), context.TraceIdentifier)));
    }

    /// <summary>The sentence of a refusal in the visitor's language.</summary>
    public string Sentence(HttpContext context, Refusal refusal)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = LanguageOf(context);
            return texts[refusal.ToString()];
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    /// <summary>The visitor's language, of the two there are: what the request asks for first, Chinese otherwise.</summary>
    public static CultureInfo LanguageOf(HttpContext context)
    {
        if (context.Features.Get<IRequestCultureFeature>() is { } asked)
            return asked.RequestCulture.UICulture;
        foreach (var language in context.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1))
        {
            if (language.Value.StartsWith("zh", StringComparison.OrdinalIgnoreCase))
                return Chinese;
            if (language.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase))
                return English;
        }

        return Chinese;
    }

    private static int StatusOf(Refusal refusal) => refusal switch
    {
        Refusal.PassInvalid or Refusal.SiteNotAllowed => StatusCodes.Status401Unauthorized,
        Refusal.CompanyUnknown or Refusal.ConversationUnknown or Refusal.OfflineMessageUnknown => StatusCodes.Status404NotFound,
        Refusal.InputInvalid => StatusCodes.Status400BadRequest,
        Refusal.TooLarge or Refusal.FileTooLarge => StatusCodes.Status413PayloadTooLarge,
        Refusal.TooManyRequests => StatusCodes.Status429TooManyRequests,
        Refusal.ServerBusy => StatusCodes.Status503ServiceUnavailable,
        Refusal.SameIdOtherText => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    private sealed record Refused(
        [property: System.Text.Json.Serialization.JsonPropertyName("r")] string Refusal,
        [property: System.Text.Json.Serialization.JsonPropertyName("m")] string Message,
        [property: System.Text.Json.Serialization.JsonPropertyName("trace"), System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] string? Trace)
    {
        [System.Text.Json.Serialization.JsonPropertyName("f"), System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
        public JsonElement? Form { get; init; }

        [System.Text.Json.Serialization.JsonPropertyName("e"), System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
        public IReadOnlyList<int>? Events { get; init; }
    }
}
