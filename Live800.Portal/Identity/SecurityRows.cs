using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Identity;

/// <summary>What a company asks of whoever signs in for it, by the stored rows (rule 1).</summary>
internal static class SecurityRows
{
    /// <summary>
    /// Whether somebody waits for a second step who has a passkey: he is let in by it, or reset by an administrator, and changes nothing of his steps before. Otherwise a stolen password would add
    /// a passkey of the thief's.
    /// </summary>
    public static async Task<bool> IsBarredAsync(this PortalDbContext context, CurrentAgent current, CancellationToken cancellation) =>
        current.MustSetUp && await context.Passkeys.AnyAsync(passkey => passkey.AccountId == current.AgentId.Value, cancellation);

    /// <summary>The fewest characters of a new password in this company.</summary>
    public static async Task<int> ShortestPasswordAsync(this PortalDbContext context, CompanyId company, CancellationToken cancellation) =>
        await context.CompanySecurities.Where(security => security.CompanyId == company).Select(security => (int?)security.ShortestPassword).SingleOrDefaultAsync(cancellation) ?? PasswordRules.Shortest;
}
