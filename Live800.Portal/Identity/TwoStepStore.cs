using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Live800.Portal.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Identity;

/// <summary>
/// Identity's store over the context of one write: what it changes, the write queue saves. Keys and codes lie encrypted by data protection; of recovery codes only hashes are kept.
/// </summary>
internal sealed class TwoStepStore(PortalDbContext write, IDataProtector protector)
    : UserStore<PortalAccount, IdentityRole<long>, PortalDbContext, long>(write)
{
    /// <summary>Under which provider's name the values stand.</summary>
    internal const string Provider = "TwoStep";

    private const string Codes = "RecoveryCodes";

    // The account is tracked by the write's context, and the queue saves it.
    public override Task<IdentityResult> UpdateAsync(PortalAccount user, CancellationToken cancellationToken = default) => Task.FromResult(IdentityResult.Success);

    public override Task SetTokenAsync(PortalAccount user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(user, loginProvider, name, value is null ? null : protector.Protect(value), cancellationToken);

    public override async Task<string?> GetTokenAsync(PortalAccount user, string loginProvider, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is { } hidden ? protector.Unprotect(hidden) : null;
        }
        catch (CryptographicException)
        {
            return null; // the keys of the box were lost: no code is right any more, and an administrator can reset it
        }
    }

    public override Task ReplaceCodesAsync(PortalAccount user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        SetTokenAsync(user, Provider, Codes, string.Join(';', recoveryCodes.Select(code => HashOf(user, code))), cancellationToken);

    public override async Task<bool> RedeemCodeAsync(PortalAccount user, string code, CancellationToken cancellationToken)
    {
        var hashes = await HashesAsync(user, cancellationToken);
        if (!hashes.Remove(HashOf(user, code))) return false;
        await SetTokenAsync(user, Provider, Codes, string.Join(';', hashes), cancellationToken);
        return true;
    }

    public override async Task<int> CountCodesAsync(PortalAccount user, CancellationToken cancellationToken) => (await HashesAsync(user, cancellationToken)).Count;

    private async Task<List<string>> HashesAsync(PortalAccount user, CancellationToken cancellation) =>
        [.. (await GetTokenAsync(user, Provider, Codes, cancellation) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)];

    private static string HashOf(PortalAccount user, string code) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{user.Id}:{code}"))));
}

/// <summary>Keys and codes of accounts, by ASP.NET Core Identity, inside a write of the queue.</summary>
public sealed class TwoStepKeys(
    IDataProtectionProvider protection,
    IOptions<IdentityOptions> options,
    IPasswordHasher<PortalAccount> hasher,
    IServiceProvider services,
    ILogger<UserManager<PortalAccount>> log)
{
    /// <summary>How many recovery codes are given out together.</summary>
    public const int RecoveryCodes = 10;

    private readonly IDataProtector _protector = protection.CreateProtector("Live800.Portal.TwoStep.Store");

    /// <summary>A new key, 160 random bits as Base32.</summary>
    internal string NewKey(PortalDbContext context)
    {
        using var users = Over(context);
        return users.GenerateNewAuthenticatorKey();
    }

    /// <summary>Gives the account this key if the code is one of it; otherwise the caller throws its changes away.</summary>
    internal async Task<bool> TryKeyAsync(PortalDbContext write, PortalAccount stored, string key, string? code)
    {
        using var users = Over(write);
        using var store = new TwoStepStore(write, _protector);
        await store.SetAuthenticatorKeyAsync(stored, key, default);
        await store.SetTokenAsync(stored, TwoStepStore.Provider, AuthenticatorCodes.LastStep, "0", default);
        if (!await users.VerifyTwoFactorTokenAsync(stored, TokenOptions.DefaultAuthenticatorProvider, code ?? "")) return false;
        _ = await users.SetTwoFactorEnabledAsync(stored, true);
        return true;
    }

    /// <summary>Whether this is a code of the account's app, one that was not used before.</summary>
    internal async Task<bool> TryCodeAsync(PortalDbContext write, PortalAccount stored, string? code)
    {
        using var users = Over(write);
        return stored.TwoFactorEnabled && await users.VerifyTwoFactorTokenAsync(stored, TokenOptions.DefaultAuthenticatorProvider, code ?? "");
    }

    /// <summary>Uses a recovery code up.</summary>
    internal async Task<bool> TryRecoveryAsync(PortalDbContext write, PortalAccount stored, string? code)
    {
        using var users = Over(write);
        return stored.TwoFactorEnabled && TwoStepInput.Recovery(code) is { } clean && (await users.RedeemTwoFactorRecoveryCodeAsync(stored, clean)).Succeeded;
    }

    /// <summary>Ten new recovery codes; the ones before are worth nothing.</summary>
    internal async Task<IReadOnlyList<string>> MakeRecoveryAsync(PortalDbContext write, PortalAccount stored)
    {
        using var users = Over(write);
        return [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(stored, RecoveryCodes) ?? []];
    }

    internal async Task<int> CountRecoveryAsync(PortalDbContext context, PortalAccount stored)
    {
        using var users = Over(context);
        return await users.CountRecoveryCodesAsync(stored);
    }

    /// <summary>The account has no second step any more; what waited for its code, links and other keys are worth nothing.</summary>
    internal async Task TurnOffAsync(PortalDbContext write, PortalAccount stored)
    {
        using var users = Over(write);
        write.UserTokens.RemoveRange(await write.UserTokens.Where(token => token.UserId == stored.Id).ToListAsync());
        _ = await users.SetTwoFactorEnabledAsync(stored, false);
    }

    private UserManager<PortalAccount> Over(PortalDbContext context) =>
        new(new TwoStepStore(context, _protector) { AutoSaveChanges = false }, options, hasher, [], [], new UpperInvariantLookupNormalizer(), new IdentityErrorDescriber(), services, log);
}
