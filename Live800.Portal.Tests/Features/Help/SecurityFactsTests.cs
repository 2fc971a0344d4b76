using System.Globalization;
using System.Text.RegularExpressions;
using Live800.Portal.Data;
using Live800.Portal.Features.Help;
using Live800.Portal.Features.Widget;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Help;

/// <summary>What /help/security says of the script is what the script does (S1.5). That the bytes are within their limits, no cookie is set and the policy suffices stands in the widget's tests.</summary>
[Collection(SharedPortalTests.Name)]
public sealed partial class SecurityFactsTests(SharedPortal shared)
{
    [Theory]
    [InlineData("zh-CN", "公司ID")]
    [InlineData("en", "company ID")]
    public void Every_name_the_loader_keeps_is_told_and_no_other(string language, string id)
    {
        var text = Text(language, "browser");
        var told = Regex.Matches(text, $"live800-<{id}>(\\w+)").Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);
        var kept = Stored().Matches(Source("loader.js")).Select(match => match.Groups[1].Value).Append("consent").Distinct().Order(StringComparer.Ordinal);
        Assert.Contains("key = mine + \"consent\"", Source("consent.js"), StringComparison.Ordinal);
        Assert.Equal(kept, told);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void What_frame_page_and_tray_keep_is_told_by_its_beginning(string language)
    {
        var text = Text(language, "browser");
        Assert.Contains("name = \"live800-\" + root.className + \"-\" + code + \"-\"", Source("frame.js"), StringComparison.Ordinal);
        Assert.Contains("name = \"live800-page-\" + code + \"-\"", Source("chat.js"), StringComparison.Ordinal);
        Assert.Contains("\"live800-signs\"", Source("extras.js"), StringComparison.Ordinal);
        foreach (var name in (string[])["live800-frame-", "live800-page-", "live800-signs"]) Assert.Contains(name, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void The_bytes_are_those_that_are_served_and_the_address_is_this_portals(string language)
    {
        var files = shared.Portal.Get<WidgetFiles>();
        var weight = Text(language, "weight");
        foreach (var bytes in new[] { files.Loader.Gzip.Length, WidgetFiles.LoaderLimit, WidgetFiles.FrameLimit, WidgetFiles.LaterLimit, WidgetFiles.PartLimit, WidgetFiles.PageLimit, IconPicture.Limit })
            Assert.Contains(bytes.ToString("N0", CultureInfo.InvariantCulture), weight, StringComparison.Ordinal);
        var address = shared.Portal.Get<PublicAddress>().Base;
        Assert.Contains($"script-src {address}\nconnect-src {address}\nframe-src {address}\nimg-src {address}", Text(language, "policy"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_script_sends_no_more_of_an_address_than_is_told() =>
        Assert.Equal(3, Source("loader.js").Split(".slice(0, 2e3)").Length - 1);

    private string Text(string language, string key) => shared.Portal.Get<HelpShelf>().Security(CultureInfo.GetCultureInfo(language)).Entries.Single(entry => entry.Key == key).Text;

    private string Source(string name) => File.ReadAllText(Path.Combine(shared.Portal.Get<WidgetFiles>().Folder, name));

    [GeneratedRegex("""\bstore\("(\w)"[,)]""")]
    private static partial Regex Stored();
}
