using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>A week's working hours and the holidays, as somebody set them 工作时间 (rule 5). Never changed: another one takes its place.</summary>
public sealed class Timetable
{
    /// <summary>Most spans of a day.</summary>
    public const int SpansPerDay = 4;

    /// <summary>Most holidays.</summary>
    public const int MostHolidays = 200;

    /// <summary>What every company starts with: all day, every day.</summary>
    public static readonly Timetable Always = new([.. Enumerable.Repeat<IReadOnlyList<DaySpan>>([DaySpan.WholeDay], 7)], []);

    private readonly Dictionary<DateOnly, Holiday> _holidays;

    private Timetable(IReadOnlyList<IReadOnlyList<DaySpan>> week, IReadOnlyList<Holiday> holidays)
    {
        (Week, Holidays) = (week, holidays);
        _holidays = holidays.ToDictionary(holiday => holiday.Date);
    }

    /// <summary>The spans of each weekday in order, Monday first; an empty one is closed.</summary>
    public IReadOnlyList<IReadOnlyList<DaySpan>> Week { get; }

    /// <summary>The holidays by date.</summary>
    public IReadOnlyList<Holiday> Holidays { get; }

    /// <summary>Whether it is never closed.</summary>
    public bool IsAlways => Holidays.Count == 0 && Week.All(day => day is [{ From: 0, To: DaySpan.EndOfDay }]);

    /// <summary>
    /// Makes one; spans and holidays are put in order. Refusals: HoursInvalid (outside the day, or the end not after the start), HoursOverlap, TooManySpans, HoursEmpty (no weekday has any), HolidayInvalid (date or name),
    /// HolidayTwice, TooManyHolidays.
    /// </summary>
    public static Outcome<Timetable> Create(IReadOnlyList<IReadOnlyList<DaySpan>> week, IReadOnlyCollection<Holiday> holidays)
    {
        if (week.Count != 7) return Refusal.HoursInvalid;
        if (holidays.Count > MostHolidays) return Refusal.TooManyHolidays;
        var days = new List<IReadOnlyList<DaySpan>>(7);
        foreach (var spans in week)
        {
            var day = DayOf(spans);
            if (day.IsRefused) return day.Refusal;
            days.Add(day.Value);
        }

        if (days.TrueForAll(day => day.Count == 0)) return Refusal.HoursEmpty;
        var free = new SortedDictionary<DateOnly, Holiday>();
        foreach (var holiday in holidays)
        {
            var (name, day) = (MessageText.Line(holiday.Name), DayOf(holiday.Spans));
            if (day.IsRefused) return day.Refusal;
            if (name.Length > Holiday.NameLimit || holiday.Date.Year is < 2000 or > 2199) return Refusal.HolidayInvalid;
            if (!free.TryAdd(holiday.Date, new Holiday(holiday.Date, name, day.Value))) return Refusal.HolidayTwice;
        }

        return new Timetable(days, [.. free.Values]);
    }

    /// <summary>The holiday on a date, or nothing.</summary>
    public Holiday? HolidayOn(DateOnly date) => _holidays.GetValueOrDefault(date);

    /// <summary>The hours of a date's weekday, whether or not it is a holiday.</summary>
    public IReadOnlyList<DaySpan> OfWeekday(DateOnly date) => Week[((int)date.DayOfWeek + 6) % 7];

    private static Outcome<IReadOnlyList<DaySpan>> DayOf(IReadOnlyList<DaySpan> spans)
    {
        if (spans.Any(span => !span.IsValid)) return Refusal.HoursInvalid;
        if (spans.Count > SpansPerDay) return Refusal.TooManySpans;
        var day = spans.OrderBy(span => span.From).ToList();
        for (var i = 1; i < day.Count; i++)
        {
            if (day[i].From < day[i - 1].To) return Refusal.HoursOverlap;
        }

        return day;
    }
}
