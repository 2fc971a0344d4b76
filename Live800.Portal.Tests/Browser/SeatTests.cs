using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>Seats at the workspace's door (rule 3.8).</summary>
public sealed class SeatTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task A_third_agent_of_two_seats_is_refused_and_let_in_when_one_leaves()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var first = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "linxiao");
        await first.IsOpenAsync();
        var second = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "chenzy");
        await second.IsOpenAsync();

        // Refused before it opens; the page says who holds the seats. Nobody is thrown out.
        var third = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "zhoumin");
        await Assertions.Expect(third.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("2 个席位都在使用中，工作台暂时打不开");
        var holders = third.Page.GetByRole(AriaRole.Table);
        await Assertions.Expect(holders).ToContainTextAsync("林晓");
        await Assertions.Expect(holders).ToContainTextAsync("陈志远");
        await first.IsOpenAsync();
        await second.IsOpenAsync();
        Assert.Equal(1, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM SeatRefusals"));

        // Waits, and enters when one leaves.
        await third.Page.GetByRole(AriaRole.Button, new() { Name = "有空位时进入" }).ClickAsync();
        await Assertions.Expect(third.Page.GetByText("正在等空位")).ToBeVisibleAsync();
        await second.Page.SignOutAsync();
        await third.IsOpenAsync();
        Assert.Equal(2, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM SeatLeases"));
    }

    [Fact]
    public async Task The_same_agent_elsewhere_is_asked_before_the_workspace_moves()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var office = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "chenzy");
        await office.IsOpenAsync();
        var home = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "chenzy");
        await home.Page.GetByRole(AriaRole.Button, new() { Name = "移到这里" }).ClickAsync();
        await home.IsOpenAsync();
        await Assertions.Expect(office.Page.GetByRole(AriaRole.Heading, new() { Name = "工作台已移到另一个浏览器" })).ToBeVisibleAsync();
        Assert.Equal(1, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM SeatLeases"));
    }
}
