namespace Live800.Portal.Features.Companies;

/// <summary>Tells presence at the start who still holds a seat from the last run, so that visitors do not find everybody gone until the workspaces are back.</summary>
internal sealed class SeatRosterStart(SeatRoster roster) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => roster.ResumeAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

internal static class SeatServices
{
    public static IServiceCollection AddSeats(this IServiceCollection services) => services.AddSingleton<SeatRoster>();
}
