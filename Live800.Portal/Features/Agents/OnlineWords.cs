using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Agents;

/// <summary>Online time as people say it: 3 小时 20 分.</summary>
internal static class OnlineWords
{
    public static string Of(TimeSpan time, IStringLocalizer<Texts> texts)
    {
        var (hours, minutes) = ((long)time.TotalHours, time.Minutes);
        return hours > 0 ? texts["HoursMinutes", hours.ToString(CultureInfo.InvariantCulture), minutes.ToString(CultureInfo.InvariantCulture)] : texts["Minutes", minutes.ToString(CultureInfo.InvariantCulture)];
    }
}
