using System.Globalization;
using Live800.Domain.Companies;

namespace Live800.Portal.Features.Hours;

/// <summary>Reads a time of day as people type it: 9, 9:00, 09:00, 0900, 9：00, 24:00.</summary>
public static class TypedTime
{
    /// <summary>The minute of the day, 24:00 included; nothing when it is none.</summary>
    public static int? Read(string? text)
    {
        var clean = (text ?? "").Normalize(System.Text.NormalizationForm.FormKC).Trim().Replace('.', ':');
        var parts = clean.Contains(':', StringComparison.Ordinal) ? clean.Split(':') : clean.Length > 2 ? [clean[..^2], clean[^2..]] : [clean, "00"];
        return parts is [{ Length: 1 or 2 } hour, { Length: 2 } minute]
            && int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out var h) && int.TryParse(minute, NumberStyles.None, CultureInfo.InvariantCulture, out var m)
            && m < 60 && (h * 60) + m <= DaySpan.EndOfDay
            ? (h * 60) + m
            : null;
    }
}
