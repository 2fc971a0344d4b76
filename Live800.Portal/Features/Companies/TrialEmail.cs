using System.Security.Cryptography;
using System.Text;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Companies;

/// <summary>
/// A confirmed e-mail that has had its one trial (rule 1). Kept as a hash: it only has to be recognised, also when its company is long gone. What follows a plus
/// sign does not make another address here.
/// </summary>
public sealed class TrialEmail
{
    private TrialEmail()
    {
    }

    public TrialEmail(string email, CompanyId company, DateTimeOffset now)
    {
        Key = KeyOf(email);
        CompanyId = company;
        At = now;
    }

    /// <summary>SHA-256 of the address, hexadecimal; key, so that two confirmations at once give one trial.</summary>
    public string Key { get; private set; } = "";

    public CompanyId CompanyId { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>The key of an address.</summary>
    public static string KeyOf(string email)
    {
        var clean = email.Trim().ToLowerInvariant();
        var at = clean.LastIndexOf('@');
        var plus = clean.IndexOf('+', StringComparison.Ordinal);
        if (plus > 0 && plus < at) clean = clean[..plus] + clean[at..];
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(clean)));
    }
}
