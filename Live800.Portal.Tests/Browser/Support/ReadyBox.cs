using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser.Support;

/// <summary>
/// A box with two companies and their agents, made once in the way people make it (set-up page, registration, agents page) and copied for every test
/// that is about something else.
/// </summary>
public sealed class ReadyBox(BrowserFixture browsers) : IAsyncDisposable
{
    private readonly Lazy<Task<Prepared>> _prepared = new(() => PrepareAsync(browsers));

    /// <summary>A server on a fresh copy: both companies are in their trial, with 2 seats each.</summary>
    public async Task<ReadyServer> StartAsync(params (string Name, string Value)[] settings)
    {
        var prepared = await _prepared.Value;
        return new ReadyServer(await PortalServer.StartAsync(template: prepared.Folder, settings: settings), prepared.Qingfeng, prepared.Lantian);
    }

    public async ValueTask DisposeAsync()
    {
        if (_prepared is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) Directory.Delete((await _prepared.Value).Folder, recursive: true);
    }

    private static async Task<Prepared> PrepareAsync(BrowserFixture browsers)
    {
        await using var server = await PortalServer.StartAsync();
        var qingfeng = await FoundAsync(browsers, server, page => page.SetUpAsync(server, "清风家居", "linxiao", "林晓"), "清风家居", "qingfeng.test", ["linxiao", "chenzy", "zhoumin"]);
        // Opening registration is the operator's page; here the row behind it is enough.
        await server.StopAsync();
        _ = await server.TamperAsync("INSERT INTO PlatformSettings (Id, RegistrationOpen, Version) VALUES (1, 1, 1)");
        await server.StartAsync();
        var lantian = await FoundAsync(browsers, server, page => page.RegisterAsync(server, "蓝天科技", "wangwei", "王伟"), "蓝天科技", "lantian.test", ["wangwei", "liuyang"]);
        await server.StopAsync();

        var folder = Directory.CreateTempSubdirectory("live800-ready-").FullName;
        PortalServer.Copy(server.Folder, folder);
        return new Prepared(folder, qingfeng, lantian);
    }

    private static async Task<TestCompany> FoundAsync(BrowserFixture browsers, PortalServer server, Func<IPage, Task> found, string name, string shop, string[] agents)
    {
        await using var context = await browsers.PersonAsync();
        var page = await context.NewPageAsync();
        await found(page);
        var code = await server.ReadAsync<string>("SELECT Code FROM Companies WHERE Name = @name", ("@name", name));
        return new TestCompany(code, name, shop, agents);
    }

    private sealed record Prepared(string Folder, TestCompany Qingfeng, TestCompany Lantian);
}

/// <summary>A running copy of the ready box.</summary>
public sealed record ReadyServer(PortalServer Server, TestCompany Qingfeng, TestCompany Lantian) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
