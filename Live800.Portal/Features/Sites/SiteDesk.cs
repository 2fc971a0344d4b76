using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Sites;

/// <summary>The list of web sites that may carry the company's codes (5). Empty, every site may; each change is in force with the next request and stands in the audit log.</summary>
public sealed class SiteDesk(IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, PortalEvents events, TimeProvider time)
{
    /// <summary>What is allowed, in the order of the alphabet.</summary>
    public async Task<IReadOnlyList<AllowedSite>> AllowedAsync(CompanyId companyId, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.AllowedSites.AsNoTracking().Where(site => site.CompanyId == companyId).OrderBy(site => site.Pattern).ToListAsync(cancellation);
    }

    /// <summary>What carried the codes and was refused, the last first; what has been allowed since is left out.</summary>
    public async Task<IReadOnlyList<RefusedSite>> RefusedAsync(CompanyId companyId, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var allowed = await context.AllowedSites.AsNoTracking().Where(site => site.CompanyId == companyId).ToListAsync(cancellation);
        var refused = await context.RefusedSites.AsNoTracking().Where(site => site.CompanyId == companyId).OrderByDescending(site => site.LastAt).ToListAsync(cancellation);
        return allowed.Count == 0 ? [] : [.. refused.Where(site => !allowed.Exists(one => one.Covers(site.Origin)))];
    }

    /// <summary>Allows a site; one that is allowed is. Refusals: NotAllowed, SiteInvalid, TooManySites.</summary>
    public Task<Outcome> AllowAsync(CurrentAgent by, string? given, CancellationToken cancellation = default) => ChangeAsync(
        by,
        async (context, now, token) =>
        {
            var made = AllowedSite.Allow(by.CompanyId, given, by.AgentId, now);
            if (made.IsRefused) return made.Refusal;
            var all = await context.AllowedSites.Where(site => site.CompanyId == by.CompanyId).ToListAsync(token);
            if (all.Exists(site => site.Pattern == made.Value.Pattern)) return Outcome.Done;
            if (all.Count >= AllowedSite.Most) return Refusal.TooManySites;
            _ = context.AllowedSites.Add(made.Value);
            Note(context, by, AuditAction.SiteAllowed, made.Value.Pattern, now);
            return Outcome.Done;
        },
        cancellation);

    /// <summary>Allows a site no longer; with the last one every site is allowed again. One that is gone is gone. Refusal: NotAllowed.</summary>
    public Task<Outcome> WithdrawAsync(CurrentAgent by, string pattern, CancellationToken cancellation = default) => ChangeAsync(
        by,
        async (context, now, token) =>
        {
            if (await context.AllowedSites.SingleOrDefaultAsync(site => site.CompanyId == by.CompanyId && site.Pattern == pattern, token) is not { } site) return Outcome.Done;
            _ = context.AllowedSites.Remove(site);
            Note(context, by, AuditAction.SiteWithdrawn, pattern, now);
            return Outcome.Done;
        },
        cancellation);

    private static void Note(PortalDbContext context, CurrentAgent by, AuditAction action, string pattern, DateTimeOffset now) =>
        context.Add(AuditEntry.Of(by, action, pattern, now));

    private async Task<Outcome> ChangeAsync(CurrentAgent by, Func<PortalDbContext, DateTimeOffset, CancellationToken, Task<Outcome>> change, CancellationToken cancellation)
    {
        var outcome = await writes.RunAsAsync(by.CompanyId, by.AgentId, Permission.Codes, (context, token) => change(context, time.GetUtcNow(), token), cancellation);
        if (!outcome.IsRefused) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Company, by.CompanyId.Value));
        return outcome;
    }
}
