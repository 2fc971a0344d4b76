using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Messages;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Supervision;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.CompanyMail;

/// <summary>What a daily summary says: the figures of one of the company's dates, and what is so now.</summary>
/// <param name="Answered">Answers taken on that date.</param>
/// <param name="Missed">Requests of that date that came to nothing, with why.</param>
/// <param name="Ratings">Ratings given on that date.</param>
/// <param name="Satisfaction">Their average, 1 to 5; nothing without one.</param>
/// <param name="NewMessages">Offline messages nobody has handled, now.</param>
/// <param name="InForce">What the company enjoys, now.</param>
public sealed record SummaryFigures(int Answered, MissedDay Missed, int Ratings, double? Satisfaction, int NewMessages, Entitlement InForce);

/// <summary>Reads a summary's figures where the pages read theirs: supervision and wall, the inbox, the bar.</summary>
public sealed class SummaryQueries(IDbContextFactory<PortalDbContext> contexts, SupervisionQueries supervision, OfflineQueries messages, PackageDesk packages)
{
    public async Task<SummaryFigures> OfAsync(CompanyId company, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation = default)
    {
        var (ratings, satisfaction) = await RatingsAsync(company, from, until, cancellation);
        return new SummaryFigures(
            await supervision.AnsweredAsync(company, from, until, cancellation),
            await supervision.MissedAsync(company, from, until, cancellation),
            ratings,
            satisfaction,
            (await messages.CountAsync(company, new OfflineFilter(), cancellation)).New,
            await packages.EntitlementAsync(company, cancellation));
    }

    /// <summary>How many ratings 满意度 were given, and their average.</summary>
    public async Task<(int Count, double? Average)> RatingsAsync(CompanyId companyId, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var given = context.ConversationRatings.Where(rating => rating.CompanyId == companyId && rating.At >= from && rating.At < until);
        return (await given.CountAsync(cancellation), await given.AverageAsync(rating => (double?)rating.Score, cancellation));
    }
}
