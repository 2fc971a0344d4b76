using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Live800.Portal.Tests.Support;

/// <summary>Somebody's app, by the book (RFC 6238: HMAC-SHA1, 30 seconds, 6 digits) and by nothing of the portal's.</summary>
public sealed class Authenticator(string key)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The key as a page shows it to be typed by hand.</summary>
    public static Authenticator FromPage(string html) =>
        new(Regex.Match(html, "<code class=\"key\"[^>]*>([A-Z2-7 ]+)</code>").Groups[1].Value.Replace(" ", ""));

    public string CodeAt(DateTimeOffset at)
    {
        var bytes = new List<byte>();
        var (buffer, bits) = (0, 0);
        foreach (var sign in key)
        {
            buffer = (buffer << 5) | Alphabet.IndexOf(sign, StringComparison.Ordinal);
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
            buffer &= (1 << bits) - 1;
        }

        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, at.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // what every authenticator app does
        var hash = HMACSHA1.HashData(bytes.ToArray(), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}

public sealed class AuthenticatorTests
{
    /// <summary>The test vectors of RFC 6238, appendix B, to six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_tests_own_app_is_one_by_the_book(long second, string code) =>
        Assert.Equal(code, new Authenticator("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").CodeAt(DateTimeOffset.FromUnixTimeSeconds(second)));
}
