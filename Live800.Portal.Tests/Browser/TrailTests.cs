using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>What of a visit can be seen, and why some of it cannot (S2.13).</summary>
public sealed class TrailTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task S2_13_A_page_without_the_function_code_is_missing_in_the_trail_and_whoever_came_by_the_icon_alone_has_the_chats_page_only()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var site = Keep(await ShopSite.OpenAsync());
        var shop = box.Qingfeng.Embed(site, box.Server);
        site.Untrack(box.Qingfeng.ShopHost, "/lamp");
        var desk = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "linxiao");
        await desk.IsOpenAsync();
        var trail = desk.Page.GetByRole(AriaRole.Complementary, new() { Name = "访客资料" }).Locator("ol.trail");

        // Three pages looked at, two with the code: two stand in the trail, live, the newest first.
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(shop + "/sofa");
        await desk.Row(ShopSite.SofaTitle).ClickAsync();
        await Assertions.Expect(trail.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = ShopSite.LampTitle }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = ShopSite.HomeTitle }).ClickAsync();
        await Assertions.Expect(trail.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Assertions.Expect(trail.GetByRole(AriaRole.Listitem).First).ToContainTextAsync(ShopSite.HomeTitle);
        await Assertions.Expect(trail.GetByRole(AriaRole.Listitem).Last).ToContainTextAsync(ShopSite.SofaTitle);
        await Assertions.Expect(trail).Not.ToContainTextAsync(ShopSite.LampTitle);

        // Somebody who came by an icon alone talks; where he pressed it is not known, only that he is at the chat's own page.
        var other = await SomebodyAsync();
        await other.GotoAsync(shop + "/lamp");
        await new Visitor(other).Icon.ClickAsync();
        await Assertions.Expect(desk.Waiting.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await desk.AcceptAsync();
        await Assertions.Expect(trail.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await Assertions.Expect(trail).ToContainTextAsync("与清风家居对话");
        await Assertions.Expect(trail).Not.ToContainTextAsync(ShopSite.LampTitle);
    }
}
