using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Microsoft.AspNetCore.Identity;

namespace Live800.Portal.Identity;

/// <summary>
/// A passkey 通行密钥 of an account: the half that checks, never the half that signs, which stays in somebody's phone, computer or key. What the browser said when it was made is not kept.
/// </summary>
public sealed class Passkey
{
    /// <summary>The most an account has.</summary>
    public const int Most = 10;

    /// <summary>Longest name.</summary>
    public const int NameLimit = 40;

    /// <summary>Longest key of an authenticator, by the standard.</summary>
    public const int CredentialLimit = 1023;

    // By which ways browsers reach authenticators; what else one says of itself is not kept.
    private static readonly string[] Ways = ["internal", "hybrid", "usb", "nfc", "ble", "smart-card"];

    private Passkey()
    {
    }

    internal Passkey(long account, UserPasskeyInfo made, DateTimeOffset now)
    {
        Id = new PasskeyId(Guid.NewGuid());
        AccountId = account;
        CredentialId = made.CredentialId;
        PublicKey = made.PublicKey;
        Name = made.Name ?? "";
        AddedAt = now;
        SignCount = made.SignCount;
        Transports = string.Join(',', Ways.Intersect(made.Transports ?? []));
        IsBackupEligible = made.IsBackupEligible;
        IsBackedUp = made.IsBackedUp;
    }

    public PasskeyId Id { get; private set; }

    public long AccountId { get; private set; }

    /// <summary>What the authenticator calls it; no two passkeys of the box have the same.</summary>
    public byte[] CredentialId { get; private set; } = [];

    /// <summary>The key that checks, as COSE.</summary>
    public byte[] PublicKey { get; private set; } = [];

    /// <summary>What its owner calls it.</summary>
    public string Name { get; private set; } = "";

    public DateTimeOffset AddedAt { get; private set; }

    /// <summary>When it was last signed in with.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <summary>How often its authenticator has signed; zero for those that do not count.</summary>
    public long SignCount { get; private set; }

    /// <summary>By which ways the browser reaches it, with commas.</summary>
    public string Transports { get; private set; } = "";

    /// <summary>Whether it may be copied to further devices.</summary>
    public bool IsBackupEligible { get; private set; }

    /// <summary>Whether it was.</summary>
    public bool IsBackedUp { get; private set; }

    /// <summary>Calls it otherwise. Refusal: PasskeyNameInvalid.</summary>
    public Outcome Rename(string? wanted)
    {
        var clean = MessageText.Line(wanted ?? "");
        if (clean.Length is 0 or > NameLimit) return Refusal.PasskeyNameInvalid;
        Name = clean;
        return Outcome.Done;
    }

    /// <summary>It was signed in with.</summary>
    internal void Follow(UserPasskeyInfo used, DateTimeOffset now)
    {
        SignCount = used.SignCount;
        IsBackedUp = used.IsBackedUp;
        LastUsedAt = now;
    }

    /// <summary>As ASP.NET Core Identity reads it.</summary>
    internal UserPasskeyInfo ToRecord()
    {
        var ways = Transports.Split(',', StringSplitOptions.RemoveEmptyEntries);
        return new UserPasskeyInfo(CredentialId, PublicKey, AddedAt, (uint)SignCount, ways, isUserVerified: true, IsBackupEligible, IsBackedUp, [], []) { Name = Name };
    }
}

/// <summary>A question to an authenticator is answered once: which ones were, kept until they are over by themselves.</summary>
public sealed class SpentQuestion
{
    private SpentQuestion()
    {
    }

    public SpentQuestion(Guid id, DateTimeOffset until)
    {
        Id = id;
        Until = until;
    }

    public Guid Id { get; private set; }

    /// <summary>When the question is over, by the machine's clock; then this may go.</summary>
    public DateTimeOffset Until { get; private set; }
}
