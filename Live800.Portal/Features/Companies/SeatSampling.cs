using System.Collections.Concurrent;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Companies;

/// <summary>
/// Keeps the most seats in use at once, one row an hour for each company. Every sign of life of a workspace passes here, so what is known already costs no
/// look into the file. With the first sample of an hour those that nobody reads any more go.
/// </summary>
internal sealed class SeatSampling
{
    private readonly ConcurrentDictionary<CompanyId, (DateTimeOffset Hour, int Used)> _kept = new();

    /// <summary>Inside a write: keeps the number if it is the hour's first or its highest, and drops what is too old.</summary>
    public async Task SeeAsync(PortalDbContext write, CompanyId company, int used, DateTimeOffset now, CancellationToken cancellation)
    {
        var hour = SeatSample.HourOf(now);
        if (_kept.TryGetValue(company, out var kept) && kept.Hour == hour && kept.Used >= used) return;
        if (await write.SeatSamples.SingleOrDefaultAsync(sample => sample.CompanyId == company && sample.Hour == hour, cancellation) is { } sample)
        {
            sample.See(used);
            return;
        }

        _ = write.SeatSamples.Add(new SeatSample(company, now, used));
        var oldest = hour - SeatSample.KeptFor;
        _ = await write.SeatSamples.Where(old => old.CompanyId == company && old.Hour < oldest).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>After the commit: what is kept need not be looked up again.</summary>
    public void Kept(CompanyId company, int used, DateTimeOffset now)
    {
        var hour = SeatSample.HourOf(now);
        _ = _kept.AddOrUpdate(company, (hour, used), (_, kept) => kept.Hour > hour || (kept.Hour == hour && kept.Used >= used) ? kept : (hour, used));
    }
}
