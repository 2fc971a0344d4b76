using System.Net;
using Live800.Portal.Features.Packages;
using Microsoft.Extensions.Options;
using Stripe;

namespace Live800.Portal.Features.Payments;

/// <summary>The line to Stripe: one request with one key, and what came back as a value or in words.</summary>
public sealed class StripeLine(IOptions<PaymentOptions> options) : IDisposable
{
    private const int Retries = 1;

    // A redirect would carry the key to somebody else.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) }) { Timeout = options.Value.Patience };

    /// <summary>Asks; what is not an answer of Stripe itself, or one that asks to come again, is not final.</summary>
    internal async Task<GatewayAnswer<T>> AskAsync<T>(string key, Func<IStripeClient, CancellationToken, Task<T>> request, CancellationToken cancellation)
        where T : class
    {
        var client = new StripeClient(new StripeClientOptions
        {
            ApiKey = key,
            ApiBase = options.Value.StripeApi ?? StripeClient.DefaultApiBase,
            HttpClient = new SystemNetHttpClient(_http, Retries, appInfo: null, enableTelemetry: false),
        });
        try
        {
            return new GatewayAnswer<T>(await request(client, cancellation), null);
        }
        catch (StripeException said)
        {
            return new GatewayAnswer<T>(null, new GatewayFault(said.StripeError?.Message ?? said.Message, IsFinal(said.HttpStatusCode)));
        }
        catch (HttpRequestException unreached)
        {
            return new GatewayAnswer<T>(null, new GatewayFault(unreached.Message, IsFinal: false));
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            return new GatewayAnswer<T>(null, new GatewayFault(late.Message, IsFinal: false));
        }
    }

    public void Dispose() => _http.Dispose();

    private static bool IsFinal(HttpStatusCode status) =>
        (int)status is >= 400 and < 500 && status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests);
}
