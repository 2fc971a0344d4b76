using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>
/// A company's calendar under all the time zones it has had (rule 3.5): which date an instant belongs to, when the next midnight comes.
/// The date never goes back, so that a move to the west gives no second set of free answers.
/// </summary>
public sealed class ZoneHistory
{
    private static readonly TimeSpan RestBetweenChanges = TimeSpan.FromHours(24);

    private readonly (TimeZoneInfo Zone, DateTimeOffset From)[] _spans;

    /// <summary>Builds the calendar from its facts; the first one counts from the beginning of time.</summary>
    public ZoneHistory(IEnumerable<(string ZoneId, DateTimeOffset From)> changes)
    {
        _spans = [.. changes.OrderBy(c => c.From).Select(c => (TimeZoneInfo.FindSystemTimeZoneById(c.ZoneId), c.From))];
        if (_spans.Length == 0)
        {
            throw new ArgumentException("A calendar needs at least one zone.", nameof(changes));
        }
    }

    /// <summary>A calendar that never changed its zone.</summary>
    public static ZoneHistory Of(string zoneId) => new([(zoneId, DateTimeOffset.MinValue)]);

    /// <summary>The zone in force at an instant.</summary>
    public TimeZoneInfo ZoneAt(DateTimeOffset at) => _spans[SpanAt(at)].Zone;

    /// <summary>The company's calendar date at an instant; never smaller than at an earlier one (rule 3.5).</summary>
    public DateOnly DateAt(DateTimeOffset at)
    {
        var last = SpanAt(at);
        var date = LocalCalendar.DateOf(at, _spans[last].Zone);
        for (var i = 0; i < last; i++)
        {
            var reached = LocalCalendar.DateOf(_spans[i + 1].From.AddTicks(-1), _spans[i].Zone);
            date = reached > date ? reached : date;
        }

        return date;
    }

    /// <summary>The next instant at which <see cref="DateAt"/> grows: when the free answers come back (rule 3.5).</summary>
    public DateTimeOffset NextMidnight(DateTimeOffset after)
    {
        var today = DateAt(after);
        var at = after;
        while (true)
        {
            var span = SpanAt(at);
            var midnight = LocalCalendar.StartOfDay(LocalCalendar.DateOf(at, _spans[span].Zone).AddDays(1), _spans[span].Zone);
            var next = span + 1 < _spans.Length && _spans[span + 1].From <= midnight ? _spans[span + 1].From : midnight;
            if (DateAt(next) > today)
            {
                return next;
            }

            at = next;
        }
    }

    /// <summary>The instant at which the date of an instant began.</summary>
    public DateTimeOffset StartOfDate(DateTimeOffset at)
    {
        // No date lasts longer, not even when the company moves to the west.
        var start = at.AddDays(-3);
        while (NextMidnight(start) is var next && next <= at)
        {
            start = next;
        }

        return start;
    }

    /// <summary>The next instant from which another zone is in force; nothing when none is known.</summary>
    public DateTimeOffset? NextZone(DateTimeOffset after) => SpanAt(after) + 1 is var next && next < _spans.Length ? _spans[next].From : null;

    /// <summary>When a change asked for now would count: a midnight of the zone in force, 24 hours or more after the last change (rule 3.5).</summary>
    public DateTimeOffset NextChangePossible(DateTimeOffset now)
    {
        var span = SpanAt(now);
        var zone = _spans[span].Zone;
        var earliest = span == 0 ? now : _spans[span].From + RestBetweenChanges;
        var date = LocalCalendar.DateOf(now, zone);
        while (true)
        {
            date = date.AddDays(1);
            var midnight = LocalCalendar.StartOfDay(date, zone);
            if (midnight > now && midnight >= earliest)
            {
                return midnight;
            }
        }
    }

    private int SpanAt(DateTimeOffset at)
    {
        var span = 0;
        while (span + 1 < _spans.Length && _spans[span + 1].From <= at)
        {
            span++;
        }

        return span;
    }
}
