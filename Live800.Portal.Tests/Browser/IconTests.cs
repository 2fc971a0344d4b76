using Live800.Portal.Features.Widget;
using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>Several icons on one page, made by an administrator and seen by a visitor (5).</summary>
public sealed class IconTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task Two_icons_on_one_page_show_their_own_states_and_flip_live_and_a_floating_one_stands_where_it_should()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var site = Keep(await ShopSite.OpenAsync());
        var desk = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "linxiao");
        await desk.IsOpenAsync();
        var office = await desk.Page.Context.NewPageAsync();
        await office.GotoAsync(box.Server.Address + "/company/groups");
        await office.GetByRole(AriaRole.Button, new() { Name = "创建分组" }).ClickAsync();
        await office.GetByLabel("名称", new() { Exact = true }).FillAsync("售后");
        await office.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Assertions.Expect(office.GetByRole(AriaRole.Rowheader, new() { Name = "售后" })).ToBeVisibleAsync();

        await office.GotoAsync(box.Server.Address + "/company/icons");
        await office.GetByRole(AriaRole.Button, new() { Name = "新建图标" }).ClickAsync();
        await office.GetByLabel("名称", new() { Exact = true }).FillAsync("售后图标");
        await office.GetByRole(AriaRole.Radio, new() { Name = "浮动" }).CheckAsync();
        await office.GetByLabel("外形", new() { Exact = true }).SelectOptionAsync("圆形 56 × 56");
        await office.GetByRole(AriaRole.Radio, new() { Name = "窗口左侧" }).CheckAsync();
        await office.GetByLabel("距侧边（像素）").FillAsync("12");
        await office.GetByLabel("距底边（像素）").FillAsync("120");
        await office.GetByLabel("显示谁的状态").SelectOptionAsync("分组：售后");
        await office.GetByLabel("在线（中文）").FillAsync("售后在线");
        await office.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Assertions.Expect(office.GetByRole(AriaRole.Heading, new() { Name = "2 · 售后图标" })).ToBeVisibleAsync();
        await office.GetByRole(AriaRole.Link, new() { Name = "取代码：2 · 售后图标" }).ClickAsync();
        var code = office.Locator("#icon-code");
        await Assertions.Expect(code).ToContainTextAsync("position:fixed;left:12px;bottom:120px");

        var two = WidgetCodes.IconCode(box.Server.Address, box.Qingfeng.Code, 1, "在线客服") + await code.TextContentAsync();
        var visitor = await SomebodyAsync();
        await visitor.GotoAsync(site.Embed("two.test", two, WidgetCodes.FunctionCode(box.Server.Address, box.Qingfeng.Code)) + "/");
        await Assertions.Expect(visitor.GetByRole(AriaRole.Img, new() { Name = "在线客服", Exact = true })).ToBeVisibleAsync();
        var floating = visitor.GetByRole(AriaRole.Img, new() { Name = "请留言" });
        await Assertions.Expect(floating).ToBeVisibleAsync();
        var (at, height) = (await floating.BoundingBoxAsync(), await visitor.EvaluateAsync<double>("() => innerHeight"));
        Assert.Equal((12, 56, 56), (at!.X, at.Width, at.Height));
        Assert.InRange(height - (at.Y + at.Height), 119, 126);

        await office.GotoAsync(box.Server.Address + "/company/groups");
        await office.GetByRole(AriaRole.Button, new() { Name = "修改：售后" }).ClickAsync();
        await office.GetByRole(AriaRole.Checkbox, new() { Name = "林晓" }).CheckAsync();
        await office.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Assertions.Expect(visitor.GetByRole(AriaRole.Img, new() { Name = "售后在线" })).ToBeVisibleAsync();
        await Assertions.Expect(visitor.GetByRole(AriaRole.Img, new() { Name = "在线客服", Exact = true })).ToBeVisibleAsync();
    }
}
