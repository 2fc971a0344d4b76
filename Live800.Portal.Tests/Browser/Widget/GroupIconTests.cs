using System.Text.RegularExpressions;
using Live800.Portal.Features.Widget;
using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser.Widget;

/// <summary>4 and 5: the icon of a group leads to that group's line, also within the page.</summary>
public sealed class GroupIconTests(BrowserFixture browsers, WidgetHouse house) : BrowserTest(browsers), IClassFixture<WidgetHouse>
{
    [Fact]
    public async Task A_click_on_the_icon_of_a_group_asks_for_that_group_and_on_the_companys_for_nobody_in_particular()
    {
        var office = await house.Desk.Page.Context.NewPageAsync();
        await office.GotoAsync(house.Server.Address + "/company/groups");
        await office.GetByRole(AriaRole.Button, new() { Name = "创建分组" }).ClickAsync();
        await office.GetByLabel("名称", new() { Exact = true }).FillAsync("售后");
        await office.GetByRole(AriaRole.Checkbox, new() { Name = "林晓" }).CheckAsync();
        await office.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Assertions.Expect(office.GetByRole(AriaRole.Rowheader, new() { Name = "售后" })).ToBeVisibleAsync();
        var group = await house.Server.ReadAsync<string>("SELECT Code FROM Groups WHERE Name = '售后'");
        var icon = WidgetCodes.IconCode(house.Server.Address, house.Qingfeng.Code, 1, "在线客服", group);

        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.VisitAsync(house.Site.Put("two-icons", "", icon + house.Icon + house.Function));
        foreach (var (link, words, asked) in new[] { ("a[href*='?g=']", "v1 of the group", group), ("a:not([href*='?g='])", "v2 of the company", "") })
        {
            await Assertions.Expect(visitor.Page.Locator(link + " img")).ToHaveAttributeAsync("src", new Regex(@"\?s=1$"));
            await visitor.Page.Locator(link).ClickAsync();
            await Assertions.Expect(visitor.Box).ToBeVisibleAsync();
            await visitor.SayAsync(words);
            await Eventually.EqualAsync(asked, () => house.Server.ReadAsync<string>($"SELECT IFNULL(g.Code, '') FROM ChatMessages m JOIN Conversations c ON c.Id = m.ConversationId LEFT JOIN Groups g ON g.Id = c.GroupId WHERE m.Text = '{words}'"));
            await visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "结束对话" }).ClickAsync();
            await Assertions.Expect(visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "结束对话" })).ToBeHiddenAsync();
            await visitor.Page.Keyboard.PressAsync("Escape");
        }
    }
}
