using System.Globalization;

namespace Live800.Domain.Companies;

/// <summary>Part of a day, in minutes from its midnight: from <paramref name="From"/> on, until before <paramref name="To"/>, which is 24:00 at the latest (rule 5).</summary>
public readonly record struct DaySpan(int From, int To)
{
    /// <summary>24:00, the end of a day.</summary>
    public const int EndOfDay = 24 * 60;

    /// <summary>The whole day.</summary>
    public static readonly DaySpan WholeDay = new(0, EndOfDay);

    /// <summary>Whether it lies in a day and has a length.</summary>
    public bool IsValid => From >= 0 && From < To && To <= EndOfDay;

    /// <summary>Whether a wall clock's time of day lies in it.</summary>
    public bool Covers(TimeSpan time) => time >= TimeSpan.FromMinutes(From) && time < TimeSpan.FromMinutes(To);

    /// <summary>09:00-18:00, the same in every culture.</summary>
    public override string ToString() => $"{TimeText(From)}-{TimeText(To)}";

    /// <summary>A minute of the day as it is written: 09:00, 24:00.</summary>
    public static string TimeText(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");

    /// <summary>Several of one day as they are written; nothing when the day is closed.</summary>
    public static string Text(IEnumerable<DaySpan> spans) => string.Join(", ", spans);
}
