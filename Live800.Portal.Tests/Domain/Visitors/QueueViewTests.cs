using Live800.Domain.Visitors;

namespace Live800.Portal.Tests.Domain.Visitors;

public sealed class QueueViewTests
{
    [Fact]
    public void A_column_is_hidden_comes_back_last_and_moves_by_one_place()
    {
        var view = QueueView.Default.Toggled(QueueColumn.Source);
        Assert.Equal([QueueColumn.Page, QueueColumn.Time, QueueColumn.Visits, QueueColumn.Agent], view.Columns);
        view = view.Toggled(QueueColumn.Source);
        Assert.Equal([QueueColumn.Page, QueueColumn.Time, QueueColumn.Visits, QueueColumn.Agent, QueueColumn.Source], view.Columns);
        view = view.Moved(QueueColumn.Source, later: false);
        Assert.Equal([QueueColumn.Page, QueueColumn.Time, QueueColumn.Visits, QueueColumn.Source, QueueColumn.Agent], view.Columns);
        Assert.Equal(view.Columns, view.Moved(QueueColumn.Page, later: false).Moved(QueueColumn.Agent, later: true).Moved(QueueColumn.Activity, later: true).Columns);
    }

    [Fact]
    public void The_visitor_himself_is_no_column_that_can_be_hidden()
    {
        Assert.Same(QueueView.Default, QueueView.Default.Toggled(QueueColumn.Name));
        Assert.Equal([QueueColumn.Time], (QueueView.Default with { Columns = [QueueColumn.Time, QueueColumn.Name, (QueueColumn)99, QueueColumn.Time] }).Clean().Columns);
    }
}
