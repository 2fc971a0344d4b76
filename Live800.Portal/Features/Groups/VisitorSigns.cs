using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.Visitors;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Groups;

/// <summary>What tells a person from a robot (2).</summary>
/// <param name="Address">One <see cref="CustomerLine"/>; empty where nothing is known.</param>
public sealed record VisitorSigns(bool IsRobot, string Address)
{
    public static readonly VisitorSigns Unknown = new(false, "");
}

/// <summary>Reads them from a visit's first page.</summary>
public sealed class VisitorSignsQueries(IDbContextFactory<TrailDbContext> contexts)
{
    public async Task<VisitorSigns> OfVisitAsync(CompanyId company, VisitId visit, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var found = await context.Visits.AsNoTracking().Where(row => row.Id == visit && row.CompanyId == company).Select(row => new { row.UserAgent, Address = row.WholeAddress ?? row.NetworkAddress }).SingleOrDefaultAsync(cancellation);
        return found is null ? VisitorSigns.Unknown : new VisitorSigns(KnownRobots.Is(found.UserAgent), CustomerLine.Of(found.Address) ?? "");
    }
}
