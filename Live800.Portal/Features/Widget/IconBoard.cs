using System.Collections.Concurrent;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Packages;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Widget;

/// <summary>
/// Whether visitors see a company's icons online: an agent is in as online or busy from a seat that is not surplus, and answers are left (3.6). Pages that are
/// connected hear of every change. Whether answers are left is kept until something is bought or answered or a date brings a change.
/// </summary>
public sealed class IconBoard : IDisposable
{
    private readonly ConcurrentDictionary<CompanyId, Answers> _answers = new();
    private readonly ConcurrentDictionary<CompanyId, bool> _told = new();
    private long _changes;
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly AgentPresence _presence;
    private readonly VisitorStreams _streams;
    private readonly PackageDesk _packages;
    private readonly TimeProvider _clock;
    private readonly ILogger<IconBoard> _log;
    private readonly IDisposable _subscription;

    public IconBoard(
        IDbContextFactory<PortalDbContext> contexts,
        AgentPresence presence,
        VisitorStreams streams,
        PackageDesk packages,
        PortalEvents events,
        TimeProvider clock,
        ILogger<IconBoard> log)
    {
        _contexts = contexts;
        _presence = presence;
        _streams = streams;
        _packages = packages;
        _clock = clock;
        _log = log;
        _subscription = events.SubscribeToAll(Heard);
    }

    public ValueTask<bool> IsOnlineAsync(CompanyId company, DateTimeOffset now, CancellationToken cancellation = default)
    {
        if (!_presence.IsAnyoneReachable(company, now))
            return ValueTask.FromResult(false);
        return _answers.TryGetValue(company, out var known) && now < known.Until
            ? ValueTask.FromResult(known.Has)
            : ReadAsync(company, now, cancellation);
    }

    /// <summary>Tells pages what the clock alone changed: a midnight, the end of an interval. Called by the sweeper.</summary>
    internal async Task SweepAsync(DateTimeOffset now)
    {
        foreach (var (company, answers) in _answers)
        {
            if (now >= answers.Until)
                await CheckAsync(company);
        }
    }

    public void Dispose() => _subscription.Dispose();

    private async ValueTask<bool> ReadAsync(CompanyId company, DateTimeOffset now, CancellationToken cancellation)
    {
        var changes = Interlocked.Read(ref _changes);
        await using var context = await _contexts.CreateDbContextAsync(cancellation);
        var entitlement = await _packages.EntitlementAsync(context, company, now, cancellation);
        var until = entitlement.NextChangeAt is { } change && change < entitlement.NextMidnight ? change : entitlement.NextMidnight;
        // What was read while something changed may be the old state: it is good for this answer, not for keeping.
        if (changes == Interlocked.Read(ref _changes))
            _answers[company] = new Answers(entitlement.HasAnswers, until);
        return entitlement.HasAnswers;
    }

    private void Heard(PortalEvent portalEvent)
    {
        if (portalEvent.Topic is not (PortalTopic.Agents or PortalTopic.Seats or PortalTopic.Entitlement or PortalTopic.Company))
            return;
        if (portalEvent.Topic is PortalTopic.Entitlement or PortalTopic.Company)
        {
            _ = Interlocked.Increment(ref _changes);
            _ = _answers.TryRemove(portalEvent.Company, out _);
        }

        _ = CheckAsync(portalEvent.Company);
    }

    private async Task CheckAsync(CompanyId company)
    {
        try
        {
            var isOnline = await IsOnlineAsync(company, _clock.GetUtcNow());
            if (_told.TryGetValue(company, out var told) && told == isOnline)
                return;
            _told[company] = isOnline;
            _streams.TellAll(company, VisitorNews.Icons | VisitorNews.Conversation);
        }
        catch (Exception failure)
        {
            _log.LogWarning(failure, "Whether company {Company} is online could not be read; its pages hear of it with the next change", company);
        }
    }

    private readonly record struct Answers(bool Has, DateTimeOffset Until);
}
