using System.Text;
using Deque.AxeCore.Playwright;
using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>How agents come to a company: by a link, and from a file (1); and how one is sent out from afar.</summary>
public sealed class AgentTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task Somebody_invited_by_link_joins_a_file_in_GBK_is_looked_at_and_imported_and_an_open_desk_is_signed_out()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var lin = await SomebodyAsync();
        await lin.SignInAsync(box.Server, box.Qingfeng, "linxiao");
        await lin.GotoAsync(box.Server.Address + "/company/agents");
        await lin.GetByRole(AriaRole.Button, new() { Name = "邀请", Exact = true }).ClickAsync();
        await lin.GetByLabel("邀请谁").FillAsync("赵敏");
        await lin.GetByRole(AriaRole.Button, new() { Name = "生成邀请链接" }).ClickAsync();
        var link = await lin.GetByLabel("赵敏 的邀请链接").InputValueAsync();
        await LookAsync(lin, "invited");

        // The guest chooses what he signs in with, and stands at his desk.
        var zhao = await SomebodyAsync();
        await zhao.GotoAsync(new Uri(new Uri(box.Server.Address), new Uri(link).PathAndQuery).ToString());
        await Assertions.Expect(zhao.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("加入“清风家居”");
        await LookAsync(zhao, "join");
        await zhao.GetByLabel("客服ID").FillAsync("zhaomin");
        await zhao.Locator("input[name='Form.Password']").FillAsync(TestCompany.Password);
        await zhao.GetByRole(AriaRole.Button, new() { Name = "加入并登录" }).ClickAsync();
        await zhao.WaitForURLAsync("**/workspace");
        await Assertions.Expect(lin.GetByRole(AriaRole.Row).Filter(new() { HasText = "zhaomin" })).ToContainTextAsync("赵敏");
        await Assertions.Expect(lin.Locator("table.invitations")).ToHaveCountAsync(0);

        // A file as a Chinese spreadsheet writes it.
        await lin.GetByRole(AriaRole.Link, new() { Name = "导入", Exact = true }).ClickAsync();
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes("客服ID,名称,英文名,职务\r\nsunli,孙丽,Lily,售后\r\nzhaomin,赵敏,,\r\n=cmd,计算器,,\r\n");
        // Blazor's own field listens once its page is drawn; a person is never that fast.
        _ = await lin.WaitForFunctionAsync("() => document.getElementById('import-file')?._blazorInputFileNextFileId !== undefined");
        await lin.GetByLabel("CSV 文件").SetInputFilesAsync(new FilePayload { Name = "客服.csv", MimeType = "text/csv", Buffer = bytes });
        await Assertions.Expect(lin.GetByText("共 3 行：创建 1，邀请 0，跳过 2。")).ToBeVisibleAsync();
        await Assertions.Expect(lin.GetByRole(AriaRole.Cell, new() { Name = "孙丽" })).ToBeVisibleAsync();
        await LookAsync(lin, "preview");
        await lin.GetByRole(AriaRole.Button, new() { Name = "导入 1 行" }).ClickAsync();
        await Assertions.Expect(lin.GetByText("导入完成：创建 1，邀请 0，跳过 2。")).ToBeVisibleAsync();
        await LookAsync(lin, "imported");
        var download = await lin.RunAndWaitForDownloadAsync(() => lin.GetByRole(AriaRole.Link, new() { Name = "下载链接（CSV）" }).ClickAsync());
        var file = await File.ReadAllTextAsync(await download.PathAsync());
        Assert.Contains("/join/", file, StringComparison.Ordinal);
        Assert.Contains("'=cmd", file, StringComparison.Ordinal);
        await Assertions.Expect(lin.GetByText("链接已下载。")).ToBeVisibleAsync();

        // Sent out from afar: the open desk closes by itself.
        await lin.GetByRole(AriaRole.Link, new() { Name = "返回客服" }).ClickAsync();
        await lin.GetByRole(AriaRole.Link, new() { Name = "赵敏", Exact = true }).ClickAsync();
        await Assertions.Expect(lin.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("赵敏");
        await LookAsync(lin, "agent");
        await lin.GetByRole(AriaRole.Button, new() { Name = "全部退出…" }).ClickAsync();
        await lin.GetByRole(AriaRole.Button, new() { Name = "全部退出", Exact = true }).ClickAsync();
        await Assertions.Expect(lin.GetByText("已退出 赵敏 的全部登录。")).ToBeVisibleAsync();
        await zhao.WaitForURLAsync(url => url.Contains("/sign-in", StringComparison.Ordinal));
    }

    private static async Task LookAsync(IPage page, string what)
    {
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, what + ": " + string.Join("; ", found.Violations.Select(violation => violation.Id + " " + string.Join(" ", violation.Nodes.Select(node => node.Html)))));
        if (Environment.GetEnvironmentVariable("LIVE800_PICTURES") is not { Length: > 0 } folder) return;
        _ = Directory.CreateDirectory(folder);
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"agents-{what}.png"), FullPage = true });
    }
}
