using System.IO.Compression;
using System.Net;
using System.Text;
using Live800.Domain.Shared;
using Live800.Portal.Components.Shared;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Packages;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;

namespace Live800.Portal.Tests.Features.Packages;

/// <summary>The ledger as a file: complete, for administrators of the company only, and harmless in a spreadsheet.</summary>
public class LedgerExportTests
{
    private const string Csv = LedgerEndpoints.Path + "?format=csv";

    [Fact]
    public async Task The_file_holds_every_line_and_no_formula()
    {
        await using var box = await AccountBox.OpenAsync();
        var agent = await box.Roster.CreateAsync(box.Administrator, new AgentForm { Name = "cmd", DisplayName = "=1+1", Password = AccountBox.Password });
        _ = await box.Portal.Get<PackageDesk>().GrantClicksAsync(box.Company.Id, 1_000, "@SUM(A1)");
        await AnswerAsync(box, box.Company.Id, agent.Value, 501);
        using var browser = await box.BrowserOfAsync("linxiao");

        var response = await browser.Client.GetAsync(Csv);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var lines = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').TrimEnd().Split("\r\n");

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"ledger-{box.Company.Code}-2026-03-02.csv", response.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("编号,\"时间 (Asia/Shanghai)\",类别,方式,客服,对话,套餐,变化,席位,余额", lines[0], StringComparison.Ordinal);
        Assert.Contains("平台赠送", lines[2], StringComparison.Ordinal);
        Assert.Contains("'@SUM(A1)", lines[2], StringComparison.Ordinal);
        Assert.Contains("'=1+1", lines[3], StringComparison.Ordinal);
        Assert.DoesNotContain(lines.SelectMany(line => line.Split(',')), cell => cell.TrimStart('"').StartsWith('=') || cell.TrimStart('"').StartsWith('@'));
        Assert.Equal("3,2026-03-02 12:00:00", string.Join(',', lines[3].Split(',')[..2].Select(cell => cell.Trim('"'))));
    }

