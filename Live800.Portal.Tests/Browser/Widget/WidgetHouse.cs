using Live800.Portal.Features.Widget;
using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser.Widget;

/// <summary>One running portal for all tests of the widget: an agent of Qingfeng sits at the desk, nobody of Lantian does.</summary>
public sealed class WidgetHouse(BrowserFixture browsers) : IAsyncLifetime
{
    private ReadyServer _box = null!;
    private IBrowserContext _agent = null!;

    public PortalServer Server => _box.Server;

    public TestCompany Qingfeng => _box.Qingfeng;

    public TestCompany Lantian => _box.Lantian;

    public HostSite Site { get; private set; } = null!;

    /// <summary>The desk at which linxiao works.</summary>
    public Desk Desk { get; private set; } = null!;

    public string Icon => WidgetCodes.IconCode(Server.Address, Qingfeng.Code, 1, "在线客服");

    public string Function => WidgetCodes.FunctionCode(Server.Address, Qingfeng.Code);

    public string SecondForm => WidgetCodes.FunctionCodeForStrictPages(Server.Address, Qingfeng.Code);

    /// <summary>Fills <c>{icon}</c>, <c>{function}</c>, <c>{second}</c> and <c>{loader}</c> with Qingfeng's codes.</summary>
    public string Codes(string html) => html
        .Replace("{icon}", Icon, StringComparison.Ordinal)
        .Replace("{function}", Function, StringComparison.Ordinal)
        .Replace("{second}", SecondForm, StringComparison.Ordinal)
        .Replace("{loader}", $"{Server.Address}/w/l.js#{Qingfeng.Code}", StringComparison.Ordinal);

    /// <summary>A page with both codes and nothing else.</summary>
    public string Page(string name, string host = "127.0.0.1") => Site.Put(name, "", Codes("<h1>" + name + "</h1>{icon}{function}"), host);

    public async Task InitializeAsync()
    {
        _box = await browsers.Box.StartAsync();
        Site = await HostSite.OpenAsync();
        _agent = await browsers.PersonAsync();
        Desk = await Desk.OpenAsync(await _agent.NewPageAsync(), Server, Qingfeng, "linxiao");
        await Desk.IsOpenAsync();
    }

    public async Task DisposeAsync()
    {
        await _agent.DisposeAsync();
        await Site.DisposeAsync();
        await _box.DisposeAsync();
    }
}

public static class WidgetPages
{
    /// <summary>Opens a page and waits until its view is recorded: from then on the loader listens.</summary>
    public static Task VisitAsync(this IPage page, string address) =>
        page.RunAndWaitForResponseAsync(() => page.GotoAsync(address), response => response.Url.EndsWith("/view", StringComparison.Ordinal) && response.Ok);

    /// <summary>Counts the requests of a page whose address ends so.</summary>
    public static Func<int> Counts(this IBrowserContext context, string end)
    {
        var count = 0;
        context.Request += (_, request) =>
        {
            if (new Uri(request.Url).AbsolutePath.EndsWith(end, StringComparison.Ordinal)) Interlocked.Increment(ref count);
        };
        return () => Volatile.Read(ref count);
    }
}

/// <summary>What a page of somebody else's saw happen to itself, and what it sent us.</summary>
public sealed class HostWatch
{
    private const string Script =
        """
        window.__seen = [];
        addEventListener("error", e => __seen.push("error: " + e.message));
        addEventListener("unhandledrejection", e => __seen.push("rejection: " + e.reason));
        document.addEventListener("securitypolicyviolation", e => __seen.push("policy: " + e.violatedDirective + " " + e.blockedURI));
        """;

    private readonly IPage _page;
    private readonly List<string> _console = [];

    private HostWatch(IPage page)
    {
        _page = page;
        page.Console += (_, message) => _console.Add($"console {message.Type}: {message.Text}");
    }

    public static async Task<HostWatch> OfAsync(IPage page)
    {
        await page.AddInitScriptAsync(Script);
        return new HostWatch(page);
    }

    /// <summary>Errors, rejections, policy violations and console lines; none is right.</summary>
    public async Task<string> ReadAsync() => string.Join('\n', (await _page.EvaluateAsync<string[]>("() => __seen")).Concat(_console));
}
