using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Packages;

/// <summary>What a purchase would have meant on a company's past days (S4.4, rule 3.11).</summary>
/// <param name="Alone">With nothing but this purchase.</param>
/// <param name="Together">A term with the seats of others that run when it begins; nothing where there are none. Its cost is that of the purchase alone.</param>
/// <param name="Nothing">Without any purchase.</param>
public sealed record PurchaseOutcome(PastDays Past, OptionOutcome Alone, OptionOutcome? Together, OptionOutcome Nothing);

/// <summary>Reads a company's own last days and tries what is on sale on them (S4.4, rule 3.11). Measured from what is stored; nothing is guessed.</summary>
public sealed class RecommendationQueries(IDbContextFactory<PortalDbContext> contexts, IDbContextFactory<TrailDbContext> trails, StoreBoard board, TimeProvider clock)
{
    /// <summary>What the last days would have cost on each package, and whom they would have turned away.</summary>
    public async Task<Recommendation> RecommendAsync(CompanyId company, CancellationToken cancellation = default)
    {
        var (past, terms) = (await PastAsync(company, cancellation), board.Terms);
        return Recommendation.From(past, terms.Figures, terms.Catalog.SeatMonth, terms.Catalog.Packs);
    }

    /// <summary>The same for a purchase only thought of; nothing when it is not on sale.</summary>
    /// <param name="seatsBeside">Seats of other terms that run when the bought one begins.</param>
    public PurchaseOutcome? Try(PastDays past, OrderItem item, long seatsBeside = 0)
    {
        var terms = board.Terms;
        var price = terms.Catalog.Quote(item);
        if (price.IsRefused) return null;
        var option = item.Kind == PackageKind.Monthly
            ? new PackageOption(PackageKind.Monthly, item.Seats, 0, price.Value / item.Months)
            : new PackageOption(PackageKind.Click, 0, item.PackSize * item.Packs, price.Value);
        var seats = (int)Math.Min(int.MaxValue, option.Seats + seatsBeside);
        return new PurchaseOutcome(
            past,
            Recommendation.Try(past, option, terms.Figures),
            option.Kind == PackageKind.Monthly && seatsBeside > 0 ? Recommendation.Try(past, option with { Seats = seats }, terms.Figures) : null,
            Recommendation.Try(past, PackageOption.Free, terms.Figures));
    }

    /// <summary>The company's last 30 days up to now, today among them; fewer when it has not been here that long.</summary>
    public async Task<PastDays> PastAsync(CompanyId company, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var snapshot = context.BeginSnapshot();
        var owner = await context.Companies.AsNoTracking().SingleAsync(row => row.Id == company, cancellation);
        var zone = owner.Zones.ZoneAt(now);
        DateOnly DayOf(DateTimeOffset at) => LocalCalendar.DateOf(at, zone);
        var today = DayOf(now);
        var first = DayOf(owner.RegisteredAt) is var registered && registered > today.AddDays(1 - PastDays.Longest) ? registered : today.AddDays(1 - PastDays.Longest);
        var from = LocalCalendar.StartOfDay(first, zone);

        var lines = await context.LedgerLines.AsNoTracking()
            .Where(line => line.CompanyId == company && line.At >= from)
            .OrderBy(line => line.Number)
            .Select(line => new { line.Kind, line.At, line.Charged, line.BalanceAfter })
            .ToListAsync(cancellation);
        var usedUp = lines.Select((line, i) => (line, i))
            .Where(pair => pair.line is { Kind: LedgerKind.Answer, Charged: PackageKind.Free, BalanceAfter: 0 })
            .Select(pair => (
                From: pair.line.At,
                Until: lines.Skip(pair.i + 1).Where(next => next.Kind == LedgerKind.Credit).Select(next => next.At)
                    .Append(LocalCalendar.StartOfDay(DayOf(pair.line.At).AddDays(1), zone)).Min()))
            .ToList();
        var missed = await MissedAsync(context, company, from, cancellation);
        var refused = await context.SeatRefusals.AsNoTracking().Where(row => row.CompanyId == company && row.At >= from)
            .Select(row => new { row.AgentId, row.Used, row.At }).ToListAsync(cancellation);
        var samples = await context.SeatSamples.AsNoTracking().Where(row => row.CompanyId == company && row.Hour >= from)
            .Select(row => new { row.Hour, row.Used }).ToListAsync(cancellation);

        var answers = lines.Where(line => line.Kind == LedgerKind.Answer).GroupBy(line => DayOf(line.At)).ToDictionary(day => day.Key, day => day.Count());
        var turnedAway = missed.Where(row => usedUp.Exists(span => span.From <= row.At && row.At < span.Until))
            .GroupBy(row => DayOf(row.At)).ToDictionary(day => day.Key, day => day.Select(row => row.Visitor).Distinct().Count());
        var workspaces = samples.GroupBy(row => DayOf(row.Hour)).ToDictionary(day => day.Key, day => day.Max(row => row.Used));
        foreach (var day in refused.GroupBy(row => DayOf(row.At)))
        {
            var wanted = day.Max(row => row.Used) + day.Select(row => row.AgentId).Distinct().Count();
            workspaces[day.Key] = Math.Max(workspaces.GetValueOrDefault(day.Key), wanted);
        }

        await using var trail = await trails.CreateDbContextAsync(cancellation);
        var visits = await trail.Visits.CountAsync(visit => visit.CompanyId == company && visit.StartedAt >= from, cancellation);
        return new PastDays(
            [
                .. Enumerable.Range(0, today.DayNumber - first.DayNumber + 1).Select(i => first.AddDays(i)).Select(day =>
                    // Whoever took an answer had a workspace open, also before seats were sampled.
                    new PastDay(day, answers.GetValueOrDefault(day), turnedAway.GetValueOrDefault(day), Math.Max(workspaces.GetValueOrDefault(day), answers.ContainsKey(day) ? 1 : 0))),
            ],
            visits);
    }

    /// <summary>Requests that nobody accepted and messages left instead; whether an answer was missing is asked of the ledger.</summary>
    private static async Task<List<(long Visitor, DateTimeOffset At)>> MissedAsync(PortalDbContext context, CompanyId company, DateTimeOffset from, CancellationToken cancellation)
    {
        var requests = await context.Conversations.AsNoTracking()
            .Where(row => row.CompanyId == company && row.State == ConversationState.Withdrawn && row.RequestedAt >= from)
            .Select(row => new { row.VisitorId, At = row.RequestedAt }).ToListAsync(cancellation);
        var messages = await context.OfflineMessages.AsNoTracking()
            .Where(row => row.CompanyId == company && row.At >= from)
            .Select(row => new { row.Id, row.VisitorId, row.At }).ToListAsync(cancellation);
        return
        [
            .. requests.Select(row => (row.VisitorId.Value, row.At)),
            // Who is not known counts by his message.
            .. messages.Select(row => (row.VisitorId?.Value ?? -row.Id.Value, row.At)),
        ];
    }
}
