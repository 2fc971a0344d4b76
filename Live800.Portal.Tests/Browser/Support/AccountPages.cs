using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser.Support;

/// <summary>What somebody does on the pages of setting up, registering and signing in.</summary>
public static class AccountPages
{
    /// <summary>Fills the set-up page of an empty box with the token its console shows.</summary>
    public static async Task SetUpAsync(this IPage page, PortalServer server, string company, string agent, string displayName)
    {
        var token = await server.Log.WaitForAsync(SetupToken);
        await page.GotoAsync(server.Address + "/setup");
        await page.GetByLabel("设置口令").FillAsync(token.Groups[1].Value);
        await page.FillRegistrationAsync(company, agent, displayName);
        await page.GetByRole(AriaRole.Button, new() { Name = "完成设置" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/setup", StringComparison.Ordinal));
    }

    public static async Task RegisterAsync(this IPage page, PortalServer server, string company, string agent, string displayName)
    {
        await page.GotoAsync(server.Address + "/register");
        await page.FillRegistrationAsync(company, agent, displayName);
        await page.GetByRole(AriaRole.Button, new() { Name = "注册", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/register", StringComparison.Ordinal));
    }

    public static async Task SignInAsync(this IPage page, PortalServer server, TestCompany company, string agent)
    {
        await page.GotoAsync(server.Address + "/sign-in");
        await page.GetByLabel("公司ID").FillAsync(company.Code);
        await page.GetByLabel("客服ID 或邮箱").FillAsync(agent);
        await page.GetByLabel("密码", new() { Exact = true }).FillAsync(TestCompany.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    private static readonly System.Text.RegularExpressions.Regex SetupToken = new(@"设置口令:\s+(\S+)");

    private static async Task FillRegistrationAsync(this IPage page, string company, string agent, string displayName)
    {
        await page.GetByLabel("公司名称").FillAsync(company);
        await page.GetByLabel("姓名").FillAsync(displayName);
        await page.GetByLabel("客服ID").FillAsync(agent);
        await page.GetByLabel("邮箱").FillAsync($"{agent}@example.com");
        await page.GetByLabel("密码", new() { Exact = true }).FillAsync(TestCompany.Password);
    }
}
