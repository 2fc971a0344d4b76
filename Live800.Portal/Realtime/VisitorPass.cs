using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Live800.Domain.Shared;

namespace Live800.Portal.Realtime;

/// <summary>
/// What a visitor's browser keeps to be the same visitor next time: company, visitor and expiry, signed by this portal. It travels in bodies only,
/// never in an address. A pass says who somebody is, not what he may see: every query asks for company and visitor as well.
/// </summary>
public readonly record struct VisitorPass(CompanyId Company, VisitorId Visitor, DateTimeOffset ExpiresAt)
{
    /// <summary>How long a pass is good for.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);

    /// <summary>An older pass is renewed by the next page view, so that a visitor who keeps coming never loses it.</summary>
    public static readonly TimeSpan RenewedAfter = TimeSpan.FromDays(1);

    /// <summary>Whether the next page view hands out a fresh one.</summary>
    public bool IsDueForRenewal(DateTimeOffset now) => ExpiresAt - now < Lifetime - RenewedAfter;
}

/// <summary>Signs and checks visitor passes.</summary>
/// <param name="key">The signing key; it lives in the data folder (<c>keys/visitor-pass.key</c>) and a new one ends every pass.</param>
/// <param name="erased">Whose passes are worth nothing any more.</param>
public sealed class VisitorPasses(byte[] key, ErasedVisitors? erased = null)
{
    private const byte Version = 1;
    private const int BodyLength = 1 + 8 + 8 + 8;
    private const int SealLength = 16;
    private static readonly int BodyTextLength = Base64Url.GetEncodedLength(BodyLength);
    private static readonly int SealTextLength = Base64Url.GetEncodedLength(SealLength);

    /// <summary>Length of every pass as text.</summary>
    public static int TextLength => BodyTextLength + 1 + SealTextLength;

    /// <summary>A fresh pass, good for <see cref="VisitorPass.Lifetime"/> from <paramref name="now"/>.</summary>
    public string Issue(CompanyId company, VisitorId visitor, DateTimeOffset now)
    {
        Span<byte> text = stackalloc byte[TextLength];
        Write(company, visitor, (now + VisitorPass.Lifetime).ToUnixTimeSeconds(), text);
        return Encoding.ASCII.GetString(text);
    }

    /// <summary>Reads a pass as it came from outside: false when it is not ours, changed, expired, another company's or names somebody whose data was erased.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, CompanyId company, DateTimeOffset now, out VisitorPass pass)
    {
        pass = default;
        Span<byte> body = stackalloc byte[BodyLength];
        if (text.Length != TextLength
            || !Base64Url.IsValid(text[..BodyTextLength])
            || Base64Url.DecodeFromUtf8(text[..BodyTextLength], body) != BodyLength)
        {
            return false;
        }

        var passCompany = new CompanyId(BinaryPrimitives.ReadInt64BigEndian(body[1..]));
        var visitor = new VisitorId(BinaryPrimitives.ReadInt64BigEndian(body[9..]));
        var expiry = BinaryPrimitives.ReadInt64BigEndian(body[17..]);

        // The whole text is written anew and compared, so that only one spelling of a pass is good.
        Span<byte> expected = stackalloc byte[TextLength];
        Write(passCompany, visitor, expiry, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, text))
            return false;
        pass = new VisitorPass(passCompany, visitor, DateTimeOffset.FromUnixTimeSeconds(expiry));
        return passCompany == company && now < pass.ExpiresAt && erased?.Has(visitor) != true;
    }

    private void Write(CompanyId company, VisitorId visitor, long expiry, Span<byte> text)
    {
        Span<byte> body = stackalloc byte[BodyLength];
        body[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(body[1..], company.Value);
        BinaryPrimitives.WriteInt64BigEndian(body[9..], visitor.Value);
        BinaryPrimitives.WriteInt64BigEndian(body[17..], expiry);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _ = HMACSHA256.HashData(key, body, mac);
        _ = Base64Url.EncodeToUtf8(body, text);
        text[BodyTextLength] = (byte)'.';
        _ = Base64Url.EncodeToUtf8(mac[..SealLength], text[(BodyTextLength + 1)..]);
    }
}
