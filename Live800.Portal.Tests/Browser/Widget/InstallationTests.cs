using System.Text.RegularExpressions;
using Live800.Portal.Features.Widget;
using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser.Widget;

/// <summary>The installation check with real pages on another origin (5).</summary>
public sealed class InstallationTests(BrowserFixture browsers, WidgetHouse house) : BrowserTest(browsers), IClassFixture<WidgetHouse>
{
    [Fact]
    public async Task S3_2_S3_4_The_check_says_which_codes_each_page_has_and_what_they_cost_where_it_was_measured()
    {
        var page = await SomebodyAsync();
        await page.VisitAsync(house.Page("both"));
        await page.VisitAsync(house.Site.Put("function", "", house.Codes("{function}")));
        await page.RunAndWaitForResponseAsync(() => page.GotoAsync(house.Site.Put("icon", "", house.Codes("{icon}"))), answer => answer.Url.Contains("/icon/", StringComparison.Ordinal));
        // The one view in a hundred that is measured, on a page that carries the code twice.
        var measured = WidgetCodes.MeasuredFunctionCode(house.Server.Address, house.Qingfeng.Code);
        var twice = house.Site.Put("twice", "<script>Math.random = () => .0042</script>", house.Codes("{icon}{second}") + measured);
        await page.RunAndWaitForResponseAsync(() => page.GotoAsync(twice), answer => answer.Url.EndsWith("/probe", StringComparison.Ordinal) && answer.Ok);

        var administrator = await SomebodyAsync();
        await administrator.SignInAsync(house.Server, house.Qingfeng, "linxiao");
        await administrator.GotoAsync($"{house.Server.Address}/company/installation");
        foreach (var (name, said) in new[] { ("both", "两段代码都在"), ("function", "没有图标"), ("icon", "没有跟踪"), ("twice", "代码重复") })
        {
            await Assertions.Expect(administrator.GetByRole(AriaRole.Row).Filter(new() { HasText = new Uri(house.Page("x")).Authority + "/" + name })).ToContainTextAsync(said, new() { Timeout = 15_000 });
        }

        await administrator.GetByRole(AriaRole.Button, new() { Name = "/twice" }).ClickAsync();
        await Assertions.Expect(administrator.GetByText(new Regex("在这个页面上用了 [1-9]"))).ToBeVisibleAsync();
    }
}
