using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Packages;

/// <summary>Reads a company's answer ledger for people (2.3). Nothing here changes a line; whether all are as they were written is asked by <see cref="LedgerCheck"/>.</summary>
public sealed class LedgerQueries(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
{
    /// <summary>Lines of one page.</summary>
    public const int PageSize = 50;

    private const int Batch = 1_000;

    /// <summary>
    /// A page of the lines that match. <paramref name="below"/>: those with a smaller number, newest first; <paramref name="above"/>: the nearest with a greater
    /// number; neither: the newest.
    /// </summary>
    /// <param name="reader">Who reads: his own running conversations open in his workspace.</param>
    public async Task<LedgerSheet> PageAsync(
        CompanyId company, AgentId reader, LedgerFilter filter, long? below = null, long? above = null, int take = PageSize, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        await using var snapshot = context.BeginSnapshot();
        var zone = await ZoneAsync(context, company, cancellation);
        var found = Matching(context, company, filter, zone);
        take = Math.Clamp(take, 1, Batch);
        var lines = above is { } floor
            ? await found.Where(line => line.Number > floor).OrderBy(line => line.Number).Take(take).ToListAsync(cancellation)
            : below is { } ceiling
                ? await found.Where(line => line.Number < ceiling).OrderByDescending(line => line.Number).Take(take).ToListAsync(cancellation)
                : await found.OrderByDescending(line => line.Number).Take(take).ToListAsync(cancellation);
        lines.Sort((one, other) => other.Number.CompareTo(one.Number));

        var (newest, oldest) = lines.Count > 0 ? (lines[0].Number, lines[^1].Number)
            : above is not null ? (above.Value, above.Value + 1) : (below - 1 ?? 0, below ?? 0);
        var agents = await AgentsAsync(context, company, cancellation);
        return new LedgerSheet(
            await RowsAsync(context, company, reader, lines, agents, cancellation),
            await found.LongCountAsync(cancellation),
            await found.AnyAsync(line => line.Number > newest, cancellation),
            await found.AnyAsync(line => line.Number < oldest, cancellation),
            [.. agents.Select(agent => (agent.Key, agent.Value)).OrderBy(agent => agent.Value, StringComparer.CurrentCulture)],
            zone);
    }

    /// <summary>How many lines match, and the number of the last one there is now: what comes later is not part of a download that has begun.</summary>
    public async Task<(long Count, long Last, TimeZoneInfo Zone)> ExtentAsync(CompanyId company, LedgerFilter filter, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        await using var snapshot = context.BeginSnapshot();
        var zone = await ZoneAsync(context, company, cancellation);
        var found = Matching(context, company, filter, zone);
        return (await found.LongCountAsync(cancellation), await found.MaxAsync(line => (long?)line.Number, cancellation) ?? 0, zone);
    }

    /// <summary>All lines that match up to a number, the oldest first, a batch at a time, so that a long ledger never stands in memory.</summary>
    public IEnumerable<LedgerRow> Read(CompanyId company, AgentId reader, LedgerFilter filter, TimeZoneInfo zone, long last, CancellationToken cancellation)
    {
        for (var after = 0L; ;)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = NextBatch(company, reader, filter, zone, after, last);
            foreach (var row in rows) yield return row;
            if (rows.Count < Batch) yield break;
            after = rows[^1].Line.Number;
        }
    }

    private IReadOnlyList<LedgerRow> NextBatch(CompanyId company, AgentId reader, LedgerFilter filter, TimeZoneInfo zone, long after, long last)
    {
        using var context = contexts.CreateDbContext();
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var lines = Matching(context, company, filter, zone).Where(line => line.Number > after && line.Number <= last).OrderBy(line => line.Number).Take(Batch).ToList();
        var names = context.Agents.Where(agent => agent.CompanyId == company).ToDictionary(agent => agent.Id, agent => agent.DisplayName);
        var code = context.Companies.Where(row => row.Id == company).Select(row => row.Code).Single();
        var orders = OrdersOf(context, company, lines).ToDictionary(order => order.Id);
        return Rows(lines, reader, names, Notes(context.PackageAccounts.AsSplitQuery().Single(account => account.CompanyId == company)), [], orders, code);
    }

    private static IQueryable<LedgerLine> Matching(PortalDbContext context, CompanyId company, LedgerFilter filter, TimeZoneInfo zone)
    {
        var found = context.LedgerLines.Where(line => line.CompanyId == company);
        if (filter.Kind is { } kind) found = found.Where(line => line.Kind == kind);
        if (filter.Way is { } way) found = found.Where(line => line.Way == way);
        if (filter.Agent is { } agent) found = found.Where(line => line.AgentId == agent);
        if (filter.From is { } from)
        {
            var start = StartOf(from, zone);
            found = found.Where(line => line.At >= start);
        }

        if (filter.Until is { } until && until < DateOnly.MaxValue)
        {
            var end = StartOf(until.AddDays(1), zone);
            found = found.Where(line => line.At < end);
        }

        return found;
    }

    /// <summary>A day at either end of the calendar has no instant in every zone; nothing ever happened there.</summary>
    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone) =>
        day.Year is > 1 and < 9999 ? LocalCalendar.StartOfDay(day, zone) : new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static async Task<IReadOnlyList<LedgerRow>> RowsAsync(
        PortalDbContext context, CompanyId company, AgentId reader, IReadOnlyList<LedgerLine> lines, Dictionary<AgentId, string> agents, CancellationToken cancellation)
    {
        var account = await context.PackageAccounts.AsSplitQuery().SingleAsync(row => row.CompanyId == company, cancellation);
        var ids = lines.Where(line => line.ConversationId is not null).Select(line => line.ConversationId!.Value).ToArray();
        var conversations = await context.Conversations
            .Where(conversation => conversation.CompanyId == company && ids.Contains(conversation.Id))
            .ToDictionaryAsync(conversation => conversation.Id, cancellation);
        var code = await context.Companies.Where(row => row.Id == company).Select(row => row.Code).SingleAsync(cancellation);
        var orders = await OrdersOf(context, company, lines).ToDictionaryAsync(order => order.Id, cancellation);
        return Rows(lines, reader, agents, Notes(account), conversations, orders, code);
    }

    private static IQueryable<Order> OrdersOf(PortalDbContext context, CompanyId company, IReadOnlyList<LedgerLine> lines)
    {
        var ids = lines.Where(line => line.OrderId is not null).Select(line => line.OrderId!.Value).Distinct().ToArray();
        return context.Orders.Where(order => order.CompanyId == company && ids.Contains(order.Id));
    }

    private static IReadOnlyList<LedgerRow> Rows(
        IReadOnlyList<LedgerLine> lines, AgentId reader, Dictionary<AgentId, string> agents, Dictionary<OrderId, string> notes, Dictionary<ConversationId, Conversation> conversations,
        Dictionary<OrderId, Order> orders, string code) =>
        [
            .. lines.Select(line =>
            {
                var order = line.OrderId is { } named ? orders.GetValueOrDefault(named) : null;
                return new LedgerRow(
                    line,
                    line.AgentId is { } agent ? agents.GetValueOrDefault(agent, "") : "",
                    line.Kind == LedgerKind.Answer ? "" : line.Kind == LedgerKind.Refund && order is not null ? order.Note : notes.GetValueOrDefault(line.OrderId ?? default, ""),
                    line.ConversationId is { } id && conversations.TryGetValue(id, out var conversation) ? PlaceOf(conversation, reader) : ConversationPlace.Nowhere,
                    order is null ? null : new LedgerOrder(order.Number, order.NameIn(code)));
            }),
        ];

    private static ConversationPlace PlaceOf(Conversation conversation, AgentId reader) =>
        conversation.VisitEndedAt is not null ? ConversationPlace.History
        : conversation.State == ConversationState.Open && conversation.AgentId == reader ? ConversationPlace.Workspace
        : ConversationPlace.OnTheSite;

    private static Dictionary<OrderId, string> Notes(PackageAccount account) =>
        account.Terms.Select(term => (term.OrderId, term.Note)).Concat(account.Credits.Select(credit => (credit.OrderId, credit.Note)))
            .Where(credit => credit.Note.Length > 0)
            .ToDictionary(credit => credit.OrderId, credit => credit.Note);

    private static Task<Dictionary<AgentId, string>> AgentsAsync(PortalDbContext context, CompanyId company, CancellationToken cancellation) =>
        context.Agents.Where(agent => agent.CompanyId == company).ToDictionaryAsync(agent => agent.Id, agent => agent.DisplayName, cancellation);

    private async Task<TimeZoneInfo> ZoneAsync(PortalDbContext context, CompanyId company, CancellationToken cancellation) =>
        (await context.Companies.SingleAsync(row => row.Id == company, cancellation)).Zones.ZoneAt(clock.GetUtcNow());

    private async Task<PortalDbContext> ReadAsync(CancellationToken cancellation)
    {
        var context = await contexts.CreateDbContextAsync(cancellation);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }
}
