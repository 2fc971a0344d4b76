using Live800.Domain.Members;
using Live800.Portal.Features.Widget;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Live800.Portal.Features.Members;

/// <summary>What a token came to: its claim where its signature is right, and why it is not believed.</summary>
public readonly record struct ReadToken(MemberClaim? Claim, MemberRejectionReason Rejection, string KeyName)
{
    public bool IsBelieved => Rejection == MemberRejectionReason.None;
}

/// <summary>
/// Reads the tokens a company's site signs (5): JSON Web Tokens, HMAC-SHA256 only, so that every language has a library for them. sub is the member's number, aud the company's ID,
/// exp the end (at most a day ahead), jti the nonce; name, email, phone and level go onto the card. Whether the nonce was used is not asked here.
/// </summary>
public sealed class MemberTokens(IntegrationKeyRing keys, TimeProvider time)
{
    /// <summary>Longest token, in characters.</summary>
    public const int Limit = 4096;

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = Limit };

    /// <summary>Reads one for the company of a site.</summary>
    public async ValueTask<ReadToken> ReadAsync(Site site, string token, CancellationToken cancellation)
    {
        token = token.Trim();
        if (token.Length is 0 or > Limit || !_handler.CanReadToken(token)) return Refused(MemberRejectionReason.Unreadable);
        var open = await keys.OfAsync(site.Company, cancellation);
        if (open.Count == 0) return Refused(MemberRejectionReason.KeyUnknown);
        var checkedToken = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKeys = open,
            TryAllIssuerSigningKeys = true,
            RequireSignedTokens = true,
            ValidateIssuer = false,
            ValidAudience = site.Code,
            // Looked at by the claim itself: an expired token still says who it was for.
            ValidateLifetime = false,
            RequireExpirationTime = false,
        });
        if (!checkedToken.IsValid) return Refused(Why(checkedToken.Exception, token, open));
        var read = (JsonWebToken)checkedToken.SecurityToken;
        var (claim, rejection) = MemberClaim.Read(
            Text(read, "sub"), Text(read, "jti"), End(read), Text(read, "name"), Text(read, "email"), Text(read, "phone"), Text(read, "level"), time.GetUtcNow());
        return new ReadToken(claim, rejection, read.SigningKey?.KeyId ?? "");
    }

    private static ReadToken Refused(MemberRejectionReason reason) => new(null, reason, "");

    private MemberRejectionReason Why(Exception? failure, string token, IReadOnlyList<SymmetricSecurityKey> open) => failure switch
    {
        SecurityTokenInvalidAlgorithmException => MemberRejectionReason.AlgorithmWrong,
        SecurityTokenInvalidAudienceException => MemberRejectionReason.CompanyWrong,
        SecurityTokenMalformedException => MemberRejectionReason.Unreadable,
        _ when !_handler.CanReadToken(token) => MemberRejectionReason.Unreadable,
        _ => Unsigned(token, open),
    };

    // The header says which key it means and how it was signed; both only explain, and decide nothing.
    private MemberRejectionReason Unsigned(string token, IReadOnlyList<SymmetricSecurityKey> open)
    {
        JsonWebToken named;
        try
        {
            named = _handler.ReadJsonWebToken(token);
        }
        catch (ArgumentException)
        {
            return MemberRejectionReason.Unreadable;
        }

        if (named.Alg != SecurityAlgorithms.HmacSha256) return MemberRejectionReason.AlgorithmWrong;
        return named.Kid is { Length: > 0 } kid && open.All(key => key.KeyId != kid) ? MemberRejectionReason.KeyUnknown : MemberRejectionReason.SignatureWrong;
    }

    // A number is as good as a text; anything else is none.
    private static string? Text(JsonWebToken token, string name) =>
        token.TryGetPayloadValue<object>(name, out var value) && value is string or int or long ? Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) : null;

    private static DateTimeOffset? End(JsonWebToken token)
    {
        if (!token.TryGetPayloadValue<object>("exp", out var value)) return null;
        var seconds = value switch { int whole => whole, long whole => whole, double real when real is > 0 and < 1e11 => (long)real, _ => 0 };
        return seconds is > 0 and < 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
    }
}
