using System.Text;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Features.Agents;
using Live800.Portal.Features.Platform;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Guest = Live800.Portal.Features.Agents.Guest;

namespace Live800.Portal.Tests.Features.Agents;

/// <summary>Agents from a file (rule 1): files that are none first, then what becomes of every row.</summary>
public sealed class ImportTests : IAsyncLifetime
{
    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    private AccountBox _box = null!;

    private ImportDesk Desk => _box.Portal.Get<ImportDesk>();

    public async Task InitializeAsync() => _box = await AccountBox.OpenAsync(with: Letters.StandStill);

    public async Task DisposeAsync()
    {
        await _box.DisposeAsync();
        Assert.DoesNotContain(_box.Portal.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", ImportFault.Empty)]
    [InlineData(" \r\n,,\r\n", ImportFault.Empty)]
    [InlineData("客服ID,名称", ImportFault.OnlyHeader)]
    [InlineData("客服ID,名称\r\n\r\n,\r\n", ImportFault.OnlyHeader)]
    [InlineData("one,two\r\n1,2", ImportFault.NoColumns)]
    [InlineData("名称,Name\r\n1,2", ImportFault.ColumnTwice)]
    [InlineData("客服ID,名称\r\nchenzy,\"陈志远\r\nlina,李娜", ImportFault.QuoteOpen)]
    [InlineData("客服ID,名称\r\nchen\0zy,陈志远", ImportFault.NotText)]
    public async Task A_file_that_is_no_table_of_agents_says_what_it_is(string text, ImportFault fault)
    {
        var sheet = await SheetAsync(Encoding.UTF8.GetBytes(text));
        Assert.Equal(fault, sheet.Fault);
        Assert.Empty(sheet.Rows);
    }

    [Fact]
    public async Task A_hundred_thousand_rows_are_refused_with_their_number_and_not_kept()
    {
        var text = new StringBuilder("客服ID,名称\n");
        for (var i = 0; i < 100_000; i++) _ = text.Append("agent").Append(i).Append(",客服").Append(i).Append('\n');
        var upload = await UploadAsync(Encoding.UTF8.GetBytes(text.ToString()));
        Assert.Null(upload.Content);
        Assert.Equal((ImportFault.TooManyRows, 100_000L), (ImportSheet.Of(ImportFile.Read(upload)).Fault, ImportSheet.Of(ImportFile.Read(upload)).Count));

        // Fewer bytes than the limit, more rows than the limit; and the other way round.
        var small = await SheetAsync(Encoding.UTF8.GetBytes("ID\n" + string.Concat(Enumerable.Range(0, 501).Select(i => $"a{i}\n"))));
        Assert.Equal((ImportFault.TooManyRows, 501L), (small.Fault, small.Count));
        Assert.Equal(500, (await SheetAsync(Encoding.UTF8.GetBytes("ID\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"a{i}\n"))))).Rows.Count);
        Assert.Equal(ImportFault.TooLarge, (await SheetAsync(Encoding.UTF8.GetBytes("ID\n" + new string('a', ImportUpload.Limit)))).Fault);
        Assert.Equal(ImportFault.NoColumns, (await SheetAsync(Encoding.UTF8.GetBytes(new string('a', 1_000_000) + "\n1"))).Fault);
    }

    [Theory]
    [InlineData("utf-8", ImportEncoding.Utf8, ',')]
    [InlineData("utf-8-bom", ImportEncoding.Utf8, ';')]
    [InlineData("gbk", ImportEncoding.Gbk, ',')]
    [InlineData("utf-16", ImportEncoding.Utf16, '\t')]
    [InlineData("utf-16-be", ImportEncoding.Utf16, ',')]
    public async Task The_encoding_and_the_separator_are_found_out(string encoding, ImportEncoding found, char separator)
    {
        var text = "名称,客服ID,English Name,职务\r\n\"陈志远, \"\"老陈\"\"\",ChenZY,Steven,\"售前\r\n顾问\"\r\n李娜,lina,,\r\n".Replace("名称,客服ID,English Name,职务", string.Join(separator, "名称", "客服ID", "English Name", "职务"), StringComparison.Ordinal)
            .Replace("\",ChenZY,Steven,\"", $"\"{separator}ChenZY{separator}Steven{separator}\"", StringComparison.Ordinal).Replace("李娜,lina,,", $"李娜{separator}lina{separator}{separator}", StringComparison.Ordinal);
        var bytes = encoding switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(text),
            "utf-8-bom" => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)],
            "gbk" => Gbk.GetBytes(text),
            "utf-16" => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)],
            _ => [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(text)],
        };
        var sheet = await SheetAsync(bytes);
        Assert.Equal((ImportFault.None, found), (sheet.Fault, sheet.Encoding));
        Assert.Equal([("chenzy", "陈志远, \"老陈\"", "Steven", 2), ("lina", "李娜", "", 4)], sheet.Rows.Select(row => (row.AgentName, row.DisplayName, row.NameEn, row.Line)));
    }

    [Fact]
    public async Task A_chosen_encoding_is_taken_at_its_word()
    {
        var upload = await UploadAsync(Gbk.GetBytes("客服ID,名称\nchenzy,陈志远"));
        Assert.Equal(ImportFault.NotText, ImportFile.Read(upload, ImportEncoding.Utf8).Fault);
        Assert.Equal(ImportFault.None, ImportFile.Read(upload, ImportEncoding.Gbk).Fault);
        Assert.Equal(ImportFault.NotText, ImportFile.Read(await UploadAsync([0xFF, 0xFF, 0x00, 0x81, 0xFF]), null).Fault);
    }

    [Fact]
    public async Task Every_row_is_told_what_will_become_of_it_and_nothing_is_done_yet()
    {
        _ = await _box.AgentAsync("chenzy");
        _ = await _box.Portal.Get<InviteDesk>().InviteAsync(_box.Administrator, [new Guest("", "invited@example.com")], AgentRole.Agent);
        var plan = await PlanAsync(
            "客服ID,名称,邮箱,权限,星座",
            "lina,李娜,li@example.com,管理员,天秤",
            "LINA,李娜二,,,",
            "CHENZY,陈志远,,,",
            "with space,某人,,,",
            "=cmd|' /C calc'!A0,计算器,,,",
            "formula,=cmd|' /C calc'!A0,,,",
            "zhao,赵敏,not an address,,",
            "qian,钱多,LINXIAO@example.com,,",
            "sun,孙小,li@example.com,,",
            "zhou,周一,,老板,",
            ",吴二,wu@example.com,,",
            ",,invited@example.com,,",
            ",郑三,,,");
        Assert.Equal(
            [
                (ImportVerdict.Create, ImportReason.None, Refusal.None),
                (ImportVerdict.Skip, ImportReason.TwiceInFile, Refusal.None),
                (ImportVerdict.Skip, ImportReason.Exists, Refusal.None),
                (ImportVerdict.Skip, ImportReason.Refused, Refusal.AgentNameInvalid),
                (ImportVerdict.Skip, ImportReason.Refused, Refusal.AgentNameInvalid),
                (ImportVerdict.Create, ImportReason.None, Refusal.None),
                (ImportVerdict.Skip, ImportReason.Refused, Refusal.EmailInvalid),
                (ImportVerdict.Skip, ImportReason.EmailExists, Refusal.None),
                (ImportVerdict.Skip, ImportReason.TwiceInFile, Refusal.None),
                (ImportVerdict.Skip, ImportReason.RoleUnknown, Refusal.None),
                (ImportVerdict.Invite, ImportReason.None, Refusal.None),
                (ImportVerdict.Skip, ImportReason.Invited, Refusal.None),
                (ImportVerdict.Invite, ImportReason.None, Refusal.None),
            ],
            plan.Select(row => (row.Verdict, row.Reason, row.Refusal)));
        Assert.Equal(2, (await _box.Roster.TableAsync(_box.Company.Id)).Agents.Count);
    }

    [Fact]
    public async Task Rows_without_room_are_left_out_the_first_ones_fit()
    {
        var plan = await PlanAsync(["ID,Name", .. Enumerable.Range(0, 12).Select(i => $"agent{i},Agent {i}")]);
        Assert.Equal(9, plan.Count(row => !row.IsSkipped));
        Assert.All(plan.Skip(9), row => Assert.Equal(ImportReason.NoRoom, row.Reason));
        var done = await RunAsync(plan);
        Assert.Equal(9, done.Count(row => row.Link.Length > 0));
        Assert.Equal(10, (await _box.Roster.TableAsync(_box.Company.Id)).Agents.Count);
    }

    [Fact]
    public async Task Imported_agents_set_their_password_by_link_and_the_same_file_again_changes_nothing()
    {
        string[] file = ["客服ID,名称,英文名,职务,英文职务,邮箱", "chenzy,=1+1,Steven,售前顾问,Presales,chen@example.com", ",李娜,,,,li@example.com"];
        var done = await RunAsync(await PlanAsync(file));
        Assert.All(done, row => Assert.StartsWith("http", row.Link, StringComparison.Ordinal));
        var agent = (await _box.Roster.TableAsync(_box.Company.Id)).Agents.Single(one => one.Name == "chenzy");
        Assert.False(agent.HasPassword);
        Assert.Equal(new AgentFace("=1+1", "Steven", "售前顾问", "Presales", ""), (await _box.ReadAgentAsync(agent.Id)).Face);
        Assert.All(await PlanAsync(file), row => Assert.True(row.IsSkipped));
        Assert.Equal([ImportReason.EmailExists, ImportReason.Invited], (await RunAsync([.. done.Select(row => row with { Link = "" })])).Select(row => row.Reason == ImportReason.Exists ? ImportReason.EmailExists : row.Reason));

        using var browser = _box.Portal.Browser();
        var path = new Uri(done[0].Link).PathAndQuery;
        Assert.Contains($"公司ID {_box.Company.Code}，客服ID chenzy", (await browser.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.Equal("/", (await browser.SendAsync(path, "join", ("Form.Password", AccountBox.Password))).Location);
        using var signedIn = await _box.BrowserOfAsync("chenzy");
        Assert.Equal(JoinState.Used, (await _box.Portal.Get<JoinDesk>().LookAsync(path[6..])).State);
        await using var context = _box.Portal.Read();
        Assert.Equal(_box.Company.Code + " · 2", (await context.Set<AuditEntry>().SingleAsync(entry => entry.Action == AuditAction.AgentsImported)).Detail);
    }

    [Fact]
    public async Task A_link_of_an_imported_agent_is_over_when_he_got_his_password_otherwise_or_was_closed()
    {
        var done = await RunAsync(await PlanAsync("ID", "chenzy", "lina"));
        Assert.Equal(2, (await _box.Portal.Get<InviteDesk>().ReadAsync(_box.Company.Id)).Lines.Count);
        var agents = (await _box.Roster.TableAsync(_box.Company.Id)).Agents;
        var reset = new Uri((await _box.Roster.MakeLinkAsync(_box.Administrator, agents.Single(agent => agent.Name == "chenzy").Id)).Value);
        using var browser = _box.Portal.Browser();
        Assert.True((await browser.SendAsync(reset.PathAndQuery, "reset", ("Password", AccountBox.Password))).IsRedirect);
        _ = await _box.Roster.DisableAsync(_box.Administrator, agents.Single(agent => agent.Name == "lina").Id);
        Assert.Equal([JoinState.Used, JoinState.Withdrawn], await Task.WhenAll(done.Select(async row => (await _box.Portal.Get<JoinDesk>().LookAsync(row.Link[(row.Link.LastIndexOf('/') + 1)..])).State)));
        Assert.Empty((await _box.Portal.Get<InviteDesk>().ReadAsync(_box.Company.Id)).Lines);
    }

    [Fact]
    public async Task An_import_that_is_cut_off_keeps_what_is_done_and_whoever_lost_his_rights_imports_nothing_more()
    {
        var plan = await PlanAsync("ID", "agent1", "agent2", "agent3");
        using var cut = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var row in Desk.RunAsync(_box.Administrator, plan, cut.Token)) await cut.CancelAsync();
        });
        Assert.Equal(["agent1", "linxiao"], (await _box.Roster.TableAsync(_box.Company.Id)).Agents.Select(agent => agent.Name));
        var (_, foreign) = await _box.AnotherCompanyAsync();
        var forged = new List<ImportRow>();
        await foreach (var row in Desk.RunAsync(foreign with { CompanyId = _box.Company.Id }, plan)) forged.Add(row);
        Assert.All(forged, row => Assert.Equal(Refusal.NotAllowed, row.Refusal));
        Assert.Equal([true, false, false], (await PlanAsync("ID", "agent1", "agent2", "agent3")).Select(row => row.IsSkipped));
    }

