using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Live800.Portal.Tests.Browser.Support;

/// <summary>
/// A company's web site, as another server on another origin serves it: three pages that link to each other and carry whatever codes they were given.
/// One site stands for many: <c>lantian.test</c> and <c>qingfeng.test</c> are the same listener under different host names.
/// </summary>
public sealed class ShopSite : IAsyncDisposable
{
    /// <summary>A browser as people have it: the one that drives the tests calls itself a robot, which no figure counts.</summary>
    public const string ReaderAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

    public const string HomeTitle = "首页 原木生活";
    public const string SofaTitle = "云朵沙发 原木生活";
    public const string LampTitle = "落地灯 原木生活";

    private static readonly Dictionary<string, string> Pages = new()
    {
        ["/"] = HomeTitle,
        ["/sofa"] = SofaTitle,
        ["/lamp"] = LampTitle,
    };

    private readonly ConcurrentDictionary<string, (string Icon, string Function)> _codes = new();
    private readonly WebApplication _site;
    private readonly ConcurrentDictionary<(string Host, string Path), bool> _untracked = new();
    private int _port;

    private ShopSite()
    {
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        _ = builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _site = builder.Build();
        _ = _site.MapGet("/{**path}", Serve);
    }

    public static async Task<ShopSite> OpenAsync()
    {
        var site = new ShopSite();
        await site._site.StartAsync();
        site._port = new Uri(site._site.Urls.Single()).Port;
        return site;
    }

    /// <summary>Puts codes onto all pages of a domain: the icon code into the page, the function code last before the end of the body.</summary>
    public string Embed(string host, string icon, string function)
    {
        _codes[host] = (icon, function);
        return $"http://{host}:{_port}";
    }

    /// <summary>Takes the function code off one page; its icon stays.</summary>
    public void Untrack(string host, string path) => _untracked[(host, path)] = true;

    public async ValueTask DisposeAsync() => await _site.DisposeAsync();

    private IResult Serve(HttpContext context)
    {
        if (!Pages.TryGetValue(context.Request.Path, out var title)) return TypedResults.NotFound();
        var (icon, function) = _codes.GetValueOrDefault(context.Request.Host.Host, ("", ""));
        if (_untracked.ContainsKey((context.Request.Host.Host, context.Request.Path))) function = "";
        var links = string.Join(' ', Pages.Select(page => $"<a href=\"{page.Key}\">{page.Value}</a>"));
        return TypedResults.Content(
            $"""
            <!doctype html>
            <html lang="zh-CN">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head>
            <body>
            <nav>{links}</nav>
            <h1>{title}</h1>
            <p>实木框架，三年质保。</p>
            <p>{icon}</p>
            {function}
            </body>
            </html>
            """,
            "text/html; charset=utf-8");
    }
}
