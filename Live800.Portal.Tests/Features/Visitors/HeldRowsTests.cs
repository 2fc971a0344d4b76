using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Visitors;

public class HeldRowsTests
{
    private readonly HeldRows _held = new();

    [Fact]
    public void Rows_keep_their_places_under_the_pointer_while_their_content_changes()
    {
        _ = _held.Show([Row(1), Row(2), Row(3)]);
        _held.Hold();
        var shown = _held.Show([Row(3, "结账"), Row(1), Row(2)]);
        Assert.Equal([1, 2, 3], Numbers(shown));
        Assert.Equal("结账", shown[2].Title);
    }

    [Fact]
    public void Under_the_pointer_newcomers_go_to_the_end_and_who_is_gone_stays()
    {
        _ = _held.Show([Row(1), Row(2)]);
        _held.Hold();
        Assert.Equal([1, 2, 9], Numbers(_held.Show([Row(9), Row(2)])));
        Assert.Equal([1, 2, 9, 8], Numbers(_held.Show([Row(8), Row(9), Row(2)])));
    }

    [Fact]
    public void When_the_pointer_leaves_the_true_order_is_shown()
    {
        _ = _held.Show([Row(1), Row(2)]);
        _held.Hold();
        _ = _held.Show([Row(9), Row(2)]);
        _held.LetGo();
        Assert.Equal([9, 2], Numbers(_held.Show([Row(9), Row(2)])));
    }

    private static IEnumerable<long> Numbers(IReadOnlyList<QueueRow> rows) => rows.Select(row => row.Visitor.Value);

    private static QueueRow Row(long number, string title = "首页") => new(
        new VisitorId(number), new VisitId(number), QueueStatus.Browsing, "00000", null, "https://shop.example/", title, VisitSource.Direct, DataRoom.Noon, null, 1, 1, null, null);
}
