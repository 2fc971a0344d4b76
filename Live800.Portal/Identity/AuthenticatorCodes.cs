using System.Globalization;
using Live800.Portal.Data;
using Microsoft.AspNetCore.Identity;
using OtpNet;

namespace Live800.Portal.Identity;

/// <summary>
/// Codes of an authenticator app (RFC 6238, 30 seconds, 6 digits), in the place of Identity's own provider, which takes codes up to two steps old or early and never says which step
/// one was of. Here a code is good one step to either side and once: a step at or before the last one used is refused.
/// </summary>
public sealed class AuthenticatorCodes(PortalClock clock) : AuthenticatorTokenProvider<PortalAccount>
{
    /// <summary>Under which name the step of the last right code is kept.</summary>
    internal const string LastStep = "LastStep";

    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>Whether this code is right. Then it is used up, and the caller stores that.</summary>
    public override async Task<bool> ValidateAsync(string purpose, string token, UserManager<PortalAccount> manager, PortalAccount user)
    {
        if (await manager.GetAuthenticatorKeyAsync(user) is not { Length: > 0 } key || TwoStepInput.Code(token) is not { } code) return false;
        // By the machine's time: the phone knows nothing of a shifted clock of the portal.
        if (!new Totp(Base32Encoding.ToBytes(key)).VerifyTotp(clock.MachineNow.UtcDateTime, code, out var step, Window)) return false;
        var last = await manager.GetAuthenticationTokenAsync(user, TwoStepStore.Provider, LastStep);
        if (last is not null && step <= long.Parse(last, CultureInfo.InvariantCulture)) return false;
        _ = await manager.SetAuthenticationTokenAsync(user, TwoStepStore.Provider, LastStep, step.ToString(CultureInfo.InvariantCulture));
        return true;
    }
}
