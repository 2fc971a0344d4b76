using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Live800.Portal.Bench.Wire;

/// <summary>A company's plain page on another origin, once without and once with its codes.</summary>
internal sealed class HostSite : IAsyncDisposable
{
    private readonly WebApplication _site;

    private HostSite(WebApplication site) => _site = site;

    private string Address => _site.Urls.First();

    public string Without => Address + "/without";

    public string With => Address + "/with";

    /// <summary>Opens it on a free port of this machine.</summary>
    /// <param name="codes">What stands last in the body of the page with codes.</param>
    public static async Task<HostSite> OpenAsync(string codes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        _ = builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var site = builder.Build();
        _ = site.MapGet("/without", () => TypedResults.Content(Page(""), "text/html; charset=utf-8"));
        _ = site.MapGet("/with", () => TypedResults.Content(Page(codes), "text/html; charset=utf-8"));
        await site.StartAsync();
        return new HostSite(site);
    }

    public async ValueTask DisposeAsync() => await _site.DisposeAsync();

    // Some of everything a shop's page has to lay out and run, and nothing to fetch: what is measured is ours.
    private static string Page(string codes)
    {
        var goods = new StringBuilder();
        for (var number = 1; number <= 120; number++)
            _ = goods.Append(CultureInfo.InvariantCulture, $"<li><h3>橡木餐桌 {number}</h3><p>实木框架，三年质保，杭州仓发货。</p><b>¥ {1000 + number * 7}</b></li>");
        return $$"""
            <!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>原木生活</title><link rel="icon" href="data:,">
            <style>body{font:16px/1.5 sans-serif;margin:0 auto;max-width:1100px}ul{display:grid;grid-template-columns:repeat(4,1fr);gap:16px;list-style:none;padding:0}li{border:1px solid #ddd;padding:12px}</style></head>
            <body><h1>木头做的家具，用得久一点</h1><ul>{{goods}}</ul>
            <script>addEventListener("DOMContentLoaded", () => { let sum = 0; for (const price of document.querySelectorAll("b")) sum += price.textContent.length; document.body.dataset.sum = sum; });</script>
            {{codes}}</body></html>
            """;
    }
}
