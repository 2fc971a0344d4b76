using Deque.AxeCore.Playwright;
using Live800.Portal.Tests.Browser.Support;
using Live800.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>Two-step sign-in with a real browser and the app of the tests.</summary>
public sealed class TwoStepTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Theory]
    [InlineData("zh-CN", "开始设置", "开启两步登录", "登录", "已保存，继续")]
    [InlineData("en", "Set up", "Turn on two-step sign-in", "Sign in", "I have kept them, continue")]
    public async Task It_is_set_up_with_the_key_of_the_page_and_a_code_or_a_recovery_code_signs_in(string language, string begin, string turnOn, string signIn, string kept)
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var page = await SomebodyAsync(language);
        await page.SignInAsync(box.Server, box.Qingfeng, "chenzy");
        await page.GotoAsync(box.Server.Address + "/two-step");
        await LookAsync(page, "begin", language);
        await page.Locator("input[name=Password]").FillAsync(TestCompany.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = begin, Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Img)).ToBeVisibleAsync();
        var app = new Authenticator((await page.Locator("#key").InnerTextAsync()).Replace(" ", ""));
        await LookAsync(page, "key", language);
        await page.Locator("input[name=Code]").FillAsync(app.CodeAt(DateTimeOffset.UtcNow));
        await page.GetByRole(AriaRole.Button, new() { Name = turnOn, Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#recovery-codes code")).ToHaveCountAsync(10);
        var codes = await page.Locator("#recovery-codes code").AllInnerTextsAsync();
        await LookAsync(page, "codes", language);
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("a[download]").ClickAsync());
        Assert.Equal("live800-recovery-codes.txt", download.SuggestedFilename);
        var file = await File.ReadAllTextAsync(await download.PathAsync());
        Assert.All(codes, code => Assert.Contains(code, file, StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Link, new() { Name = kept }).ClickAsync();
        await page.WaitForURLAsync("**/profile*");
        await LookAsync(page, "profile", language);
        await page.GotoAsync(box.Server.Address + "/two-step");
        await LookAsync(page, "manage", language);

        // The code of the set-up is used up; the one of the next half minute is good already.
        var anew = await SomebodyAsync(language);
        await FirstStepAsync(anew, box, signIn);
        await LookAsync(anew, "code", language);
        await anew.Locator("input[name=Code]").FillAsync(app.CodeAt(DateTimeOffset.UtcNow.AddSeconds(30)));
        await anew.GetByRole(AriaRole.Button, new() { Name = signIn, Exact = true }).ClickAsync();
        await anew.WaitForURLAsync("**/workspace");

        var third = await SomebodyAsync(language, width: 390, height: 844);
        await FirstStepAsync(third, box, signIn);
        await third.Locator("a[href*='recovery=1']").ClickAsync();
        await LookAsync(third, "recovery", language);
        await third.Locator("input[name=Code]").FillAsync(codes[0].ToLowerInvariant());
        await third.GetByRole(AriaRole.Button, new() { Name = signIn, Exact = true }).ClickAsync();
        await third.WaitForURLAsync("**/workspace");
    }

    [Fact]
    public async Task When_it_is_asked_of_everybody_an_open_desk_leads_to_the_set_up_and_what_was_typed_is_still_there()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var chen = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "chenzy");
        await chen.IsOpenAsync();
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(shop + "/lamp");
        await visitor.IsDrawnAsync();
        await visitor.Icon.ClickAsync();
        var write = visitor.Chat.GetByRole(AriaRole.Textbox);
        await write.FillAsync("v1 在吗？");
        await write.PressAsync("Enter");
        await chen.AcceptAsync();
        await chen.Box.FillAsync("还没发出的半句话");

        var owner = await SomebodyAsync();
        await owner.SignInAsync(box.Server, box.Qingfeng, "linxiao");
        await SetUpAsync(owner, box);
        await owner.GotoAsync(box.Server.Address + "/company/security");
        await owner.GetByLabel("立即要求").CheckAsync();
        await LookAsync(owner, "security", "zh-CN");
        await owner.GetByRole(AriaRole.Button, new() { Name = "保存", Exact = true }).ClickAsync();
        await Assertions.Expect(owner.GetByText("已保存。")).ToBeVisibleAsync();

        await Assertions.Expect(chen.Page.GetByRole(AriaRole.Heading, new() { Name = "公司现在要求两步登录" })).ToBeVisibleAsync();
        await LookAsync(chen.Page, "asked", "zh-CN");
        await chen.Page.GetByRole(AriaRole.Link, new() { Name = "去设置" }).ClickAsync();
        await chen.Page.WaitForURLAsync("**/two-step*");
        await SetUpAsync(chen.Page, box, goTo: false);
        await chen.Page.GetByRole(AriaRole.Link, new() { Name = "已保存，继续" }).ClickAsync();
        await chen.Page.WaitForURLAsync("**/workspace*");
        if (await chen.Tabs.GetByRole(AriaRole.Button).CountAsync() > 0) await chen.Tabs.GetByRole(AriaRole.Button).First.ClickAsync();
        await Assertions.Expect(chen.Box).ToHaveValueAsync("还没发出的半句话");
    }

    private static async Task SetUpAsync(IPage page, ReadyServer box, bool goTo = true)
    {
        if (goTo) await page.GotoAsync(box.Server.Address + "/two-step");
        await page.Locator("input[name=Password]").FillAsync(TestCompany.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "开始设置" }).ClickAsync();
        var app = new Authenticator((await page.Locator("#key").InnerTextAsync()).Replace(" ", ""));
        await page.Locator("input[name=Code]").FillAsync(app.CodeAt(DateTimeOffset.UtcNow));
        await page.GetByRole(AriaRole.Button, new() { Name = "开启两步登录" }).ClickAsync();
        await Assertions.Expect(page.Locator("#recovery-codes code")).ToHaveCountAsync(10);
    }

    private static async Task FirstStepAsync(IPage page, ReadyServer box, string signIn)
    {
        await page.GotoAsync(box.Server.Address + "/sign-in");
        await page.Locator("input[name=Company]").FillAsync(box.Qingfeng.Code);
        await page.Locator("input[name=Agent]").FillAsync("chenzy");
        await page.Locator("input[name=Password]").FillAsync(TestCompany.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = signIn, Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/sign-in/code");
    }

    /// <summary>Axe in light and dark; and a picture at both widths where pictures are asked for.</summary>
    private static async Task LookAsync(IPage page, string what, string language)
    {
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, what + ": " + string.Join("\n", found.Violations.Select(violation => $"{violation.Id}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}")));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var dark = await page.RunAxe();
        Assert.True(dark.Violations.Length == 0, what + ", dark: " + string.Join("\n", dark.Violations.Select(violation => $"{violation.Id}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}")));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        if (Environment.GetEnvironmentVariable("LIVE800_PICTURES") is not { Length: > 0 } folder) return;
        _ = Directory.CreateDirectory(folder);
        var size = page.ViewportSize!;
        foreach (var (width, height) in new[] { (1440, 900), (390, 844) })
        {
            await page.SetViewportSizeAsync(width, height);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"two-step-{what}-{language}-{width}.png"), FullPage = true });
        }

        await page.SetViewportSizeAsync(size.Width, size.Height);
    }
}
