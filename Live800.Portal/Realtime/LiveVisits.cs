using System.Collections.Concurrent;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Portal.Realtime;

/// <summary>A visit that is over and has not been recorded as such yet.</summary>
public readonly record struct EndedVisit(CompanyId Company, VisitorId Visitor, VisitId Visit, DateTimeOffset LastAliveAt, bool HasTalked);

/// <summary>Who is on the companies' sites now. Kept in memory; trail.db has everything needed to fill it again at the next start.</summary>
public sealed class LiveVisits(PortalEvents events, Moments moments)
{
    private readonly ConcurrentDictionary<CompanyId, Site> _sites = new();
    private readonly ConcurrentQueue<EndedVisit> _ended = new();

    /// <summary>Visits that are not over, all companies together.</summary>
    public int Count => _sites.Values.Sum(site => site.Visits.Count);

    /// <summary>Grows with everything that changes a row of the company's queue.</summary>
    public long VersionOf(CompanyId company) => _sites.TryGetValue(company, out var site) ? Volatile.Read(ref site.Version) : 0;

    /// <summary>The visits of one company that are not over.</summary>
    public IEnumerable<LiveVisit> On(CompanyId company, DateTimeOffset now)
    {
        if (!_sites.TryGetValue(company, out var site))
            yield break;
        foreach (var (_, visit) in site.Visits)
        {
            if (!IsOverAt(visit, now))
                yield return visit;
        }
    }

    /// <summary>The visitor's running visit, or null when he is not on the site.</summary>
    public LiveVisit? Find(CompanyId company, VisitorId visitor, DateTimeOffset now) =>
        _sites.TryGetValue(company, out var site) && site.Visits.TryGetValue(visitor, out var visit) && !IsOverAt(visit, now) ? visit : null;

    /// <summary>The visitor's last sign of life, or null when he is not on the site any more (2.2).</summary>
    public DateTimeOffset? LastAlive(CompanyId company, VisitorId visitor, DateTimeOffset now) => Find(company, visitor, now)?.LastAlive(now);

    /// <summary>Whether the visitor has a living page, or is between two of them (2.2).</summary>
    public bool IsHere(LiveVisit visit, DateTimeOffset now) =>
        visit.IsConnected || now - visit.LastAlive(now) < (visit.Pages.Count > 0 ? moments.StreamDeadAfter : moments.PageChangeGap);

    /// <summary>Whether the visit is over at an instant, noticed or not.</summary>
    public bool IsOverAt(LiveVisit visit, DateTimeOffset now) => visit.IsOver || now >= visit.LastAlive(now) + moments.VisitEndsAfter;

    /// <summary>Notes a sign of life of a page, apart from its stream; false when the visitor has no running visit.</summary>
    public bool Sign(CompanyId company, VisitorId visitor, DateTimeOffset now)
    {
        if (Find(company, visitor, now) is not { } visit)
            return false;
        bool wasHere;
        lock (visit.Gate)
        {
            if (visit.IsOver)
                return false;
            wasHere = IsHere(visit, now);
            visit.Sign(now);
        }

        if (!wasHere)
            Tell(visit);
        return true;
    }

    /// <summary>A stream of the visitor is open from now on; null when the visitor has no running visit.</summary>
    public LiveVisit? StreamOpened(CompanyId company, VisitorId visitor, DateTimeOffset now)
    {
        if (Find(company, visitor, now) is not { } visit)
            return null;
        lock (visit.Gate)
        {
            if (visit.IsOver)
                return null;
            visit.Sign(now);
            visit.StreamOpened();
        }

        Tell(visit);
        return visit;
    }

    /// <summary>A stream of the visit is closed; the visitor was alive until now.</summary>
    public void StreamClosed(LiveVisit visit, DateTimeOffset now)
    {
        lock (visit.Gate)
        {
            visit.Sign(now);
            visit.StreamClosed();
        }

        Tell(visit);
    }

    /// <summary>A conversation belongs to the visitor's visit: his pages have something to read from now on.</summary>
    public void Talks(CompanyId company, VisitorId visitor, DateTimeOffset now)
    {
        if (Find(company, visitor, now) is { } visit)
            visit.HasTalked = true;
    }

    /// <summary>Notes what the queue shows of the visit's conversation. An older one never takes a newer one's place.</summary>
    internal void Note(LiveVisit visit, LiveTalk talk)
    {
        lock (visit.Gate)
        {
            visit.HasTalked = true;
            if (visit.Talk == talk || (visit.Talk is { } known && known.Id.Value > talk.Id.Value))
                return;
            visit.Talk = talk;
        }

        Tell(visit);
    }

