using System.Buffers;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Data.Rollups;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Visitors;

/// <summary>What is known of a visitor's browser from the request itself.</summary>
public readonly record struct VisitorBrowser(string UserAgent, string NetworkAddress);

/// <summary>
/// Takes page views: who is on the site is known at once, the trail is stored many views to a commit, and the caller is acknowledged after that commit.
/// </summary>
public sealed class VisitorTracker(LiveVisits visits, TrailWriter trail, VisitorQueries queries, IVisitClassifier classifier, ViewMeter meter)
{
    /// <summary>Longest address that is kept; a longer one is cut.</summary>
    public const int AddressLimit = 2048;

    /// <summary>Longest page title that is kept.</summary>
    public const int TitleLimit = 200;

    /// <summary>Pages one visit may have; a script that goes on changing its address is refused from there on.</summary>
    public const int StepLimit = 5000;

    private const int UserAgentLimit = 256;

    // What MessageText.Line would change: control characters, surrogates (whose pairs it checks) and direction overrides.
    private static readonly SearchValues<char> NeedsCare = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(code => (char)code), .. Enumerable.Range(127, 33).Select(code => (char)code), '\u202D', '\u202E', .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);

    /// <summary>A page was opened or changed its address. Refusals: TooManyRequests (a loop of address changes), ServerBusy (nothing was taken; try again).</summary>
    public async ValueTask<Outcome<LiveVisit>> ViewAsync(CompanyId company, VisitorId visitor, PageView view, VisitorBrowser browser, DateTimeOffset now)
    {
        // What is personal or secret in an address is never stored nor shown (6). The referrer is only told its host and words from.
        view = view with
        {
            Address = AddressMask.Clean(Line(view.Address, AddressLimit)),
            Title = AddressMask.CleanText(Line(view.Title, TitleLimit)),
            Referrer = Line(view.Referrer, AddressLimit),
        };
        var taken = Take(company, visitor, view, browser, now, out var visit, out var work);
        if (taken.IsRefused)
        {
            if (taken.Refusal == Refusal.ServerBusy)
                meter.Refused();
            return taken.Refusal;
        }

        try
        {
            await work!.Stored;
        }
        catch (Exception)
        {
            // Logged by the writer. The next view of this visit brings everything again.
            meter.Refused();
            return Refusal.ServerBusy;
        }

        lock (visit.Gate)
        {
            visit.Unstored = null;
            visit.VisitCount = work.VisitCount ?? visit.VisitCount;
            visit.GivenName ??= work.GivenName;
        }

        meter.Stored();
        visits.Tell(visit);
        return visit;
    }

    /// <summary>A page says that it is being closed. The visitor may be on his way to the next one.</summary>
    public void Leave(CompanyId company, VisitorId visitor, string page, DateTimeOffset now)
    {
        if (visits.Find(company, visitor, now) is not { } visit)
            return;
        lock (visit.Gate)
        {
            visit.Sign(now);
            if (visit.Close(page) is { } closed)
                _ = trail.TryAdd(new TrailLeave(visit.Id, closed.Number, now, visit.IsRobot));
            if (trail.TryAdd(new TrailAlive(visit.Id, now)))
                visit.StoredSignAt = now;
        }

        visits.Tell(visit);
    }

    /// <summary>The visitor gave his name: the queue shows it "as given", it makes no card (S2.14).</summary>
    public async Task NameAsync(CompanyId company, VisitorId visitor, string name, DateTimeOffset now)
    {
        var clean = MessageText.Line(name, Visitor.NameLimit);
        if (clean.Length == 0)
            return;
        await trail.StoreAsync(new TrailName(visitor, clean));
        if (visits.Find(company, visitor, now) is not { } visit)
            return;
        visit.GivenName = clean;
        visits.Tell(visit);
    }

    /// <summary>
    /// The running visit of somebody whose page is alive. A page that slept through the end of its visit (a closed laptop) begins another one with what it showed last.
    /// </summary>
    public async ValueTask<Outcome<LiveVisit>> OfLivingPageAsync(
        CompanyId company, VisitorId visitor, string page, VisitorBrowser browser, DateTimeOffset now, CancellationToken cancellation)
    {
        if (visits.Sign(company, visitor, now) && visits.Find(company, visitor, now) is { } visit)
            return visit;
        var last = await queries.LastStepAsync(company, visitor, cancellation);
        return await ViewAsync(company, visitor, new PageView(page, last?.Address ?? string.Empty, last?.Title ?? string.Empty, string.Empty), browser, now);
    }

    private Outcome Take(
        CompanyId company, VisitorId visitor, PageView view, VisitorBrowser browser, DateTimeOffset now, out LiveVisit visit, out TrailView? work)
    {
        while (true)
        {
            visit = visits.FindOrStart(company, visitor, now);
            lock (visit.Gate)
            {
                if (visit.IsOver)
                    continue;
                work = null;
                if (visit.PageCount >= StepLimit || !visit.TryTakeView(now))
                    return Refusal.TooManyRequests;
                visit.NetworkAddress = browser.NetworkAddress;
                if (visit.PageCount == 0)
                {
                    visit.Source = SourceOf(view);
                    var userAgent = Line(browser.UserAgent, UserAgentLimit);
                    var facts = classifier.Of(company, userAgent, browser.NetworkAddress);
                    visit.IsRobot = facts.IsRobot;
                    visit.IsCardRead = view.IsNewcomer;
                    visit.Unstored = new NewVisit(visit.Source, view.Address, view.Title, userAgent, browser.NetworkAddress, visit.StartedAt, facts);
                }

                var step = new LivePage(view.Page, visit.PageCount + 1, view.Address, view.Title, now);
                work = new TrailView(company, visitor, visit.Id, step.Number, view.Address, view.Title, now)
                {
                    NewVisit = visit.Unstored,
                    IsRobot = visit.IsRobot,
                    LeftNumber = visit.Showing(view.Page)?.Number,
                };
                if (!trail.TryAdd(work))
                {
                    visit.GiveBackView();
                    if (visit.PageCount == 0)
                        visits.Forget(visit);
                    return Refusal.ServerBusy;
                }

                _ = visit.Show(step);
                visit.PageCount = step.Number;
                visit.LastViewAt = now;
                visit.Sign(now);
                visit.StoredSignAt = now;
                return Outcome.Done;
            }
        }
    }

    private static VisitSource SourceOf(PageView view) =>
        view.Referrer.Length == 0 && !view.Address.Contains('?', StringComparison.Ordinal) ? VisitSource.Direct : VisitSource.Classify(view.Referrer, view.Address);

    private static string Line(string text, int limit) =>
        text.Length <= limit && !text.AsSpan().ContainsAny(NeedsCare) ? text.Trim() : MessageText.Line(text, limit);
}
