namespace Live800.Domain.Visitors;

/// <summary>What the queue can be sorted by (S2.9); all but the first two are columns that can be hidden and moved.</summary>
public enum QueueColumn
{
    /// <summary>Waiting first, the longest first; then talking and so on; offline last.</summary>
    Status,

    /// <summary>The visitor himself: always shown, always first.</summary>
    Name,
    Page,
    Source,

    /// <summary>Time on the site.</summary>
    Time,
    Visits,

    /// <summary>Who talks with him.</summary>
    Agent,

    /// <summary>Pages seen in this visit.</summary>
    Pages,

    /// <summary>The last page change or message.</summary>
    Activity,

    /// <summary>Whose line he waits in, or whose he talks in.</summary>
    Group,
}

/// <summary>How an agent sorted his queue.</summary>
public readonly record struct QueueSort(QueueColumn Column, bool Descending);

/// <summary>How an agent looks at the queue: columns and their order, what is hidden, how it is sorted (S2.6, S2.9).</summary>
/// <param name="Columns">The columns beside the visitor himself, in their order.</param>
public sealed record QueueView(IReadOnlyList<QueueColumn> Columns, QueueFilter Filter, QueueSort Sort)
{
    /// <summary>Every column that can be chosen.</summary>
    public static readonly IReadOnlyList<QueueColumn> Choices =
        [QueueColumn.Page, QueueColumn.Source, QueueColumn.Time, QueueColumn.Visits, QueueColumn.Pages, QueueColumn.Activity, QueueColumn.Agent, QueueColumn.Group];

    /// <summary>Nothing hidden, the most urgent first.</summary>
    public static readonly QueueView Default = new([QueueColumn.Page, QueueColumn.Source, QueueColumn.Time, QueueColumn.Visits, QueueColumn.Agent], QueueFilter.All, default);

    /// <summary>Shows or hides a column; a new one comes last. What cannot be chosen changes nothing.</summary>
    public QueueView Toggled(QueueColumn column) =>
        !Choices.Contains(column) ? this : this with { Columns = Columns.Contains(column) ? [.. Columns.Where(other => other != column)] : [.. Columns, column] };

    /// <summary>Moves a shown column by one place; at the edge it stays.</summary>
    public QueueView Moved(QueueColumn column, bool later)
    {
        var columns = Columns.ToList();
        var at = columns.IndexOf(column);
        var to = later ? at + 1 : at - 1;
        if (at < 0 || to < 0 || to >= columns.Count) return this;
        (columns[at], columns[to]) = (columns[to], columns[at]);
        return this with { Columns = columns };
    }

    /// <summary>The same view without what nobody knows or has twice.</summary>
    public QueueView Clean() => this with { Columns = [.. Columns.Where(Choices.Contains).Distinct()] };
}
