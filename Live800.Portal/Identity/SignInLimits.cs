using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Identity;

/// <summary>How often one address may send the forms that guess at secrets: sign-in, set-up, registering, reset. Reading the pages is free.</summary>
public sealed class SignInLimits(IStringLocalizer<Texts> texts) : IRateLimiterPolicy<string>
{
    public const string Policy = "account-forms";

    /// <summary>At once; an office of a hundred behind one address may sign in at nine.</summary>
    public const int Burst = 100;

    /// <summary>And then this many more with every <see cref="Period"/>.</summary>
    public const int Again = 20;

    public static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => async (rejected, cancellation) =>
    {
        var response = rejected.HttpContext.Response;
        response.StatusCode = StatusCodes.Status429TooManyRequests;
        response.Headers.RetryAfter = ((int)Period.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync(texts["TooManyForms", (int)Period.TotalSeconds], cancellation);
    };

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) => HttpMethods.IsPost(httpContext.Request.Method)
        ? RateLimitPartition.GetTokenBucketLimiter(
            httpContext.Connection.RemoteIpAddress?.ToString() ?? "unknown",
            _ => new TokenBucketRateLimiterOptions { TokenLimit = Burst, TokensPerPeriod = Again, ReplenishmentPeriod = Period, AutoReplenishment = true })
        : RateLimitPartition.GetNoLimiter("reading");
}
