using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Statistics;

/// <summary>Which visits somebody wants to see: those that began in a period, from some sources, places or devices. Nothing chosen is all; an empty choice is none.</summary>
public sealed record VisitFilter(StatisticsPeriod Period, IReadOnlyList<long>? Sources = null, IReadOnlyList<long>? Places = null, IReadOnlyList<long>? Devices = null);

/// <summary>A visit as the statistics list it.</summary>
public sealed record VisitLine(
    VisitId Id, VisitorId Visitor, DateTimeOffset StartedAt, DateTimeOffset LastAliveAt, bool IsOver, int Pages, VisitSource Source, Place? Place, VisitDevice Device, string EntryAddress, string EntryTitle, bool HasTalked)
{
    /// <summary>How long it lasted, so far.</summary>
    public TimeSpan Length => LastAliveAt - StartedAt;
}

/// <summary>Some visits, and whether there are more.</summary>
public sealed record VisitSheet(IReadOnlyList<VisitLine> Rows, bool HasMore);

/// <summary>Lists visits (6), newest first. Every question names the company first. Robots are not listed.</summary>
public sealed class VisitBook(IDbContextFactory<TrailDbContext> contexts)
{
    /// <summary>The visits that began before another one, or the newest.</summary>
    public async Task<VisitSheet> PageAsync(CompanyId company, VisitFilter filter, ZoneHistory zones, VisitId? below = null, int take = 50, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var (from, until) = zones.InstantsOf(filter.Period);
        // Of several in one instant the id decides.
        var all = below is { } last && await context.Visits.Where(visit => visit.CompanyId == company && visit.Id == last).Select(visit => (DateTimeOffset?)visit.StartedAt).SingleOrDefaultAsync(cancellation) is { } at
            ? context.Visits.FromSql($"SELECT * FROM Visits WHERE CompanyId = {company.Value} AND (StartedAt, Id) < ({at.UtcTicks}, {last.Value})")
            : context.Visits;
        var visits = all.AsNoTracking().Where(visit => visit.CompanyId == company && visit.StartedAt >= from && visit.StartedAt < until && !visit.IsRobot);
        if (filter.Sources is { } sources) visits = visits.Where(visit => EF.Parameter(sources).Contains(visit.SourceId));
        if (filter.Places is { } places) visits = visits.Where(visit => EF.Parameter(places).Contains(visit.PlaceId));
        if (filter.Devices is { } devices) visits = visits.Where(visit => EF.Parameter(devices).Contains(visit.DeviceId));
        var rows = await visits.OrderByDescending(visit => visit.StartedAt).ThenByDescending(visit => visit.Id).Take(take + 1).ToListAsync(cancellation);
        var names = await NamesAsync(context, company, [.. rows.SelectMany(visit => new[] { visit.PlaceId, visit.DeviceId })], cancellation);
        return new VisitSheet([.. rows.Take(take).Select(visit => Line(visit, names))], rows.Count > take);
    }

    /// <summary>One visit; nothing where this company has none of that id.</summary>
    public async Task<VisitLine?> FindAsync(CompanyId company, VisitId id, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        if (await context.Visits.AsNoTracking().SingleOrDefaultAsync(visit => visit.Id == id && visit.CompanyId == company, cancellation) is not { } visit) return null;
        return Line(visit, await NamesAsync(context, company, [visit.PlaceId, visit.DeviceId], cancellation));
    }

    private static async Task<Dictionary<long, string>> NamesAsync(TrailDbContext context, CompanyId company, HashSet<long> ids, CancellationToken cancellation)
    {
        var wanted = $"[{string.Join(',', ids)}]";
        var found = await context.Database.SqlQuery<Name>($"SELECT Id, Text FROM RollupNames WHERE CompanyId = {company.Value} AND Id IN (SELECT value FROM json_each({wanted}))").ToListAsync(cancellation);
        return found.ToDictionary(name => name.Id, name => name.Text);
    }

    private static VisitLine Line(Visit visit, Dictionary<long, string> names) => new(
        visit.Id, visit.VisitorId, visit.StartedAt, visit.LastAliveAt, visit.EndedAt is not null, visit.Pages, visit.Source, Place.Parse(names.GetValueOrDefault(visit.PlaceId, "")),
        VisitDevice.Parse(names.GetValueOrDefault(visit.DeviceId, "")), visit.EntryAddress, visit.EntryTitle, visit.HasTalked);

    private sealed record Name(long Id, string Text);
}
