using Live800.Domain.Companies;
using Live800.Domain.Installation;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Installation;

/// <summary>Reads what the installation check has to say, and leaves pages out of it (5, S3.2).</summary>
public sealed class InstallationDesk(IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, PortalEvents events, TimeProvider time)
{
    /// <summary>Everything that is known of the company's pages.</summary>
    public async Task<InstallationCheck> ReadAsync(CompanyId companyId, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var pages = await context.PageSightings.AsNoTracking().Where(page => page.CompanyId == companyId).ToListAsync(cancellation);
        var allowed = await context.AllowedSites.AsNoTracking().Where(site => site.CompanyId == companyId).ToListAsync(cancellation);
        var leftOut = await context.LeftOutPages.AsNoTracking().Where(one => one.CompanyId == companyId).OrderBy(one => one.Pattern).ToListAsync(cancellation);
        return new InstallationCheck(pages, allowed, leftOut, await SharedAsync(context, companyId, cancellation));
    }

    /// <summary>Leaves a page out, or with a star at the end all that begin so; what is left out is. Refusals: NotAllowed, PageInvalid, TooManyLeftOut.</summary>
    public Task<Outcome> LeaveOutAsync(CurrentAgent by, string? given, CancellationToken cancellation = default) => ChangeAsync(
        by,
        async (context, now, token) =>
        {
            var made = LeftOutPages.Make(by.CompanyId, given, by.AgentId, now);
            if (made.IsRefused) return made.Refusal;
            var all = context.LeftOutPages.Where(one => one.CompanyId == by.CompanyId);
            if (await all.AnyAsync(one => one.Pattern == made.Value.Pattern, token)) return Outcome.Done;
            if (await all.CountAsync(token) >= LeftOutPages.Most) return Refusal.TooManyLeftOut;
            _ = context.LeftOutPages.Add(made.Value);
            Note(context, by, AuditAction.PagesLeftOut, made.Value.Pattern, now);
            return Outcome.Done;
        },
        cancellation);

    /// <summary>Follows them again; what is not left out is not. Refusal: NotAllowed.</summary>
    public Task<Outcome> TakeBackAsync(CurrentAgent by, string pattern, CancellationToken cancellation = default) => ChangeAsync(
        by,
        async (context, now, token) =>
        {
            if (await context.LeftOutPages.SingleOrDefaultAsync(one => one.CompanyId == by.CompanyId && one.Pattern == pattern, token) is not { } one) return Outcome.Done;
            _ = context.LeftOutPages.Remove(one);
            Note(context, by, AuditAction.PagesTakenBack, pattern, now);
            return Outcome.Done;
        },
        cancellation);

    /// <summary>
    /// The company's pages on which another one was seen, on sites where it has the most views. The only question that looks beyond one company: it answers with the asker's own pages, never with whose the other code is.
    /// </summary>
    private static async Task<IReadOnlySet<PageAddress>> SharedAsync(PortalDbContext context, CompanyId companyId, CancellationToken cancellation)
    {
        var shared = await context.PageSightings
            .Where(page => page.CompanyId == companyId && page.Path != ""
                && context.PageSightings.Any(other => other.CompanyId != companyId && other.Host == page.Host && other.Path == page.Path))
            .Select(page => new { page.Host, page.Path }).ToListAsync(cancellation);
        HashSet<PageAddress> found = [];
        foreach (var host in shared.GroupBy(page => page.Host).Where(host => !new PageAddress(host.Key, "").IsThisMachine))
        {
            var views = await context.PageSightings.Where(page => page.Host == host.Key).GroupBy(page => page.CompanyId)
                .Select(company => new { company.Key, Views = company.Sum(page => page.Views) }).ToListAsync(cancellation);
            var ours = views.Where(company => company.Key == companyId).Sum(company => company.Views);
            if (views.All(company => company.Key == companyId || company.Views < ours)) found.UnionWith(host.Select(page => new PageAddress(page.Host, page.Path)));
        }

        return found;
    }

    private static void Note(PortalDbContext context, CurrentAgent by, AuditAction action, string pattern, DateTimeOffset now) =>
        context.Add(AuditEntry.Of(by, action, pattern, now));

    private async Task<Outcome> ChangeAsync(CurrentAgent by, Func<PortalDbContext, DateTimeOffset, CancellationToken, Task<Outcome>> change, CancellationToken cancellation)
    {
        var outcome = await writes.RunAsAsync(by.CompanyId, by.AgentId, Permission.Codes, (context, token) => change(context, time.GetUtcNow(), token), cancellation);
        if (!outcome.IsRefused) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Installation, by.CompanyId.Value));
        return outcome;
    }
}
