using System.Text.RegularExpressions;
using Live800.Portal.Tests.Browser.Support;
using Live800.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>From an empty box to the first chat, as somebody does it who has only the console and a browser.</summary>
public sealed class NewcomerTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Theory]
    [InlineData("Europe/Madrid", "Europe/Madrid")]
    [InlineData("UTC", "UTC")]
    // What Chromium calls Asia/Calcutta has two names, and the machine may know either.
    [InlineData("Asia/Kolkata", "Asia/(Kolkata|Calcutta)")]
    [InlineData("Etc/GMT+5", "Asia/Shanghai")]
    public async Task The_time_zone_that_is_chosen_first_is_the_browsers_own(string own, string chosen)
    {
        var server = Keep(await PortalServer.StartAsync());
        var context = await Browsers.Browser.NewContextAsync(new() { TimezoneId = own });
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Address + "/setup");
        await Assertions.Expect(page.Locator("#f-zone")).ToHaveValueAsync(new Regex($"^{chosen}$"));
        await context.CloseAsync();
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Whoever_reads_the_console_gets_to_the_first_chat(string language)
    {
        string In(string chinese, string english) => language == "en" ? english : chinese;
        var server = Keep(await PortalServer.StartAsync());
        var site = Keep(await ShopSite.OpenAsync());
        var watch = System.Diagnostics.Stopwatch.StartNew();

        // The console's link carries the token; the set-up page leads on.
        var link = await server.Log.WaitForAsync(new Regex(@"(http://\S+/setup\?token=\S+)"));
        var owner = await SomebodyAsync(language);
        await owner.GotoAsync(link.Groups[1].Value);
        await owner.GetByLabel(In("公司名称", "Company name")).FillAsync("Breeze");
        await owner.GetByLabel(In("姓名", "Your name")).FillAsync("Lin Xiao");
        await owner.GetByLabel(In("客服ID", "Agent ID")).FillAsync("linxiao");
        await owner.GetByLabel(In("邮箱", "E-mail")).FillAsync("linxiao@example.com");
        await owner.GetByLabel(In("密码", "Password"), new() { Exact = true }).FillAsync(TestCompany.Password);
        await owner.GetByRole(AriaRole.Button, new() { Name = In("完成设置", "Finish set-up") }).ClickAsync();

        await Assertions.Expect(owner.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(In("入门", "First steps"));
        Assert.Equal(language, await owner.Locator("html").GetAttributeAsync("lang"));
        await owner.GetByRole(AriaRole.Link, new() { Name = In("查看代码", "See the codes") }).ClickAsync();

        // The codes as they stand on the page go into the shop.
        var icon = owner.GetByRole(AriaRole.Region, new() { NameRegex = new(In("^图标代码", "^Icon code")) }).Locator("pre");
        var function = owner.GetByRole(AriaRole.Region, new() { NameRegex = new(In("^功能代码", "^Function code")) }).Locator("pre");
        var shop = site.Embed("breeze.test", await icon.InnerTextAsync(), await function.InnerTextAsync());

        await owner.GotoAsync(server.Address + "/workspace");
        var queue = owner.GetByRole(AriaRole.Grid, new() { Name = In("访客队列", "Visitor queue") });
        var visitor = await SomebodyAsync(language);
        await visitor.GotoAsync(shop + "/");
        await Assertions.Expect(queue).ToContainTextAsync(ShopSite.HomeTitle);

        await visitor.GetByRole(AriaRole.Link).Filter(new() { Has = visitor.GetByRole(AriaRole.Img) }).ClickAsync();
        var chat = visitor.FrameLocator("iframe[src*='/frame']");
        await chat.GetByRole(AriaRole.Textbox).FillAsync("v1 hello");
        await chat.GetByRole(AriaRole.Textbox).PressAsync("Enter");
        await owner.GetByRole(AriaRole.Region, new() { Name = In("等待接待", "Waiting") }).GetByRole(AriaRole.Button, new() { NameRegex = new("^(接受|Accept)") }).ClickAsync();
        await owner.GetByRole(AriaRole.Textbox, new() { Name = In("消息", "Message"), Exact = true }).FillAsync("a1 welcome");
        await owner.GetByRole(AriaRole.Button, new() { Name = In("发送", "Send"), Exact = true }).ClickAsync();
        await Said.ExpectAsync(chat.GetByRole(AriaRole.Log), "v1 a1");
        Figures.Tell($"new installation to first answered chat in a browser ({language}): {watch.Elapsed.TotalSeconds:0} s");

        // The first steps have ticked themselves off.
        await owner.GotoAsync(server.Address + "/first-steps");
        await Assertions.Expect(owner.GetByRole(AriaRole.Img, new() { Name = In("已完成", "Done") })).ToHaveCountAsync(2);
        Assert.Empty(server.Log.Trouble);
    }
}
