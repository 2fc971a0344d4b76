using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Identity;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Companies;

/// <summary>When an agent was last seen, and how long he held a seat.</summary>
/// <param name="IsIn">He holds a seat now.</param>
/// <param name="LastSeenAt">When one of his sign-ins was last used; nothing where he never signed in.</param>
/// <param name="Today">Online time since the company's midnight.</param>
/// <param name="Week">Online time of today and the six days before.</param>
public sealed record AgentTimes(bool IsIn, DateTimeOffset? LastSeenAt, TimeSpan Today, TimeSpan Week)
{
    public static readonly AgentTimes None = new(false, null, default, default);
}

/// <summary>Reads online times 在线时长 (rule 3.8): from stored stays, and from the seats that are held now. To the minute.</summary>
public sealed class OnlineTimes(IDbContextFactory<PortalDbContext> contexts, SignInSightings sightings, Moments moments, TimeProvider clock)
{
    /// <summary>Days that are counted as the week, today among them.</summary>
    public const int WeekDays = 7;

    /// <summary>All agents of a company.</summary>
    public async Task<IReadOnlyDictionary<AgentId, AgentTimes>> OfAsync(CompanyId company, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var zone = (await context.Companies.AsNoTracking().SingleAsync(row => row.Id == company, cancellation)).Zones.ZoneAt(now);
        var today = LocalCalendar.DateOf(now, zone);
        var (midnight, week) = (LocalCalendar.StartOfDay(today, zone), LocalCalendar.StartOfDay(today.AddDays(1 - WeekDays), zone));
        var agents = await context.Agents.AsNoTracking().Where(agent => agent.CompanyId == company).Select(agent => agent.Id).ToListAsync(cancellation);
        var accounts = agents.ConvertAll(agent => agent.Value);
        var seen = await context.Users.AsNoTracking().Where(user => accounts.Contains(user.Id)).Select(user => new { user.Id, user.LastSeenAt, user.LastSignInAt }).ToDictionaryAsync(user => user.Id, cancellation);
        var stays = (await context.SeatStays.AsNoTracking().Where(stay => stay.CompanyId == company && stay.Until > week).ToListAsync(cancellation)).ToLookup(stay => stay.AgentId);
        var held = (await context.SeatPlans.AsNoTracking().SingleOrDefaultAsync(plan => plan.CompanyId == company, cancellation))?.Held(now, moments).ToDictionary(lease => lease.AgentId) ?? [];
        var fresh = sightings.ByAccount();
        return agents.ToDictionary(agent => agent, agent =>
        {
            var lease = held.GetValueOrDefault(agent);
            // The stored stay of a seat that is held may end a minute ago.
            var (spans, last) = (stays[agent].Where(stay => stay.From != lease?.TakenAt).ToList(), seen.GetValueOrDefault(agent.Value));
            if (lease is not null) spans.Add(new(company, agent, lease.TakenAt, lease.RenewedAt));
            DateTimeOffset?[] signs = [last?.LastSeenAt, last?.LastSignInAt, fresh.TryGetValue(agent.Value, out var at) ? at : null, lease?.RenewedAt];
            return new AgentTimes(lease is not null, signs.Max(), Sum(midnight), Sum(week));

            TimeSpan Sum(DateTimeOffset from) => spans.Aggregate(TimeSpan.Zero, (sum, stay) => sum + stay.Within(from, now));
        });
    }
}
