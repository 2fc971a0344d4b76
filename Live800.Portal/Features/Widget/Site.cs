using System.Collections.Concurrent;
using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Members;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Widget;

/// <summary>What a visitor's page needs to know of the company whose site it is on.</summary>
public sealed record Site(CompanyId Company, string Code, string Name, Appearance Look, bool PreviewTyping)
{
    private ChatIcon? _standard;

    public string Colour => Look.Colour;

    /// <summary>The icons the company has, without the standard one where nothing was changed about it (5).</summary>
    public IReadOnlyList<ChatIcon> Icons { get; init; } = [];

    /// <summary>The highest number an icon ever had; every number up to it was one (S3.4).</summary>
    public int LastIcon { get; init; } = ChatIcon.Standard;

    /// <summary>The agents of icons who are not disabled.</summary>
    public IReadOnlySet<AgentId> IconAgents { get; init; } = new HashSet<AgentId>();

    /// <summary>What a code with this number shows: of a removed icon the standard one; nothing for a number that never was one.</summary>
    public ChatIcon? Icon(int number) =>
        number < 1 || number > LastIcon ? null
        : Icons.FirstOrDefault(icon => icon.Number == number) ?? Icons.FirstOrDefault(icon => icon.Number == ChatIcon.Standard) ?? (_standard ??= ChatIcon.StandardOf(Company));

    /// <summary>Of whom an icon tells: of a removed group or a disabled agent quietly the whole company.</summary>
    public IconTarget TargetOf(ChatIcon icon) =>
        icon.GroupId is { } group && Groups.Any(one => one.Id == group) ? new IconTarget(group, null)
        : icon.AgentId is { } agent && IconAgents.Contains(agent) ? new IconTarget(null, agent)
        : IconTarget.Company;

    /// <summary>The language visitors are spoken to in: the company's choice, else theirs.</summary>
    public CultureInfo Language(CultureInfo theirs) => Look.Language switch
    {
        ChatLanguage.Chinese => WidgetLanguage.Chinese,
        ChatLanguage.English => WidgetLanguage.English,
        _ => theirs,
    };

    /// <summary>The language of the answer to a request.</summary>
    public CultureInfo Language(HttpRequest request) => Language(WidgetLanguage.Of(request));

    /// <summary>The company's groups, in order.</summary>
    public IReadOnlyList<SiteGroup> Groups { get; init; } = [];

    /// <summary>What becomes of the identities the site signs (5).</summary>
    public MemberWay Members { get; init; }

    /// <summary>Where the company's codes may stand; nothing is everywhere (5).</summary>
    public IReadOnlyList<AllowedSite> Allowed { get; init; } = [];

    /// <summary>Whether a page of this origin may carry the codes. A request without an origin is no page's.</summary>
    public bool Allows(string? origin) => Allowed.Count == 0 || string.IsNullOrEmpty(origin) || Allowed.Any(site => site.Covers(origin));

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
    private readonly ConcurrentDictionary<CompanyId, string> _codes = new();
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

    /// <summary>The site of a company, or null when there is none.</summary>
    public async ValueTask<Site?> FindAsync(CompanyId company, CancellationToken cancellation)
    {
        if (!_codes.TryGetValue(company, out var code))
        {
            await using var context = await _contexts.CreateDbContextAsync(cancellation);
            code = await context.Companies.Where(row => row.Id == company).Select(row => row.Code).SingleOrDefaultAsync(cancellation);
            if (code is not null) _codes[company] = code;
        }

        return await FindAsync(code, cancellation);
    }

    public void Dispose() => _subscription.Dispose();

    private async ValueTask<Site?> ReadAsync(string code, CancellationToken cancellation)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellation);
        var company = await context.Companies.AsNoTracking().SingleOrDefaultAsync(row => row.Code == code, cancellation);
        if (company is null)
            return null;
        var icons = await context.ChatIcons.AsNoTracking().Where(icon => icon.CompanyId == company.Id).OrderBy(icon => icon.Number).ToListAsync(cancellation);
        var agents = icons.Where(icon => icon.RemovedAt is null).Select(icon => icon.AgentId).OfType<AgentId>().ToList();
        var site = new Site(company.Id, company.Code, company.Name, company.Settings.Appearance, company.Settings.PreviewTyping)
        {
            Icons = [.. icons.Where(icon => icon.RemovedAt is null)],
            LastIcon = icons.Count == 0 ? ChatIcon.Standard : Math.Max(ChatIcon.Standard, icons[^1].Number),
            IconAgents = new HashSet<AgentId>(agents.Count == 0
                ? []
                : await context.Agents.Where(agent => agent.CompanyId == company.Id && agents.Contains(agent.Id) && !agent.IsDisabled).Select(agent => agent.Id).ToListAsync(cancellation)),
            Members = company.Settings.Members,
            Groups = await context.Groups.Where(group => group.CompanyId == company.Id && group.RemovedAt == null).OrderBy(group => group.Position).ThenBy(group => group.Id)
                .Select(group => new SiteGroup(group.Id, group.Code, group.Name, group.IsOffered)).ToListAsync(cancellation),
            Allowed = await context.AllowedSites.AsNoTracking().Where(allowed => allowed.CompanyId == company.Id).OrderBy(allowed => allowed.Pattern).ToListAsync(cancellation),
        };
        _byCode[code] = site;
        return site;
    }

    private void Heard(PortalEvent portalEvent)
    {
        if (portalEvent.Topic is not (PortalTopic.Company or PortalTopic.Agents))
            return;
        foreach (var (code, site) in _byCode)
        {
            // Of agents only those matter who have an icon.
            if (site.Company == portalEvent.Company && (portalEvent.Topic == PortalTopic.Company || site.Icons.Any(icon => icon.AgentId?.Value == portalEvent.Id)))
                _ = _byCode.TryRemove(code, out _);
        }
    }
}
