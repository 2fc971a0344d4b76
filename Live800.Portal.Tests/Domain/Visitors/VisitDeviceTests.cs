using Live800.Domain.Visitors;

namespace Live800.Portal.Tests.Domain.Visitors;

/// <summary>With what a visit is made: rule 6.</summary>
public class VisitDeviceTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Mozilla/5.0")]
    [InlineData("\0\ud800|||")]
    public void What_is_not_recognised_is_unknown(string? userAgent) => Assert.Equal(VisitDevice.Unknown, VisitDevice.Of(userAgent));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Phone|Android")]
    [InlineData("Phone|Android|Chrome|142")]
    [InlineData("Toaster|Android|Chrome")]
    [InlineData("2|Android|Chrome")]
    public void A_text_that_is_no_device_is_unknown(string? text) => Assert.Equal(VisitDevice.Unknown, VisitDevice.Parse(text));

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", "Desktop|Windows|Chrome", "142")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/141.0.0.0", "Desktop|Windows|Edge", "141")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko", "Desktop|Windows|Internet Explorer", "")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0.4240.198 Safari/537.36 QIHU 360SE", "Desktop|Windows|360 浏览器", "")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15", "Desktop|macOS|Safari", "18")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Desktop|Linux|Firefox", "128")]
    [InlineData("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", "Desktop|ChromeOS|Chrome", "142")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1", "Phone|iPhone|Safari", "18")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.60(0x18003c2f) NetType/4G", "Phone|iPhone|微信", "8")]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 16_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1", "Tablet|iPad|Safari", "16")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36", "Phone|Android|Chrome", "142")]
    [InlineData("Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", "Tablet|Android|Chrome", "142")]
    [InlineData("Mozilla/5.0 (Linux; U; Android 14; zh-cn; Xiaomi Pad 6) AppleWebKit/537.36 Chrome/109.0 Mobile Safari/537.36 XiaoMi/MiuiBrowser/19.2", "Tablet|Android|小米浏览器", "19")]
    [InlineData("Mozilla/5.0 (Linux; U; Android 14; zh-CN; V2324A) AppleWebKit/537.36 Version/4.0 Chrome/100.0 Quark/7.4.5.681 Mobile Safari/537.36", "Phone|Android|夸克", "7")]
    [InlineData("Mozilla/5.0 (Linux; Android 12; HarmonyOS; ALN-AL00) AppleWebKit/537.36 Chrome/114.0 HuaweiBrowser/15.0.9.302 Mobile Safari/537.36", "Phone|HarmonyOS|华为浏览器", "15")]
    [InlineData("Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile", "Phone|HarmonyOS|Chrome", "114")]
    [InlineData("Mozilla/5.0 (PC; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1", "Desktop|HarmonyOS|Chrome", "114")]
    [InlineData("Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 SamsungBrowser/4.0 Chrome/76.0 TV Safari/537.36", "Other|Tizen|Samsung Internet", "4")]
    public void A_browser_is_known_by_its_form_its_system_and_its_name(string userAgent, string text, string version)
    {
        var device = VisitDevice.Read(userAgent, out var told);
        Assert.Equal((text, version), (device.ToText(), told));
        Assert.Equal(device, VisitDevice.Parse(text));
    }
}
