namespace Live800.Portal.Data.Rollups;

/// <summary>What the visits of a slice have in common. Stored by number, also as the kind of a <see cref="RollupNames"/> row.</summary>
public enum SliceKind
{
    /// <summary>Where they came from.</summary>
    Source = 1,

    /// <summary>The page; only as a kind of names.</summary>
    Page = 2,

    /// <summary>Country, region and city.</summary>
    Place = 3,

    /// <summary>Device, system and browser.</summary>
    Device = 4,

    /// <summary>What was searched for.</summary>
    Keyword = 5,
}

/// <summary>Whose coming back is counted.</summary>
public enum ReturnKind
{
    /// <summary>Visitors.</summary>
    Visitor = 0,

    /// <summary>Network addresses, each one customer's line.</summary>
    Line = 1,
}

/// <summary>How long a row of slices, pages and entries counts for. Both are kept, so that a year need not read every day.</summary>
internal static class RollupSpan
{
    public const int Day = 0;
    public const int Month = 1;

    /// <summary>The number of a day's month: so many since the year 0.</summary>
    public static int MonthOf(int day) => DateOnly.FromDayNumber(day) is var date ? (date.Year * 12) + date.Month - 1 : 0;

    /// <summary>The first day of a month's number.</summary>
    public static DateOnly FirstOf(int month) => new(month / 12, (month % 12) + 1, 1);
}

/// <summary>An hour of a company. What was counted from trails that have been erased since is kept beside the rest (<paramref name="Kept"/>), because it cannot be counted again.</summary>
internal readonly record struct HourKey(long Company, int Day, long Hour, bool Kept);

internal readonly record struct ReturnKey(long Company, ReturnKind Kind, int Day, int Before);

internal readonly record struct SliceKey(long Company, SliceKind Kind, int Span, int At, long Name);

internal readonly record struct PageRollupKey(long Company, int Span, int At, long Page, bool Kept);

internal readonly record struct EntryKey(long Company, long Source, int Span, int At, long Page, bool Kept);

/// <summary>Columns of an hour, in the order in which they are stored.</summary>
internal enum HourColumn
{
    Views,
    Visits,
    Visitors,
    Lines,
    Bounces,
    Ended,
    Seconds,
    Talks,
    Robots,
}

/// <summary>Columns of a slice.</summary>
internal enum SliceColumn
{
    Visits,
    Bounces,
    Ended,
    Seconds,
    Talks,
}

/// <summary>Columns of a page.</summary>
internal enum PageColumn
{
    Views,
    Entries,
    Exits,
    Stays,
    StaySeconds,
}
