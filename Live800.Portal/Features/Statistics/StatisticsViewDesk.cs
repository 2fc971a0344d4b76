using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Live800.Portal.Data;
using Live800.Portal.Identity;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Statistics;

/// <summary>Keeps an agent's views 常用视图 of the statistics (rule 6). They are his own: nobody else reads, renames or deletes them, and no log tells of them. Who asks is looked up again inside every change.</summary>
public sealed class StatisticsViewDesk(IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, TimeProvider clock)
{
    /// <summary>His views by name; none without the right to see statistics.</summary>
    public async Task<IReadOnlyList<StatisticsView>> ListAsync(CurrentAgent by, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        if (!await context.MayAsync(by.CompanyId, by.AgentId, Permission.Statistics, cancellation)) return [];
        var views = await OfAgent(context, by).AsNoTracking().ToListAsync(cancellation);
        return [.. views.OrderBy(view => view.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(view => view.Id.Value)];
    }

    /// <summary>Keeps an address under a name. Refusals: NotAllowed, TooManyViews, ViewNameInvalid, InputInvalid (no address of the statistics), ViewNameTaken.</summary>
    public Task<Outcome> AddAsync(CurrentAgent by, string? name, string? path, CancellationToken cancellation = default) => DoAsync(
        by,
        async (context, token) =>
        {
            var all = await OfAgent(context, by).AsNoTracking().ToListAsync(token);
            if (all.Count >= StatisticsView.MostOfAgent) return Refusal.TooManyViews;
            var kept = StatisticsView.Keep(new StatisticsViewId(IdSource.Next(clock.GetUtcNow())), by.CompanyId, by.AgentId, name, path);
            if (kept.IsRefused) return kept.Refusal;
            if (StatisticsParts.Find(PartOf(kept.Value.Path)) is null) return Refusal.InputInvalid;
            if (all.Exists(view => view.IsCalled(name))) return Refusal.ViewNameTaken;
            _ = context.StatisticsViews.Add(kept.Value);
            return Outcome.Done;
        },
        cancellation);

    /// <summary>Gives one another name. Refusals: NotAllowed, ViewUnknown (also another agent's), ViewNameInvalid, ViewNameTaken.</summary>
    public Task<Outcome> RenameAsync(CurrentAgent by, StatisticsViewId id, string? name, CancellationToken cancellation = default) => DoAsync(
        by,
        async (context, token) =>
        {
            var all = await OfAgent(context, by).ToListAsync(token);
            if (all.Find(view => view.Id == id) is not { } found) return Refusal.ViewUnknown;
            return all.Exists(view => view.Id != id && view.IsCalled(name)) ? Refusal.ViewNameTaken : found.Call(name);
        },
        cancellation);

    /// <summary>Deletes one; one that is gone already is gone. Refusal: NotAllowed.</summary>
    public Task<Outcome> DeleteAsync(CurrentAgent by, StatisticsViewId id, CancellationToken cancellation = default) => DoAsync(
        by,
        async (context, token) =>
        {
            _ = await OfAgent(context, by).Where(view => view.Id == id).ExecuteDeleteAsync(token);
            return Outcome.Done;
        },
        cancellation);

    // The word after statistics/; empty for the first part.
    private static string PartOf(string path) => path.Split('?')[0] is var place && place.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? place[(slash + 1)..] : "";

    private static IQueryable<StatisticsView> OfAgent(PortalDbContext context, CurrentAgent by) => context.StatisticsViews.Where(view => view.CompanyId == by.CompanyId && view.AgentId == by.AgentId);

    private Task<Outcome> DoAsync(CurrentAgent by, Func<PortalDbContext, CancellationToken, Task<Outcome>> change, CancellationToken cancellation) =>
        writes.RunAsAsync(by.CompanyId, by.AgentId, Permission.Statistics, change, cancellation);
}
