using Live800.Portal.Data;
using Live800.Portal.Identity;

namespace Live800.Portal.Features.Companies;

/// <summary>Tells whoever reads the console of an empty box where to set it up, and with which token.</summary>
internal sealed class SetupNotice(CompanyRegistry registry, SetupToken token, PublicAddress address) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!await registry.IsEmptyAsync(cancellationToken)) return;
        var issued = token.Issue();
        await Console.Out.WriteLineAsync($"""

            This server is new. Set it up here:  {address.Of("/setup")}?token={issued}
            Set-up token 设置口令:  {issued}

            """);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
