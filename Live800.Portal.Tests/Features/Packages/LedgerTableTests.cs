using Bunit;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Packages;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Packages;

/// <summary>A line of the ledger leads to where it came from (rules 2.3, 3.11).</summary>
public class LedgerTableTests : ComponentTest
{
    [Fact]
    public async Task A_credit_or_refund_of_an_order_is_a_link_to_it_and_a_grant_its_note()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng");
        _ = await room.Desk.BuyClicksAsync(company, new OrderId(5), 100);
        _ = await room.Desk.RefundAsync(company, new OrderId(5));
        _ = await room.Desk.GrantClicksAsync(company, 10, "开业赠送");
        _ = await room.AnswerAsync(company);
        await using var context = room.Data.Read();
        var lines = await context.LedgerLines.AsNoTracking().OrderBy(line => line.Number).ToListAsync();
        LedgerOrder? Of(LedgerLine line) => line.OrderId == new OrderId(5) ? new LedgerOrder(3, "qingfeng-3") : null;
        var rows = lines.Select(line => new LedgerRow(line, "", line.Origin == CreditOrigin.Grant ? "开业赠送" : line.Kind == LedgerKind.Refund ? "买错了" : "", ConversationPlace.Nowhere, Of(line))).ToList();

        var table = Page.Render<LedgerTable>(part => part.Add(p => p.Rows, rows).Add(p => p.Zone, TimeZoneInfo.Utc));

        // Number, time, kind, way: the fourth cell.
        var ways = table.FindAll("tbody tr").Select(row => row.Children[3]).ToList();
        Assert.Equal(["试用", "订单 qingfeng-3", "订单 qingfeng-3买错了", "平台赠送开业赠送", "要求对话"], ways.Select(cell => Read(cell.TextContent.Split("2026-")[0])));
        Assert.Equal([null, "store/orders/3", "store/orders/3", null, null], ways.Select(cell => cell.QuerySelector("a")?.GetAttribute("href")));
        // What a phone shows under the kind leads there as well.
        Assert.Equal(4, table.FindAll("a[href='store/orders/3']").Count);
    }
}
