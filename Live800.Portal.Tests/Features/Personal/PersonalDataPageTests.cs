using AngleSharp.Dom;
using Bunit;
using Live800.Domain.Messages;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Features.Messages;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Personal;
using Live800.Portal.Features.Workspace;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Personal;

/// <summary>The page as an administrator sees it, over the real desks and files.</summary>
public sealed class PersonalDataPageTests : AdministratorPageTest<PersonalDataPage>
{
    protected override void ShareMore()
    {
        Share<PersonalQueries>();
        Share<PersonalDesk>();
        Share<RetentionDesk>();
        Share<CompanyProfiles>();
        Share<PackageDesk>();
    }

    [Fact]
    public async Task A_visitor_is_found_shown_and_erased_by_his_number_and_the_report_says_what_went()
    {
        var visitor = new VisitorId(IdSource.Next(Box.Portal.Now));
        var number = Visitor.NumberOf(visitor);
        Assert.False((await Box.Portal.Get<OfflineInbox>().ReceiveAsync(Box.Company.Id, visitor, Guid.NewGuid(), "王芳", "wang@shop.example", "请回复")).IsRefused);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"company/personal-data?visitor={visitor}");
        var page = Open();
        await SearchAsync(page, "王芳");
        page.WaitForAssertion(() => Assert.Equal("#" + number, page.Find(".found tbody th").TextContent));
        Assert.Equal($"company/personal-data?visitor={visitor}", page.Find(".found a").GetAttribute("href"));
        Assert.Contains($"访客 #{number} 的数据", page.Find("#sheet-title").TextContent, StringComparison.Ordinal);
        Assert.Equal("1", Row(page.Find(".kinds"), "留言和回复"));

        await EraseAsync(page, "1");
        page.WaitForAssertion(() => Assert.Contains("编号不对，什么都没有删除", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        await EraseAsync(page, number);
        // Some thirty statements are prepared for the first time.
        page.WaitForAssertion(() => Assert.Contains($"已删除访客 #{number} 的个人数据", page.Find(".report").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        Assert.Contains("留言和回复 1", page.Find(".report").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".kinds"));
        Assert.Empty(page.FindAll(".found"));
        Assert.Contains("#" + number, page.Find(".past tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Months_show_what_would_go_before_they_are_saved()
    {
        var old = OfflineMessage.Leave(new OfflineMessageId(IdSource.Next(Box.Portal.Now)), Box.Company.Id, null, Guid.NewGuid(), "王芳", "", "请回复", Box.Portal.Now.AddDays(-70)).Value;
        await Box.Writes.RunAsync((context, token) => context.AddAsync(old, token).AsTask());
        var page = Open();
        var save = () => page.FindAll("button").First(button => button.TextContent == "保存期限");
        Assert.True(save().HasAttribute("disabled"));
        await KeepAsync(page, "2");
        page.WaitForAssertion(() => Assert.Contains("现在会删除：1（2025-12-22 至 2025-12-22）", page.Find("#gone-OfflineMessages").TextContent, StringComparison.Ordinal));
        await KeepAsync(page, "0");
        await SaveAsync(page);
        page.WaitForAssertion(() => Assert.Contains("1 到 120", page.Find(".keep [role=alert]").TextContent, StringComparison.Ordinal));
        await KeepAsync(page, "2");
        await SaveAsync(page);
        page.WaitForAssertion(() => Assert.Contains("已保存", page.Find(".keep [role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(2, (await Box.Portal.Get<RetentionDesk>().ReadAsync(Box.Company.Id)).Months.OfflineMessages);
    }

    private static async Task SearchAsync(IRenderedComponent<CascadingValue<Task<AuthenticationState>>> page, string words)
    {
        await page.InvokeAsync(() => page.Find("form.search input").Change(words));
        await page.InvokeAsync(() => page.Find("form.search").Submit());
    }

    private static async Task EraseAsync(IRenderedComponent<CascadingValue<Task<AuthenticationState>>> page, string typed)
    {
        await page.InvokeAsync(() => page.Find("form.erase input").Input(typed));
        await page.InvokeAsync(() => page.Find("form.erase").Submit());
    }

    private static Task KeepAsync(IRenderedComponent<CascadingValue<Task<AuthenticationState>>> page, string months) => page.InvokeAsync(() => page.Find("#keep-OfflineMessages").Change(months));

    private static Task SaveAsync(IRenderedComponent<CascadingValue<Task<AuthenticationState>>> page) => page.InvokeAsync(() => page.Find(".keep form").Submit());

    private static string Row(IElement table, string name) => table.QuerySelectorAll("tbody tr").First(row => row.QuerySelector("th")!.TextContent == name).QuerySelector("td.num")!.TextContent;
}
