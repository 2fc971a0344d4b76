using System.Globalization;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Packages;
using Stripe;
using Stripe.Checkout;

namespace Live800.Portal.Features.Payments;

/// <summary>Stripe Checkout (rule 3.11): a hosted page per pay link, and refunds of its payments. Speaks with Stripe and writes nothing down.</summary>
public sealed class StripeGateway(StripeDesk desk, StripeLine line, PublicAddress address) : IPaymentGateway
{
    /// <summary>Names of what a page, its payment and a refund carry, so that a notice finds its order.</summary>
    internal const string OrderMark = "order";
    internal const string CompanyMark = "company";

    // Without keys nobody can be asked; with the keys back it goes on.
    private static readonly GatewayFault NoKeys = new("", IsFinal: false);

    private static readonly (PayMethods Method, string Name)[] Names = [(PayMethods.Card, "card"), (PayMethods.Alipay, "alipay"), (PayMethods.WeChatPay, "wechat_pay")];

    public Task<PayMethods> OfferedAsync(CancellationToken cancellation) => desk.OfferedAsync(cancellation);

    public Task<GatewayAnswer<PayPage>> OpenAsync(PayLink link, OrderRow row, CancellationToken cancellation) => AskAsync(
        (client, keys, token) => AsPage(
            new SessionService(client).CreateAsync(Wish(link, row, keys.Methods), new RequestOptions { IdempotencyKey = $"pay-{link.OrderId}-{link.Number}" }, token)),
        cancellation);

    public Task<GatewayAnswer<PayPage>> LookAsync(PayLink link, CancellationToken cancellation) =>
        AskAsync((client, _, token) => AsPage(new SessionService(client).GetAsync(link.Reference, cancellationToken: token)), cancellation);

    public async Task<GatewayAnswer<string>> ReturnAsync(MoneyReturn money, CancellationToken cancellation)
    {
        // Stripe remembers a key for a day. What may have been done longer ago is looked for first.
        if (money is not { Attempts: 0, Round: 1 })
        {
            var sent = await AskAsync((client, _, token) => SentAsync(client, money, token), cancellation);
            if (sent.Fault is { IsFinal: false }) return new GatewayAnswer<string>(null, sent.Fault);
            if (sent.Value?.Id is { } there) return new GatewayAnswer<string>(there, null);
        }

        var answer = await AskAsync(
            (client, _, token) => new RefundService(client).CreateAsync(
                new RefundCreateOptions { PaymentIntent = money.Payment, Amount = money.Amount, Metadata = Marks(money.OrderId, money.CompanyId) },
                new RequestOptions { IdempotencyKey = money.Key },
                token),
            cancellation);
        if (answer.Value is not { } refund) return new GatewayAnswer<string>(null, answer.Fault);
        return IsSent(refund) ? new GatewayAnswer<string>(refund.Id, null) : new GatewayAnswer<string>(null, new GatewayFault(refund.FailureReason ?? refund.Status, IsFinal: true));
    }

    /// <summary>The payment of a page that was paid, as the orders hear it; nothing when the page names no order.</summary>
    internal static GatewayPayment? PaymentOf(Session session) => OrderOf(session.Metadata) is { } order && session.PaymentIntentId is { Length: > 0 } payment
        ? new GatewayPayment(order, PaymentWay.Stripe, payment, session.AmountTotal ?? 0, session.Currency?.ToUpperInvariant() ?? "", new CompanyId(MarkOf(session.Metadata, CompanyMark) ?? 0))
        : null;

    /// <summary>The order something at Stripe names; nothing when it was not made by this portal.</summary>
    internal static OrderId? OrderOf(IDictionary<string, string>? marks) => MarkOf(marks, OrderMark) is { } id ? new OrderId(id) : null;

    /// <summary>Nothing in it depends on who asks or in which language: asked twice it must be the same to the letter.</summary>
    private SessionCreateOptions Wish(PayLink link, OrderRow row, PayMethods methods)
    {
        var order = row.Order;
        var page = address.Of(string.Create(CultureInfo.InvariantCulture, $"/store/orders/{order.Number}"));
        var marks = Marks(order.Id, order.CompanyId);
        return new SessionCreateOptions
        {
            Mode = "payment",
            ClientReferenceId = order.Id.ToString(),
            Metadata = marks,
            PaymentIntentData = new SessionPaymentIntentDataOptions { Metadata = marks, Description = row.Name },
            // Money is counted in minor units here and there alike, yen and won in whole ones.
            LineItems = [new() { Quantity = 1, PriceData = new() { Currency = order.Currency.ToLowerInvariant(), UnitAmount = order.Amount, ProductData = new() { Name = row.Name } } }],
            // Another currency would be another amount than the order's.
            AdaptivePricing = new() { Enabled = false },
            AllowedPaymentMethodTypes = [.. Names.Where(known => methods.HasFlag(known.Method)).Select(known => known.Name)],
            SuccessUrl = page + "?paid=1",
            CancelUrl = page,
            ExpiresAt = link.ExpiresAt.UtcDateTime,
        };
    }

    private static Dictionary<string, string> Marks(OrderId order, CompanyId company) => new() { [OrderMark] = order.ToString(), [CompanyMark] = company.ToString() };

    private static long? MarkOf(IDictionary<string, string>? marks, string name) =>
        marks?.TryGetValue(name, out var text) == true && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static async Task<PayPage> AsPage(Task<Session> asked)
    {
        var session = await asked;
        var payment = PaymentOf(session);
        var state = session.Status switch
        {
            "open" => PayPageState.Open,
            "complete" => session.PaymentStatus == "unpaid" ? PayPageState.Confirming : PayPageState.Paid,
            _ => PayPageState.Expired,
        };
        if (state == PayPageState.Open && !IsAddress(session.Url)) throw new StripeException("Stripe gave no address of the page.");
        return new PayPage(session.Id, session.Url ?? "", state == PayPageState.Paid && payment is null ? PayPageState.Confirming : state, payment);
    }

    private static bool IsAddress(string? url) => url?.Length <= PayLink.AddressLimit && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http";

    private static async Task<Refund> SentAsync(IStripeClient client, MoneyReturn money, CancellationToken cancellation)
    {
        await foreach (var refund in new RefundService(client).ListAutoPagingAsync(new RefundListOptions { PaymentIntent = money.Payment, Limit = 100 }, cancellationToken: cancellation))
        {
            if (IsSent(refund) && OrderOf(refund.Metadata) == money.OrderId) return refund;
        }

        return new Refund();
    }

    private static bool IsSent(Refund refund) => refund.Status is not ("failed" or "canceled");

    private async Task<GatewayAnswer<T>> AskAsync<T>(Func<IStripeClient, StripeKeys, CancellationToken, Task<T>> request, CancellationToken cancellation)
        where T : class =>
        await desk.KeysAsync(cancellation) is { } keys
            ? await line.AskAsync(keys.SecretKey, (client, token) => request(client, keys, token), cancellation)
            : new GatewayAnswer<T>(null, NoKeys);
}
