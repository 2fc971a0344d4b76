using System.Collections.Concurrent;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Hours;
using Live800.Portal.Features.Packages;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Widget;

/// <summary>
/// Whether visitors see a company's icons online: within working hours (5), an agent is in as online or busy from a seat that is not surplus, and answers are left (3.6).
/// Pages that are connected hear of every change of a target that was asked about. Whether answers are left is kept until something is bought or answered or a date brings a change.
/// </summary>
public sealed class IconBoard : IDisposable
{
    private readonly ConcurrentDictionary<CompanyId, Answers> _answers = new();
    private readonly ConcurrentDictionary<CompanyId, ConcurrentDictionary<IconTarget, Shown>> _told = new();
    private long _changes;
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly Answering _answering;
    private readonly VisitorStreams _streams;
    private readonly PackageDesk _packages;
    private readonly TimeProvider _clock;
    private readonly ILogger<IconBoard> _log;
    private readonly IDisposable _subscription;

    public IconBoard(
        IDbContextFactory<PortalDbContext> contexts,
        Answering answering,
        VisitorStreams streams,
        PackageDesk packages,
        SiteDirectory sites,
        PortalEvents events,
        TimeProvider clock,
        ILogger<IconBoard> log)
    {
        _contexts = contexts;
        _answering = answering;
        _streams = streams;
        _packages = packages;
        _clock = clock;
        _log = log;
        // It forgets what it knew before pages are told to look again.
        ArgumentNullException.ThrowIfNull(sites);
        _subscription = events.SubscribeToAll(Heard);
    }

    /// <summary>Whether the whole company answers.</summary>
    public ValueTask<bool> IsOnlineAsync(CompanyId company, DateTimeOffset now, CancellationToken cancellation = default) => IsOnlineAsync(company, IconTarget.Company, now, cancellation);

    /// <summary>Whether the company, a group or one agent answers: a group within its own hours, an agent within the company's.</summary>
    public async ValueTask<bool> IsOnlineAsync(CompanyId company, IconTarget target, DateTimeOffset now, CancellationToken cancellation = default)
    {
        var shown = await LookAsync(company, target, now, cancellation);
        // From now on its pages are told.
        _ = _told.GetOrAdd(company, _ => new ConcurrentDictionary<IconTarget, Shown>()).TryAdd(target, shown);
        return shown.IsOnline;
    }

    /// <summary>Tells pages what the clock alone changed: hours that begin or end, a midnight, the end of an interval. Called by the sweeper.</summary>
    internal async Task SweepAsync()
    {
        foreach (var company in _told.Keys) await CheckAsync(company);
    }

    public void Dispose() => _subscription.Dispose();

    private async ValueTask<Shown> LookAsync(CompanyId company, IconTarget target, DateTimeOffset now, CancellationToken cancellation = default)
    {
        var hours = await _answering.HoursAsync(company, cancellation);
        DateTimeOffset? opensAt = hours.IsOpen(now, target.Group) ? null : hours.NextChange(now, target.Group) ?? DateTimeOffset.MaxValue;
        if (opensAt is not null || !await _answering.IsReachableAsync(company, now, target.Group, target.Agent, cancellation)) return new Shown(false, opensAt);
        var has = _answers.TryGetValue(company, out var known) && now < known.Until ? known.Has : await ReadAsync(company, now, cancellation);
        return new Shown(has, null);
    }

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

        // Words, target or language of an icon may be other ones though nobody came or went.
        var mayLookOtherwise = portalEvent.Topic == PortalTopic.Company
            || (portalEvent.Topic == PortalTopic.Agents && _told.TryGetValue(portalEvent.Company, out var told) && told.ContainsKey(new IconTarget(null, new AgentId(portalEvent.Id))));
        _ = CheckAsync(portalEvent.Company, mayLookOtherwise);
    }

    private async Task CheckAsync(CompanyId company, bool mayLookOtherwise = false)
    {
        try
        {
            var told = _told.GetOrAdd(company, _ => new ConcurrentDictionary<IconTarget, Shown>());
            var isNews = mayLookOtherwise;
            foreach (var target in told.Keys.Append(IconTarget.Company).Distinct())
            {
                var shown = await LookAsync(company, target, _clock.GetUtcNow());
                if (told.TryGetValue(target, out var before) && before == shown)
                    continue;
                told[target] = shown;
                isNews = true;
            }

            if (isNews)
                _streams.TellAll(company, VisitorNews.Icons | VisitorNews.Conversation);
        }
        catch (Exception failure)
        {
            _log.LogWarning(failure, "Whether company {Company} is online could not be read; its pages hear of it with the next change", company);
        }
    }

    /// <param name="OpensAt">Outside working hours, when they begin: pages say so.</param>
    private readonly record struct Shown(bool IsOnline, DateTimeOffset? OpensAt);

    private readonly record struct Answers(bool Has, DateTimeOffset Until);
}
