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
    public async Task A_column_is_sorted_up_then_down_and_the_third_click_goes_back_to_the_order_of_urgency()
    {
        var sort = new QueueSort(QueueColumn.Status, false);
        var table = Page.Render<QueueTable>(part => Fill(part).Add(p => p.Sort, sort).Add(p => p.OnSort, wished => sort = wished));
        Assert.All(table.FindAll("[role=columnheader]"), header => Assert.Equal("none", header.GetAttribute("aria-sort")));
        foreach (var (expected, others) in new[] { ("ascending", 5), ("descending", 5), ("none", 6) })
        {
            await table.InvokeAsync(() => table.Find(".cell.time button").Click(new MouseEventArgs { Detail = 1 }));
            table.Render(part => part.Add(p => p.Sort, sort));
            Assert.Equal(expected, table.Find(".cell.time[role=columnheader]").GetAttribute("aria-sort"));
            Assert.Equal(others, table.FindAll("[aria-sort=none]").Count);
        }
    }

    [Fact]
    public async Task A_double_click_on_a_header_is_one_wish()
    {
        var wishes = new List<QueueSort>();
        var table = Page.Render<QueueTable>(part => Fill(part).Add(p => p.OnSort, wishes.Add));
        await table.InvokeAsync(() => table.Find(".cell.visits button").Click(new MouseEventArgs { Detail = 1 }));
        await table.InvokeAsync(() => table.Find(".cell.visits button").Click(new MouseEventArgs { Detail = 2 }));
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

    [Fact]
    public async Task What_can_be_done_stands_in_the_row_under_the_pointer_the_one_the_keys_reached_and_the_chosen_one()
    {
        var chosen = new List<long>();
        var table = Page.Render<QueueTable>(part => Fill(part).Add(p => p.Actions, row => $"<button>{row.Visitor}</button>").Add(p => p.OnChoose, row => chosen.Add(row.Visitor.Value)));
        string Acts() => string.Join(' ', table.FindAll(".acts button").Select(button => button.TextContent));
        Assert.Equal("", Acts());
        foreach (var row in new[] { "", "visitor-", "visitor-99", "<script>", "visitor-3" }) await table.InvokeAsync(() => table.Instance.Point(row));
        Assert.Equal("3", Acts());
        await table.Find("[role=grid]").KeyDownAsync(new KeyboardEventArgs { Key = "ArrowDown" });
        Assert.Equal("1 3", Acts());
        table.Render(part => part.Add(p => p.Selected, new VisitorId(2)));
        Assert.Equal("1 2 3", Acts());
        await table.InvokeAsync(() => table.Instance.Point(""));
        Assert.Equal("1 2", Acts());
        // Keys pressed on a row's button are the button's.
        Assert.Throws<MissingEventHandlerException>(() => table.Find(".acts button").KeyDown(new KeyboardEventArgs { Key = "Enter" }));
        Assert.Empty(chosen);
        table.Render(part => part.Add(p => p.Compact, true));
        Assert.Equal("", Acts());
    }

    [Fact]
    public void A_group_is_called_by_its_name_as_text_and_stands_in_no_row_without_one()
    {
        var rows = new[] { Row(1) with { Group = new GroupId(5) }, Row(2) };
        var table = Page.Render<QueueTable>(part => part.Add(p => p.Rows, rows).Add(p => p.AgentName, agent => $"客服 {agent}").Add(p => p.Columns, [QueueColumn.Group]).Add(p => p.GroupName, group => group == new GroupId(5) ? "<b>售前" : null));
        Assert.Equal("分组", Read(table.Find(".cell.group[role=columnheader]").TextContent));
        Assert.Equal(["<b>售前", ""], table.FindAll(".body .cell.group").Select(cell => Read(cell.TextContent)));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void The_groups_column_is_offered_where_there_are_groups(bool hasGroups, bool offered)
    {
        var tools = Page.Render<QueueTools>(part => part.Add(p => p.Shown, 1).Add(p => p.Hidden, 0).Add(p => p.View, QueueView.Default).Add(p => p.HasGroups, hasGroups));
        Assert.Equal(offered, tools.FindAll("#queue-columns label").Any(label => Read(label.TextContent) == "分组"));
        // Who chose it while there were some can take it away again.
        tools.Render(part => part.Add(p => p.View, QueueView.Default.Toggled(QueueColumn.Group)));
        Assert.Contains(tools.FindAll("#queue-columns label"), label => Read(label.TextContent) == "分组");
    }

    private static ComponentParameterCollectionBuilder<QueueTable> Fill(ComponentParameterCollectionBuilder<QueueTable> part) => part
        .Add(p => p.Rows, [Row(1), Row(2), Row(3)])
        .Add(p => p.AgentName, agent => $"客服 {agent}");

    private static QueueRow Row(long number) => new(
        new VisitorId(number), new VisitId(number), QueueStatus.Browsing, "00000", null, "https://shop.example/", "首页", VisitSource.Direct, DataRoom.Noon, null, 1, 1, null, null);
}
