using System.Threading.Channels;
using Live800.Domain.Shared;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Cards;

/// <summary>
/// Keeps beside every running visit the name on its visitor's card (S2.14): reads it when the visit begins and when a card of the company changed. What comes together is
/// read together.
/// </summary>
public sealed class LiveCards(CardQueries cards, LiveVisits visits, PortalEvents events, TimeProvider clock, ILogger<LiveCards> log) : IHostedService, IAsyncDisposable
{
    private const int AtOnce = 500;

    // A visitor who came, or nobody in particular: then all of the company.
    private readonly Channel<(CompanyId Company, VisitorId? Visitor)> _asked =
        Channel.CreateUnbounded<(CompanyId Company, VisitorId? Visitor)>(new UnboundedChannelOptions { SingleReader = true });

    private IDisposable? _subscription;
    private Task _loop = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = events.SubscribeToAll(Heard);
        foreach (var company in visits.All().Select(visit => visit.Company).Distinct()) _ = _asked.Writer.TryWrite((company, null));
        _loop = Task.Run(LoopAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        _subscription?.Dispose();
        _ = _asked.Writer.TryComplete();
        await _loop;
    }

    private void Heard(PortalEvent portalEvent)
    {
        if (portalEvent.Topic == PortalTopic.Cards)
        {
            _ = _asked.Writer.TryWrite((portalEvent.Company, null));
        }
        else if (portalEvent.Topic == PortalTopic.Queue && visits.Find(portalEvent.Company, new VisitorId(portalEvent.Id), clock.GetUtcNow()) is { IsCardRead: false } visit)
        {
            // Asked once; noted with the answer.
            visit.IsCardRead = true;
            _ = _asked.Writer.TryWrite((portalEvent.Company, visit.Visitor));
        }
    }

    private async Task LoopAsync()
    {
        var asked = new HashSet<(CompanyId Company, VisitorId? Visitor)>();
        while (await _asked.Reader.WaitToReadAsync())
        {
            while (asked.Count < AtOnce && _asked.Reader.TryRead(out var one)) _ = asked.Add(one);
            foreach (var company in asked.GroupBy(one => one.Company))
            {
                try
                {
                    await ReadAsync(company.Key, company.Any(one => one.Visitor is null) ? null : [.. company.Select(one => one.Visitor!.Value)]);
                }
                catch (Exception failure)
                {
                    log.LogError(failure, "The queue could not read the cards of {Company}; it shows the names it has", company.Key);
                }
            }

            asked.Clear();
        }
    }

    private async Task ReadAsync(CompanyId company, IReadOnlyList<VisitorId>? visitors)
    {
        var now = clock.GetUtcNow();
        var running = visitors is null ? visits.On(company, now).ToList() : [.. visitors.Select(visitor => visits.Find(company, visitor, now)).OfType<LiveVisit>()];
        if (running.Count == 0) return;
        var names = await cards.NamesAsync(company, [.. running.Select(visit => visit.Visitor)]);
        foreach (var visit in running) visits.NoteCard(visit, names.GetValueOrDefault(visit.Visitor));
    }
}
