using System.Text;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Packages;
using Microsoft.EntityFrameworkCore;
using Stripe;
using Stripe.Checkout;

namespace Live800.Portal.Features.Payments;

/// <summary>
/// What Stripe tells (rule 3.11). Nothing is believed without its signature, which must not be older than five minutes; an order is looked for by its id, amount and
/// currency come from Stripe. Answered only after the commit, so that Stripe tells again whatever was not stored; told again, it changes nothing.
/// </summary>
public sealed class StripeNotices(
    StripeDesk desk, OrderDesk orders, PayDesk pays, ReturnDesk returns, WriteQueue<PortalDbContext> writes, TimeProvider clock, ILogger<StripeNotices> log)
{
    /// <summary>Where Stripe tells it.</summary>
    public const string Path = "/pay/stripe";

    /// <summary>Longest notice that is read, in bytes.</summary>
    public const int BodyLimit = 64 * 1024;

    /// <summary>What Stripe is asked to tell.</summary>
    public static readonly IReadOnlyList<string> Events =
    [
        EventTypes.CheckoutSessionCompleted, EventTypes.CheckoutSessionAsyncPaymentSucceeded, EventTypes.CheckoutSessionAsyncPaymentFailed, EventTypes.CheckoutSessionExpired,
        EventTypes.ChargeRefunded, EventTypes.RefundFailed,
    ];

    private const int ToleranceInSeconds = 300;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>200 when it is stored or need not be; 400 when the signature or the text is not Stripe's; 404 without keys; 413 when too long; 503 when it could not be stored.</summary>
    public static async Task<IResult> HearAsync(HttpContext http, StripeNotices notices)
    {
        try
        {
            return TypedResults.StatusCode(await notices.HearAsync(http.Request, http.RequestAborted));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return TypedResults.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
        catch (BadHttpRequestException bad)
        {
            return TypedResults.StatusCode(bad.StatusCode);
        }
        catch (Exception failure)
        {
            notices.LogFailure(failure);
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private async Task<int> HearAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (await desk.KeysAsync(cancellation) is not { } keys) return StatusCodes.Status404NotFound;
        if (await ReadAsync(request, cancellation) is not { } body) return StatusCodes.Status413PayloadTooLarge;
        if (Open(body, request.Headers["Stripe-Signature"].ToString(), keys.WebhookSecret) is not { } told) return StatusCodes.Status400BadRequest;
        if (told.Livemode == keys.IsLive) await TakeAsync(told, cancellation);
        else log.LogWarning("Stripe told of {Mode} money and the key is for the other kind; event {Event} is left alone", told.Livemode ? "real" : "test", told.Id);
        return StatusCodes.Status200OK;
    }

    private Event? Open(byte[] body, string signature, string secret)
    {
        if (signature.Length == 0) return null;
        try
        {
            return EventUtility.ConstructEvent(Strict.GetString(body), signature, secret, ToleranceInSeconds, clock.GetUtcNow().ToUnixTimeSeconds(), throwOnApiVersionMismatch: false);
        }
        catch (Exception)
        {
            // Nothing but reading happens here: whatever goes wrong, it is no notice of Stripe's.
            return null;
        }
    }

    private Task TakeAsync(Event told, CancellationToken cancellation) => (told.Type, told.Data?.Object) switch
    {
        (EventTypes.CheckoutSessionCompleted, Session { PaymentStatus: "unpaid" } session) => WithOrderAsync(session, order => pays.ConfirmAsync(order, session.Id, cancellation)),
        (EventTypes.CheckoutSessionCompleted or EventTypes.CheckoutSessionAsyncPaymentSucceeded, Session session) => PaidAsync(told.Id, session, cancellation),
        (EventTypes.CheckoutSessionAsyncPaymentFailed, Session session) => WithOrderAsync(session, order => pays.CloseAsync(order, session.Id, PayLinkEnd.Failed, cancellation)),
        (EventTypes.CheckoutSessionExpired, Session session) => WithOrderAsync(session, order => pays.CloseAsync(order, session.Id, PayLinkEnd.Expired, cancellation)),
        (EventTypes.ChargeRefunded, Charge { PaymentIntentId.Length: > 0 } charge) => returns.HearRefundedAsync(
            PaymentWay.Stripe, told.Id, charge.PaymentIntentId, StripeGateway.OrderOf(charge.Metadata), charge.AmountRefunded, charge.Currency?.ToUpperInvariant() ?? "", cancellation),
        (EventTypes.RefundFailed, Refund { Id.Length: > 0 } refund) => returns.HearFailedAsync(PaymentWay.Stripe, refund.Id, refund.FailureReason ?? refund.Status ?? "", cancellation),
        _ => Task.CompletedTask,
    };

    private async Task PaidAsync(string happening, Session session, CancellationToken cancellation)
    {
        // A page that names no order was not made by this portal: another shop of the same account.
        if (StripeGateway.OrderOf(session.Metadata) is null) return;
        var payment = StripeGateway.PaymentOf(session);
        if (payment is not null && (await orders.HearAsync(payment, cancellation)).Refusal != Refusal.OrderUnknown) return;
        await KeepAsync(happening, session, cancellation);
    }

    private Task KeepAsync(string happening, Session session, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return writes.RunAsync(
            async (context, token) =>
            {
                if (await context.GatewayNotices.AnyAsync(notice => notice.Way == PaymentWay.Stripe && notice.Event == happening, token)) return;
                var notice = new GatewayNotice(
                    IdSource.Next(now), PaymentWay.Stripe, happening, GatewayNoticeKind.OrderUnknown, null, session.PaymentIntentId ?? session.Id, session.AmountTotal ?? 0, session.Currency?.ToUpperInvariant() ?? "", now);
                _ = context.Add(notice);
            },
            cancellation);
    }

    private static Task WithOrderAsync(Session session, Func<OrderId, Task> act) => StripeGateway.OrderOf(session.Metadata) is { } order ? act(order) : Task.CompletedTask;

    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > BodyLimit) return null;
        var body = new byte[BodyLimit + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellation);
        return length > BodyLimit ? null : body[..length];
    }

    private void LogFailure(Exception failure) => log.LogError(failure, "A notice of Stripe could not be stored; Stripe will tell it again");
}
