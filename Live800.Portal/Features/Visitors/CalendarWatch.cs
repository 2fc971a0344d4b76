using Live800.Portal.Data.Rollups;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Visitors;

/// <summary>Lets the trail's writer read a company's calendar anew after something of the company was changed.</summary>
internal sealed class CalendarWatch(CompanyCalendars calendars, PortalEvents events) : IHostedService, IDisposable
{
    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = events.SubscribeToAll(told =>
        {
            if (told.Topic == PortalTopic.Company)
                calendars.Forget(told.Company);
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _subscription?.Dispose();
}
