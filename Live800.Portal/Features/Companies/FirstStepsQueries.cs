using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Packages;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Companies;

/// <summary>How far a new company has come: computed from what happened, never stored.</summary>
/// <param name="CodeSeen">A page with the function code was opened somewhere.</param>
/// <param name="ChatDone">An agent has accepted a conversation.</param>
/// <param name="SecondAgent">Somebody beside the first administrator has an account.</param>
/// <param name="TrialEnds">While nothing but the trial is in force.</param>
public sealed record FirstSteps(bool CodeSeen, bool ChatDone, bool SecondAgent, DateTimeOffset? TrialEnds, long? Seats, TimeZoneInfo Zone)
{
    public bool AllDone => CodeSeen && ChatDone && SecondAgent;
}

/// <summary>Reads the facts behind the first steps.</summary>
public sealed class FirstStepsQueries(IDbContextFactory<PortalDbContext> contexts, IDbContextFactory<TrailDbContext> trails, PackageDesk packages, PublicAddress address)
{
    public async Task<FirstSteps> ReadAsync(CompanyId companyId, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var trail = await trails.CreateDbContextAsync(cancellation);
        var facts = await packages.FactsAsync(companyId, cancellation);
        // What the installation check has seen; trails from before it was there count too. Somebody who came by the full-page chat alone has not shown that the codes are anywhere.
        var ourChat = address.Of("/chat/");
        return new FirstSteps(
            await context.PageSightings.AnyAsync(page => page.CompanyId == companyId && page.Views > 0, cancellation)
                || await trail.Visits.AnyAsync(visit => visit.CompanyId == companyId && !visit.EntryAddress.StartsWith(ourChat), cancellation),
            await context.Conversations.AnyAsync(conversation => conversation.CompanyId == companyId && conversation.AcceptedAt != null, cancellation),
            await context.Agents.CountAsync(agent => agent.CompanyId == companyId, cancellation) > 1,
            facts.InForce.IsTrial ? facts.InForce.Until : null,
            facts.InForce.Seats,
            facts.Zone);
    }
}
