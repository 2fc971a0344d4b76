using Live800.Portal.Tests.Browser.Support;
using Live800.Portal.Tests.Support;
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
        await Assertions.Expect(own.GetByRole(AriaRole.Combobox)).ToHaveCountAsync(0);
        await Assertions.Expect(own.GetByRole(AriaRole.Button, new() { Name = "林晓：停用…" })).ToHaveCountAsync(0);

        var desk = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "chenzy");
        await desk.IsOpenAsync();
        var company = desk.Page.Locator("nav.rail").GetByRole(AriaRole.Link, new() { Name = "公司" });
        await Assertions.Expect(company).ToHaveCountAsync(0);

        // Given: the menu is there without a reload, and so is the page.
        var rights = lin.GetByRole(AriaRole.Combobox, new() { Name = "陈志远：权限" });
        _ = await rights.SelectOptionAsync(new SelectOptionValue { Label = "管理员" });
        await company.ClickAsync();
        var create = desk.Page.GetByRole(AriaRole.Button, new() { Name = "创建客服" });
        await Assertions.Expect(create).ToBeVisibleAsync();
        await Assertions.Expect(own).Not.ToContainTextAsync("唯一的管理员");

        // Taken away while he is on that page: menu and page go at once, and the server refuses a page that is asked for anew.
        _ = await rights.SelectOptionAsync(new SelectOptionValue { Label = "客服" });
        await Assertions.Expect(desk.Page.GetByText("这个页面需要另外的权限")).ToBeVisibleAsync();
        await Assertions.Expect(create).ToHaveCountAsync(0);
        await Assertions.Expect(company).ToHaveCountAsync(0);
        await Assertions.Expect(own).ToContainTextAsync("唯一的管理员");
        var answer = await desk.Page.GotoAsync(box.Server.Address + "/company/agents");
        Assert.Equal(403, answer!.Status);
        Assert.Equal(1, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM Agents WHERE Role = 1 AND CompanyId = (SELECT Id FROM Companies WHERE Name = '清风家居')"));
    }

    [Fact]
    public async Task S2_17_A_right_unticked_is_gone_from_an_open_workspace_and_what_was_behind_it_is_refused()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var lin = await SomebodyAsync();
        await lin.SignInAsync(box.Server, box.Qingfeng, "linxiao");
        var desk = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "chenzy");
        await desk.IsOpenAsync();
        var messages = desk.Page.Locator("nav.rail").GetByRole(AriaRole.Link, new() { Name = "留言" });
        await Assertions.Expect(messages).ToBeVisibleAsync();

        await lin.GotoAsync(box.Server.Address + "/company/permissions");
        var tick = lin.GetByRole(AriaRole.Checkbox, new() { Name = "客服：离线留言" });
        await Assertions.Expect(tick).ToBeCheckedAsync();
        await Assertions.Expect(lin.GetByRole(AriaRole.Checkbox, new() { Name = "管理员：离线留言" })).ToBeDisabledAsync();
        await tick.UncheckAsync();
        var save = lin.GetByRole(AriaRole.Button, new() { Name = "保存更改" });
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await save.ClickAsync();
        await Assertions.Expect(messages).ToHaveCountAsync(0);
        Figures.Tell($"a right unticked by the administrator -> gone from an open workspace: {watch.ElapsedMilliseconds} ms");
        await Assertions.Expect(lin.GetByText("已保存，立即生效。")).ToBeVisibleAsync();
        await Assertions.Expect(save).ToBeDisabledAsync();

        // The action behind it, asked for anyway, and in words whom he can ask.
        var answer = await desk.Page.GotoAsync(box.Server.Address + "/messages");
        Assert.Equal(403, answer!.Status);
        await Assertions.Expect(desk.Page.GetByText("林晓").First).ToBeVisibleAsync();
        _ = await desk.Page.GotoAsync(box.Server.Address + "/profile");
        await Assertions.Expect(desk.Page.Locator(".rights .lacks").Filter(new() { HasText = "离线留言" })).ToBeVisibleAsync();

        // Back to what every company has.
        await lin.GetByRole(AriaRole.Button, new() { Name = "客服：恢复默认" }).ClickAsync();
        await Assertions.Expect(lin.GetByText("已保存，立即生效。")).ToHaveCountAsync(0);
        await save.ClickAsync();
        await Assertions.Expect(lin.GetByText("已保存，立即生效。")).ToBeVisibleAsync();
        await Assertions.Expect(tick).ToBeCheckedAsync();
        answer = await desk.Page.GotoAsync(box.Server.Address + "/messages");
        Assert.Equal(200, answer!.Status);
    }
}
