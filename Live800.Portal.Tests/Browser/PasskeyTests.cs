using Deque.AxeCore.Playwright;
using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>Passkeys with a real browser and its own authenticator in the place of a finger. Browsers keep passkeys for names only, so the portal is opened as localhost.</summary>
public sealed class PasskeyTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Theory]
    [InlineData("zh-CN", 1440, "继续添加", "在这台设备上创建", "用通行密钥登录", "移除", "通行密钥没有通过", "没有完成确认")]
    [InlineData("en", 390, "Continue", "Create it on this device", "Sign in with a passkey", "Remove", "That passkey did not work", "It was not confirmed")]
    public async Task It_is_added_signs_in_without_company_and_password_and_is_refused_when_it_was_removed(
        string language, int width, string begin, string make, string signIn, string remove, string refused, string notGiven)
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var own = new UriBuilder(box.Server.Address) { Host = "localhost" }.Uri.GetLeftPart(UriPartial.Authority);
        var page = await SomebodyAsync(language, width: width);
        var cdp = await page.Context.NewCDPSessionAsync(page);
        _ = await cdp.SendAsync("WebAuthn.enable");
        var added = await cdp.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        var authenticator = added!.Value.GetProperty("authenticatorId").GetString()!;

        await page.GotoAsync(own + "/sign-in");
        await page.Locator("input[name=Company]").FillAsync(box.Qingfeng.Code);
        await page.Locator("input[name=Agent]").FillAsync("chenzy");
        await page.Locator("input[name=Password]").FillAsync(TestCompany.Password);
        await page.Locator("input[name=Password]").PressAsync("Enter");
        await page.WaitForURLAsync("**/workspace");
        await page.GotoAsync(own + "/passkeys");
        await LookAsync(page, "none", language);
        await BeginAsync(page, begin);
        await LookAsync(page, "add", language);
        await page.Locator("input[name=PasskeyName]").FillAsync("门店电脑");
        await page.GetByRole(AriaRole.Button, new() { Name = make, Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/passkeys?done=added");
        await Assertions.Expect(page.GetByText("门店电脑")).ToBeVisibleAsync();
        await LookAsync(page, "list", language);
        // The same authenticator does not make a second one of the same account.
        await BeginAsync(page, begin);
        await page.GetByRole(AriaRole.Button, new() { Name = make, Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();

        await SignOutAsync(page, own);
        // Somebody else's finger.
        await VerifiedAsync(cdp, authenticator, false);
        await page.GetByRole(AriaRole.Button, new() { Name = signIn, Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(notGiven);
        await LookAsync(page, "sign-in", language);
        await VerifiedAsync(cdp, authenticator, true);
        await page.GetByRole(AriaRole.Button, new() { Name = signIn, Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/workspace");

        await page.GotoAsync(own + "/profile");
        await Assertions.Expect(page.GetByText("门店电脑")).ToBeVisibleAsync();
        await LookAsync(page, "profile", language);
        await page.GotoAsync(own + "/passkeys");
        await page.GetByRole(AriaRole.Link, new() { Name = remove }).ClickAsync();
        await LookAsync(page, "remove", language);
        await page.GetByRole(AriaRole.Button, new() { Name = remove, Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/passkeys?done=removed");

        await SignOutAsync(page, own);
        await page.GetByRole(AriaRole.Button, new() { Name = signIn, Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync(refused);
        await page.GotoAsync(own + "/profile");
        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_another_address_than_the_portals_own_and_without_script_it_is_not_offered()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var page = await SomebodyAsync();
        await page.GotoAsync(box.Server.Address + "/sign-in");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true })).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("!!customElements.get('passkey-form')");
        await Assertions.Expect(page.Locator("passkey-form")).ToBeHiddenAsync();
        await page.SignInAsync(box.Server, box.Qingfeng, "chenzy");
        await page.GotoAsync(box.Server.Address + "/passkeys");
        await BeginAsync(page, "继续添加");
        await Assertions.Expect(page.Locator("[data-without-passkeys]")).ToContainTextAsync("请用较新的浏览器打开 http://localhost:");
        await Assertions.Expect(page.Locator("[data-without-passkeys]")).ToBeVisibleAsync();
    }

    private static async Task BeginAsync(IPage page, string begin)
    {
        await page.Locator("input[name=Password]").FillAsync(TestCompany.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = begin, Exact = true }).ClickAsync();
        await page.Locator("passkey-form").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    private static async Task SignOutAsync(IPage page, string own)
    {
        await page.GotoAsync(own + "/profile");
        await page.Locator("form[action='/sign-out'] button").ClickAsync();
        await page.WaitForURLAsync("**/sign-in*");
    }

    private static async Task VerifiedAsync(ICDPSession cdp, string authenticator, bool isHim) =>
        _ = await cdp.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = authenticator, ["isUserVerified"] = isHim });

    /// <summary>Axe in light and dark; and a picture where pictures are asked for.</summary>
    private static async Task LookAsync(IPage page, string what, string language)
    {
        foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var found = await page.RunAxe();
            Assert.True(found.Violations.Length == 0, $"{what}, {scheme}: " + string.Join("\n", found.Violations.Select(violation => $"{violation.Id}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}")));
        }

        if (Environment.GetEnvironmentVariable("LIVE800_PICTURES") is not { Length: > 0 } folder) return;
        _ = Directory.CreateDirectory(folder);
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"passkey-{what}-{language}.png"), FullPage = true });
    }
}
