using Bunit;
using Live800.Domain.Companies;
using Live800.Portal.Components.Shared;
using Live800.Portal.Features.Audit;
using Live800.Portal.Features.Groups;
using Live800.Portal.Features.Sites;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Audit;

/// <summary>The page as an administrator sees it, over the real log.</summary>
public sealed class CompanyAuditPageTests : AdministratorPageTest<CompanyAuditPage>
{
    protected override void ShareMore()
    {
        Share<CompanyAudit>();
        Share<FileExports>();
    }

    [Fact]
    public async Task Entries_are_sentences_with_before_and_after_and_the_filter_stands_in_the_address()
    {
        Assert.False((await Box.Portal.Get<SiteDesk>().AllowAsync(Box.Administrator, "shop.example")).IsRefused);
        Assert.False((await Box.Portal.Get<GroupDesk>().RouteAsync(Box.Administrator with { Address = "203.0.113.9" }, RoutingWay.InTurn)).IsRefused);
        var page = Open();
        var rows = page.FindAll("tbody tr");
        Assert.Contains("修改全公司的分配方式", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("分配方式 客服自己接 → 轮流", string.Join(' ', rows[0].QuerySelector(".change")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("接 轮", "接 → 轮", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("203.0.113.9", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("允许网站：shop.example", rows[1].QuerySelector(".what")!.TextContent);

        await NarrowAsync(page, "SiteAllowed");
        Assert.EndsWith("company/audit?act=SiteAllowed", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    private static Task NarrowAsync(IRenderedComponent<CascadingValue<Task<AuthenticationState>>> page, string act) => page.InvokeAsync(() => page.FindAll("select")[1].Change(act));
}
