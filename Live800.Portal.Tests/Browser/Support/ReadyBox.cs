namespace Live800.Portal.Tests.Browser.Support;

/// <summary>
/// A box with two companies and their agents, made once in the way people make it (set-up page, platform page, registration, agents page) and copied
/// for every test that is about something else.
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
        await using var first = await browsers.PersonAsync();
        var linxiao = await first.NewPageAsync();
        await linxiao.SetUpAsync(server, "清风家居", "linxiao", "林晓");
        await linxiao.CreateAgentAsync(server, "chenzy", "陈志远");
        await linxiao.CreateAgentAsync(server, "zhoumin", "周敏");
        await linxiao.OpenRegistrationAsync(server);

        await using var second = await browsers.PersonAsync();
        var wangwei = await second.NewPageAsync();
        await wangwei.RegisterAsync(server, "蓝天科技", "wangwei", "王伟");

        var qingfeng = new TestCompany(await CodeOfAsync(server, "清风家居"), "清风家居", "qingfeng.test");
        var lantian = new TestCompany(await CodeOfAsync(server, "蓝天科技"), "蓝天科技", "lantian.test");
        await server.StopAsync();
        var folder = Directory.CreateTempSubdirectory("live800-ready-").FullName;
        PortalServer.Copy(server.Folder, folder);
        return new Prepared(folder, qingfeng, lantian);
    }

    private static Task<string> CodeOfAsync(PortalServer server, string name) => server.ReadAsync<string>("SELECT Code FROM Companies WHERE Name = @name", ("@name", name));

    private sealed record Prepared(string Folder, TestCompany Qingfeng, TestCompany Lantian);
}

/// <summary>A running copy of the ready box: 清风家居 with linxiao (administrator and operator), chenzy, zhoumin; 蓝天科技 with wangwei.</summary>
public sealed record ReadyServer(PortalServer Server, TestCompany Qingfeng, TestCompany Lantian) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
