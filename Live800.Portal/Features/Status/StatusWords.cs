using System.Globalization;

namespace Live800.Portal.Features.Status;

/// <summary>How sizes and short times are written.</summary>
public static class StatusWords
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    /// <summary>A size: 512 B, 4.2 MB, 120 GB.</summary>
    public static string Size(long bytes)
    {
        var (value, unit) = ((double)Math.Max(0, bytes), 0);
        while (value >= 999.5 && unit < Units.Length - 1) (value, unit) = (value / 1024, unit + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{value.ToString(unit == 0 || value >= 99.95 ? "0" : "0.0", CultureInfo.InvariantCulture)} {Units[unit]}");
    }

    /// <summary>A time in milliseconds, or a line where there is none: 4.2 ms, 120 ms.</summary>
    public static string Milliseconds(TimeSpan? time) => time is { } took ? Milliseconds(took.TotalMilliseconds) : "—";

    public static string Milliseconds(double milliseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{milliseconds.ToString(milliseconds >= 99.95 ? "0" : "0.0", CultureInfo.InvariantCulture)} ms");
}
