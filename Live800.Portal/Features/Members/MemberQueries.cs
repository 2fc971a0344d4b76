using Live800.Domain.Members;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Members;

/// <summary>What the page about members shows. Secrets are in none of it.</summary>
/// <param name="Keys">The newest first, ended ones too.</param>
/// <param name="Rejections">What was not believed, the last first.</param>
/// <param name="Members">How many visitors are recognised members.</param>
public sealed record MemberView(MemberWay Way, string Code, IReadOnlyList<IntegrationKey> Keys, IReadOnlyList<MemberRejection> Rejections, int Members)
{
    public int KeysInForce => Keys.Count(key => key.IsInForce);
}

/// <summary>Reads who is a member (5).</summary>
public sealed class MemberQueries(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>Everything about a company's member integration.</summary>
    public async Task<MemberView> ViewAsync(CompanyId companyId, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var company = await context.Companies.AsNoTracking().SingleAsync(row => row.Id == companyId, cancellation);
        return new MemberView(
            company.Settings.Members,
            company.Code,
            await context.IntegrationKeys.AsNoTracking().Where(key => key.CompanyId == companyId).OrderByDescending(key => key.Number).ToListAsync(cancellation),
            await context.MemberRejections.AsNoTracking().Where(row => row.CompanyId == companyId).OrderByDescending(row => row.LastAt).ToListAsync(cancellation),
            await context.Memberships.CountAsync(row => row.CompanyId == companyId, cancellation));
    }

    /// <summary>As which member the site has signed this visitor; null for everybody else.</summary>
    public async Task<string?> OfVisitorAsync(CompanyId companyId, VisitorId visitor, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Memberships.Where(row => row.CompanyId == companyId && row.VisitorId == visitor).Select(row => row.Number).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>Whether a token's nonce was used.</summary>
    public async Task<bool> IsSpentAsync(CompanyId companyId, string nonce, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.SpentNonces.AnyAsync(row => row.CompanyId == companyId && row.Nonce == nonce, cancellation);
    }
}
