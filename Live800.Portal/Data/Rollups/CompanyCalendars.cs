using System.Collections.Concurrent;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Data.Rollups;

/// <summary>The calendars of all companies, for the trail's writer, which asks for every page view and cannot wait: one not known yet is read at once. Whoever changes a zone says so.</summary>
public sealed class CompanyCalendars(IDbContextFactory<PortalDbContext> contexts)
{
    private readonly ConcurrentDictionary<CompanyId, ZoneHistory> _known = new();

    /// <summary>The company's calendar; that of a new company where there is none.</summary>
    public ZoneHistory Of(CompanyId company) => _known.TryGetValue(company, out var known) ? known : _known.GetOrAdd(company, Read);

    /// <summary>The company may have another calendar.</summary>
    public void Forget(CompanyId company) => _known.TryRemove(company, out _);

    private ZoneHistory Read(CompanyId id)
    {
        using var context = contexts.CreateDbContext();
        return context.Companies.AsNoTracking().SingleOrDefault(company => company.Id == id)?.Zones ?? ZoneHistory.Of(Company.DefaultZone);
    }
}

/// <summary>Remembers the hour each company is in, because views come in the order of time.</summary>
internal sealed class HourFinder(CompanyCalendars calendars)
{
    private readonly Dictionary<CompanyId, (long From, long Until, StatisticsHour Hour)> _last = [];

    public StatisticsHour Of(CompanyId company, DateTimeOffset at)
    {
        if (_last.TryGetValue(company, out var known) && at.UtcTicks >= known.From && at.UtcTicks < known.Until)
            return known.Hour;
        var zones = calendars.Of(company);
        var hour = StatisticsHour.Of(at, zones);
        var until = hour.Start.AddHours(1).UtcTicks;
        if (zones.NextZone(at) is { } next)
            until = Math.Min(until, next.UtcTicks);
        _last[company] = (at.UtcTicks, until, hour);
        return hour;
    }

    public void Forget() => _last.Clear();
}
