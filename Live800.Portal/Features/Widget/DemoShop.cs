using System.Text.RegularExpressions;
using Live800.Portal.Data;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Features.Widget;

/// <summary>
/// The demo's web shops: a second listener in this process, and so another origin, as a company's own site is. Its pages carry the codes
/// exactly as a company would have copied them.
/// </summary>
public sealed partial class DemoShop(WidgetFiles files, PublicAddress address, IOptions<PortalOptions> options, ILogger<DemoShop> log) : IHostedLifecycleService, IAsyncDisposable
{
    /// <summary>The company whose shop is at <c>/</c>.</summary>
    public const string FirstCompany = "qingfeng";

    /// <summary>The company whose shop is at <c>/lantian/</c>.</summary>
    public const string SecondCompany = "lantian";

    private static readonly FileExtensionContentTypeProvider Types = new();

    private WebApplication? _site;

    /// <summary>Where the shop listens, once it does.</summary>
    public string? Address { get; private set; }

    /// <summary>Starts when the portal listens, because only then its address is certain.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        // Kestrel gives a free port to an address, not to the name of this machine.
        var urls = options.Value.DemoUrls.Replace("localhost:0", "127.0.0.1:0", StringComparison.OrdinalIgnoreCase);
        var listening = urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (!listening.All(url => Uri.TryCreate(url, UriKind.Absolute, out var read) && read.IsLoopback))
            throw new InvalidOperationException($"The demo shop listens on this machine only; {urls} in --demo-urls is not an address of it.");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(listening);
        _site = builder.Build();
        var pages = Read();
        _site.Run(context => ServeAsync(context, pages));
        try
        {
            await _site.StartAsync(cancellationToken);
        }
        catch (IOException taken)
        {
            throw new InvalidOperationException($"The demo shop cannot listen on {urls}. Choose another address with --demo-urls.", taken);
        }

        Address = _site.Urls.First();
        log.LogInformation("Demo shop: {Address}", Address);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => _site?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => _site?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task ServeAsync(HttpContext context, Dictionary<string, Page> pages)
    {
        var path = context.Request.Path.Value ?? "/";
        // The configurator is a single-page application: its steps are addresses of the same page.
        if (!pages.TryGetValue(path, out var page) && !(path.StartsWith("/sofa/", StringComparison.Ordinal) && pages.TryGetValue("/sofa/", out page)))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = page.ContentType;
        context.Response.Headers.CacheControl = "no-cache";
        await context.Response.Body.WriteAsync(page.Body, context.RequestAborted);
    }

    /// <summary>Every file under its address: <c>tables.html</c> is <c>/tables</c>, <c>index.html</c> its folder, <c>_*.html</c> a part of others.</summary>
    private Dictionary<string, Page> Read()
    {
        var folder = Path.Combine(files.Folder, "demo");
        var pages = new Dictionary<string, Page>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
            if (!name.EndsWith(".html", StringComparison.Ordinal))
            {
                pages["/" + name] = new Page(Types.TryGetContentType(name, out var type) ? type : "application/octet-stream", File.ReadAllBytes(file));
            }
            else if (!name.StartsWith('_'))
            {
                var path = name.EndsWith("index.html", StringComparison.Ordinal) ? name[..^"index.html".Length] : name[..^".html".Length];
                pages["/" + path] = new Page("text/html; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(Fill(folder, File.ReadAllText(file))));
            }
        }

        return pages;
    }

    private string Fill(string folder, string page) => Mark().Replace(page, mark =>
    {
        var company = mark.Groups[1].Success ? SecondCompany : FirstCompany;
        return mark.Groups[2].Value switch
        {
            "base" => address.Base,
            "icon" => WidgetCodes.IconCode(address.Base, company, 1, IconPicture.Words(isOnline: true, WidgetLanguage.Chinese)),
            "function" => WidgetCodes.FunctionCode(address.Base, company),
            "function-strict" => WidgetCodes.FunctionCodeForStrictPages(address.Base, company),
            var part => Fill(folder, File.ReadAllText(Path.Combine(folder, part + ".html"))),
        };
    });

    [GeneratedRegex(@"\{\{(lantian:)?([a-z_-]+)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();

    private readonly record struct Page(string ContentType, byte[] Body);
}

public static class DemoShopFeature
{
    /// <summary>Opens the demo's shops beside the portal, with <c>--demo</c> only.</summary>
    public static WebApplicationBuilder AddDemoShop(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetSection(PortalOptions.Section).Get<PortalOptions>()?.Demo is not true) return builder;
        builder.Services.AddSingleton<DemoShop>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DemoShop>());
        return builder;
    }
}
