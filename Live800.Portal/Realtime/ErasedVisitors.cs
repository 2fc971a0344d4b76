using System.Collections.Concurrent;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Realtime;

/// <summary>Visitors whose data was erased (rule 1). Their browsers still have passes that name them; those are believed no more, so that they come as somebody new. Read once from what is stored.</summary>
public sealed class ErasedVisitors(IDbContextFactory<PortalDbContext> contexts)
{
    private readonly Lazy<ConcurrentDictionary<long, bool>> _all = new(
        () =>
        {
            using var context = contexts.CreateDbContext();
            return new ConcurrentDictionary<long, bool>(context.VisitorErasures.AsNoTracking().Select(erasure => erasure.VisitorIds).AsEnumerable().SelectMany(ids => ids).Distinct().Select(id => KeyValuePair.Create(id, true)));
        },
        // A read that failed is tried again by the next who asks.
        LazyThreadSafetyMode.PublicationOnly);

    public bool Has(VisitorId visitor) => _all.Value.ContainsKey(visitor.Value);

    /// <summary>They are erased from now on; only after the commit that says so.</summary>
    internal void Add(IEnumerable<long> visitors)
    {
        foreach (var visitor in visitors) _all.Value[visitor] = true;
    }
}
