using Live800.Domain.Companies;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Hours;

/// <summary>A holiday as it is typed.</summary>
public sealed class HolidayDraft(DateOnly date, string? name, IReadOnlyList<DaySpan> spans)
{
    public DateOnly Date => date;

    public string? Name { get; set; } = name;

    public DayDraft Day { get; } = new(spans);
}

/// <summary>The hours of the company or of a group as they are typed, over what was seen. What somebody else saved meanwhile takes nothing of it away.</summary>
public sealed class HoursDraft
{
    private HoursLine _seen;

    public HoursDraft(HoursLine seen, Timetable company)
    {
        _seen = seen;
        IsOwn = seen.IsOwn || seen.Group is null;
        // A group that never had hours of its own begins with the company's.
        var times = seen.Version == 0 && seen.Group is not null ? Timetable.Create(company.Week, []).Value : seen.Times;
        Week = [.. times.Week.Select(day => new DayDraft(day))];
        Holidays = [.. times.Holidays.Select(Draft)];
        Shown = times;
    }

    /// <summary>Whether a group has hours of its own; a company always has.</summary>
    public bool IsOwn { get; set; }

    /// <summary>Monday first.</summary>
    public IReadOnlyList<DayDraft> Week { get; }

    /// <summary>By date.</summary>
    public List<HolidayDraft> Holidays { get; }

    /// <summary>The version that was seen, or that the administrator has been told of.</summary>
    public long Seen => _seen.Version;

    /// <summary>What was stored when it was seen.</summary>
    public HoursLine Stored => _seen;

    /// <summary>Whether something else than what was seen stands here.</summary>
    public bool IsChanged => IsOwn != (_seen.IsOwn || _seen.Group is null) || (IsOwn && (Read() is not { IsRefused: false } read || HoursChange.Between(Shown, read.Value).Count > 0));

    private Timetable Shown { get; }

    /// <summary>What was typed, or why it cannot be.</summary>
    public Outcome<Timetable> Read() => Timetable.Create(
        [.. Week.Select(day => day.Read())], [.. Holidays.Select(holiday => new Holiday(holiday.Date, holiday.Name ?? "", holiday.Day.Read()))]);

    /// <summary>The administrator has been told of what is stored now, and keeps what he typed.</summary>
    public void KeepOver(HoursLine stored) => _seen = stored;

    /// <summary>The same hours on several weekdays.</summary>
    public void SetWeek(IReadOnlyList<DaySpan> workingDays, IReadOnlyList<DaySpan> weekend)
    {
        for (var day = 0; day < 7; day++) Week[day].Become(day < 5 ? workingDays : weekend);
    }

    /// <summary>Monday to Friday as this day.</summary>
    public void CopyToWorkingDays(DayDraft from)
    {
        for (var day = 0; day < 5; day++)
        {
            if (Week[day] != from) Week[day].CopyFrom(from);
        }
    }

    /// <summary>Closed on every date from one to another. Refusals: HolidayInvalid (the last before the first, or a year that is none), HolidayTwice, TooManyHolidays.</summary>
    public Outcome AddHolidays(DateOnly first, DateOnly last, string? name)
    {
        if (last < first || first.Year < 2000 || last.Year > 2199) return Refusal.HolidayInvalid;
        if (Holidays.Count + last.DayNumber - first.DayNumber + 1 > Timetable.MostHolidays) return Refusal.TooManyHolidays;
        if (Holidays.Exists(holiday => holiday.Date >= first && holiday.Date <= last)) return Refusal.HolidayTwice;
        for (var date = first; date <= last; date = date.AddDays(1)) Holidays.Add(new HolidayDraft(date, name, []));
        Holidays.Sort((one, other) => one.Date.CompareTo(other.Date));
        return Outcome.Done;
    }

    private static HolidayDraft Draft(Holiday holiday) => new(holiday.Date, holiday.Name, holiday.Spans);
}
