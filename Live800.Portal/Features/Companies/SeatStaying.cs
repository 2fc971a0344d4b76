using System.Collections.Concurrent;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Companies;

/// <summary>Keeps how long agents held their seats. Every sign of life of a workspace passes here; one a minute is stored, in the write that renews the seat.</summary>
internal sealed class SeatStaying
{
    /// <summary>How much of a stay may be lost.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(CompanyId Company, AgentId Agent), (DateTimeOffset From, DateTimeOffset Until)> _kept = new();

    /// <summary>Inside a write: the agent holds his seat since an instant, and lives now.</summary>
    /// <param name="isLast">He leaves: stored whatever was stored a moment ago.</param>
    public async Task SeeAsync(PortalDbContext write, CompanyId company, AgentId agent, DateTimeOffset from, DateTimeOffset now, bool isLast, CancellationToken cancellation)
    {
        if (!isLast && _kept.TryGetValue((company, agent), out var kept) && kept.From == from && now < kept.Until + Every) return;
        if (await write.SeatStays.SingleOrDefaultAsync(stay => stay.CompanyId == company && stay.AgentId == agent && stay.From == from, cancellation) is { } stay)
        {
            stay.Extend(now);
        }
        else
        {
            _ = write.SeatStays.Add(new SeatStay(company, agent, from, now));
            var oldest = now - SeatStay.KeptFor;
            _ = await write.SeatStays.Where(old => old.CompanyId == company && old.Until < oldest).ExecuteDeleteAsync(cancellation);
        }

        // Before the commit: should that fail, a minute of the stay is missing and nothing else.
        _kept[(company, agent)] = (from, now);
    }
}
