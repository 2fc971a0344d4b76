using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Data;

/// <summary>A company's account and the rules it is read with.</summary>
public readonly record struct PackageOf(PackageAccount Account, PackageRules Rules)
{
    public Entitlement EntitlementAt(DateTimeOffset now) => Account.EntitlementAt(now, Rules);
}

public static class PackageRows
{
    /// <summary>Loads a company's account with its calendar; tracked when the context tracks, so that a write can take an answer from it. Null for an unknown company.</summary>
    public static async Task<PackageOf?> PackageAsync(this PortalDbContext context, CompanyId companyId, PackageFigures figures, CancellationToken cancellation = default)
    {
        var account = await context.PackageAccounts.AsSplitQuery().SingleOrDefaultAsync(account => account.CompanyId == companyId, cancellation);
        var company = await context.Companies.AsNoTracking().SingleOrDefaultAsync(company => company.Id == companyId, cancellation);
        return account is null || company is null ? null : new PackageOf(account, new PackageRules(figures, company.Zones));
    }
}
