using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Data;

/// <summary><c>--demo</c>: on this machine only, with two companies whose password everybody may know.</summary>
public static class DemoFeature
{
    public static WebApplicationBuilder AddDemo(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetSection(PortalOptions.Section).Get<PortalOptions>()?.Demo is not true) return builder;
        RefuseOtherMachines(builder.Configuration);
        _ = builder.Services.AddSingleton<DemoSeed>();
        _ = builder.Services.AddHostedService<DemoNotice>();
        return builder;
    }

    /// <summary>Fills an empty demo folder; does nothing without <c>--demo</c>.</summary>
    public static Task SeedDemoAsync(this WebApplication app) => app.Services.GetService<DemoSeed>()?.RunAsync() ?? Task.CompletedTask;

    private static void RefuseOtherMachines(ConfigurationManager configuration)
    {
        var urls = (configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var everywhere = configuration[WebHostDefaults.HttpPortsKey] is { Length: > 0 } && urls.Length == 0;
        if (everywhere || !urls.All(IsThisMachine))
            throw new StartRefusedException("The demo listens on this machine only, because everybody knows its password. Start it with --urls http://localhost:5080, or without --demo.");
    }

    internal static bool IsThisMachine(string url) => Uri.TryCreate(url, UriKind.Absolute, out var read) && read.IsLoopback;
}

/// <summary>Tells where the demo is and how to sign in, once everything listens; stops what listens beyond this machine after all.</summary>
internal sealed class DemoNotice(PublicAddress address, IServer server, IOptions<PortalOptions> options, PortalFiles files, IServiceProvider services) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(url => !DemoFeature.IsThisMachine(url)) is { } other)
            throw new StartRefusedException($"The demo listens on this machine only, because everybody knows its password. {other} is open to others.");

        var shop = (services.GetService<Features.Widget.DemoShop>()?.Address ?? options.Value.DemoUrls).TrimEnd('/');
        await Console.Out.WriteLineAsync($"""

            Demo 演示 ({files.Root})
              Workspace 工作台    {address.Of("/sign-in")}
              Demo shop 演示商店  {shop}/   {shop}/lantian/
              Company 公司ID      {DemoSeed.FirstCompany}    agents 客服ID: linxiao (administrator 管理员), chenzy, zhoumin, xujia
                                  {DemoSeed.SecondCompany}     agents 客服ID: wangwei (administrator 管理员), liuyang
              Platform 平台运营   company ID empty, e-mail linxiao@qingfeng.example
              Password 密码       {DemoSeed.Password}

            """);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
