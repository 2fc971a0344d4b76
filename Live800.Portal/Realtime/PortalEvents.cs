using System.Collections.Concurrent;
using Live800.Domain.Shared;

namespace Live800.Portal.Realtime;

/// <summary>
/// Tells the pages of one company what changed. Save first, then tell; tell ids, then re-read: an event may be lost, data may not.
/// Subscribers run on the publisher's thread and outside of any lock, so they only note what to re-read.
/// </summary>
public sealed class PortalEvents(ILogger<PortalEvents> logger)
{
    private readonly ConcurrentDictionary<CompanyId, Listener[]> _byCompany = new();
    private volatile Listener[] _toAll = [];
    private readonly Lock _subscribing = new();

    /// <summary>Never throws: a subscriber that fails is logged and does not keep the others from hearing.</summary>
    public void Publish(PortalEvent portalEvent)
    {
        Tell(_toAll, portalEvent);
        if (_byCompany.TryGetValue(portalEvent.Company, out var subscriptions))
            Tell(subscriptions, portalEvent);
    }

    /// <summary>Hears the events of one company until disposed.</summary>
    public IDisposable Subscribe(CompanyId company, Action<PortalEvent> heard)
    {
        var subscription = new Listener(this, company, heard);
        lock (_subscribing)
            _byCompany[company] = [.. _byCompany.GetValueOrDefault(company, []), subscription];
        return subscription;
    }

    /// <summary>Hears the events of every company until disposed; for the portal's own caches and streams, never for a page.</summary>
    internal IDisposable SubscribeToAll(Action<PortalEvent> heard)
    {
        var subscription = new Listener(this, null, heard);
        lock (_subscribing)
            _toAll = [.. _toAll, subscription];
        return subscription;
    }

    private void Tell(Listener[] subscriptions, PortalEvent portalEvent)
    {
        foreach (var subscription in subscriptions)
        {
            try
            {
                subscription.Heard(portalEvent);
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "A subscriber to {Topic} failed", portalEvent.Topic);
            }
        }
    }

    private void Remove(Listener subscription)
    {
        lock (_subscribing)
        {
            if (subscription.Company is not { } company)
            {
                _toAll = [.. _toAll.Where(other => other != subscription)];
                return;
            }

            Listener[] rest = [.. _byCompany.GetValueOrDefault(company, []).Where(other => other != subscription)];
            if (rest.Length > 0)
                _byCompany[company] = rest;
            else
                _ = _byCompany.TryRemove(company, out _);
        }
    }

    private sealed class Listener(PortalEvents owner, CompanyId? company, Action<PortalEvent> heard) : IDisposable
    {
        public CompanyId? Company => company;
        public Action<PortalEvent> Heard => heard;

        public void Dispose() => owner.Remove(this);
    }
}
