using System.Net;
using System.Text;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Components.Shared;
using Live800.Portal.Features.Cards;
using Live800.Portal.Tests.Support;
using MiniExcelLibs;

namespace Live800.Portal.Tests.Features.Cards;

/// <summary>The cards as a file: what fits the filter, for agents of the company only, and harmless in a spreadsheet.</summary>
public class CardExportTests
{
    [Fact]
    public async Task The_file_holds_the_cards_that_fit_and_no_formula()
    {
        await using var box = await AccountBox.OpenAsync();
        await MakeAsync(box, new CardContent { Name = "=1+1", Phone = "+86 138", Note = "@SUM(A1)", Tags = "批发" }, new CardContent { Name = "赵立群" });
        using var browser = await box.BrowserOfAsync("linxiao");

        var bytes = await browser.Client.GetByteArrayAsync(CardEndpoints.Path + "?format=csv");
        var lines = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').TrimEnd().Split("\r\n");
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.StartsWith("姓名,公司,电话,邮箱,QQ,微信,地址,等级,标签,备注,负责人", lines[0], StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);
        Assert.Contains("'=1+1", lines[2], StringComparison.Ordinal);
        Assert.Contains("'+86 138", lines[2], StringComparison.Ordinal);
        Assert.Contains("'@SUM(A1)", lines[2], StringComparison.Ordinal);
        Assert.DoesNotContain(lines.SelectMany(line => line.Split(',')), cell => cell.TrimStart('"').StartsWith('=') || cell.TrimStart('"').StartsWith('@') || cell.TrimStart('"').StartsWith('+'));

        var narrow = await browser.Client.GetStringAsync($"{CardEndpoints.Path}?format=csv&{new CardFilter(Tag: "批发").ToQuery()}");
        Assert.Equal(2, narrow.TrimEnd().Split("\r\n").Length);
        using var stream = new MemoryStream(await browser.Client.GetByteArrayAsync(CardEndpoints.Path + "?format=xlsx"));
        var rows = (await stream.QueryAsync(useHeaderRow: true)).Cast<IDictionary<string, object>>().ToList();
        Assert.Equal(["赵立群", "=1+1"], rows.Select(row => row["姓名"]));
    }

    [Fact]
    public async Task A_page_that_offered_it_sees_it_done_and_nonsense_is_refused()
    {
        await using var box = await AccountBox.OpenAsync();
        await MakeAsync(box, new CardContent { Name = "王雪梅" });
        using var browser = await box.BrowserOfAsync("linxiao");
        var export = box.Portal.Get<FileExports>().Offer(box.Company.Id);

        _ = await browser.Client.GetByteArrayAsync($"{CardEndpoints.Path}?format=csv&ticket={export.Ticket}");

        Assert.Equal((FileExportState.Done, 1L, 1L), (export.State, export.Written, export.Total));
        foreach (var query in new[] { "", "?format=pdf", "?format=0", "?format=csv&owner=x", "?format=csv&text=" + new string('x', 401) })
            Assert.Equal(HttpStatusCode.BadRequest, (await browser.Client.GetAsync(CardEndpoints.Path + query)).StatusCode);
    }

    private static async Task MakeAsync(AccountBox box, params CardContent[] cards)
    {
        var desk = box.Portal.Get<CardDesk>();
        foreach (var content in cards) Assert.Equal(Refusal.None, (await desk.CreateAsync(box.Company.Id, box.Administrator.AgentId, content)).Refusal);
    }
}
