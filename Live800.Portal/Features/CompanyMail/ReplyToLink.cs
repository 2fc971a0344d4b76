using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.CompanyMail;

/// <summary>
/// A link that proves where answers to a company's letters may go: made for one company and one address, used once, over after two days. The row keeps only a hash of its token; the token itself
/// is in the letter and nowhere else. Used and replaced links stay for a while, so that letters to an address can be counted.
/// </summary>
public sealed class ReplyToLink
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(48);

    private const int TokenBytes = 32;

    private ReplyToLink()
    {
    }

    private ReplyToLink(string hash, CompanyId company, AgentId askedBy, string email, DateTimeOffset now) => (Hash, CompanyId, AskedBy, Email, MadeAt) = (hash, company, askedBy, email, now);

    /// <summary>SHA-256 of the token, hexadecimal; key.</summary>
    public string Hash { get; private set; } = "";

    public CompanyId CompanyId { get; private set; }

    /// <summary>Who wants it: without his right the link is worth nothing.</summary>
    public AgentId AskedBy { get; private set; }

    /// <summary>The address the letter goes to, and the one that counts when the link is used.</summary>
    public string Email { get; private set; } = "";

    public DateTimeOffset MadeAt { get; private set; }

    /// <summary>It was used, or another wish replaced it.</summary>
    public bool IsVoid { get; private set; }

    /// <summary>A new link and its token, 256 random bits.</summary>
    public static (ReplyToLink Link, string Token) Make(CompanyId company, AgentId askedBy, string email, DateTimeOffset now)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        return (new ReplyToLink(HashOf(token), company, askedBy, email, now), token);
    }

    /// <summary>The key under which a token's link is kept.</summary>
    public static string HashOf(string? token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token is { Length: <= 100 } ? token : "")));

    public bool Works(DateTimeOffset now) => !IsVoid && now < MadeAt + Lifetime;

    public void Void() => IsVoid = true;
}
