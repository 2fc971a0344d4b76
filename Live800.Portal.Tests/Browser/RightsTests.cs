using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>Menus and pages follow an agent's rights while he looks at them (S2.17).</summary>
public sealed class RightsTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task S2_17_A_right_given_and_taken_away_changes_the_open_page_at_once_and_the_last_administrator_stays()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var lin = await SomebodyAsync();
        await lin.SignInAsync(box.Server, box.Qingfeng, "linxiao");
        await lin.GotoAsync(box.Server.Address + "/company/agents");
        var own = lin.GetByRole(AriaRole.Row).Filter(new() { HasText = "linxiao" });
        await Assertions.Expect(own).ToContainTextAsync("唯一的管理员");
        await Assertions.Expect(own.GetByRole(AriaRole.Button, new() { Name = "林晓：改为客服" })).ToHaveCountAsync(0);
        await Assertions.Expect(own.GetByRole(AriaRole.Button, new() { Name = "林晓：停用…" })).ToHaveCountAsync(0);

        var desk = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "chenzy");
        await desk.IsOpenAsync();
        var company = desk.Page.Locator("nav.rail").GetByRole(AriaRole.Link, new() { Name = "公司" });
        await Assertions.Expect(company).ToHaveCountAsync(0);

        // Given: the menu is there without a reload, and so is the page.
        await lin.GetByRole(AriaRole.Button, new() { Name = "陈志远：设为管理员" }).ClickAsync();
        await company.ClickAsync();
        var create = desk.Page.GetByRole(AriaRole.Button, new() { Name = "创建客服" });
        await Assertions.Expect(create).ToBeVisibleAsync();
        await Assertions.Expect(own).Not.ToContainTextAsync("唯一的管理员");

        // Taken away while he is on that page: menu and page go at once, and the server refuses a page that is asked for anew.
        await lin.GetByRole(AriaRole.Button, new() { Name = "陈志远：改为客服" }).ClickAsync();
        await Assertions.Expect(desk.Page.GetByText("这个页面需要另外的权限")).ToBeVisibleAsync();
        await Assertions.Expect(create).ToHaveCountAsync(0);
        await Assertions.Expect(company).ToHaveCountAsync(0);
        await Assertions.Expect(own).ToContainTextAsync("唯一的管理员");
        var answer = await desk.Page.GotoAsync(box.Server.Address + "/company/agents");
        Assert.Equal(403, answer!.Status);
        Assert.Equal(1, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM Agents WHERE Role = 1 AND CompanyId = (SELECT Id FROM Companies WHERE Name = '清风家居')"));
    }
}
