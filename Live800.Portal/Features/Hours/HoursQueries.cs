using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Hours;

/// <summary>What is set for the company (first, without a group) or for one of its groups.</summary>
/// <param name="IsOwn">Whether it counts; otherwise a company is always open, and a group follows it.</param>
public sealed record HoursLine(GroupId? Group, string Name, bool IsOwn, Timetable Times, long Version);

/// <summary>The company's zone: the one in force, and the one that was chosen last and lies ahead.</summary>
/// <param name="Last">The zone chosen last, whether or not it is in force yet.</param>
/// <param name="LastFrom">From when it is, where it lies ahead.</param>
/// <param name="NextFrom">From when a change asked for now would count (3.5).</param>
public sealed record ZoneFacts(string InForce, string Last, DateTimeOffset? LastFrom, DateTimeOffset NextFrom);

/// <summary>Everything an administrator sees of the working hours.</summary>
public sealed record HoursSheet(IReadOnlyList<HoursLine> Lines, ZoneFacts Zone, CompanyHours Hours)
{
    public HoursLine Of(GroupId? group) => Lines.FirstOrDefault(line => line.Group == group) ?? Lines[0];
}

/// <summary>Reads working hours (5). Every question names the company first.</summary>
public sealed class HoursQueries(IDbContextFactory<PortalDbContext> contexts, HoursBoard board, TimeProvider time)
{
    public async Task<HoursSheet> SheetAsync(CompanyId companyId, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var now = time.GetUtcNow();
        var company = await context.Companies.AsNoTracking().SingleAsync(row => row.Id == companyId, cancellation);
        var set = await context.WorkingHours.AsNoTracking().Where(row => row.CompanyId == companyId).ToDictionaryAsync(row => row.GroupId, cancellation);
        var groups = await context.Groups.AsNoTracking().Where(group => group.CompanyId == companyId && group.RemovedAt == null)
            .OrderBy(group => group.Position).ThenBy(group => group.Id).Select(group => new { group.Id, group.Name }).ToListAsync(cancellation);
        HoursLine Line(GroupId? group, string name) => set.TryGetValue(group ?? default, out var row)
            ? new HoursLine(group, name, row.IsOwn, row.Times, row.Version)
            : new HoursLine(group, name, false, Timetable.Always, 0);
        return new HoursSheet([Line(null, ""), .. groups.Select(group => Line(group.Id, group.Name))], ZoneOf(company, now), await board.OfAsync(companyId, cancellation));
    }

    internal static string LastZone(Company company) => company.ZoneChanges.MaxBy(change => change.From)!.ZoneId;

    private static ZoneFacts ZoneOf(Company company, DateTimeOffset now)
    {
        var ahead = company.ZoneChanges.MaxBy(change => change.From) is { } last && last.From > now ? last : null;
        // What lies ahead would be replaced.
        var known = new ZoneHistory(company.ZoneChanges.Where(change => change != ahead || company.ZoneChanges.Count == 1).Select(change => (change.ZoneId, change.From)));
        return new ZoneFacts(company.Zones.ZoneAt(now).Id, LastZone(company), ahead?.From, known.NextChangePossible(now));
    }
}
