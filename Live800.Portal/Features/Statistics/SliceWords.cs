using Live800.Domain.Visitors;
using Live800.Portal.Features.Visitors;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Statistics;

/// <summary>
/// Places and devices in the reader's words, and the keys that stand for groups of them in an address: a place is <c>CN</c> or <c>CN|广东|Guangdong</c> …, a device <c>form:Phone</c>, <c>system:Android</c>, <c>browser:Chrome</c>.
/// </summary>
public static class SliceWords
{
    /// <summary>Stands for places nothing is known of.</summary>
    public const string NoPlace = "-";

    /// <summary>What devices are told apart by.</summary>
    public static readonly IReadOnlyList<string> DeviceParts = ["form", "system", "browser"];

    /// <summary>Country, region and city.</summary>
    public static string Place(Place place) => PlaceWords.Of(place);

    /// <summary>A group of places.</summary>
    public static string PlaceKey(string key, IStringLocalizer<Texts> texts) => key == NoPlace ? texts["NoPlace"] : Domain.Visitors.Place.Parse(Whole(key)) is { } place ? Place(place) : texts["NoPlace"];

    /// <summary>The key of a place's country, region or city.</summary>
    public static string PlaceKeyOf(string text, int depth) => text.Length == 0 ? NoPlace : string.Join('|', text.Split('|').Take(depth switch { 1 => 1, 2 => 3, _ => 5 }));

    /// <summary>Whether a place lies in the group of a key.</summary>
    public static bool IsOfPlace(string text, string key) => key == NoPlace ? text.Length == 0 : text == key || text.StartsWith(key + "|", StringComparison.Ordinal);

    /// <summary>Form, system and browser.</summary>
    public static string Device(VisitDevice device, IStringLocalizer<Texts> texts, IStringLocalizer<Visitors.Texts> visitors) => string.Join(" · ", new[] { device.Browser.Length > 0 ? DeviceWords.Browser(device.Browser, visitors) : "", device.System }.Where(text => text.Length > 0).DefaultIfEmpty(texts["Form" + device.Form]));

    /// <summary>A group of devices.</summary>
    public static string DeviceKey(string key, IStringLocalizer<Texts> texts, IStringLocalizer<Visitors.Texts> visitors) => key.Split(':', 2) switch
    {
        ["form", var form] => texts["Form" + form],
        [_, ""] => texts["Unknown"],
        ["browser", var browser] => DeviceWords.Browser(browser, visitors),
        [_, var system] => system,
        _ => key,
    };

    /// <summary>The key of a device's form, system or browser.</summary>
    public static string DeviceKeyOf(string text, string part) => VisitDevice.Parse(text) is var device ? $"{part}:{part switch { "form" => device.Form.ToString(), "system" => device.System, _ => device.Browser }}" : "";

    /// <summary>Whether a device belongs to the group of a key.</summary>
    public static bool IsOfDevice(string text, string key) => key.Split(':', 2) is [var part and ("form" or "system" or "browser"), _] && DeviceKeyOf(text, part) == key;

    // A key comes from an address: it may have any number of parts.
    private static string Whole(string key) => key + new string('|', Math.Max(0, 4 - key.Count(sign => sign == '|')));
}
