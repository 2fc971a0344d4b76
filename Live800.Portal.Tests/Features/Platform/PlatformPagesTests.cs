using System.Net;
using Bunit;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Platform;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Platform;

public sealed class PlatformPagesTests : ComponentTest
{
    [Fact]
    public async Task Every_page_of_the_platform_is_the_operators_alone()
    {
        await using var box = await AccountBox.OpenAsync("Development");
        _ = await box.AgentAsync("zhoumin", administrator: true);
        using var nobody = box.Portal.Browser();
        using var administrator = await box.BrowserOfAsync("zhoumin");
        using var owner = await box.BrowserOfAsync("linxiao");
        foreach (var path in new[] { "/platform", "/platform/status", "/platform/companies", "/platform/orders", "/platform/catalogue", "/platform/registration", "/platform/mail", "/platform/backups", "/platform/audit", "/platform/clock", "/platform/jobs" })
        {
            Assert.StartsWith("/sign-in", (await nobody.GetAsync(path)).Location, StringComparison.Ordinal);
            Assert.StartsWith("/not-allowed", (await administrator.GetAsync(path)).Location, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync(path)).Status);
        }
    }

    [Fact]
    public async Task The_audit_log_is_searched_by_what_and_who_and_read_in_pages()
    {
        await using var box = await AccountBox.OpenAsync();
        var (platform, store, board, audit) = (box.Portal.Get<PlatformDesk>(), box.Portal.Get<StoreDesk>(), box.Portal.Get<StoreBoard>(), box.Portal.Get<AuditQueries>());
        for (var i = 0; i < 6; i++) _ = await platform.OpenRegistrationAsync(box.Administrator, open: i % 2 == 0);
        _ = await store.SellAsync(box.Administrator, "青木客服", "Bank 50%", board.Terms);
        Assert.Equal(8, (await audit.SearchAsync(null, " ", 0, 3)).Found);
        Assert.Equal(3, (await audit.SearchAsync(AuditAction.RegistrationOpened, null, 0, 50)).Found);
        foreach (var (words, found) in new[] { ("LINXIAO", 8), ("青木", 1), ("50%", 1), ("%", 1), ("_", 0), ("nobody", 0) }) Assert.Equal(found, (await audit.SearchAsync(null, words, 0, 50)).Found);

        var pages = new List<long>();
        for (var skip = 0; skip < 9; skip += 3) pages.AddRange((await audit.SearchAsync(null, null, skip, 3)).Lines.Select(line => line.Id));
        Assert.Equal(8, pages.Distinct().Count());
        Assert.Equal(pages.OrderDescending(), pages);
        Assert.Empty((await audit.SearchAsync(null, null, int.MaxValue, 3)).Lines);
        Assert.Equal(3, (await audit.SearchAsync(null, null, -5, 3)).Lines.Count);
    }

    [Fact]
    public async Task A_line_of_the_audit_log_says_what_was_there_before_and_after()
    {
        await using var box = await AccountBox.OpenAsync();
        var board = box.Portal.Get<StoreBoard>();
        _ = await box.Portal.Get<StoreDesk>().ChooseCatalogAsync(box.Administrator, board.Terms.Catalog with { SeatMonth = null, Packs = [new(100, 120_00), .. board.Terms.Catalog.Packs.Skip(2)] }, board.Terms);
        _ = Page.Services.AddSingleton<TimeProvider>(box.Machine);
        var line = (await box.Portal.Get<PlatformDesk>().ReadAsync()).Audit[0];
        var table = Page.Render<AuditTable>(at => at.Add(table => table.Lines, [line]));
        var row = Read(table.Find("tbody tr").TextContent);
        Assert.Contains("修改出售与价格每席位每月价格 ¥98 → —100 点击的价格 ¥100 → ¥120500 点击的价格 ¥450 → —", row, StringComparison.Ordinal);
        Speak("en");
        Assert.Contains("price of 100 clicks ¥100 → ¥120", Read(Page.Render<AuditTable>(at => at.Add(table => table.Lines, [line])).Find("tbody tr").TextContent), StringComparison.Ordinal);
        Speak("zh-CN");
        Assert.Contains("还没有操作记录", Page.Render<AuditTable>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_shown_once_listed_with_its_state_and_withdrawn()
    {
        await using var box = await AccountBox.OpenAsync();
        var desk = box.Portal.Get<RegistrationDesk>();
        _ = Page.Services.AddSingleton<TimeProvider>(box.Machine).AddSingleton(desk).AddSingleton(box.Portal.Get<Live800.Portal.Data.PublicAddress>());
        var form = Page.Render<RegistrationLinkForm>(at => at.Add(form => form.Current, box.Administrator));
        await form.InvokeAsync(() => form.Find("#link-note").ChangeAsync(new() { Value = new string('长', 121) }));
        await form.InvokeAsync(() => form.Find("form").SubmitAsync());
        Assert.Contains("最多 120 个字", form.Find(".wrong").TextContent, StringComparison.Ordinal);
        Assert.Equal(121, form.Find("#link-note").GetAttribute("value")!.Length);
        await form.InvokeAsync(() => form.Find("#link-note").ChangeAsync(new() { Value = "<b>蓝天</b>" }));
        await form.InvokeAsync(() => form.Find("form").SubmitAsync());
        Assert.Contains("/register?link=", form.Find("#registration-link").GetAttribute("value"), StringComparison.Ordinal);

        var table = Page.Render<RegistrationLinkTable>(at => at.Add(table => table.Current, box.Administrator).Add(table => table.Lines, []));
        Assert.Contains("还没有注册链接", table.Markup, StringComparison.Ordinal);
        var made = await desk.ReadAsync(0, 10);
        table = Page.Render<RegistrationLinkTable>(at => at.Add(table => table.Current, box.Administrator).Add(table => table.Lines, made.Lines));
        Assert.Contains("<b>蓝天</b> 可用，至", Read(table.Find("tbody tr").TextContent), StringComparison.Ordinal);
        await table.InvokeAsync(() => table.Find("tbody button").ClickAsync(new()));
        Assert.Equal(RegistrationLinkState.Withdrawn, Assert.Single((await desk.ReadAsync(0, 10)).Lines).State);
    }
}
