using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Companies;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Packages;

/// <summary>What the store shows of a company's packages.</summary>
/// <param name="InForce">What is enjoyed now.</param>
/// <param name="ClicksLeft">Clicks left, frozen or not.</param>
/// <param name="SeatsUsed">Workspaces open now.</param>
/// <param name="SeatsPeak">The most workspaces open at once within the last seven days, kept by the hour; nothing when none was.</param>
/// <param name="Agents">Agents who count towards the accounts.</param>
/// <param name="AnswersThisMonth">Answers since the first of the company's month.</param>
/// <param name="Timeline">When what is used.</param>
/// <param name="OpenOrders">Orders that wait for money.</param>
public sealed record StoreView(
    Entitlement InForce, long ClicksLeft, int SeatsUsed, int? SeatsPeak, int Agents, int AnswersThisMonth, StoreTimeline Timeline, int OpenOrders, TimeZoneInfo Zone, DateTimeOffset ReadAt)
{
    /// <summary>Seats of the bought term that what runs without a gap ends with: so many a renewal asks for. Nothing where there is nothing to renew.</summary>
    public long? RenewalSeats => Timeline.Spans.TakeWhile(span => span.Kind == PackageKind.Monthly).LastOrDefault(span => !span.IsTrial)?.Seats;
}

/// <summary>What a purchase would bring: when the term runs, and the timeline with it.</summary>
public sealed record StorePreview(DateTimeOffset? Start, DateTimeOffset? End, StoreTimeline Timeline)
{
    /// <summary>Seats of other terms that run when the bought one begins; with clicks none.</summary>
    public long SeatsBeside(OrderItem item) =>
        Start is { } start && Timeline.Spans.FirstOrDefault(span => span.From <= start && (span.To is null || span.To > start)) is { Seats: { } seats } ? Math.Max(0, seats - item.Seats) : 0;
}

/// <summary>Reads what the store shows, and tries purchases out on an account that is thrown away.</summary>
public sealed class StoreQueries(IDbContextFactory<PortalDbContext> contexts, StoreBoard board, SeatRoster seats, LedgerSeal seal, TimeProvider clock)
{
    // A pace is spoken of after a week of answers.
    private static readonly TimeSpan PaceFrom = TimeSpan.FromDays(7);
    private static readonly TimeSpan PaceOver = TimeSpan.FromDays(30);
    private static readonly TimeSpan PeakOver = TimeSpan.FromDays(7);

    public async Task<StoreView> ReadAsync(CompanyId company, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var situation = await seats.SituationAsync(company, cancellation);
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var (account, rules) = await LoadAsync(context, company, cancellation);
        var timeline = StoreTimeline.Of(account, rules, now, await PaceAsync(context, company, now, cancellation));
        var agents = await context.Agents.CountAsync(agent => agent.CompanyId == company && !agent.IsDisabled, cancellation);
        var answers = await context.LedgerLines.CountAsync(line => line.CompanyId == company && line.Kind == LedgerKind.Answer && line.At >= timeline.From, cancellation);
        var open = await context.Orders.CountAsync(order => order.CompanyId == company && order.PaidAt == null && order.CancelledAt == null, cancellation);
        var week = SeatSample.HourOf(now - PeakOver);
        var peak = await context.SeatSamples.Where(sample => sample.CompanyId == company && sample.Hour >= week).MaxAsync(sample => (int?)sample.Used, cancellation);
        // A restart keeps the seats; the hour's sample comes with the first sign of life.
        if (situation.Used > 0) peak = Math.Max(peak ?? 0, situation.Used);
        return new StoreView(account.EntitlementAt(now, rules), account.ClicksLeft, situation.Used, peak, agents, answers, timeline, open, timeline.Zone, now);
    }

    /// <summary>How it would be if this were paid now. Refusals: those of the account.</summary>
    public async Task<Outcome<StorePreview>> TryOutAsync(CompanyId company, OrderItem item, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var (account, rules) = await LoadAsync(context, company, cancellation);
        var order = new OrderId(IdSource.Next(now));
        var line = item.Kind == PackageKind.Click ? account.BuyClicks(order, item.Clicks, now, seal) : account.BuyTerm(order, item.Seats, item.Months, item.Start, now, rules, seal);
        if (line.IsRefused) return line.Refusal;
        return new StorePreview(line.Value.TermStart, line.Value.TermEnd, StoreTimeline.Of(account, rules, now, await PaceAsync(context, company, now, cancellation), order));
    }

    private async Task<(PackageAccount Account, PackageRules Rules)> LoadAsync(PortalDbContext context, CompanyId company, CancellationToken cancellation)
    {
        var owner = await context.Companies.AsNoTracking().SingleAsync(row => row.Id == company, cancellation);
        var account = await context.PackageAccounts.AsNoTracking().AsSplitQuery().SingleAsync(row => row.CompanyId == company, cancellation);
        return (account, new PackageRules(board.Figures, owner.Zones));
    }

    private static async Task<double?> PaceAsync(PortalDbContext context, CompanyId company, DateTimeOffset now, CancellationToken cancellation)
    {
        var since = now - PaceOver;
        var answers = context.LedgerLines.Where(line => line.CompanyId == company && line.Kind == LedgerKind.Answer);
        var first = await answers.OrderBy(line => line.Number).Select(line => (DateTimeOffset?)line.At).FirstOrDefaultAsync(cancellation);
        if (first is null || now - first < PaceFrom) return null;
        var count = await answers.CountAsync(line => line.At >= since, cancellation);
        return count == 0 ? null : count / (now - (first > since ? first.Value : since)).TotalDays;
    }
}
