using System.Collections.Concurrent;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Hours;

/// <summary>
/// Working hours in memory, because every page view and every request asks. Whoever keeps something that follows from them takes the board, so that it hears of a change before him.
/// </summary>
public sealed class HoursBoard : IDisposable
{
    private readonly ConcurrentDictionary<CompanyId, CompanyHours> _known = new();
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly IDisposable _subscription;
    private long _changes;

    public HoursBoard(IDbContextFactory<PortalDbContext> contexts, PortalEvents events)
    {
        _contexts = contexts;
        _subscription = events.SubscribeToAll(Heard);
    }

    /// <summary>The hours as they are stored.</summary>
    public ValueTask<CompanyHours> OfAsync(CompanyId company, CancellationToken cancellation = default) =>
        _known.TryGetValue(company, out var known) ? ValueTask.FromResult(known) : ReadAsync(company, cancellation);

    public void Dispose() => _subscription.Dispose();

    private async ValueTask<CompanyHours> ReadAsync(CompanyId companyId, CancellationToken cancellation)
    {
        var changes = Interlocked.Read(ref _changes);
        await using var context = await _contexts.CreateDbContextAsync(cancellation);
        var company = await context.Companies.AsNoTracking().SingleOrDefaultAsync(row => row.Id == companyId, cancellation);
        var zones = company?.Zones ?? ZoneHistory.Of(Company.DefaultZone);
        var groups = await context.Groups.AsNoTracking().Where(group => group.CompanyId == companyId && group.RemovedAt == null).ToListAsync(cancellation);
        var own = await context.WorkingHours.AsNoTracking().Where(row => row.CompanyId == companyId && row.IsOwn).ToDictionaryAsync(row => row.GroupId, row => row.Times, cancellation);
        var times = own.GetValueOrDefault(default) ?? Timetable.Always;
        var read = new CompanyHours(
            zones,
            new OpeningCalendar(zones, times),
            groups.ToDictionary(
                group => group.Id,
                group => new GroupHours(new OpeningCalendar(zones, times, own.GetValueOrDefault(group.Id)), group.Members.Select(member => member.AgentId).ToHashSet())));
        // What was read while something changed may be the old state: it is good for this answer, not for keeping.
        if (company is not null && changes == Interlocked.Read(ref _changes)) _known[companyId] = read;
        return read;
    }

    private void Heard(PortalEvent told)
    {
        if (told.Topic != PortalTopic.Company) return;
        _ = Interlocked.Increment(ref _changes);
        _ = _known.TryRemove(told.Company, out _);
    }
}
