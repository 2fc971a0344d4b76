using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Packages;

/// <summary>
/// Leads a buyer to the page of a gateway (rule 3.11). An order has one page at a time, whoever asks and however often; whether it was paid is only ever believed
/// from the gateway itself, by its notice or by its answer.
/// </summary>
public sealed class PayDesk(
    IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, OrderDesk orders, IPaymentGateway gateway, PortalEvents events, TimeProvider clock)
{
    /// <summary>What an order can be paid with beside a transfer; none when no gateway is on.</summary>
    public Task<PayMethods> OfferedAsync(CancellationToken cancellation = default) => gateway.OfferedAsync(cancellation);

    /// <summary>
    /// The address of the page an order is paid on. Refusals: GatewayOff, NotAllowed, OrderUnknown, OrderCancelled, AlreadyPaid, PaymentConfirming, GatewayDown, GatewayRefused.
    /// </summary>
    public async Task<Outcome<string>> StartAsync(CurrentAgent by, OrderId id, CancellationToken cancellation = default)
    {
        if (await gateway.OfferedAsync(cancellation) == PayMethods.None) return Refusal.GatewayOff;
        if (await LastAsync(by.CompanyId, id, cancellation) is { Reference.Length: > 0 } given && given.HoldsAt(clock.GetUtcNow()))
        {
            var standing = await LookAsync(given, cancellation);
            if (standing is { } known) return known;
        }

        var asked = await WriteDownAsync(by, id, cancellation);
        if (asked.IsRefused) return asked.Refusal;
        var (link, row) = asked.Value;
        if (link.Address.Length > 0) return link.Address;
        var answer = await gateway.OpenAsync(link, row, cancellation);
        await ChangeAsync(
            link.OrderId,
            link.Number,
            kept =>
            {
                if (answer.Value is { } page) kept.Open(page.Reference, page.Address);
                else if (answer.Fault!.IsFinal) kept.Close(PayLinkEnd.Refused, answer.Fault.Said);
                else kept.Wait(answer.Fault.Said);
            });
        return answer.Value is { } opened ? opened.Address : answer.Fault!.IsFinal ? Refusal.GatewayRefused : Refusal.GatewayDown;
    }

    /// <summary>The gateway says that the buyer is through and the money is on its way; known by the page's number, or by the order when its answer was lost.</summary>
    public Task ConfirmAsync(OrderId order, string reference, CancellationToken cancellation = default) => ChangeByReferenceAsync(order, reference, link => link.Confirm(clock.GetUtcNow()), cancellation);

    /// <summary>The gateway says that no payment comes on a page any more.</summary>
    public Task CloseAsync(OrderId order, string reference, PayLinkEnd end, CancellationToken cancellation = default) => ChangeByReferenceAsync(order, reference, link => link.Close(end), cancellation);

    /// <summary>What to answer about a page given out before; nothing when the order needs another one.</summary>
    private async Task<Outcome<string>?> LookAsync(PayLink link, CancellationToken cancellation)
    {
        var answer = await gateway.LookAsync(link, cancellation);
        if (answer.Fault is { IsFinal: false }) return clock.GetUtcNow() < link.ExpiresAt ? link.Address : Refusal.GatewayDown;
        switch (answer.Value?.State)
        {
            case PayPageState.Open:
                return link.Address;
            case PayPageState.Confirming:
                await ChangeAsync(link.OrderId, link.Number, kept => kept.Confirm(clock.GetUtcNow()));
                return Refusal.PaymentConfirming;
            case PayPageState.Paid:
                // The notice is late or lost: its answer to us is as good, and counts once with it.
                var heard = await orders.HearAsync(answer.Value.Payment!, cancellation);
                return heard.IsRefused ? heard.Refusal : Refusal.AlreadyPaid;
            default:
                // Over, or of an account whose keys are no longer here.
                await ChangeAsync(link.OrderId, link.Number, kept => kept.Close(PayLinkEnd.Expired));
                return null;
        }
    }

    private Task<Outcome<(PayLink Link, OrderRow Row)>> WriteDownAsync(CurrentAgent by, OrderId id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return writes.RunAsync<Outcome<(PayLink, OrderRow)>>(
            async (context, token) =>
            {
                if (!await context.MayAsync(by.CompanyId, by.AgentId, Permission.Purchase, token)) return Refusal.NotAllowed;
                if (await context.Orders.AsNoTracking().SingleOrDefaultAsync(order => order.CompanyId == by.CompanyId && order.Id == id, token) is not { } order) return Refusal.OrderUnknown;
                if (order.State != OrderState.New) return order.State == OrderState.Cancelled ? Refusal.OrderCancelled : Refusal.AlreadyPaid;
                var company = await context.Companies.AsNoTracking().SingleAsync(owner => owner.Id == by.CompanyId, token);
                var last = await context.PayLinks.Where(link => link.OrderId == id).OrderByDescending(link => link.Number).FirstOrDefaultAsync(token);
                if (last is null || !last.HoldsAt(now)) _ = context.Add(last = new PayLink(order, PaymentWay.Stripe, 1 + (last?.Number ?? 0), now));
                return (last, new OrderRow(order, company.Code, company.Name));
            },
            cancellation);
    }

    private async Task<PayLink?> LastAsync(CompanyId company, OrderId id, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.PayLinks.AsNoTracking().Where(link => link.CompanyId == company && link.OrderId == id).OrderByDescending(link => link.Number).FirstOrDefaultAsync(cancellation);
    }

    // What the gateway did is written down also when the buyer has gone meanwhile.
    private Task ChangeAsync(OrderId order, int number, Action<PayLink> change) => writes.RunAsync(
        async (context, token) => change(await context.PayLinks.SingleAsync(link => link.OrderId == order && link.Number == number, token)), CancellationToken.None);

    private async Task ChangeByReferenceAsync(OrderId order, string reference, Action<PayLink> change, CancellationToken cancellation)
    {
        var company = await writes.RunAsync(
            async (context, token) =>
            {
                var link = await context.PayLinks.SingleOrDefaultAsync(known => known.OrderId == order && known.Reference == reference, token);
                if (link is not null) change(link);
                return link?.CompanyId;
            },
            cancellation);
        if (company is { } owner) events.Publish(new PortalEvent(owner, PortalTopic.Orders, order.Value));
    }
}
