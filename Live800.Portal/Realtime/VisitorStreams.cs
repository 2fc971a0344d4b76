using System.Collections.Concurrent;
using Live800.Domain.Shared;

namespace Live800.Portal.Realtime;

/// <summary>
/// The open lines to visitors' pages. One line per visitor is the rule; a second one (two windows that cannot see each other) is served too.
/// All lines share one timer for their heartbeats.
/// </summary>
public sealed class VisitorStreams : IDisposable
{
    /// <summary>A line shows the visitor's page at least this often that the server is alive (D10).</summary>
    public static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(20);

    /// <summary>A connection that takes nothing for this long is closed; the page resumes with its cursor (D9).</summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(20);

    /// <summary>A connection that was stuck this long and then takes again is told so and closed, so that it comes back with its cursor.</summary>
    public static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(10);

    /// <summary>Lines one visitor may hold; the oldest gives way.</summary>
    public const int PerVisitor = 4;

    private readonly ConcurrentDictionary<CompanyId, ConcurrentDictionary<VisitorId, VisitorStream[]>> _sites = new();
    // Companies whose waiting line may have moved since the last second; those who wait in it look again, once.
    private readonly ConcurrentDictionary<CompanyId, bool> _moved = new();
    private readonly TimeProvider _clock;
    private readonly IDisposable _subscription;
    private readonly ITimer _beats;
    private readonly Lock _opening = new();
    private volatile bool _stopping;
    private int _second;
    private int _count;

    public VisitorStreams(PortalEvents events, TimeProvider clock, IHostApplicationLifetime lifetime)
    {
        _clock = clock;
        _subscription = events.SubscribeToAll(Heard);
        _beats = clock.CreateTimer(_ => Beat(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        _ = lifetime.ApplicationStopping.Register(Stop);
    }

    /// <summary>Lines open now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Opens a line, or null while the server stops. Dispose it through <see cref="Close"/>.</summary>
    /// <param name="abort">Cuts the connection; called when its reader is stuck.</param>
    public VisitorStream? Open(CompanyId company, VisitorId visitor, string page, Action abort)
    {
        var stream = new VisitorStream(company, visitor, page, abort, Volatile.Read(ref _second) + (int)BeatEvery.TotalSeconds);
        lock (_opening)
        {
            if (_stopping)
            {
                stream.Dispose();
                return null;
            }

            var site = _sites.GetOrAdd(company, _ => new ConcurrentDictionary<VisitorId, VisitorStream[]>());
            var open = site.GetValueOrDefault(visitor, []);
            foreach (var older in open)
            {
                // The same page opens anew when its old connection is lost without a word.
                if (older.Page == page || (open.Length >= PerVisitor && older == open[0]))
                    older.Tell(VisitorNews.Moved);
            }

            site[visitor] = [.. open, stream];
            _ = Interlocked.Increment(ref _count);
        }

        return stream;
    }

    /// <summary>The line is closed; its visitor is not told anything any more.</summary>
    public void Close(VisitorStream stream)
    {
        lock (_opening)
        {
            if (!_sites.TryGetValue(stream.Company, out var site) || !site.TryGetValue(stream.Visitor, out var open) || !open.Contains(stream))
                return;
            VisitorStream[] rest = [.. open.Where(other => other != stream)];
            if (rest.Length > 0)
                site[stream.Visitor] = rest;
            else
                _ = site.TryRemove(stream.Visitor, out _);
            _ = Interlocked.Decrement(ref _count);
        }

        stream.Dispose();
    }

    /// <summary>Tells all lines of one visitor.</summary>
    public void Tell(CompanyId company, VisitorId visitor, VisitorNews news)
    {
        if (!_sites.TryGetValue(company, out var site) || !site.TryGetValue(visitor, out var streams))
            return;
        foreach (var stream in streams)
            stream.Tell(news);
    }

    /// <summary>Tells every line of one company.</summary>
    public void TellAll(CompanyId company, VisitorNews news)
    {
        if (!_sites.TryGetValue(company, out var site))
            return;
        foreach (var (_, streams) in site)
        {
            foreach (var stream in streams)
                stream.Tell(news);
        }
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _beats.Dispose();
    }

    private void Heard(PortalEvent portalEvent)
    {
        if (portalEvent.Topic == PortalTopic.Conversation)
            _moved[portalEvent.Company] = true;
        if (portalEvent.Visitor is not { } visitor)
            return;
        var news = portalEvent.Topic switch
        {
            PortalTopic.Conversation => VisitorNews.Conversation,
            PortalTopic.Typing => VisitorNews.Typing,
            PortalTopic.Invitation => VisitorNews.Invitation,
            PortalTopic.OfflineMessages => VisitorNews.Replies,
            _ => VisitorNews.None,
        };
        if (news != VisitorNews.None)
            Tell(portalEvent.Company, visitor, news);
    }

    private void Beat()
    {
        var second = Interlocked.Increment(ref _second);
        var moved = new HashSet<CompanyId>();
        foreach (var (company, _) in _moved)
        {
            if (_moved.TryRemove(company, out _))
                _ = moved.Add(company);
        }

        foreach (var stream in All())
        {
            if (stream.IsStuck(_clock, StuckAfter))
            {
                stream.Abort();
                continue;
            }

            if (stream.IsStuck(_clock, SlowAfter))
                stream.Tell(VisitorNews.Slow);

            if (stream.IsWaiting && moved.Contains(stream.Company))
                stream.Tell(VisitorNews.Conversation);
            if (second < stream.NextBeat)
                continue;
            stream.NextBeat = second + (int)BeatEvery.TotalSeconds;
            stream.Tell(VisitorNews.Beat);
        }
    }

    private void Stop()
    {
        lock (_opening)
            _stopping = true;
        foreach (var stream in All())
            stream.Tell(VisitorNews.Stop);
    }

    private IEnumerable<VisitorStream> All() =>
        from site in _sites
        from streams in site.Value
        from stream in streams.Value
        select stream;
}
