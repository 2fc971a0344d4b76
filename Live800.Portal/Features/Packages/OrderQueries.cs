using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Packages;

/// <summary>An order as a list shows it, with the company it belongs to.</summary>
public sealed record OrderRow(Order Order, string CompanyCode, string CompanyName)
{
    /// <summary>What it is called on a transfer.</summary>
    public string Name => Order.NameIn(CompanyCode);
}

/// <summary>An order with what became of it: the term or the clicks it credited, what a refund would take back, its payment notices, the newest first, its last pay
/// link and the money on its way back.</summary>
public sealed record OrderView(
    OrderRow Row, string PlacedBy, MonthlyTerm? Term, ClickCredit? Credit, Outcome<RefundOffer> Refund, IReadOnlyList<PaymentNotice> Notices, PayLink? Link, MoneyReturn? Return,
    TimeZoneInfo Zone, DateTimeOffset ReadAt)
{
    /// <summary>Whether nobody should pay just now, because a payment may be on its way: the gateway said so, or the buyer says that he comes from a page that was given out.</summary>
    public bool IsConfirming(bool returned) => Row.Order.State == OrderState.New && Link is { End: PayLinkEnd.Open, Reference.Length: > 0 } link && (returned || link.ConfirmingAt is not null);
}

/// <summary>A page of orders, how many there are altogether, and the zone their times are shown in: the company's, or the box's where all companies are shown.</summary>
public sealed record OrderPage(IReadOnlyList<OrderRow> Rows, int Total, TimeZoneInfo Zone, DateTimeOffset ReadAt);

/// <summary>Reads orders: of one company, or, for the platform operator, of all.</summary>
public sealed class OrderQueries(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
{
    /// <summary>The company's orders, the newest first.</summary>
    public Task<OrderPage> OfAsync(CompanyId company, int skip, int take, CancellationToken cancellation = default) => PageAsync(company, null, null, skip, take, cancellation);

    /// <summary>All companies' orders, the newest first; by state, and by part of a company's name or ID or of a payment's reference.</summary>
    public Task<OrderPage> OfAllAsync(OrderState? state, string? text, int skip, int take, CancellationToken cancellation = default) => PageAsync(null, state, text, skip, take, cancellation);

    /// <summary>One order of the company; nothing when it has none of that number.</summary>
    public Task<OrderView?> FindAsync(CompanyId company, int number, CancellationToken cancellation = default) =>
        FindAsync(orders => orders.Where(order => order.CompanyId == company && order.Number == number), cancellation);

    /// <summary>One order of any company, for the operator.</summary>
    public Task<OrderView?> FindAsync(OrderId id, CancellationToken cancellation = default) => FindAsync(orders => orders.Where(order => order.Id == id), cancellation);

    /// <summary>What the company's last invoice said, to be offered again.</summary>
    public async Task<InvoiceDetails?> LastInvoiceAsync(CompanyId company, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var last = await context.Orders.AsNoTracking().Where(order => order.CompanyId == company && order.Invoice != null).OrderByDescending(order => order.Number).FirstOrDefaultAsync(cancellation);
        return last?.Invoice;
    }

    private async Task<OrderPage> PageAsync(CompanyId? company, OrderState? state, string? text, int skip, int take, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var rows = context.Orders.AsNoTracking().Join(context.Companies, order => order.CompanyId, firm => firm.Id, (order, firm) => new { order, firm.Code, firm.Name });
        if (company is { } id) rows = rows.Where(row => row.order.CompanyId == id);
        rows = state switch
        {
            OrderState.New => rows.Where(row => row.order.PaidAt == null && row.order.CancelledAt == null),
            OrderState.Paid => rows.Where(row => row.order.PaidAt != null && row.order.FulfilledAt == null && row.order.RefundedAt == null),
            OrderState.Fulfilled => rows.Where(row => row.order.FulfilledAt != null && row.order.RefundedAt == null),
            OrderState.Cancelled => rows.Where(row => row.order.CancelledAt != null),
            OrderState.Refunded => rows.Where(row => row.order.RefundedAt != null),
            _ => rows,
        };
        if (!string.IsNullOrWhiteSpace(text))
        {
            var sought = text.Trim();
            rows = rows.Where(row => row.Code.Contains(sought) || row.Name.Contains(sought) || row.order.PaymentReference.Contains(sought) || row.Code + "-" + row.order.Number == sought);
        }

        var total = await rows.CountAsync(cancellation);
        var shown = await rows.OrderByDescending(row => row.order.PlacedAt).ThenByDescending(row => row.order.Id).Skip(skip).Take(take).ToListAsync(cancellation);
        var now = clock.GetUtcNow();
        var zone = company is { } owner ? (await context.Companies.AsNoTracking().SingleAsync(row => row.Id == owner, cancellation)).Zones.ZoneAt(now) : TimeZoneInfo.Local;
        return new OrderPage([.. shown.Select(row => new OrderRow(row.order, row.Code, row.Name))], total, zone, now);
    }

    private async Task<OrderView?> FindAsync(Func<IQueryable<Order>, IQueryable<Order>> which, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        if (await which(context.Orders.AsNoTracking()).SingleOrDefaultAsync(cancellation) is not { } order) return null;
        var company = await context.Companies.AsNoTracking().SingleAsync(owner => owner.Id == order.CompanyId, cancellation);
        var account = await context.PackageAccounts.AsNoTracking().AsSplitQuery().SingleAsync(owner => owner.CompanyId == order.CompanyId, cancellation);
        var placedBy = await context.Agents.Where(agent => agent.Id == order.PlacedBy).Select(agent => agent.DisplayName).SingleOrDefaultAsync(cancellation);
        var notices = await context.PaymentNotices.AsNoTracking().Where(notice => notice.OrderId == order.Id).OrderByDescending(notice => notice.Id).ToListAsync(cancellation);
        var link = await context.PayLinks.AsNoTracking().Where(known => known.OrderId == order.Id).OrderByDescending(known => known.Number).FirstOrDefaultAsync(cancellation);
        var back = await context.MoneyReturns.AsNoTracking().SingleOrDefaultAsync(money => money.OrderId == order.Id, cancellation);
        return new OrderView(
            new OrderRow(order, company.Code, company.Name),
            placedBy ?? "",
            account.Terms.FirstOrDefault(term => term.OrderId == order.Id),
            account.Credits.FirstOrDefault(credit => credit.OrderId == order.Id),
            order.OfferRefund(account, now),
            notices,
            link,
            back,
            company.Zones.ZoneAt(now),
            now);
    }
}
