using System.Security.Cryptography;
using System.Text;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Platform;

/// <summary>What can still be done with a registration link; derived from its dates.</summary>
public enum RegistrationLinkState
{
    Open,
    Used,
    Expired,
    Withdrawn,
}

/// <summary>
/// A registration link 注册链接 (rule 1): lets one company register, once and until its end, whether registration is open or closed. Only the hash of its
/// token is stored: whoever reads the file cannot register with it.
/// </summary>
public sealed class RegistrationLink
{
    /// <summary>Longest note.</summary>
    public const int NoteLimit = 120;

    /// <summary>Longest life in days.</summary>
    public const int DaysLimit = 90;

    private const int TokenBytes = 24;
    private static readonly int TokenLength = WebEncoders.Base64UrlEncode(new byte[TokenBytes]).Length;

    private RegistrationLink()
    {
    }

    public RegistrationLink(long id, string token, string note, bool withTrial, string madeBy, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        Id = id;
        Hash = HashOf(token);
        Note = note;
        WithTrial = withTrial;
        MadeBy = madeBy;
        MadeAt = now;
        ExpiresAt = expiresAt;
    }

    public long Id { get; private set; }

    /// <summary>SHA-256 of the token.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>For whom it was made; only operators read it.</summary>
    public string Note { get; private set; } = "";

    /// <summary>Whether the company gets its trial (S4.15).</summary>
    public bool WithTrial { get; private set; }

    public string MadeBy { get; private set; } = "";

    public DateTimeOffset MadeAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>Who registered with it.</summary>
    public CompanyId? CompanyId { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    public long Version { get; private set; }

    public RegistrationLinkState StateAt(DateTimeOffset now) => this switch
    {
        { UsedAt: not null } => RegistrationLinkState.Used,
        { WithdrawnAt: not null } => RegistrationLinkState.Withdrawn,
        _ => now >= ExpiresAt ? RegistrationLinkState.Expired : RegistrationLinkState.Open,
    };

    /// <summary>Registers a company with it, once. Refusal: LinkOver (used, expired, withdrawn).</summary>
    public Outcome Use(CompanyId company, DateTimeOffset now)
    {
        if (StateAt(now) != RegistrationLinkState.Open) return Refusal.LinkOver;
        (UsedAt, CompanyId) = (now, company);
        Version++;
        return Outcome.Done;
    }

    /// <summary>Makes it worthless. Refusal: ChangedMeanwhile (it is used, expired or withdrawn).</summary>
    public Outcome Withdraw(DateTimeOffset now)
    {
        if (StateAt(now) != RegistrationLinkState.Open) return Refusal.ChangedMeanwhile;
        WithdrawnAt = now;
        Version++;
        return Outcome.Done;
    }

    /// <summary>192 random bits, as they stand in an address.</summary>
    public static string NewToken() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(TokenBytes));

    /// <summary>The link of a token, whatever became of it, or nothing when there never was one.</summary>
    public static async Task<RegistrationLink?> FindAsync(PortalDbContext context, string token, CancellationToken cancellation)
    {
        if (token.Length != TokenLength) return null;
        var hash = HashOf(token);
        var link = await context.Set<RegistrationLink>().SingleOrDefaultAsync(link => link.Hash == hash, cancellation);
        return link is not null && CryptographicOperations.FixedTimeEquals(link.Hash, hash) ? link : null;
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
