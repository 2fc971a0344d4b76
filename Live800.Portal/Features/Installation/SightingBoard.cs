using System.Collections.Concurrent;
using Live800.Domain.Installation;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Installation;

/// <summary>
/// Notes on which pages the codes were seen (5). Whoever reports waits for nothing: what was seen is added up here and written every few seconds, one work for each company with something new.
/// It goes to portal.db: it is small (2,000 pages a company), and what administrators leave out stands beside it. What cannot be written is kept for the next time; an orderly stop writes the rest.
/// </summary>
public sealed class SightingBoard(WriteQueue<PortalDbContext> writes, PublicAddress here, PortalEvents events, TimeProvider time, ILogger<SightingBoard> log) : IHostedService
{
    /// <summary>How long something seen waits to be written, at most.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    /// <summary>Most pages of one company between two writes; whatever comes above is counted with its like, or not at all.</summary>
    private const int MostOfCompany = 2 * SightingBook.Most;

    // A batch of some pages reads only these; one with many reads the whole book.
    private const int Few = 100;

    private readonly Lock _order = new();
    private Task _last = Task.CompletedTask;
    private readonly ConcurrentDictionary<CompanyId, Seen> _seen = new();
    private Tuple<string, PageAddress>? _ours;

    /// <summary>The function code told of a page, and perhaps of the icons on it.</summary>
    /// <param name="address">As the page gave it.</param>
    /// <param name="icons">The icon ids it named, as they came.</param>
    /// <param name="origin">The request's own origin, where the browser said it: a page tells of itself only.</param>
    /// <param name="asked">The host the request was sent to: the chat's own pages are nobody's site.</param>
    public void SeeCode(CompanyId company, string address, bool icons, string? origin, string? asked = null)
    {
        if (Own(address, origin, asked, out var isInsecure) is { } page) See(company, page, sighting => sighting.SeeCode(time.GetUtcNow(), icons, isInsecure));
    }

    /// <summary>A page whose view is known named an icon later.</summary>
    public void SeeBoth(CompanyId company, string address, string? origin, string? asked = null)
    {
        if (Own(address, origin, asked, out _) is { } page) See(company, page, sighting => sighting.SeeBoth(time.GetUtcNow()));
    }

    /// <summary>A page fetched the icon's picture.</summary>
    public void SeeIcon(CompanyId company, string? referrer, string? asked = null)
    {
        if (PageAddress.ReadReferrer(referrer) is { } page && !IsOurs(page, asked)) See(company, page, sighting => sighting.SeeIcon(time.GetUtcNow()));
    }

    /// <summary>The second script told of a page.</summary>
    public void Probe(CompanyId company, string address, PageMarks marks, long bytes, long milliseconds, string? origin, string? asked = null)
    {
        if (Own(address, origin, asked, out _) is { } page) See(company, page, sighting => sighting.Probe(marks, bytes, milliseconds, time.GetUtcNow()));
    }

    /// <summary>Writes what was seen since the last time; one after the other, so that what failed is tried with the next.</summary>
    public Task FlushAsync()
    {
        lock (_order) return _last = WriteAfterAsync(_last);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => FlushAsync();

    private void See(CompanyId company, PageAddress page, Action<PageSighting> see)
    {
        // Who finds it closed has met the writer and tries with the next one.
        while (!_seen.GetOrAdd(company, _ => new Seen(company)).TrySee(page, see))
        {
        }
    }

    private async Task WriteAfterAsync(Task before)
    {
        await before;
        // Taken out and then closed: whoever has hold of it still is either in it, or finds it closed and begins the next one.
        foreach (var company in _seen.Keys)
        {
            if (_seen.TryRemove(company, out var seen) && seen.Close() is { Count: > 0 } pages) await WriteAsync(company, pages);
        }
    }

    private async Task WriteAsync(CompanyId company, List<PageSighting> pages)
    {
        try
        {
            await writes.RunAsync(async (context, token) =>
            {
                var book = await OpenAsync(context, company, pages, token);
                book.Add(pages);
                context.PageSightings.RemoveRange(book.Removed);
                context.PageSightings.AddRange(book.Added);
            });
            events.Publish(new PortalEvent(company, PortalTopic.Installation, company.Value));
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "{Count} pages of company {Company} could not be noted; they are tried again", pages.Count, company);
            foreach (var page in pages) See(company, page.Page, sighting => sighting.Absorb(page));
        }
    }

    private static async Task<SightingBook> OpenAsync(PortalDbContext context, CompanyId company, List<PageSighting> pages, CancellationToken token)
    {
        var all = context.PageSightings.Where(page => page.CompanyId == company);
        if (pages.Count <= Few)
        {
            var names = pages.SelectMany(page => SightingBook.Names(page.Page)).Select(page => page.Path).Distinct().ToList();
            var book = new SightingBook(company, await all.Where(page => names.Contains(page.Path)).ToListAsync(token));
            if (pages.All(page => book.Knows(page.Page))) return book;
        }

        return new SightingBook(company, await all.ToListAsync(token));
    }

    // Browsers name the origin with every report; what another page claims is not noted.
    private PageAddress? Own(string address, string? origin, string? asked, out bool isInsecure)
    {
        if (PageAddress.Read(address, out isInsecure) is not { } page || IsOurs(page, asked)) return null;
        return string.IsNullOrEmpty(origin) || PageAddress.Read(origin)?.Host == page.Host ? page : null;
    }

    // The chat's own pages carry our codes too, and are nobody's site.
    private bool IsOurs(PageAddress page, string? asked)
    {
        var address = here.Base;
        var ours = _ours;
        if (ours is null || ours.Item1 != address) _ours = ours = Tuple.Create(address, PageAddress.Read(address + "/") ?? default);
        return (page.Host == ours.Item2.Host || page.Host == asked) && page.Path.StartsWith(ours.Item2.Path.TrimEnd('/'), StringComparison.Ordinal);
    }

    /// <summary>What was seen of one company since the last write.</summary>
    private sealed class Seen(CompanyId company)
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<PageAddress, PageSighting> _pages = [];
        private bool _isClosed;

        public bool TrySee(PageAddress page, Action<PageSighting> see)
        {
            lock (_gate)
            {
                if (_isClosed) return false;
                if (!_pages.TryGetValue(page, out var sighting))
                {
                    // Above the bound a page is counted with its like at once; one without its like would be the first to go anyway.
                    if (_pages.Count >= MostOfCompany) page = SightingBook.Names(page).FirstOrDefault(name => _pages.ContainsKey(name), SightingBook.Names(page).ElementAtOrDefault(1));
                    if (page.Host is null || (_pages.Count >= MostOfCompany + Few && !_pages.ContainsKey(page))) return true;
                    if (!_pages.TryGetValue(page, out sighting)) _pages[page] = sighting = new PageSighting(company, page);
                }

                see(sighting);
                return true;
            }
        }

        public List<PageSighting> Close()
        {
            lock (_gate)
            {
                _isClosed = true;
                return [.. _pages.Values];
            }
        }
    }
}
