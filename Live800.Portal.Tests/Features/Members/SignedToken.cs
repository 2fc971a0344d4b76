using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Live800.Portal.Tests.Features.Members;

/// <summary>A token as a company's site signs it, with whatever is wrong about it in the test's hand.</summary>
internal sealed record SignedToken(string Secret, string Company, DateTimeOffset Now)
{
    public string Key { get; init; } = "k1";

    public string Algorithm { get; init; } = "HS256";

    public Dictionary<string, object?> Claims { get; init; } = [];

    public static string Nonce() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    /// <summary>The token for a member; a claim of null is left out, any other replaces what stands there.</summary>
    public string For(object member, params (string Name, object? Value)[] claims)
    {
        var all = new Dictionary<string, object?> { ["aud"] = Company, ["sub"] = member, ["jti"] = Nonce(), ["exp"] = Now.AddHours(5).ToUnixTimeSeconds() };
        foreach (var (name, value) in claims) all[name] = value;
        foreach (var name in all.Where(claim => claim.Value is null).Select(claim => claim.Key).ToList()) _ = all.Remove(name);
        var body = $"{Part(new { alg = Algorithm, typ = "JWT", kid = Key })}.{Part(all)}";
        var bytes = Encoding.UTF8.GetBytes(body);
        var seal = Algorithm switch
        {
            "none" => [],
            "HS512" => HMACSHA512.HashData(Encoding.UTF8.GetBytes(Secret), bytes),
            _ => HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), bytes),
        };
        return $"{body}.{Base64Url.EncodeToString(seal)}";
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
