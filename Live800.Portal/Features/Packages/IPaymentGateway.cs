using Live800.Domain.Packages;

namespace Live800.Portal.Features.Packages;

/// <summary>A way to pay on a gateway's page. Combined: what the operator offers.</summary>
[Flags]
public enum PayMethods
{
    None = 0,
    Card = 1,
    Alipay = 2,
    WeChatPay = 4,
}

/// <summary>Why a gateway gave no answer that helps.</summary>
/// <param name="Said">What it said, or what stood in the way; in the gateway's words.</param>
/// <param name="IsFinal">It said no: asking the same again is no use. Otherwise nobody knows whether it did what it was asked.</param>
public sealed record GatewayFault(string Said, bool IsFinal);

/// <summary>What a gateway answered: a value, or a fault.</summary>
public readonly record struct GatewayAnswer<T>(T? Value, GatewayFault? Fault);

/// <summary>Where a gateway's page stands.</summary>
public enum PayPageState
{
    Open,
    Expired,
    Confirming,
    Paid,
}

/// <summary>A gateway's page on which an order is paid; with the payment when it was.</summary>
public sealed record PayPage(string Reference, string Address, PayPageState State, GatewayPayment? Payment);

/// <summary>
/// A gateway beside payment by hand (rule 3.11). It only speaks with the outside: what it says is written down by <see cref="PayDesk"/>, <see cref="ReturnDesk"/> and
/// <see cref="OrderDesk"/>, never while a transaction is open.
/// </summary>
public interface IPaymentGateway
{
    /// <summary>What an order can be paid with; none when the gateway is off.</summary>
    Task<PayMethods> OfferedAsync(CancellationToken cancellation);

    /// <summary>Opens the page of a link; the same link again is the same page.</summary>
    Task<GatewayAnswer<PayPage>> OpenAsync(PayLink link, OrderRow row, CancellationToken cancellation);

    /// <summary>Where the page of a link stands.</summary>
    Task<GatewayAnswer<PayPage>> LookAsync(PayLink link, CancellationToken cancellation);

    /// <summary>Sends money back and gives the gateway's number of it; asked again, it is sent once.</summary>
    Task<GatewayAnswer<string>> ReturnAsync(MoneyReturn money, CancellationToken cancellation);
}
