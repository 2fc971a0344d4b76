using System.Collections.Concurrent;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Widget;

/// <summary>What a visitor's page needs to know of the company whose site it is on.</summary>
public sealed record Site(CompanyId Company, string Code, string Name, string Colour, string Welcome, bool PreviewTyping)
{
    /// <summary>The company's groups, in order.</summary>
    public IReadOnlyList<SiteGroup> Groups { get; init; } = [];

    /// <summary>The group a link or a visitor means; one that is unknown or was removed is quietly none (S3.4).</summary>
    public GroupId? GroupOf(string? code) => string.IsNullOrEmpty(code) ? null : Groups.FirstOrDefault(group => group.Code == code)?.Id;
}

/// <summary>A group as a visitor's page knows it.</summary>
/// <param name="IsOffered">Visitors may choose it.</param>
public sealed record SiteGroup(GroupId Id, string Code, string Name, bool IsOffered);

/// <summary>
/// Finds the company behind the code in an address. Kept in memory because every page view asks; a change of the company is heard and read again.
/// The code only finds the company: what a visitor may see is decided by his pass.
/// </summary>
public sealed class SiteDirectory : IDisposable
{
    private readonly ConcurrentDictionary<string, Site> _byCode = new(StringComparer.Ordinal);
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly IDisposable _subscription;

    public SiteDirectory(IDbContextFactory<PortalDbContext> contexts, PortalEvents events)
    {
        _contexts = contexts;
        _subscription = events.SubscribeToAll(Heard);
    }

    /// <summary>The site, or null when no company has this code.</summary>
    public ValueTask<Site?> FindAsync(string? code, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(code) || code.Length > 20)
            return ValueTask.FromResult<Site?>(null);
        return _byCode.TryGetValue(code, out var site) ? ValueTask.FromResult<Site?>(site) : ReadAsync(code, cancellation);
    }

    public void Dispose() => _subscription.Dispose();

    private async ValueTask<Site?> ReadAsync(string code, CancellationToken cancellation)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellation);
        var company = await context.Companies.AsNoTracking().SingleOrDefaultAsync(row => row.Code == code, cancellation);
        if (company is null)
            return null;
        var site = new Site(company.Id, company.Code, company.Name, company.Settings.Colour, company.Settings.Welcome, company.Settings.PreviewTyping)
        {
            Groups = await context.Groups.Where(group => group.CompanyId == company.Id && group.RemovedAt == null).OrderBy(group => group.Position).ThenBy(group => group.Id)
                .Select(group => new SiteGroup(group.Id, group.Code, group.Name, group.IsOffered)).ToListAsync(cancellation),
        };
        _byCode[code] = site;
        return site;
    }

    private void Heard(PortalEvent portalEvent)
    {
        if (portalEvent.Topic != PortalTopic.Company)
            return;
        foreach (var (code, site) in _byCode)
        {
            if (site.Company == portalEvent.Company)
                _ = _byCode.TryRemove(code, out _);
        }
    }
}
