using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Live800.Portal.Tests.Browser.Widget;

/// <summary>A web site of somebody else's making: every page as hostile as a test wants it. Any host name leads here.</summary>
public sealed class HostSite : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, (string Content, string Type, (string Name, string Value)[] Headers)> _pages = new();
    private readonly ConcurrentDictionary<string, (string Next, ConcurrentQueue<string> Received)> _forms = new();
    private readonly WebApplication _site;
    private int _port;

    private HostSite()
    {
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        _ = builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _site = builder.Build();
        _ = _site.MapGet("/{**path}", Serve);
        _ = _site.MapPost("/{**path}", ReceiveAsync);
    }

    public static async Task<HostSite> OpenAsync()
    {
        var site = new HostSite();
        await site._site.StartAsync();
        site._port = new Uri(site._site.Urls.Single()).Port;
        return site;
    }

    /// <summary>Puts a page under a name and gives its address. <c>127.0.0.1</c> is a secure context, <c>*.test</c> is none.</summary>
    public string Put(string name, string head, string body, string host = "127.0.0.1", params (string Name, string Value)[] headers) =>
        PutRaw(name, $"<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\"><title>{name}</title>{head}</head><body>{body}</body></html>", host, headers);

    /// <summary>The same with every byte of the page given.</summary>
    public string PutRaw(string name, string html, string host = "127.0.0.1", params (string Name, string Value)[] headers)
    {
        _pages["/" + name] = (html, "text/html; charset=utf-8", headers);
        return $"http://{host}:{_port}/{name}";
    }

    public void PutScript(string name, string script) => _pages["/" + name] = (script, "text/javascript; charset=utf-8", []);

    /// <summary>Takes forms that are sent to a page, keeps what was in them and leads on to the next page.</summary>
    public ConcurrentQueue<string> Receive(string name, string next) =>
        _forms.GetOrAdd("/" + name, _ => ("/" + next, new())).Received;

    public async ValueTask DisposeAsync() => await _site.DisposeAsync();

    private IResult Serve(HttpContext context)
    {
        if (!_pages.TryGetValue(context.Request.Path, out var page)) return TypedResults.NotFound();
        foreach (var (name, value) in page.Headers) context.Response.Headers[name] = value;
        return TypedResults.Content(page.Content, page.Type);
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        if (!_forms.TryGetValue(context.Request.Path, out var form))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        form.Received.Enqueue(await reader.ReadToEndAsync());
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = form.Next;
    }
}
