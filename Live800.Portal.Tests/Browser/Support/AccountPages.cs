using System.Text.RegularExpressions;
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

    /// <summary>In either language.</summary>
    public static Task SignInAsync(this IPage page, PortalServer server, TestCompany company, string agent) => page.SignInToAsync(server, company, agent, "/sign-in");

    /// <summary>Asks for a page that is not for strangers, and signs in on the way: no workspace is opened, no seat taken.</summary>
    public static async Task SignInToAsync(this IPage page, PortalServer server, TestCompany company, string agent, string address)
    {
        await page.GotoAsync(server.Address + address);
        await page.GetByLabel(CompanyId).FillAsync(company.Code);
        await page.GetByLabel(AgentId).FillAsync(agent);
        await page.GetByLabel(PasswordLabel).FillAsync(TestCompany.Password);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = SignIn }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    public static async Task SignOutAsync(this IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "个人菜单" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "退出登录" }).ClickAsync();
        await page.WaitForURLAsync("**/sign-in*");
    }

    /// <summary>Creates an agent with a password of today on the agents page.</summary>
    public static async Task CreateAgentAsync(this IPage page, PortalServer server, string agent, string displayName)
    {
        await page.GotoAsync(server.Address + "/company/agents");
        await page.GetByRole(AriaRole.Button, new() { Name = "创建客服" }).ClickAsync();
        var form = page.GetByRole(AriaRole.Form, new() { Name = "创建客服" });
        await form.GetByLabel("客服ID").FillAsync(agent);
        await form.GetByLabel("姓名").FillAsync(displayName);
        await form.GetByLabel("现在设置").CheckAsync();
        await form.GetByLabel("密码", new() { Exact = true }).FillAsync(TestCompany.Password);
        await form.GetByRole(AriaRole.Button, new() { Name = "创建", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = agent })).ToContainTextAsync("已启用");
    }

    /// <summary>The operator lets anybody register a company.</summary>
    public static async Task OpenRegistrationAsync(this IPage page, PortalServer server)
    {
        await page.GotoAsync(server.Address + "/platform");
        await page.GetByRole(AriaRole.Button, new() { Name = "开放注册" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "关闭注册" })).ToBeVisibleAsync();
    }

    /// <summary>The operator turns the Development clock forward; steps are the page's own: "1 小时", "1 天", "7 天".</summary>
    public static async Task TurnClockAsync(this IPage page, PortalServer server, params string[] steps)
    {
        await page.GotoAsync(server.Address + "/platform/clock");
        var shifted = page.GetByRole(AriaRole.Definition).Nth(1);
        foreach (var step in steps)
        {
            var before = await shifted.InnerTextAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "向前拨 " + step }).ClickAsync();
            await Assertions.Expect(shifted).Not.ToHaveTextAsync(before);
        }
    }

    private static readonly Regex SetupToken = new(@"设置口令:\s+(\S+)");
    private static readonly Regex CompanyId = new("^(公司ID|Company ID)$");
    private static readonly Regex AgentId = new("^(客服ID 或邮箱|Agent ID or e-mail)$");
    private static readonly Regex PasswordLabel = new("^(密码|Password)$");
    private static readonly Regex SignIn = new("^(登录|Sign in)$");

    private static async Task FillRegistrationAsync(this IPage page, string company, string agent, string displayName)
    {
        await page.GetByLabel("公司名称").FillAsync(company);
        await page.GetByLabel("姓名").FillAsync(displayName);
        await page.GetByLabel("客服ID").FillAsync(agent);
        await page.GetByLabel("邮箱").FillAsync($"{agent}@example.com");
        await page.GetByLabel("密码", new() { Exact = true }).FillAsync(TestCompany.Password);
    }
}
