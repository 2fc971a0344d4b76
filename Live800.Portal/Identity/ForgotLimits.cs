using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Identity;

/// <summary>How often one address may say that it forgot a password, or use a link of a letter.</summary>
public sealed class ForgotLimits(IStringLocalizer<Texts> texts) : IRateLimiterPolicy<string>
{
    public const string Policy = "forgotten-passwords";

    /// <summary>At once, and then one more with every <see cref="Period"/>.</summary>
    public const int Burst = 20;

    public static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected { get; } = new SignInLimits(texts).OnRejected;

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) => HttpMethods.IsPost(httpContext.Request.Method)
        ? RateLimitPartition.GetTokenBucketLimiter(
            httpContext.Connection.RemoteIpAddress?.ToString() ?? "unknown",
            _ => new TokenBucketRateLimiterOptions { TokenLimit = Burst, TokensPerPeriod = 1, ReplenishmentPeriod = Period, AutoReplenishment = true })
        : RateLimitPartition.GetNoLimiter("reading");
}
