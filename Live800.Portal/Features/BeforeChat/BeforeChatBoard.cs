using System.Collections.Concurrent;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.BeforeChat;

/// <summary>What every company asks before a conversation, in memory: every start looks, and most companies ask nothing.</summary>
public sealed class BeforeChatBoard : IDisposable
{
    private readonly ConcurrentDictionary<CompanyId, PreChatFields> _known = new();
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly IDisposable _subscription;
    private long _changes;

    public BeforeChatBoard(IDbContextFactory<PortalDbContext> contexts, PortalEvents events)
    {
        _contexts = contexts;
        _subscription = events.SubscribeToAll(Heard);
    }

    /// <summary>What is asked now.</summary>
    public ValueTask<PreChatFields> OfAsync(CompanyId company, CancellationToken cancellation = default) =>
        _known.TryGetValue(company, out var known) ? ValueTask.FromResult(known) : ReadAsync(company, cancellation);

    public void Dispose() => _subscription.Dispose();

    private async ValueTask<PreChatFields> ReadAsync(CompanyId companyId, CancellationToken cancellation)
    {
        var changes = Interlocked.Read(ref _changes);
        await using var context = await _contexts.CreateDbContextAsync(cancellation);
        var company = await context.Companies.AsNoTracking().SingleOrDefaultAsync(row => row.Id == companyId, cancellation);
        var read = company?.Settings.PreChat ?? PreChatFields.Nothing;
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
