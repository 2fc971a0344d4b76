using System.Security.Cryptography;
using System.Text.Json;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.AspNetCore.DataProtection;

namespace Live800.Portal.Identity;

/// <summary>What came of company, name and password: somebody who is in, or somebody who is asked for a code.</summary>
public sealed record SignInStep(CurrentAgent? Current, PendingSignIn? Pending);

/// <summary>A sign-in between its two steps: the password was right, and nothing has begun.</summary>
/// <param name="Stamp">The account's security stamp: a new password or a reset ends what waits.</param>
public sealed record PendingSignIn(long Account, string Stamp, DateTimeOffset Until, bool Keep = false, string? ReturnUrl = null);

/// <summary>A key between being shown and being proved: the password was right, and the account is as it was.</summary>
/// <param name="Key">The key as Base32; stored nowhere before a code of it was typed.</param>
public sealed record KeyInHand(long Account, Guid Session, string Stamp, string Key, DateTimeOffset Until);

/// <summary>A question to an authenticator until it is answered.</summary>
/// <param name="Id">Answered once: then this is spent.</param>
/// <param name="State">What Identity checks the answer with.</param>
/// <param name="Account">Who asked for a new passkey; nobody where somebody signs in.</param>
public sealed record PasskeyAsked(Guid Id, string State, DateTimeOffset Until, long Account = 0, Guid Session = default, string? Stamp = null);

/// <summary>
/// What is carried by the browser between two pages: encrypted and signed by data protection, each kind for its own use, good for minutes. A changed, an old or
/// another's one is nothing.
/// </summary>
public sealed class TwoStepSeal(IDataProtectionProvider protection, PortalClock clock)
{
    /// <summary>How long a sign-in waits for its code.</summary>
    public static readonly TimeSpan SignInLife = TimeSpan.FromMinutes(5);

    /// <summary>How long a key can be taken into an app.</summary>
    public static readonly TimeSpan KeyLife = TimeSpan.FromMinutes(15);

    private const int Longest = 8192;

    private readonly IDataProtector _signIns = protection.CreateProtector("Live800.Portal.TwoStep.SignIn");
    private readonly IDataProtector _keys = protection.CreateProtector("Live800.Portal.TwoStep.KeyInHand");

    private readonly IDataProtector _passkeys = protection.CreateProtector("Live800.Portal.Passkey.SignIn");
    private readonly IDataProtector _newPasskeys = protection.CreateProtector("Live800.Portal.Passkey.New");

    public PendingSignIn Pending(PortalAccount account) => new(account.Id, account.SecurityStamp!, clock.MachineNow + SignInLife);

    public KeyInHand InHand(PortalAccount account, SessionId session, string key) => new(account.Id, session.Value, account.SecurityStamp!, key, clock.MachineNow + KeyLife);

    public string Seal(PendingSignIn pending) => _signIns.Protect(JsonSerializer.Serialize(pending));

    public string Seal(KeyInHand key) => _keys.Protect(JsonSerializer.Serialize(key));

    /// <summary>A question to whoever signs in.</summary>
    public string SealPasskey(string state) => _passkeys.Protect(JsonSerializer.Serialize(new PasskeyAsked(Guid.NewGuid(), state, clock.MachineNow + SignInLife)));

    /// <summary>A question for a new passkey of this account, of this sign-in.</summary>
    public string SealNewPasskey(string state, PortalAccount account, SessionId session) =>
        _newPasskeys.Protect(JsonSerializer.Serialize(new PasskeyAsked(Guid.NewGuid(), state, clock.MachineNow + SignInLife, account.Id, session.Value, account.SecurityStamp)));

    public PasskeyAsked? OpenPasskey(string? text) => Open<PasskeyAsked>(_passkeys, text) is { } asked && clock.MachineNow < asked.Until ? asked : null;

    public PasskeyAsked? OpenNewPasskey(string? text) => Open<PasskeyAsked>(_newPasskeys, text) is { } asked && clock.MachineNow < asked.Until ? asked : null;

    public PendingSignIn? OpenSignIn(string? text) => Open<PendingSignIn>(_signIns, text) is { } pending && clock.MachineNow < pending.Until ? pending : null;

    public KeyInHand? OpenKey(string? text) => Open<KeyInHand>(_keys, text) is { } key && clock.MachineNow < key.Until ? key : null;

    private static T? Open<T>(IDataProtector protector, string? text)
        where T : class
    {
        if (text is not { Length: > 0 and <= Longest }) return null;
        try
        {
            return JsonSerializer.Deserialize<T>(protector.Unprotect(text));
        }
        catch (Exception foreign) when (foreign is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }
}
