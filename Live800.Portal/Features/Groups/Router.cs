using System.Collections.Concurrent;
using System.Threading.Channels;
using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Groups;

/// <summary>
/// Gives waiting requests to agents where a company wants that 自动应答 (2, 4). It looks whenever a request, a seat, a status, an ending or a limit changed, and every few seconds as a net, because an
/// event may be lost; who is given what is decided and accepted by <see cref="ConversationDesk"/>, in one work, on the rows as they are stored then.
/// </summary>
public sealed class Router : BackgroundService
{
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly ConversationDesk _desk;
    private readonly VisitorSignsQueries _signs;
    private readonly ILogger<Router> _log;
    private readonly IDisposable _heard;
    private readonly ConcurrentDictionary<CompanyId, bool> _isRouted = new();
    private long _companiesChanged;
    private readonly ConcurrentDictionary<CompanyId, byte> _changed = new();
    private readonly Channel<byte> _bell = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public Router(IDbContextFactory<PortalDbContext> contexts, ConversationDesk desk, VisitorSignsQueries signs, PortalEvents events, ILogger<Router> log)
    {
        (_contexts, _desk, _signs, _log) = (contexts, desk, signs, log);
        _heard = events.SubscribeToAll(Heard);
    }

    /// <summary>Gives out what can be given now; says how many requests went to an agent.</summary>
    public async Task<int> LookAsync(CompanyId company, CancellationToken cancellation = default)
    {
        if (!await IsRoutedAsync(company, cancellation)) return 0;
        var given = 0;
        while (await _desk.GiveNextAsync(company, _signs.OfVisitAsync, cancellation)) given++;
        return given;
    }

    /// <summary>The net: every company in which somebody waits. Called by the sweeper.</summary>
    internal async Task SweepAsync(CancellationToken cancellation = default)
    {
        List<CompanyId> companies;
        await using (var context = await _contexts.CreateDbContextAsync(cancellation))
        {
            companies = await context.Conversations.AsNoTracking().Where(row => row.State == ConversationState.Waiting).Select(row => row.CompanyId).Distinct().ToListAsync(cancellation);
        }

        foreach (var company in companies) Call(company);
    }

    public override void Dispose()
    {
        _heard.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _bell.Reader.WaitToReadAsync(stoppingToken))
            {
                _ = _bell.Reader.TryRead(out _);
                foreach (var company in _changed.Keys)
                {
                    if (_changed.TryRemove(company, out _)) await LookSafelyAsync(company, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private void Heard(PortalEvent told)
    {
        if (told.Topic == PortalTopic.Company)
        {
            _ = Interlocked.Increment(ref _companiesChanged);
            _ = _isRouted.TryRemove(told.Company, out _);
        }

        // Most companies give everything out by hand: nothing is looked at for them.
        if (told.Topic is PortalTopic.Conversation or PortalTopic.Agents or PortalTopic.Seats or PortalTopic.Entitlement or PortalTopic.Company
            && !(_isRouted.TryGetValue(told.Company, out var isRouted) && !isRouted))
        {
            Call(told.Company);
        }
    }

    private void Call(CompanyId company)
    {
        _changed[company] = 0;
        _ = _bell.Writer.TryWrite(0);
    }

    private async Task LookSafelyAsync(CompanyId company, CancellationToken cancellation)
    {
        try
        {
            _ = await LookAsync(company, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            _log.LogError(failure, "Requests of company {Company} could not be given out; they are looked at again", company);
        }
    }

    // A company with a group, or a way of giving out: a group that nobody is in is left by the same look.
    private async Task<bool> IsRoutedAsync(CompanyId company, CancellationToken cancellation)
    {
        if (_isRouted.TryGetValue(company, out var known)) return known;
        var before = Interlocked.Read(ref _companiesChanged);
        await using var context = await _contexts.CreateDbContextAsync(cancellation);
        var isRouted = await context.Groups.AnyAsync(group => group.CompanyId == company, cancellation)
            || await context.CompanyRoutings.AnyAsync(routing => routing.CompanyId == company && routing.Way != RoutingWay.ByHand, cancellation);
        // What was changed while it was read is read again.
        if (before == Interlocked.Read(ref _companiesChanged)) _isRouted[company] = isRouted;
        return isRouted;
    }
}
