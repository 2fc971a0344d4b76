using System.Diagnostics.Metrics;
using Live800.Domain.Conversations;
using Live800.Portal.Data;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Status;

/// <summary>Who is here now, all companies together, and what waits to be mailed. Counted when somebody asks.</summary>
public sealed class HereNow
{
    private readonly VisitorStreams _streams;
    private readonly LiveVisits _visits;
    private readonly AgentPresence _agents;
    private readonly CircuitCount _circuits;
    private readonly TimeProvider _clock;

    public HereNow(IMeterFactory meters, VisitorStreams streams, LiveVisits visits, AgentPresence agents, CircuitCount circuits, TimeProvider clock)
    {
        (_streams, _visits, _agents, _circuits, _clock) = (streams, visits, agents, circuits, clock);
        var meter = meters.Portal();
        _ = meter.CreateObservableGauge("live800.streams", () => Streams, "{stream}", "Visitors' lines that are open.");
        _ = meter.CreateObservableGauge("live800.visitors", () => Visitors, "{visitor}", "Visitors on the companies' sites.");
        _ = meter.CreateObservableGauge("live800.visitors.waiting", () => Waiting, "{visitor}", "Visitors who wait for an agent.");
        _ = meter.CreateObservableGauge("live800.seats", () => Seats, "{seat}", "Seats in use.");
        _ = meter.CreateObservableGauge("live800.circuits", () => Circuits, "{circuit}", "Open pages of agents and operators.");
        _ = meter.CreateObservableGauge("live800.mail.waiting", () => Letters, "{letter}", "Letters that wait to be sent, looked at once a minute.");
    }

    public int Streams => _streams.Count;

    public int Visitors => _visits.Count;

    public int Seats => _agents.CountIn(_clock.GetUtcNow());

    public int Circuits => _circuits.Open;

    public int Waiting => _visits.All().Count(visit => visit.Talk is { State: ConversationState.Waiting });

    /// <summary>Letters in the queue, as of the last minute.</summary>
    public int Letters { get; internal set; }
}