    [Fact]
    public async Task The_links_are_downloaded_once_by_whoever_made_them_with_formulas_as_words()
    {
        _ = await _box.AgentAsync("zhoumin", administrator: true);
        var ticket = _box.Portal.Get<ImportLinks>().Keep(_box.Administrator, await RunAsync(await PlanAsync("ID,Name,Email", "chenzy,=1+1,", "@x,bad,")));
        using var other = await _box.BrowserOfAsync("zhoumin");
        using var browser = await _box.BrowserOfAsync("linxiao");
        var path = "/company/agents/import/links?ticket=" + ticket;
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await other.GetAsync(path)).Status);
        var file = await browser.GetAsync(path);
        Assert.Contains("/join/", file.Html, StringComparison.Ordinal);
        Assert.Contains("'=1+1", file.Html, StringComparison.Ordinal);
        Assert.Contains("'@x", file.Html, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await browser.GetAsync(path)).Status);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await browser.GetAsync("/company/agents/import/links")).Status);

        var template = await browser.GetAsync("/company/agents/import/template");
        Assert.Equal(ImportFault.OnlyHeader, (await SheetAsync(Encoding.UTF8.GetBytes(template.Html))).Fault);
        Assert.Equal(ImportFault.OnlyHeader, (await SheetAsync(Encoding.UTF8.GetBytes(string.Join(',', ImportSheet.Template(true))))).Fault);
        using var agent = _box.Portal.Browser();
        Assert.True((await agent.GetAsync(path)).IsRedirect);
    }

    private static async Task<ImportUpload> UploadAsync(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return await ImportUpload.ReadAsync(stream);
    }

    private static async Task<ImportSheet> SheetAsync(byte[] bytes) => ImportSheet.Of(ImportFile.Read(await UploadAsync(bytes)));

    private async Task<IReadOnlyList<ImportRow>> PlanAsync(params string[] lines) => await Desk.PlanAsync(_box.Company.Id, await SheetAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", lines))));

    private async Task<List<ImportRow>> RunAsync(IReadOnlyList<ImportRow> plan)
    {
        var done = new List<ImportRow>();
        await foreach (var row in Desk.RunAsync(_box.Administrator, plan)) done.Add(row);
        return done;
    }
}
