using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Identity;

/// <summary>What a company asks of whoever signs in for it, by the stored rows (rule 1).</summary>
internal static class SecurityRows
{
    /// <summary>The fewest characters of a new password in this company.</summary>
    public static async Task<int> ShortestPasswordAsync(this PortalDbContext context, CompanyId company, CancellationToken cancellation) =>
        await context.CompanySecurities.Where(security => security.CompanyId == company).Select(security => (int?)security.ShortestPassword).SingleOrDefaultAsync(cancellation) ?? PasswordRules.Shortest;
}
