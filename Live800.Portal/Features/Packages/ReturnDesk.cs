using System.Threading.Channels;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Packages;

/// <summary>Money that a gateway has to send back (rule 3.11): written down with the refund, sent by <see cref="ReturnSender"/>, seen and tried again by the operator.</summary>
public sealed class ReturnDesk(WriteQueue<PortalDbContext> writes, PortalEvents events, TimeProvider clock)
{
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Inside the write that refunds an order: what came through a gateway goes back through it. What came by hand goes back by hand.</summary>
    public static void Add(PortalDbContext write, Order order, DateTimeOffset now)
    {
        if (order is { PaidBy: not (null or PaymentWay.Manual), RefundedAmount: > 0 }) _ = write.Add(new MoneyReturn(order, now));
    }

    /// <summary>There may be something to send. Only after a commit; it comes by itself within a minute otherwise.</summary>
    public void Call() => _ = _calls.Writer.TryWrite(true);

    /// <summary>The operator has a return asked for once more. Refusals: NotAllowed, OrderUnknown, AlreadyReturned.</summary>
    public async Task<Outcome> TryAgainAsync(CurrentAgent by, OrderId id, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var outcome = await writes.RunAsync<Outcome>(
            async (context, token) =>
            {
                var about = await context.Orders.Where(order => order.Id == id).Join(context.Companies, order => order.CompanyId, owner => owner.Id, (order, owner) => new { owner.Id, Name = owner.Code + "-" + order.Number }).SingleOrDefaultAsync(token);
                if (!await AuditEntry.TryAddAsync(context, by, about?.Id, AuditAction.ReturnTriedAgain, about?.Name ?? "", now, token)) return Refusal.NotAllowed;
                var money = await context.MoneyReturns.SingleOrDefaultAsync(row => row.OrderId == id, token);
                var again = money?.TryAgain(now) ?? Refusal.OrderUnknown;
                if (again.IsRefused) context.ChangeTracker.Clear();
                return again;
            },
            cancellation);
        if (!outcome.IsRefused) Call();
        return outcome;
    }

    /// <summary>
    /// A gateway says how much of a payment it has given back altogether. What this portal did not ask for is kept for the operator, and changes nothing.
    /// A payment of nobody here is not kept.
    /// </summary>
    /// <param name="way">Who tells.</param>
    /// <param name="happening">Its number of what it tells.</param>
    /// <param name="payment">Its number of the payment.</param>
    /// <param name="named">The order it names, should the payment's own notice not be here yet.</param>
    /// <param name="amount">Given back altogether, in minor units.</param>
    public Task HearRefundedAsync(PaymentWay way, string happening, string payment, OrderId? named, long amount, string currency, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        return writes.RunAsync(
            async (context, token) =>
            {
                if (await context.GatewayNotices.AnyAsync(notice => notice.Way == way && notice.Event == happening, token)) return;
                var paid = await context.PaymentNotices.AsNoTracking().SingleOrDefaultAsync(notice => notice.Way == way && notice.Reference == payment, token);
                var about = paid?.OrderId ?? named;
                if (about is null || await context.Orders.AsNoTracking().SingleOrDefaultAsync(row => row.Id == about, token) is not { } order) return;
                var ours = await context.MoneyReturns.AsNoTracking().SingleOrDefaultAsync(row => row.Way == way && row.Payment == payment && row.State != MoneyReturnState.Failed, token);
                var others = amount - (ours?.Amount ?? 0);
                if (others > 0) _ = context.Add(new GatewayNotice(IdSource.Next(now), way, happening, GatewayNoticeKind.RefundedThere, order, payment, others, currency, now));
            },
            cancellation);
    }

    /// <summary>A gateway says that money it had sent back did not arrive.</summary>
    public Task HearFailedAsync(PaymentWay way, string reference, string said, CancellationToken cancellation = default) =>
        ChangeAsync(context => context.MoneyReturns.Where(row => row.Way == way && row.Reference == reference), money => money.Fail(said, clock.GetUtcNow()), cancellation);

    internal Task MarkAsync(OrderId order, Action<MoneyReturn> change) => ChangeAsync(context => context.MoneyReturns.Where(row => row.OrderId == order), change, CancellationToken.None);

    internal Task WaitAsync(CancellationToken cancellation) => _calls.Reader.ReadAsync(cancellation).AsTask();

    private async Task ChangeAsync(Func<PortalDbContext, IQueryable<MoneyReturn>> which, Action<MoneyReturn> change, CancellationToken cancellation)
    {
        var changed = await writes.RunAsync(
            async (context, token) =>
            {
                if (await which(context).SingleOrDefaultAsync(token) is not { } money) return null;
                change(money);
                return money;
            },
            cancellation);
        if (changed is not null) events.Publish(new PortalEvent(changed.CompanyId, PortalTopic.Orders, changed.OrderId.Value));
    }
}
