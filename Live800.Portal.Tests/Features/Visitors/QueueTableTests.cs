using Bunit;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components.Web;

namespace Live800.Portal.Tests.Features.Visitors;

public class QueueTableTests : ComponentTest
{
    [Fact]
    public void A_column_is_sorted_up_then_down_and_the_third_click_goes_back_to_the_order_of_urgency()
    {
        var sort = new QueueSort(QueueColumn.Status, false);
        var table = Page.Render<QueueTable>(part => Fill(part).Add(p => p.Sort, sort).Add(p => p.OnSort, wished => sort = wished));
        Assert.All(table.FindAll("[role=columnheader]"), header => Assert.Equal("none", header.GetAttribute("aria-sort")));
        foreach (var (expected, others) in new[] { ("ascending", 5), ("descending", 5), ("none", 6) })
        {
            table.Find(".cell.time button").Click(new MouseEventArgs { Detail = 1 });
            table.Render(part => part.Add(p => p.Sort, sort));
            Assert.Equal(expected, table.Find(".cell.time[role=columnheader]").GetAttribute("aria-sort"));
            Assert.Equal(others, table.FindAll("[aria-sort=none]").Count);
        }
    }

    [Fact]
    public void A_double_click_on_a_header_is_one_wish()
    {
        var wishes = new List<QueueSort>();
        var table = Page.Render<QueueTable>(part => Fill(part).Add(p => p.OnSort, wishes.Add));
        table.Find(".cell.visits button").Click(new MouseEventArgs { Detail = 1 });
        table.Find(".cell.visits button").Click(new MouseEventArgs { Detail = 2 });
        Assert.Equal([new QueueSort(QueueColumn.Visits, false)], wishes);
    }

    [Fact]
    public void The_arrows_move_among_the_rows_and_Enter_opens_the_one_they_reached()
    {
        var chosen = new List<long>();
        var table = Page.Render<QueueTable>(part => Fill(part).Add(p => p.OnChoose, row => chosen.Add(row.Visitor.Value)));
        foreach (var key in new[] { "Enter", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Enter" }) table.Find("[role=grid]").KeyDown(new KeyboardEventArgs { Key = key });
        Assert.Equal([2], chosen);
        Assert.Equal("visitor-2", table.Find("[role=grid]").GetAttribute("aria-activedescendant"));
    }

    [Fact]
    public void A_pointer_among_the_rows_holds_them_until_it_leaves()
    {
        var told = new List<string>();
        var grid = Page.Render<QueueTable>(part => Fill(part).Add(p => p.OnHold, () => told.Add("hold")).Add(p => p.OnLetGo, () => told.Add("let go"))).Find("[role=grid]");
        grid.PointerEnter(new PointerEventArgs());
        Assert.Equal(["hold"], told);
        grid.PointerLeave(new PointerEventArgs());
        Assert.Equal(["hold", "let go"], told);
    }

    private static ComponentParameterCollectionBuilder<QueueTable> Fill(ComponentParameterCollectionBuilder<QueueTable> part) => part
        .Add(p => p.Rows, [Row(1), Row(2), Row(3)])
        .Add(p => p.AgentName, agent => $"客服 {agent}");

    private static QueueRow Row(long number) => new(
        new VisitorId(number), new VisitId(number), QueueStatus.Browsing, "00000", null, "https://shop.example/", "首页", VisitSource.Direct, DataRoom.Noon, null, 1, 1, null, null);
}
