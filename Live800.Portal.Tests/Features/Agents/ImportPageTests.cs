using System.Text;
using Bunit;
using Live800.Portal.Features.Agents;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;

namespace Live800.Portal.Tests.Features.Agents;

/// <summary>The import as an administrator sees it, over the real desk and files.</summary>
public sealed class ImportPageTests : AdministratorPageTest<ImportPage>
{
    protected override void ShareMore()
    {
        Share<ImportDesk>();
        Share<ImportLinks>();
    }

    [Fact]
    public void A_file_that_cannot_be_imported_is_refused_with_its_reason()
    {
        var page = Open();
        Choose(page, Encoding.UTF8.GetBytes("ID\n" + string.Concat(Enumerable.Range(0, 501).Select(i => $"a{i}\n"))));
        page.WaitForAssertion(() => Assert.Contains("文件有 501 行，一次最多导入 500 行", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Choose(page, Encoding.UTF8.GetBytes("ID\n\"a"));
        page.WaitForAssertion(() => Assert.Contains("第 2 行的引号没有结束", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_preview_shows_every_row_another_encoding_can_be_chosen_and_the_import_ends_with_its_links()
    {
        var page = Open();
        Choose(page, CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes("客服ID,名称\nchenzy,陈志远\nlinxiao,林晓\n"));
        page.WaitForAssertion(() => Assert.Contains("共 2 行：创建 1，邀请 0，跳过 1。", page.Markup, StringComparison.Ordinal));
        Assert.Contains("陈志远", page.Find("table.import").TextContent, StringComparison.Ordinal);
        Assert.Contains("跳过：已有这个客服ID", page.Find("table.import").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("#import-encoding").Change("Utf8"));
        page.WaitForAssertion(() => Assert.Contains("编码选得不对", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.Find("#import-encoding").Change("Gbk"));
        page.WaitForAssertion(() => Assert.Contains("导入 1 行", page.Markup, StringComparison.Ordinal));
        await PressAsync(page, "导入 1 行");
        page.WaitForAssertion(() => Assert.Contains("导入完成：创建 1，邀请 0，跳过 1。", page.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        Assert.StartsWith("company/agents/import/links?ticket=", page.Find(".take a").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal(2, (await Box.Roster.TableAsync(Box.Company.Id)).Agents.Count);
    }

    private static void Choose(IRenderedComponent<CascadingValue<Task<AuthenticationState>>> page, byte[] bytes) =>
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(bytes, "agents.csv", contentType: "text/csv"));
}
