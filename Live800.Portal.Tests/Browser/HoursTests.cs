using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>Working hours 工作时间 with everybody's browser: set by an administrator, read by his agents and by visitors (5).</summary>
public sealed class HoursTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task When_hours_end_icon_and_chat_turn_to_the_message_form_that_says_when_somebody_is_back_and_turn_again_when_they_begin()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var desk = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "linxiao");
        await desk.IsOpenAsync();
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(shop + "/lamp");
        await Assertions.Expect(visitor.IconSaying("在线客服")).ToBeVisibleAsync();
        await visitor.Icon.ClickAsync();
        await Assertions.Expect(visitor.Log).ToBeVisibleAsync();

        // Whatever time it is, the whole of today is a holiday.
        var office = await desk.Page.Context.NewPageAsync();
        await office.GotoAsync(box.Server.Address + "/company/hours");
        var today = TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).Date;
        foreach (var (label, day) in new[] { ("日期", today), ("到（可选）", today.AddDays(1)) }) await office.GetByLabel(label, new() { Exact = true }).First.FillAsync($"{day:yyyy-MM-dd}");
        await office.GetByRole(AriaRole.Button, new() { Name = "添加", Exact = true }).ClickAsync();
        await office.GetByRole(AriaRole.Button, new() { Name = "保存", Exact = true }).ClickAsync();
        await Assertions.Expect(office.GetByText("已保存。")).ToBeVisibleAsync();

        // His click was a request: he keeps his place and is offered the form.
        await visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "给我们留言" }).ClickAsync();
        await Assertions.Expect(visitor.Chat.GetByText("现在不在工作时间，")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Chat.GetByLabel("留言", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(desk.Page.GetByText("现在不在工作时间，访客只能留言。")).ToBeVisibleAsync();
        var late = new Visitor(await SomebodyAsync());
        await late.Page.GotoAsync(shop + "/sofa");
        await Assertions.Expect(late.IconSaying("请留言")).ToBeVisibleAsync();

        await office.GetByRole(AriaRole.Button, new() { Name = $"删除节假日 {today:yyyy-MM-dd}" }).ClickAsync();
        await office.GetByRole(AriaRole.Button, new() { Name = "保存", Exact = true }).ClickAsync();
        await Assertions.Expect(late.IconSaying("在线客服")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Chat.GetByText("现在不在工作时间，")).Not.ToBeVisibleAsync();
        await Assertions.Expect(desk.Page.GetByText("现在不在工作时间，访客只能留言。")).Not.ToBeVisibleAsync();
    }
}
