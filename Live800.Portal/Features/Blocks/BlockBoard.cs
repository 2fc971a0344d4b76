using System.Collections.Concurrent;
using System.Net;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Blocks;

/// <summary>
/// Whether a visitor is blocked (4). Asked with every message, so a company's blocks are kept in memory until they change; when one ends by its date is looked at each time.
/// </summary>
public sealed class BlockBoard : IDisposable
{
    private readonly ConcurrentDictionary<CompanyId, Known> _known = new();
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly TimeProvider _clock;
    private readonly IDisposable _subscription;
    private long _changes;

    public BlockBoard(IDbContextFactory<PortalDbContext> contexts, PortalEvents events, TimeProvider clock)
    {
        _contexts = contexts;
        _clock = clock;
        _subscription = events.SubscribeToAll(Heard);
    }

    /// <summary>Whether the visitor, or the address he comes from, is blocked at this moment.</summary>
    public async ValueTask<bool> CoversAsync(CompanyId company, VisitorId? visitor, IPAddress? address, CancellationToken cancellation = default)
    {
        var known = await KnownAsync(company, cancellation);
        return !known.IsEmpty && known.Covers(visitor, address is null ? null : CustomerLine.Of(address), _clock.GetUtcNow());
    }

    /// <summary>As <see cref="CoversAsync(CompanyId, VisitorId?, IPAddress?, CancellationToken)"/>, for an address that was stored.</summary>
    public async ValueTask<bool> CoversAsync(CompanyId company, VisitorId visitor, string address, CancellationToken cancellation = default)
    {
        var known = await KnownAsync(company, cancellation);
        return !known.IsEmpty && known.Covers(visitor, CustomerLine.Of(address), _clock.GetUtcNow());
    }

    public void Dispose() => _subscription.Dispose();

    private ValueTask<Known> KnownAsync(CompanyId company, CancellationToken cancellation) =>
        _known.TryGetValue(company, out var kept) ? ValueTask.FromResult(kept) : ReadAsync(company, cancellation);

    private async ValueTask<Known> ReadAsync(CompanyId company, CancellationToken cancellation)
    {
        var changes = Interlocked.Read(ref _changes);
        var now = _clock.GetUtcNow();
        await using var context = await _contexts.CreateDbContextAsync(cancellation);
        var blocks = await context.VisitorBlocks.AsNoTracking()
            .Where(block => block.CompanyId == company && block.LiftedAt == null && (block.Until == null || block.Until > now))
            .ToListAsync(cancellation);
        var known = new Known(blocks);
        // What was read while something changed may be the old state: good for this answer, not for keeping.
        if (changes == Interlocked.Read(ref _changes)) _known[company] = known;
        return known;
    }

    private void Heard(PortalEvent portalEvent)
    {
        if (portalEvent.Topic != PortalTopic.Blocks) return;
        _ = Interlocked.Increment(ref _changes);
        _ = _known.TryRemove(portalEvent.Company, out _);
    }

    private sealed class Known(List<VisitorBlock> blocks)
    {
        private readonly ILookup<VisitorId, VisitorBlock> _visitors = blocks.Where(block => block.VisitorId is not null).ToLookup(block => block.VisitorId!.Value);
        private readonly ILookup<string, VisitorBlock> _addresses = blocks.Where(block => block.Address is not null).ToLookup(block => block.Address!);

        public bool IsEmpty => blocks.Count == 0;

        public bool Covers(VisitorId? visitor, string? address, DateTimeOffset now) =>
            (visitor is { } who && _visitors[who].Any(block => block.IsInForce(now))) || (address is not null && _addresses[address].Any(block => block.IsInForce(now)));
    }
}
