using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;

namespace Live800.Portal.Realtime;

/// <summary>
/// One visit that is not over: which pages the visitor has open and when he was last alive. A visitor with twenty tabs has one.
/// All changes go through <see cref="LiveVisits"/> and hold <see cref="Gate"/>; nothing in here waits.
/// </summary>
public sealed class LiveVisit
{
    /// <summary>Views a visitor may make at once before he is slowed down; then one more each second.</summary>
    private const int ViewBurst = 30;

    /// <summary>More open pages than this are not kept apart: the oldest is taken as closed.</summary>
    private const int PageLimit = 32;

    private LivePage[] _pages = [];
    private string? _number;
    private double _viewsLeft = ViewBurst;
    private DateTimeOffset _viewsLeftAt;
    private int _streams;

    internal LiveVisit(CompanyId company, VisitorId visitor, VisitId id, DateTimeOffset now)
    {
        Company = company;
        Visitor = visitor;
        Id = id;
        StartedAt = now;
        LastSignAt = now;
        LastViewAt = now;
        _viewsLeftAt = now;
        Source = VisitSource.Direct;
    }

    internal Lock Gate { get; } = new();

    public CompanyId Company { get; }
    public VisitorId Visitor { get; }
    public VisitId Id { get; }
    public DateTimeOffset StartedAt { get; }
    public VisitSource Source { get; internal set; }

    /// <summary>The network address of its last page.</summary>
    public string NetworkAddress { get; internal set; } = "";

    /// <summary>Whether the browser calls itself a robot.</summary>
    public bool IsRobot { get; internal set; }

    /// <summary>Before this no invitation rule looks at the visit again: one has invited the visitor, or found that it must not.</summary>
    internal DateTimeOffset RulesLookAgainAt { get; set; }

    /// <summary>The visit as trail.db has to learn of it; null once it is committed there.</summary>
    internal NewVisit? Unstored { get; set; }

    /// <summary>How many visits the visitor has made, this one included.</summary>
    public int VisitCount { get; internal set; } = 1;

    /// <summary>Pages looked at in this visit.</summary>
    public int PageCount { get; internal set; }

    /// <summary>The last page view.</summary>
    public DateTimeOffset LastViewAt { get; internal set; }

    /// <summary>The page looked at last; it stays known after it was closed.</summary>
    public LivePage? Current { get; internal set; }

    /// <summary>The last sign of life that was noted; see <see cref="LastAlive"/>.</summary>
    internal DateTimeOffset LastSignAt { get; private set; }

    /// <summary>The sign of life that trail.db knows.</summary>
    internal DateTimeOffset StoredSignAt { get; set; }

    /// <summary>Set once, when the visit is over; a later sign of life starts another visit.</summary>
    internal bool IsOver { get; set; }

    /// <summary>Whether a conversation belongs to this visit, so that the visitor's pages have something to read.</summary>
    public bool HasTalked { get; internal set; }

    /// <summary>Whether trail.db was told that an agent talked to the visitor.</summary>
    internal bool IsTalkCounted { get; set; }

    /// <summary>What the queue shows of the newest conversation; null without one.</summary>
    public LiveTalk? Talk { get; internal set; }

    /// <summary>The invitation without an outcome; null without one. Whether it is still open, its dates say.</summary>
    public LiveInvitation? Invitation { get; internal set; }

    /// <summary>The five digits people tell visitors apart by.</summary>
    public string Number => _number ??= Domain.Visitors.Visitor.NumberOf(Visitor);

    /// <summary>The name the visitor gave himself; null when he gave none.</summary>
    public string? GivenName { get; internal set; }

    /// <summary>The name on the visitor's card (S2.14); null without one.</summary>
    public string? CardName { get; internal set; }

    /// <summary>Whether it was looked up if the visitor has a card.</summary>
    internal bool IsCardRead { get; set; }

    /// <summary>Whether the queue was told that the visitor is here.</summary>
    internal bool IsToldHere { get; set; } = true;

    /// <summary>The pages open now.</summary>
    public IReadOnlyList<LivePage> Pages => _pages;

    /// <summary>Whether a stream of the visitor is open: then he is reachable at once.</summary>
    public bool IsConnected => _streams > 0;

    /// <summary>The visitor's last sign of life: now, while a stream is open.</summary>
    public DateTimeOffset LastAlive(DateTimeOffset now) => _streams > 0 || now < LastSignAt ? now : LastSignAt;

    internal void Sign(DateTimeOffset now)
    {
        if (now > LastSignAt)
            LastSignAt = now;
    }

    /// <summary>Whether one more page view is within what a person can do.</summary>
    internal bool TryTakeView(DateTimeOffset now)
    {
        var rested = (now - _viewsLeftAt).TotalSeconds;
        if (rested > 0)
        {
            _viewsLeft = Math.Min(ViewBurst, _viewsLeft + rested);
            _viewsLeftAt = now;
        }

        if (_viewsLeft < 1)
            return false;
        _viewsLeft--;
        return true;
    }

    internal void GiveBackView() => _viewsLeft++;

    /// <summary>Whether a step is open in one of the visitor's tabs.</summary>
    public bool Shows(int number) => Array.Exists(_pages, page => page.Number == number);

    /// <summary>What the page shows so far, if it is known.</summary>
    internal LivePage? Showing(string page) => IndexOf(page) is >= 0 and var index ? _pages[index] : null;

    /// <summary>The page shows something else from now on; returns what it showed before, if it was known.</summary>
    internal LivePage? Show(LivePage page)
    {
        var index = IndexOf(page.Page);
        var before = index >= 0 ? _pages[index] : _pages.Length == PageLimit ? _pages[0] : null;
        _pages = before is null ? [.. _pages, page] : [.. _pages.Where(other => other != before), page];
        Current = page;
        return before;
    }

    /// <summary>The page was closed; returns what it showed.</summary>
    internal LivePage? Close(string page)
    {
        var index = IndexOf(page);
        if (index < 0)
            return null;
        var closed = _pages[index];
        _pages = [.. _pages.Where(other => other != closed)];
        return closed;
    }

    /// <summary>Puts the visit back as the last run left it. Which page shows the last step is not known: the first one that speaks does.</summary>
    internal void Resume(LivePage last, DateTimeOffset lastAlive)
    {
        Current = last;
        PageCount = last.Number;
        LastViewAt = last.Since;
        LastSignAt = lastAlive;
        StoredSignAt = lastAlive;
        _pages = [last];
    }

    internal void StreamOpened() => _streams++;

    internal void StreamClosed() => _streams = Math.Max(0, _streams - 1);

    private int IndexOf(string page)
    {
        var index = Array.FindIndex(_pages, other => other.Page == page);
        return index >= 0 ? index : Array.FindIndex(_pages, other => other.Page.Length == 0);
    }
}
