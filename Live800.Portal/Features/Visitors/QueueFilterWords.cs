using Live800.Domain.Visitors;

namespace Live800.Portal.Features.Visitors;

/// <summary>Turning one status of a filter on or off.</summary>
public static class QueueFilterWords
{
    public static QueueFilter Toggled(this QueueFilter filter, QueueStatus status)
    {
        var hidden = filter.Hidden.ToHashSet();
        if (!hidden.Remove(status)) hidden.Add(status);
        return new QueueFilter(hidden);
    }
}
