using System.Globalization;
using Bunit;
using Live800.Domain.Installation;
using Live800.Portal.Data;
using Live800.Portal.Features.Installation;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Sites;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Installation;

/// <summary>The page as an administrator sees it, over the real desk, board and files.</summary>
public sealed class InstallationPageTests : AdministratorPageTest<InstallationPage>
{
    private SightingBoard Board => Box.Portal.Get<SightingBoard>();

    protected override void ShareMore()
    {
        Share<InstallationDesk>();
        Share<SiteDesk>();
        Share<PackageDesk>();
        Share<PublicAddress>();
    }

    [Fact]
    public void With_nothing_seen_the_page_says_how_to_begin_and_what_is_usually_forgotten_and_has_the_policy_lines()
    {
        var page = Open();
        page.WaitForElement(".empty");
        Assert.Contains("还没有页面报告过", page.Markup, StringComparison.Ordinal);
        Assert.Equal(4, page.FindAll("ol li").Count);
        var ours = new Uri(Box.Portal.Get<PublicAddress>().Base).GetLeftPart(UriPartial.Authority);
        Assert.Equal($"script-src {ours};\nconnect-src {ours};\nframe-src {ours};\nimg-src {ours};", page.Find("#policy-lines").TextContent);
    }

    [Fact]
    public async Task Three_pages_are_counted_filtered_and_explained()
    {
        await SeeAsync();
        var page = Open();
        page.WaitForElement("table.pages");
        Assert.Contains("看到 3 个页面：2 个在跟踪，1 个只有图标，0 个不跟踪。", page.Find(".sum").TextContent, StringComparison.Ordinal);
        Assert.Contains("没有问题", page.Find(".sum").TextContent, StringComparison.Ordinal);
        Assert.Equal(["两段代码都在", "没有图标", "没有跟踪"], page.FindAll("table.pages tbody tr").Select(row => row.QuerySelectorAll("td")[2].TextContent.Trim()).Order(StringComparer.Ordinal));

        await PressAsync(page, "只有图标");
        Assert.Equal("shop.example/关于", page.Find("table.pages tbody th").TextContent.Trim());
        await page.InvokeAsync(() => page.Find("table.pages th .link").ClickAsync(new()));
        Assert.Contains("没有看到功能代码：图标可以点", page.Find("tr.open").TextContent, StringComparison.Ordinal);
        Assert.Equal("/help#s3.2", page.Find("tr.open a.help").GetAttribute("href"));

        await page.InvokeAsync(() => page.Find("input[type=search]").InputAsync(new ChangeEventArgs { Value = "nothing" }));
        Assert.Contains("没有这样的页面", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_left_out_is_listed_apart_and_comes_back_and_what_is_no_page_is_refused()
    {
        await SeeAsync();
        var page = Open();
        page.WaitForElement("table.pages");
        await page.InvokeAsync(() => page.Find("section form input").ChangeAsync(new ChangeEventArgs { Value = "javascript:alert(1)" }));
        await page.InvokeAsync(() => page.Find("section form").SubmitAsync());
        Assert.Contains("这不是网页地址", page.Markup, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Find("section form input").ChangeAsync(new ChangeEventArgs { Value = "https://shop.example/%E5%85%B3*" }));
        await page.InvokeAsync(() => page.Find("section form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("1 个不跟踪", page.Find(".sum").TextContent, StringComparison.Ordinal));
        Assert.Equal(2, page.FindAll("table.pages tbody tr").Count);
        await PressAsync(page, "恢复");
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("table.pages tbody tr").Count));
    }

    [Fact]
    public async Task What_is_seen_while_the_page_is_open_appears_and_another_companys_does_not()
    {
        var (other, _) = await Box.AnotherCompanyAsync();
        var page = Open();
        page.WaitForElement(".empty");
        Board.SeeCode(other.Id, "https://shop.example/theirs", true, null);
        Board.SeeCode(Box.Company.Id, "https://shop.example/<b>ours</b>", true, null);
        await Board.FlushAsync();
        Box.Machine.Advance(TimeSpan.FromSeconds(3));
        page.WaitForAssertion(() => Assert.Equal("shop.example/<b>ours</b>", page.Find("table.pages tbody th").TextContent.Trim()));
        Assert.DoesNotContain("theirs", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_is_counted_and_its_cost_is_shown_in_English_too()
    {
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en");
        Board.SeeCode(Box.Company.Id, "https://shop.example/", true, null);
        Board.Probe(Box.Company.Id, "https://shop.example/", PageMarks.Altered, 1984, 31, null);
        await Board.FlushAsync();
        var page = Open();
        page.WaitForElement("table.pages");
        Assert.Contains("1 with a problem", page.Find(".sum").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("table.pages th .link").ClickAsync(new()));
        Assert.Contains("The code was changed", page.Find("tr.open").TextContent, StringComparison.Ordinal);
        Assert.Contains("1,984 bytes and 31 ms on this very page", page.Find("tr.open").TextContent, StringComparison.Ordinal);
    }

    private async Task SeeAsync()
    {
        Board.SeeCode(Box.Company.Id, "https://shop.example/", true, null);
        Board.SeeCode(Box.Company.Id, "https://shop.example/blog", false, null);
        Board.SeeIcon(Box.Company.Id, "https://shop.example/关于");
        await Board.FlushAsync();
    }
}
