using System.Security.Cryptography;
using System.Text;

namespace Live800.Domain.Packages;

/// <summary>The key that seals ledgers: HMAC-SHA256 (rule 2.3). The key itself is kept in the data folder.</summary>
public sealed class LedgerSeal
{
    /// <summary>Shortest key, in bytes.</summary>
    public const int KeyLength = 32;

    private readonly byte[] _key;

    /// <summary>A seal with a key of 32 bytes or more.</summary>
    public LedgerSeal(byte[] key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, KeyLength, nameof(key));
        _key = [.. key];
    }

    internal string Over(string content) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(content)));
}
