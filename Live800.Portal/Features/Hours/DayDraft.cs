using Live800.Domain.Companies;

namespace Live800.Portal.Features.Hours;

/// <summary>What is wrong with a span as it is typed.</summary>
public enum SpanFault
{
    None,
    NoTime,
    EndFirst,
    Overlap,
}

/// <summary>A span as it is typed.</summary>
public sealed class SpanDraft(string? from, string? to)
{
    public string? From { get; set; } = from;

    public string? To { get; set; } = to;

    /// <summary>What was typed, or nothing while it is none. An end of 00:00 is midnight, 24:00.</summary>
    public DaySpan? Read() => TypedTime.Read(From) is { } begin && TypedTime.Read(To) is { } end ? new DaySpan(begin, end == 0 ? DaySpan.EndOfDay : end) : null;
}

/// <summary>The hours of a weekday or a holiday as they are typed, right or wrong: nothing typed is lost.</summary>
public sealed class DayDraft
{
    private readonly List<SpanDraft> _spans = [];

    public DayDraft(IReadOnlyList<DaySpan> spans) => Become(spans);

    /// <summary>Empty is closed.</summary>
    public IReadOnlyList<SpanDraft> Spans => _spans;

    public bool HasRoom => _spans.Count < Timetable.SpansPerDay && Read() is not [{ From: 0, To: DaySpan.EndOfDay }];

    /// <summary>One more, behind the last: a working day at first, then what comes after a break of an hour.</summary>
    public void Add()
    {
        var last = _spans.Count == 0 ? null : _spans[^1].Read();
        var next = _spans.Count == 0 ? new DaySpan(9 * 60, 18 * 60) : last is { To: <= 22 * 60 } before ? new DaySpan(before.To + 60, Math.Min(before.To + (5 * 60), DaySpan.EndOfDay)) : (DaySpan?)null;
        _spans.Add(next is { } span ? new SpanDraft(DaySpan.TimeText(span.From), DaySpan.TimeText(span.To)) : new SpanDraft("", ""));
    }

    public void Remove(SpanDraft span) => _ = _spans.Remove(span);

    /// <summary>The same as another day, with what is wrong there.</summary>
    public void CopyFrom(DayDraft other)
    {
        var spans = other._spans.ConvertAll(span => new SpanDraft(span.From, span.To));
        _spans.Clear();
        _spans.AddRange(spans);
    }

    /// <summary>Other hours; none is closed.</summary>
    public void Become(IReadOnlyList<DaySpan> spans)
    {
        _spans.Clear();
        _spans.AddRange(spans.Select(span => new SpanDraft(DaySpan.TimeText(span.From), DaySpan.TimeText(span.To))));
    }

    /// <summary>What is wrong with one of its spans.</summary>
    public SpanFault FaultOf(SpanDraft span) => span.Read() is not { } read ? SpanFault.NoTime
        : !read.IsValid ? SpanFault.EndFirst
        : _spans.Exists(other => other != span && other.Read() is { IsValid: true } its && its.From < read.To && read.From < its.To) ? SpanFault.Overlap
        : SpanFault.None;

    /// <summary>What was typed; a span that cannot be read is one that is refused.</summary>
    public IReadOnlyList<DaySpan> Read() => [.. _spans.Select(span => span.Read() ?? new DaySpan(0, -1))];
}
