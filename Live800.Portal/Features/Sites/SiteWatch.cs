using System.Collections.Concurrent;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Sites;

/// <summary>
/// Notes which sites were refused (5): the visitor's page stays silent, the administrator reads it. A site is written at most once a minute, and what cannot be written is left:
/// nobody waits for it.
/// </summary>
public sealed class SiteWatch(WriteQueue<PortalDbContext> writes, PortalEvents events, TimeProvider time, ILogger<SiteWatch> log)
{
    private const int MostInMemory = 10_000;
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(CompanyId Company, string Origin), DateTimeOffset> _written = new();

    /// <summary>A page of this origin was refused.</summary>
    public void Refuse(CompanyId company, string origin)
    {
        var now = time.GetUtcNow();
        if (origin.Length > RefusedSite.Limit) origin = origin[..RefusedSite.Limit];
        if (_written.TryGetValue((company, origin), out var last) && now - last < Rest) return;
        // Whoever invents origins without end fills nothing.
        if (_written.Count >= MostInMemory) _written.Clear();
        _written[(company, origin)] = now;
        _ = WriteAsync(company, origin, now);
    }

    private async Task WriteAsync(CompanyId company, string origin, DateTimeOffset now)
    {
        try
        {
            var isKept = await writes.RunAsync(
                async (context, token) =>
                {
                    var all = context.RefusedSites.Where(site => site.CompanyId == company);
                    if (await all.SingleOrDefaultAsync(site => site.Origin == origin, token) is { } known) known.Again(now);
                    else if (await all.CountAsync(token) < RefusedSite.Most) _ = context.RefusedSites.Add(new RefusedSite(company, origin, now));
                    else return false;
                    return true;
                },
                CancellationToken.None);
            if (isKept) events.Publish(new PortalEvent(company, PortalTopic.Sites, company.Value));
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "That {Origin} was refused could not be noted", origin);
        }
    }
}
