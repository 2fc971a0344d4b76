using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Companies;

/// <summary>
/// A link that proves an e-mail: made for one agent and one address, used once, over after two days. The row keeps only a hash of its token; the token itself is in
/// the letter and nowhere else. Used and replaced links stay for a while, so that letters to an address can be counted.
/// </summary>
public sealed class EmailLink
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(2);

    private const int TokenBytes = 32;

    private EmailLink()
    {
    }

    private EmailLink(string hash, AgentId agent, string email, DateTimeOffset now)
    {
        Hash = hash;
        AgentId = agent;
        Email = email;
        MadeAt = now;
    }

    /// <summary>SHA-256 of the token, hexadecimal; key.</summary>
    public string Hash { get; private set; } = "";

    public AgentId AgentId { get; private set; }

    /// <summary>The address the letter goes to, and the one that counts when the link is used.</summary>
    public string Email { get; private set; } = "";

    public DateTimeOffset MadeAt { get; private set; }

    /// <summary>It was used, or another wish replaced it.</summary>
    public bool IsVoid { get; private set; }

    /// <summary>A new link and its token, 256 random bits.</summary>
    public static (EmailLink Link, string Token) Make(AgentId agent, string email, DateTimeOffset now)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        return (new EmailLink(HashOf(token), agent, email, now), token);
    }

    /// <summary>The key under which a token's link is kept.</summary>
    public static string HashOf(string? token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token is { Length: <= 100 } ? token : "")));

    public bool Works(DateTimeOffset now) => !IsVoid && now < MadeAt + Lifetime;

    public void Void() => IsVoid = true;
}
