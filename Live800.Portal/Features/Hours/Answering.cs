using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Packages;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Hours;

/// <summary>
/// The one place that says whether anybody can answer a request now (3.6, 5): within working hours, somebody in as online or busy in a seat that is not surplus, answers left, and the company not suspended.
/// </summary>
public sealed class Answering(AgentPresence presence, HoursBoard hours, PackageDesk packages)
{
    /// <summary>What memory alone tells: hours, and who is in.</summary>
    public async ValueTask<bool> IsReachableAsync(CompanyId company, DateTimeOffset now, GroupId? group = null, AgentId? agent = null, CancellationToken cancellation = default) =>
        (await hours.OfAsync(company, cancellation)).IsReachable(presence, company, now, group, agent);

    /// <summary>
    /// Inside the caller's work: whether a request may be made now. Of a group that is closed, or of which nobody is in, the whole company takes it over; a group may also work when the company does not.
    /// </summary>
    public async Task<bool> CanAnswerAsync(PortalDbContext context, CompanyId company, GroupId? group, DateTimeOffset now, CancellationToken cancellation) =>
        (await IsReachableAsync(company, now, cancellation: cancellation) || (group is not null && await IsReachableAsync(company, now, group, cancellation: cancellation)))
        && !await context.Companies.AnyAsync(row => row.Id == company && row.SuspendedAt != null, cancellation)
        && (await packages.EntitlementAsync(context, company, now, cancellation)).HasAnswers;

    /// <summary>The hours everything above is decided by.</summary>
    public ValueTask<CompanyHours> HoursAsync(CompanyId company, CancellationToken cancellation) => hours.OfAsync(company, cancellation);
}