    /// <summary>Notes an invitation of the visitor, or that it is over. Word of an older one never takes a newer one's place.</summary>
    internal void Note(Invitation invitation, DateTimeOffset now)
    {
        if (Find(invitation.CompanyId, invitation.VisitorId, now) is not { } visit)
            return;
        lock (visit.Gate)
        {
            if (visit.Invitation is { } known && known.Id.Value > invitation.Id.Value)
                return;
            visit.Invitation = invitation.ClosedAt is null ? new LiveInvitation(invitation.Id, invitation.AgentId, invitation.ExpiresAt(moments)) : null;
        }

        Tell(visit);
    }

    /// <summary>Notes the name on the visitor's card, or that he has none.</summary>
    internal void NoteCard(LiveVisit visit, string? name)
    {
        lock (visit.Gate)
        {
            visit.IsCardRead = true;
            if (visit.CardName == name)
                return;
            visit.CardName = name;
        }

        Tell(visit);
    }

    /// <summary>Says that a row of the queue changed.</summary>
    public void Tell(LiveVisit visit)
    {
        Touch(visit.Company);
        events.Publish(new PortalEvent(visit.Company, PortalTopic.Queue, visit.Visitor.Value));
    }

    /// <summary>Makes the next look at the company's queue build it anew.</summary>
    public void Touch(CompanyId company)
    {
        if (_sites.TryGetValue(company, out var site))
            _ = Interlocked.Increment(ref site.Version);
    }

    /// <summary>The running visit, or a fresh one that has no page yet. Twenty first hits at once find the same one.</summary>
    internal LiveVisit FindOrStart(CompanyId company, VisitorId visitor, DateTimeOffset now)
    {
        var site = _sites.GetOrAdd(company, _ => new Site());
        while (true)
        {
            if (!site.Visits.TryGetValue(visitor, out var visit))
                visit = site.Visits.GetOrAdd(visitor, new LiveVisit(company, visitor, new VisitId(IdSource.Next(now)), now));
            if (!TryEnd(visit, now) && !visit.IsOver)
                return visit;
        }
    }

    /// <summary>Puts a visit of the last run back.</summary>
    internal void Resume(LiveVisit visit) =>
        _sites.GetOrAdd(visit.Company, _ => new Site()).Visits[visit.Visitor] = visit;

    /// <summary>Takes a visit out again that never got its first page stored.</summary>
    internal void Forget(LiveVisit visit)
    {
        visit.IsOver = true;
        _ = _sites[visit.Company].Visits.TryRemove(KeyValuePair.Create(visit.Visitor, visit));
    }

    /// <summary>Ends the visit if its time is over; true for exactly one caller.</summary>
    internal bool TryEnd(LiveVisit visit, DateTimeOffset now)
    {
        lock (visit.Gate)
        {
            if (visit.IsOver || !IsOverAt(visit, now))
                return false;
            visit.IsOver = true;
        }

        Finish(visit);
        return true;
    }

    /// <summary>The visitor's data is erased: his visit is over now, whatever his pages still say.</summary>
    internal void End(CompanyId company, VisitorId visitor)
    {
        if (!_sites.TryGetValue(company, out var site) || !site.Visits.TryGetValue(visitor, out var visit))
            return;
        lock (visit.Gate)
        {
            if (visit.IsOver)
                return;
            visit.IsOver = true;
        }

        Finish(visit);
    }

    /// <summary>Takes the next visit that is over and has to be recorded.</summary>
    internal bool TryTakeEnded(out EndedVisit ended) => _ended.TryDequeue(out ended);

    /// <summary>Puts a visit back whose end could not be recorded.</summary>
    internal void PutBack(EndedVisit ended) => _ended.Enqueue(ended);

    /// <summary>Whether this very visit is still being followed, over or not.</summary>
    internal bool IsKnown(CompanyId company, VisitorId visitor, VisitId visit) =>
        _sites.TryGetValue(company, out var site) && site.Visits.TryGetValue(visitor, out var live) && live.Id == visit;

    /// <summary>Every visit that is not over.</summary>
    internal IEnumerable<LiveVisit> All() => _sites.Values.SelectMany(site => site.Visits.Values);

    private void Finish(LiveVisit visit)
    {
        _ = _sites[visit.Company].Visits.TryRemove(KeyValuePair.Create(visit.Visitor, visit));
        _ended.Enqueue(new EndedVisit(visit.Company, visit.Visitor, visit.Id, visit.LastSignAt, visit.HasTalked));
        Tell(visit);
    }

    private sealed class Site
    {
        public readonly ConcurrentDictionary<VisitorId, LiveVisit> Visits = new();
        public long Version;
    }
}
