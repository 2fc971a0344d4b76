using System.Net;
using System.Text.RegularExpressions;

namespace Live800.Portal.Tests.Support;

/// <summary>Reads pages and sends their forms as a browser without JavaScript does: with the hidden fields the page gave it.</summary>
public sealed partial class FormBrowser(HttpClient client) : IDisposable
{
    public HttpClient Client => client;

    public async Task<Page> GetAsync(string path) => await Page.ReadAsync(await client.GetAsync(path));

    /// <summary>Opens the page, then sends one of its forms.</summary>
    /// <param name="form">The form's name, or part of its address for a form that posts elsewhere.</param>
    public async Task<Page> SendAsync(string path, string form, params (string Name, string Value)[] fields)
    {
        var page = await GetAsync(path);
        return await SendAsync(page, path, form, fields);
    }

    public async Task<Page> SendAsync(Page page, string path, string form, params (string Name, string Value)[] fields)
    {
        var html = Forms().Matches(page.Html).Select(match => match.Value).First(text => text.Contains($"value=\"{form}\"", StringComparison.Ordinal) || text.Contains($"action=\"{form}\"", StringComparison.Ordinal));
        var action = Action().Match(html) is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : path;
        var hidden = Hidden().Matches(html).Select(field => KeyValuePair.Create(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value)));
        using var body = new FormUrlEncodedContent(hidden.Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));
        return await Page.ReadAsync(await client.PostAsync(action.Length > 0 ? action : path, body));
    }

    public void Dispose() => client.Dispose();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("^<form[^>]* action=\"([^\"]*)\"")]
    private static partial Regex Action();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}

/// <summary>An answer as somebody sees it.</summary>
public sealed record Page(HttpStatusCode Status, string Html, string? Location, HttpResponseMessage Response)
{
    /// <summary>The text without marks.</summary>
    public string Text => WebUtility.HtmlDecode(Regex.Replace(Regex.Replace(Html, "<(script|style|template)[^>]*>.*?</\\1>", "", RegexOptions.Singleline), "<[^>]+>", " "));

    public bool IsRedirect => (int)Status is >= 300 and < 400;

    internal static async Task<Page> ReadAsync(HttpResponseMessage response) =>
        new(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Location?.OriginalString, response);
}
