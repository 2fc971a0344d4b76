using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Visitors;

public class QueueOrderTests
{
    [Fact]
    public void By_status_the_longest_wait_comes_first_and_offline_last()
    {
        var rows = new[] { Row(1, QueueStatus.Offline), Row(2, QueueStatus.Waiting, waits: 2), Row(3, QueueStatus.Browsing), Row(4, QueueStatus.Waiting, waits: 9), Row(5, QueueStatus.Talking, agent: 7) };
        Assert.Equal([4, 2, 5, 3, 1], Sorted(rows, QueueColumn.Status));
    }

    [Theory]
    [InlineData(QueueColumn.Name)]
    [InlineData(QueueColumn.Page)]
    [InlineData(QueueColumn.Source)]
    [InlineData(QueueColumn.Visits)]
    public void Rows_that_a_column_does_not_tell_apart_keep_their_order_both_ways(QueueColumn column)
    {
        var rows = Enumerable.Range(1, 20).Select(number => Row(number, QueueStatus.Browsing)).ToArray();
        var expected = Enumerable.Range(1, 20).Select(number => (long)number).Reverse();
        Assert.Equal(expected, Sorted(rows, column));
        Assert.Equal(expected, Sorted(rows, column, descending: true));
    }

    [Fact]
    public void Whoever_has_no_agent_comes_last_both_ways()
    {
        var rows = new[] { Row(1, QueueStatus.Browsing), Row(2, QueueStatus.Talking, agent: 5), Row(3, QueueStatus.Talking, agent: 9) };
        Assert.Equal([2, 3, 1], Sorted(rows, QueueColumn.Agent));
        Assert.Equal([3, 2, 1], Sorted(rows, QueueColumn.Agent, descending: true));
    }

    [Fact]
    public void Whoever_has_no_group_comes_last_both_ways()
    {
        var rows = new[] { Row(1, QueueStatus.Waiting), Row(2, QueueStatus.Waiting, group: 5), Row(3, QueueStatus.Talking, group: 9) };
        Assert.Equal([2, 3, 1], Sorted(rows, QueueColumn.Group));
        Assert.Equal([3, 2, 1], Sorted(rows, QueueColumn.Group, descending: true));
    }

    [Fact]
    public void Titles_are_sorted_as_Chinese_readers_expect()
    {
        var rows = new[] { Row(1, QueueStatus.Browsing, title: "桌子"), Row(2, QueueStatus.Browsing, title: "茶几"), Row(3, QueueStatus.Browsing, title: "沙发") };
        Assert.Equal([2, 3, 1], Sorted(rows, QueueColumn.Page));
    }

    private static IEnumerable<long> Sorted(QueueRow[] rows, QueueColumn column, bool descending = false)
    {
        var sorted = rows.ToList();
        sorted.Sort((one, other) => QueueOrder.Compare(one, other, new QueueSort(column, descending), DataRoom.Noon));
        return sorted.Select(row => row.Visitor.Value);
    }

    private static QueueRow Row(long number, QueueStatus status, int? waits = null, long? agent = null, string title = "same", long? group = null) => new(
        new VisitorId(number),
        new VisitId(number),
        status,
        "00000",
        null,
        "https://shop.example/",
        title,
        VisitSource.Direct,
        DataRoom.Noon + TimeSpan.FromSeconds(number),
        null,
        1,
        1,
        agent is { } id ? new AgentId(id) : null,
        null)
    {
        Group = group is { } line ? new GroupId(line) : null,
        WaitsSince = waits is { } minutes ? DataRoom.Noon - TimeSpan.FromMinutes(minutes) : null,
    };
}
