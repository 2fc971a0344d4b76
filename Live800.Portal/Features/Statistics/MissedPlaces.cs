using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Statistics;

/// <summary>Where missed visitors were when they gave up: the last page of their trail before that instant. Only ids come from the other file.</summary>
public sealed class MissedPlaces(IDbContextFactory<TrailDbContext> contexts)
{
    /// <summary>The reading of one company, as the part of missed visitors asks for it.</summary>
    public Func<IReadOnlyList<MissedVisitor>, Task<IReadOnlyDictionary<long, MissedPlace>>> Of(CompanyId company) => missed => ReadAsync(company, missed);

    private async Task<IReadOnlyDictionary<long, MissedPlace>> ReadAsync(CompanyId company, IReadOnlyList<MissedVisitor> missed)
    {
        await using var context = await contexts.CreateDbContextAsync();
        var places = new Dictionary<long, MissedPlace>();
        foreach (var one in missed)
        {
            // A visit that began before he gave up, the newest of them; and in it the page opened last until then.
            var visit = await context.Visits.AsNoTracking().Where(row => row.CompanyId == company && row.VisitorId == one.Visitor && row.StartedAt <= one.At).OrderByDescending(row => row.StartedAt).Select(row => (VisitId?)row.Id).FirstOrDefaultAsync();
            if (visit is not { } id) continue;
            var step = await context.TrailSteps.AsNoTracking().Where(row => row.VisitId == id && row.CompanyId == company && row.At <= one.At).OrderByDescending(row => row.Number).Select(row => new { row.Address, row.Title }).FirstOrDefaultAsync();
            if (step is not null) places[one.Id] = new MissedPlace(step.Address, step.Title);
        }

        return places;
    }
}
