using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Packages;

/// <summary>What somebody puts on the counter: the order's id is given when the checkout opens, so that sending it twice places one order.</summary>
public sealed record OrderDraft(OrderId Id, OrderItem Item, long PriceSeen, InvoiceDetails? Invoice);

/// <summary>A payment notice of a gateway, its signature already checked; with the company it names, where it names one.</summary>
public sealed record GatewayPayment(OrderId Order, PaymentWay Way, string Reference, long Amount, string Currency, CompanyId? Company = null);

/// <summary>
/// Orders 订单 (rule 3.11): placed and withdrawn by a company's administrator; paid by a gateway's notice or by the operator's hand, and credited in the same
/// transaction; refunded by the operator. Who asks is looked up again inside every change, and the letters about it are queued with it.
/// </summary>
public sealed class OrderDesk(
    WriteQueue<PortalDbContext> writes, PackageDesk packages, StoreBoard board, ReturnDesk returns, OrderLetters letters, MailDesk mail, PortalEvents events, TimeProvider clock)
{
    /// <summary>
    /// Places an order at the price that was seen; the same draft again is the same order. Refusals: NotAllowed, TermInvalid, ClicksInvalid, NotOnSale, PriceChanged,
    /// StartInvalid, TooManyOpenOrders, ChangedMeanwhile (another order has this id).
    /// </summary>
    public async Task<Outcome<Order>> PlaceAsync(CurrentAgent by, OrderDraft draft, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var placed = await writes.RunAsync<Outcome<Order>>(
            async (context, token) =>
            {
                if (!await MayBuyAsync(context, by, token)) return Refusal.NotAllowed;
                if (await context.Orders.AsNoTracking().SingleOrDefaultAsync(order => order.Id == draft.Id, token) is { } there)
                    return there.CompanyId == by.CompanyId && there.Item == draft.Item ? there : Refusal.ChangedMeanwhile;

                var ours = context.Orders.Where(order => order.CompanyId == by.CompanyId);
                if (await ours.CountAsync(order => order.PaidAt == null && order.CancelledAt == null, token) >= Order.OpenLimit) return Refusal.TooManyOpenOrders;
                var number = 1 + (await ours.MaxAsync(order => (int?)order.Number, token) ?? 0);
                var order = Order.Place(draft.Id, by.CompanyId, number, draft.Item, draft.PriceSeen, draft.Invoice, board.Terms.Catalog, by.AgentId, now);
                if (order.IsRefused) return order;
                _ = context.Add(order.Value);
                await letters.TellAsync(context, order.Value, now, token);
                return order;
            },
            cancellation);
        if (!placed.IsRefused) Tell(placed.Value);
        return placed;
    }

    /// <summary>Changes or clears what the invoice of an order shall say. Refusals: NotAllowed, OrderUnknown, OrderCancelled.</summary>
    public Task<Outcome> WishInvoiceAsync(CurrentAgent by, OrderId id, InvoiceDetails? invoice, CancellationToken cancellation = default) => ChangeAsync(
        id,
        async (context, order, _, token) =>
            !await MayBuyAsync(context, by, token) ? Refusal.NotAllowed
            : order.CompanyId != by.CompanyId ? Refusal.OrderUnknown
            : order.WishInvoice(invoice),
        cancellation);

    /// <summary>
    /// Withdraws an unpaid order: who buys his company's, the operator anybody's, which is audited. Refusals: NotAllowed, OrderUnknown, AlreadyPaid, OrderCancelled.
    /// </summary>
    public Task<Outcome> CancelAsync(CurrentAgent by, OrderId id, string note = "", CancellationToken cancellation = default) => ChangeAsync(
        id,
        async (context, order, now, token) =>
        {
            if (by.IsAgent && order.CompanyId == by.CompanyId && await MayBuyAsync(context, by, token)) return order.Cancel(note, now);
            if (!await AuditEntry.TryAddAsync(context, by, order.CompanyId, AuditAction.OrderCancelled, await NameAsync(context, order, token), now, token))
                return await MayBuyAsync(context, by, token) ? Refusal.OrderUnknown : Refusal.NotAllowed;
            return order.Cancel(note, now);
        },
        cancellation);

    /// <summary>
    /// The operator saw the money of an order arrive: it is paid and credited at once (rule 3.11). An order that was paid and could not be credited is credited now.
    /// Refusals: NotAllowed, OrderUnknown, OrderCancelled, AlreadyPaid, AmountDiffers, and those of the account.
    /// </summary>
    public Task<Outcome> ConfirmAsync(CurrentAgent by, OrderId id, long amount, string reference, CancellationToken cancellation = default) => ChangeAsync(
        id,
        async (context, order, now, token) =>
        {
            if (!await AuditEntry.TryAddAsync(context, by, order.CompanyId, AuditAction.OrderConfirmed, $"{await NameAsync(context, order, token)} · {order.Currency} {amount}", now, token)) return Refusal.NotAllowed;
            if (order.State != OrderState.Paid)
            {
                // Nothing the operator typed decides whether a payment is the same as another: each confirmation has a number of its own.
                var number = IdSource.Next(now);
                var notice = new PaymentNotice(number, order, PaymentWay.Manual, $"{number} {reference}", amount, order.Currency, now);
                if (notice.Refusal != Refusal.None) return notice.Refusal;
                _ = context.Add(notice);
            }

            return (await packages.FulfilAsync(context, order, now, token)).WithoutValue();
        },
        cancellation);

    /// <summary>
    /// A gateway says that money came: kept as a notice, and where it pays the order the credit is in the same transaction. The same notice again is the same answer and
    /// changes nothing. Refusals, kept with the notice for the operator: OrderCancelled, AlreadyPaid (by another payment), AmountDiffers. Not kept: OrderUnknown.
    /// </summary>
    public async Task<Outcome> HearAsync(GatewayPayment payment, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        Order? changed = null;
        var outcome = await writes.RunAsync(
            async (context, token) =>
            {
                var known = await context.PaymentNotices.AsNoTracking().SingleOrDefaultAsync(notice => notice.Way == payment.Way && notice.Reference == payment.Reference, token);
                if (known is not null) return Outcome.FromRefusal(known.OrderId == payment.Order ? known.Refusal : Refusal.AlreadyPaid);
                if (await context.Orders.SingleOrDefaultAsync(order => order.Id == payment.Order, token) is not { } order || (payment.Company ?? order.CompanyId) != order.CompanyId) return Refusal.OrderUnknown;

                var heard = new PaymentNotice(IdSource.Next(now), order, payment.Way, payment.Reference, payment.Amount, payment.Currency, now);
                _ = context.Add(heard);
                changed = order;
                if (heard.Refusal != Refusal.None) return heard.Refusal;
                // Is the account unable to take it, the order stays paid and the operator confirms or refunds: the money has come.
                _ = await packages.FulfilAsync(context, order, now, token);
                await letters.TellAsync(context, order, now, token);
                return Outcome.Done;
            },
            cancellation);
        if (changed is not null) Tell(changed);
        return outcome;
    }

    /// <summary>
    /// Takes back what is unused of an order and says how much money belongs to it; what came through a gateway is sent back through it, after the commit (rule 3.11).
    /// Refusals: NotAllowed, OrderUnknown, NotPaid, NothingToRefund.
    /// </summary>
    public async Task<Outcome<long>> RefundAsync(CurrentAgent by, OrderId id, string note = "", CancellationToken cancellation = default)
    {
        var amount = 0L;
        var outcome = await ChangeAsync(
            id,
            async (context, order, now, token) =>
            {
                var name = await NameAsync(context, order, token);
                var refunded = await packages.RefundAsync(context, order, note, now, token);
                if (!await AuditEntry.TryAddAsync(context, by, order.CompanyId, AuditAction.OrderRefunded, $"{name} · {order.Currency} {order.RefundedAmount}", now, token)) return Refusal.NotAllowed;
                amount = order.RefundedAmount;
                if (!refunded.IsRefused) ReturnDesk.Add(context, order, now);
                return refunded.WithoutValue();
            },
            cancellation);
        if (!outcome.IsRefused) returns.Call();
        return outcome.IsRefused ? outcome.Refusal : amount;
    }

    private async Task<Outcome> ChangeAsync(OrderId id, Func<PortalDbContext, Order, DateTimeOffset, CancellationToken, Task<Outcome>> change, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        Order? changed = null;
        var outcome = await writes.RunAsync(
            async (context, token) =>
            {
                if (await context.Orders.SingleOrDefaultAsync(order => order.Id == id, token) is not { } order) return Refusal.OrderUnknown;
                var before = order.State;
                var done = await change(context, order, now, token);
                if (done.IsRefused)
                {
                    context.ChangeTracker.Clear();
                    return done;
                }

                changed = order;
                if (order.State != before) await letters.TellAsync(context, order, now, token);
                return done;
            },
            cancellation);
        if (changed is not null) Tell(changed);
        return outcome;
    }

    private void Tell(Order order)
    {
        events.Publish(new PortalEvent(order.CompanyId, PortalTopic.Orders, order.Id.Value));
        packages.Tell(order.CompanyId);
        mail.Call();
    }

    private static Task<bool> MayBuyAsync(PortalDbContext context, CurrentAgent by, CancellationToken cancellation) =>
        context.MayAsync(by.CompanyId, by.AgentId, Permission.Purchase, cancellation);

    private static async Task<string> NameAsync(PortalDbContext context, Order order, CancellationToken cancellation) =>
        order.NameIn(await context.Companies.Where(company => company.Id == order.CompanyId).Select(company => company.Code).SingleAsync(cancellation));
}
