using Live800.Domain.Visitors;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Visitors;

/// <summary>Browser and system as people call them: "Chrome 130 · Windows". Unknown ones are left out rather than guessed.</summary>
public static class DeviceWords
{
    /// <summary>Null when nothing is recognised.</summary>
    public static string? Of(string userAgent)
    {
        var device = VisitDevice.Read(userAgent, out var version);
        var browser = version.Length > 0 ? $"{device.Browser} {version}" : device.Browser;
        return browser.Length == 0 ? device.System.Length > 0 ? device.System : null
            : device.System.Length == 0 ? browser
            : $"{browser} · {device.System}";
    }

    /// <summary>The form in the reader's language: 电脑, 手机.</summary>
    public static string Of(DeviceForm form, IStringLocalizer<Texts> texts) => texts["Device" + form].Value;

    /// <summary>A browser's name in the reader's language; empty for one that is not known.</summary>
    public static string Browser(string name, IStringLocalizer<Texts> texts) => texts["Browser." + name] is { ResourceNotFound: false } known ? known.Value : name;
}