    [Fact]
    public async Task A_workbook_holds_words_as_text_and_figures_as_figures()
    {
        await using var box = await AccountBox.OpenAsync();
        var agent = await box.Roster.CreateAsync(box.Administrator, new AgentForm { Name = "cmd", DisplayName = "=1+1", Password = AccountBox.Password });
        _ = await box.Portal.Get<PackageDesk>().GrantClicksAsync(box.Company.Id, 1_000, "");
        await AnswerAsync(box, box.Company.Id, agent.Value, 501);
        using var browser = await box.BrowserOfAsync("linxiao");

        using var stream = new MemoryStream(await browser.Client.GetByteArrayAsync(LedgerEndpoints.Path + "?format=xlsx"));
        var rows = (await stream.QueryAsync(useHeaderRow: true)).Cast<IDictionary<string, object>>().ToList();

        Assert.Equal(["编号", "时间 (Asia/Shanghai)", "类别", "方式", "客服", "对话", "套餐", "变化", "席位", "余额", "余额单位", "包月开始", "包月结束", "订单", "备注"], rows[0].Keys);
        Assert.Equal([1d, 2d, 3d], rows.Select(row => row["编号"]));
        Assert.Equal([0d, 1000d, 0d], rows.Select(row => row["变化"]));
        Assert.Equal("=1+1", rows[2]["客服"]);
        await using var zip = new ZipArchive(stream);
        using var sheet = new StreamReader(await zip.Entries.Single(entry => entry.FullName.Contains("worksheets/sheet", StringComparison.Ordinal)).OpenAsync());
        Assert.DoesNotContain("<x:f>", await sheet.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_filter_of_the_page_is_the_filter_of_the_file_and_the_headings_speak_the_readers_language()
    {
        await using var box = await AccountBox.OpenAsync();
        await AnswerAsync(box, box.Company.Id, box.Administrator.AgentId, 501);
        using var browser = await box.BrowserOfAsync("linxiao");
        browser.Client.DefaultRequestHeaders.AcceptLanguage.Clear();
        browser.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var text = await browser.Client.GetStringAsync(Csv + "&kind=answer");
        var lines = text.TrimStart('\uFEFF').TrimEnd().Split("\r\n");
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("No.,\"Time (Asia/Shanghai)\",Kind", lines[0], StringComparison.Ordinal);
        Assert.Contains("Answer,\"Visitor asked\"", lines[1], StringComparison.Ordinal);
        Assert.Single((await browser.Client.GetStringAsync(Csv + "&from=2030-01-01")).TrimEnd().Split("\r\n"));
    }

    [Fact]
    public async Task Only_administrators_get_it_and_only_their_own_companys()
    {
        await using var box = await AccountBox.OpenAsync();
        var (other, theirs) = await box.AnotherCompanyAsync();
        await AnswerAsync(box, other.Id, theirs.AgentId, 601);
        _ = await box.AgentAsync("zhaomin");

        using var stranger = box.Portal.Browser();
        Assert.Equal("/sign-in", (await stranger.GetAsync(Csv)).Location!.Split('?')[0]);
        using var agent = await box.BrowserOfAsync("zhaomin");
        Assert.Equal("/not-allowed", (await agent.GetAsync(Csv)).Location!.Split('?')[0]);
        using var owner = await box.BrowserOfAsync("linxiao");
        var own = await owner.Client.GetStringAsync(Csv + "&agent=" + theirs.AgentId);
        Assert.Single(own.TrimEnd().Split("\r\n"));
        Assert.DoesNotMatch(@"\b601\b", await owner.Client.GetStringAsync(Csv));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?format=html")]
    [InlineData("?format=0")]
    [InlineData("?format=csv&kind=everything")]
    [InlineData("?format=csv&agent=0x7")]
    [InlineData("?format=csv&from=2026-13-01")]
    public async Task What_means_nothing_is_refused(string query)
    {
        await using var box = await AccountBox.OpenAsync();
        using var browser = await box.BrowserOfAsync("linxiao");
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync(LedgerEndpoints.Path + query)).Status);
    }

    [Fact]
    public async Task The_page_that_offers_a_file_sees_it_grow_and_can_give_it_up()
    {
        await using var box = await AccountBox.OpenAsync();
        await AnswerAsync(box, box.Company.Id, box.Administrator.AgentId, 501);
        using var browser = await box.BrowserOfAsync("linxiao");
        var exports = box.Portal.Get<FileExports>();

        using var seen = exports.Offer(box.Company.Id);
        var states = new List<FileExportState>();
        seen.Changed += () => states.Add(seen.State);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"{Csv}&ticket={seen.Ticket}")).Status);
        Assert.Equal([FileExportState.Running, FileExportState.Done], states);
        Assert.Equal((2L, 2L), (seen.Written, seen.Total));

        using var givenUp = exports.Offer(box.Company.Id);
        givenUp.Changed += () =>
        {
            if (givenUp.State == FileExportState.Running) givenUp.Cancel();
        };
        Assert.Equal(HttpStatusCode.NoContent, (await browser.GetAsync($"{Csv}&ticket={givenUp.Ticket}")).Status);
        Assert.Equal(FileExportState.Cancelled, givenUp.State);

        using var foreign = exports.Offer(new CompanyId(1));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"{Csv}&ticket={foreign.Ticket}")).Status);
        Assert.Equal(FileExportState.Offered, foreign.State);
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "live800-ledger-*"));
    }

    [Fact]
    public async Task A_ledger_of_five_thousand_lines_is_whole_in_both_files_and_says_how_far_it_is()
    {
        await using var box = await AccountBox.OpenAsync();
        await AnswerManyAsync(box, 4_999);
        using var browser = await box.BrowserOfAsync("linxiao");
        var exports = box.Portal.Get<FileExports>();
        using var seen = exports.Offer(box.Company.Id);
        var written = new List<long>();
        seen.Changed += () => written.Add(seen.Written);

        var lines = (await browser.Client.GetStringAsync($"{Csv}&ticket={seen.Ticket}")).TrimEnd().Split("\r\n");

        Assert.Equal(5_001, lines.Length);
        Assert.Equal(Enumerable.Range(1, 5_000), lines.Skip(1).Select(line => int.Parse(line.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal([0, 500, 1_000, 1_500, 2_000, 2_500, 3_000, 3_500, 4_000, 4_500, 5_000, 5_000], written);
        using var stream = new MemoryStream(await browser.Client.GetByteArrayAsync(LedgerEndpoints.Path + "?format=xlsx"));
        Assert.Equal(5_000, (await stream.QueryAsync(useHeaderRow: true)).Count());
        var sheet = await box.Portal.Get<LedgerQueries>().PageAsync(box.Company.Id, box.Administrator.AgentId, new LedgerFilter(), below: 51);
        Assert.Equal((5_000L, 50, 1L), (sheet.Total, sheet.Rows.Count, sheet.Rows[^1].Line.Number));
    }

    /// <summary>Answers taken by the account's own verb, in one write.</summary>
    private static Task AnswerManyAsync(AccountBox box, int answers) => box.Writes.RunAsync(async (write, token) =>
    {
        var (account, rules, seal) = (
            await write.PackageAccounts.AsSplitQuery().SingleAsync(row => row.CompanyId == box.Company.Id, token),
            new Live800.Domain.Packages.PackageRules(box.Portal.Get<StoreBoard>().Figures, box.Company.Zones),
            box.Portal.Get<Live800.Domain.Packages.LedgerSeal>());
        for (var i = 1; i <= answers; i++)
        {
            write.Add(account.TryAnswer(Live800.Domain.Packages.AnswerWay.VisitorAsks, box.Administrator.AgentId, new ConversationId(i), box.Portal.Now, rules, seal).Value);
        }
    });

    private static Task<Outcome<Live800.Domain.Packages.LedgerLine>> AnswerAsync(AccountBox box, CompanyId company, AgentId agent, long conversation) =>
        box.Writes.RunAsync((write, token) =>
            box.Portal.Get<PackageDesk>().TakeAnswerAsync(write, company, Live800.Domain.Packages.AnswerWay.VisitorAsks, agent, new ConversationId(conversation), box.Portal.Now, token));
}
