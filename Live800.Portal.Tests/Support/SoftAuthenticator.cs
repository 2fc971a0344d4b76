using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Live800.Portal.Tests.Support;

/// <summary>Somebody's authenticator and browser, by the book (Web Authentication, ES256, attestation "none") and by nothing of the portal's. What it does can be bent.</summary>
public sealed class SoftAuthenticator : IDisposable
{
    private const byte Present = 1;
    private const byte Verified = 4;
    private const byte HasKey = 64;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] Id { get; init; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>Whose it is, as the portal said when it was made.</summary>
    public string? Handle { get; set; }

    public string Origin { get; set; } = "http://localhost";

    public string Host { get; set; } = "localhost";

    public bool KnowsOwner { get; set; } = true;

    public bool IsTouched { get; set; } = true;

    public bool IsFramed { get; set; }

    public uint Count { get; set; } = 1;

    /// <summary>Makes the passkey that is asked for.</summary>
    public string Make(string options)
    {
        var asked = JsonNode.Parse(options)!;
        Handle = (string)asked["user"]!["id"]!;
        var client = ClientData("webauthn.create", (string)asked["challenge"]!);
        var point = _key.ExportParameters(false).Q;
        byte[] cose = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] data = [.. Data(HasKey), .. new byte[16], (byte)(Id.Length >> 8), (byte)Id.Length, .. Id, .. cose];
        byte[] attestation = [0xA3, .. Word("fmt"), .. Word("none"), .. Word("attStmt"), 0xA0, .. Word("authData"), 0x58, (byte)data.Length, .. data];
        return Said(new JsonObject { ["clientDataJSON"] = Text(client), ["attestationObject"] = Text(attestation), ["transports"] = new JsonArray("internal") });
    }

    /// <summary>Answers the question of a sign-in.</summary>
    public string Sign(string options)
    {
        var client = ClientData("webauthn.get", (string)JsonNode.Parse(options)!["challenge"]!);
        Count = Count == 0 ? 0 : Count + 1;
        var data = Data(0);
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Said(new JsonObject { ["clientDataJSON"] = Text(client), ["authenticatorData"] = Text(data), ["signature"] = Text(signature), ["userHandle"] = Handle });
    }

    public void Dispose() => _key.Dispose();

    private byte[] ClientData(string type, string challenge) => JsonSerializer.SerializeToUtf8Bytes(new { type, challenge, origin = Origin, crossOrigin = IsFramed });

    private byte[] Data(byte more)
    {
        var flags = (byte)(more | (IsTouched ? Present : 0) | (KnowsOwner ? Verified : 0));
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(Host)), flags, .. count];
    }

    private string Said(JsonObject response) => new JsonObject
    {
        ["id"] = Text(Id),
        ["rawId"] = Text(Id),
        ["type"] = "public-key",
        ["response"] = response,
        ["clientExtensionResults"] = new JsonObject(),
    }.ToJsonString();

    private static byte[] Word(string word) => [(byte)(0x60 + word.Length), .. Encoding.ASCII.GetBytes(word)];

    private static string Text(byte[] bytes) => WebEncoders.Base64UrlEncode(bytes);
}
