using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Packages;

/// <summary>What a line about money tells the operator.</summary>
public enum MoneyLineKind
{
    PaysNothing,
    OrderUnknown,
    RefundedThere,
    ReturnAsked,
    ReturnDone,
    ReturnFailed,
    NotOpened,
}

/// <summary>Something about money that the operator has to see; the company's ID and the order's number where an order is known.</summary>
public sealed record MoneyLine(
    MoneyLineKind Kind, OrderId? Order, string OrderName, long Amount, string Currency, string Reference, string Said, Refusal Refusal, DateTimeOffset At);

/// <summary>Reads, for the platform operator, what gateways told beside plain payments: money that pays nothing, money on its way back, pages not opened (rule 3.11).</summary>
public sealed class MoneyQueries(IDbContextFactory<PortalDbContext> contexts)
{
    private const int Shown = 50;

    /// <summary>Of one order, the newest first; with returns that went well, without pages that were not opened.</summary>
    public async Task<IReadOnlyList<MoneyLine>> OfAsync(OrderId order, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await ReadAsync(
            context,
            context.PaymentNotices.Where(notice => notice.OrderId == order),
            context.GatewayNotices.Where(notice => notice.OrderId == order),
            context.MoneyReturns.Where(money => money.OrderId == order),
            context.PayLinks.Where(_ => false),
            cancellation);
    }

    /// <summary>What is there to be looked after in the whole box, the newest first; without returns that went well.</summary>
    public async Task<IReadOnlyList<MoneyLine>> LatestAsync(CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await ReadAsync(
            context,
            context.PaymentNotices,
            context.GatewayNotices,
            context.MoneyReturns.Where(money => money.State != MoneyReturnState.Done),
            context.PayLinks.Where(link => link.End == PayLinkEnd.Refused || (link.End == PayLinkEnd.Open && link.Said != "")),
            cancellation);
    }

    private static async Task<IReadOnlyList<MoneyLine>> ReadAsync(
        PortalDbContext context, IQueryable<PaymentNotice> paid, IQueryable<GatewayNotice> told, IQueryable<MoneyReturn> back, IQueryable<PayLink> links, CancellationToken cancellation)
    {
        var unfitting = await paid.AsNoTracking().Where(notice => notice.Refusal != Refusal.None).OrderByDescending(notice => notice.At).Take(Shown).ToListAsync(cancellation);
        var notices = await told.AsNoTracking().OrderByDescending(notice => notice.At).Take(Shown).ToListAsync(cancellation);
        var returns = await back.AsNoTracking().OrderByDescending(money => money.AskedAt).Take(Shown).ToListAsync(cancellation);
        var unopened = await links.AsNoTracking().OrderByDescending(link => link.MadeAt).Take(Shown / 5).ToListAsync(cancellation);
        var ids = unfitting.Select(notice => notice.OrderId).Concat(notices.Select(notice => notice.OrderId).OfType<OrderId>()).Concat(returns.Select(money => money.OrderId)).Concat(unopened.Select(link => link.OrderId)).Distinct().ToList();
        var orders = await context.Orders.AsNoTracking().Where(order => ids.Contains(order.Id)).Join(context.Companies, order => order.CompanyId, owner => owner.Id, (order, owner) => new { order, owner.Code }).ToListAsync(cancellation);
        var names = orders.ToDictionary(row => row.order.Id, row => row.order.NameIn(row.Code));
        return
        [
            .. unfitting.Select(notice => new MoneyLine(MoneyLineKind.PaysNothing, notice.OrderId, names[notice.OrderId], notice.Amount, notice.Currency, notice.Reference, "", notice.Refusal, notice.At))
                .Concat(notices.Select(notice => new MoneyLine(Kind(notice.Kind), notice.OrderId, notice.OrderId is { } id ? names[id] : "", notice.Amount, notice.Currency, notice.Reference, "", Refusal.None, notice.At)))
                .Concat(returns.Select(money => new MoneyLine(Kind(money.State), money.OrderId, names[money.OrderId], money.Amount, money.Currency, money.Payment, money.Said, Refusal.None, money.AnsweredAt ?? money.AskedAt)))
                .Concat(unopened.Select(link => new MoneyLine(MoneyLineKind.NotOpened, link.OrderId, names[link.OrderId], 0, "", "", link.Said, Refusal.None, link.MadeAt)))
                .OrderByDescending(line => line.At),
        ];
    }

    private static MoneyLineKind Kind(GatewayNoticeKind kind) => kind == GatewayNoticeKind.RefundedThere ? MoneyLineKind.RefundedThere : MoneyLineKind.OrderUnknown;

    private static MoneyLineKind Kind(MoneyReturnState state) => state switch
    {
        MoneyReturnState.Done => MoneyLineKind.ReturnDone,
        MoneyReturnState.Failed => MoneyLineKind.ReturnFailed,
        _ => MoneyLineKind.ReturnAsked,
    };
}
