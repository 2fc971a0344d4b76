using System.Globalization;
using Live800.Domain.Visitors;

namespace Live800.Portal.Features.Visitors;

/// <summary>The order of rows. Rows that a column does not tell apart keep one order, whichever way the column is turned, so that none jumps.</summary>
internal static class QueueOrder
{
    public static int Compare(QueueRow one, QueueRow other, QueueSort sort, DateTimeOffset now)
    {
        // Whoever has no agent, or no group, comes last both ways.
        if (sort.Column == QueueColumn.Agent && one.Agent is null != other.Agent is null)
            return one.Agent is null ? 1 : -1;
        if (sort.Column == QueueColumn.Group && one.Group is null != other.Group is null)
            return one.Group is null ? 1 : -1;
        var order = sort.Column switch
        {
            QueueColumn.Status => ByStatus(one, other),
            QueueColumn.Name => CompareText(one.CardName ?? one.GivenName ?? one.Number, other.CardName ?? other.GivenName ?? other.Number),
            QueueColumn.Page => CompareText(PageOf(one), PageOf(other)),
            QueueColumn.Source => BySource(one.Source, other.Source),
            QueueColumn.Time => TimeOf(one, now).CompareTo(TimeOf(other, now)),
            QueueColumn.Visits => one.VisitCount.CompareTo(other.VisitCount),
            QueueColumn.Pages => one.PageCount.CompareTo(other.PageCount),
            QueueColumn.Activity => one.LastViewAt.CompareTo(other.LastViewAt),
            QueueColumn.Agent => Nullable.Compare(one.Agent?.Value, other.Agent?.Value),
            QueueColumn.Group => Nullable.Compare(one.Group?.Value, other.Group?.Value),
            _ => 0,
        };
        if (order != 0)
            return sort.Descending ? -order : order;
        order = other.StartedAt.CompareTo(one.StartedAt);
        return order != 0 ? order : one.Visitor.Value.CompareTo(other.Visitor.Value);
    }

    // The longest wait first, whatever the direction means for the rest.
    private static int ByStatus(QueueRow one, QueueRow other) =>
        one.Status.CompareTo(other.Status) is not 0 and var order ? order : Nullable.Compare(one.WaitsSince, other.WaitsSince);

    private static int BySource(VisitSource one, VisitSource other)
    {
        var order = one.Kind.CompareTo(other.Kind);
        if (order == 0)
            order = CompareText(one.Name, other.Name);
        return order != 0 ? order : CompareText(one.Host, other.Host);
    }

    private static string PageOf(QueueRow row) => row.Title.Length > 0 ? row.Title : row.Address;

    private static TimeSpan TimeOf(QueueRow row, DateTimeOffset now) => (row.LeftAt ?? now) - row.StartedAt;

    // Pinyin for Chinese, the alphabet for the rest; one order for everybody, because the lists are shared.
    private static readonly CompareInfo Words = CultureInfo.GetCultureInfo("zh-CN").CompareInfo;

    private static int CompareText(string one, string other) => Words.Compare(one, other, CompareOptions.IgnoreCase);
}
