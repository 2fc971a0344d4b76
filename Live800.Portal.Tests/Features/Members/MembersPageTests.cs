using Bunit;
using Live800.Domain.Members;
using Live800.Portal.Features.Members;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Widget;
using Live800.Portal.Features.Workspace;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Members;

/// <summary>The page as an administrator sees it, over the real desk and files.</summary>
public sealed class MembersPageTests : AdministratorPageTest<MembersPage>
{
    protected override void ShareMore()
    {
        Share<MemberDesk>();
        Share<MemberQueries>();
        Share<MemberTokens>();
        Share<SiteDirectory>();
        Share<CompanyProfiles>();
        Share<PackageDesk>();
    }

    [Fact]
    public async Task Members_only_needs_a_key_first_and_a_secret_is_shown_once_and_never_in_the_log()
    {
        var page = Open();
        page.WaitForElement("input[name=member-way]");
        await page.InvokeAsync(() => page.FindAll("input[name=member-way]")[2].ChangeAsync(new ChangeEventArgs { Value = "on" }));
        Assert.Contains("至少要有一把有效的密钥", page.Markup, StringComparison.Ordinal);
        Assert.True(page.FindAll("input[name=member-way]")[0].HasAttribute("checked"));

        await PressAsync(page, "生成密钥");
        var secret = page.WaitForElement("#new-key").TextContent;
        Assert.Equal(43, secret.Length);
        Assert.Contains("'kid' => 'k1'", page.Find("#example").TextContent, StringComparison.Ordinal);
        await PressAsync(page, "已保存，收起");
        page.WaitForAssertion(() => Assert.DoesNotContain(secret, page.Markup, StringComparison.Ordinal));

        await page.InvokeAsync(() => page.FindAll("input[name=member-way]")[2].ChangeAsync(new ChangeEventArgs { Value = "on" }));
        page.WaitForAssertion(() => Assert.True(page.FindAll("input[name=member-way]")[2].HasAttribute("checked")));
        // The last key cannot go while only members may chat.
        await PressAsync(page, "停用");
        await page.InvokeAsync(() => page.Find("tr.sure button.danger").ClickAsync(new()));
        Assert.Contains("至少要有一把有效的密钥", page.Markup, StringComparison.Ordinal);

        await using var context = Box.Portal.Read();
        var entries = await context.Set<AuditEntry>().Where(entry => entry.Action == AuditAction.MembersChosen || entry.Action == AuditAction.MemberKeyMade).ToListAsync();
        Assert.Equal(2, entries.Count);
        Assert.DoesNotContain(entries, entry => $"{entry.Detail} {entry.ChangesText}".Contains(secret, StringComparison.Ordinal));
        Assert.Equal(MemberWay.Required, (await context.Companies.SingleAsync(company => company.Id == Box.Administrator.CompanyId)).Settings.Members);
    }

    [Fact]
    public async Task A_token_is_read_without_being_used_up_and_what_is_wrong_with_it_is_said()
    {
        var secret = (await Box.Portal.Get<MemberDesk>().MakeKeyAsync(Box.Administrator)).Value.Secret;
        var site = new SignedToken(secret, Box.Administrator.CompanyCode, Box.Portal.Now);
        var page = Open();
        page.WaitForElement("textarea");
        await TryAsync("hello");
        Assert.Contains("不是签名令牌", page.Find(".bad").TextContent, StringComparison.Ordinal);
        await TryAsync((site with { Company = "elsewhere" }).For("7"));
        Assert.Contains("令牌属于别的公司", page.Find(".bad").TextContent, StringComparison.Ordinal);
        await TryAsync(site.For("7", ("exp", Box.Portal.Now.AddMinutes(-5).ToUnixTimeSeconds())));
        Assert.Contains("已过期", page.Find(".bad").TextContent, StringComparison.Ordinal);
        var good = site.For("10086", ("name", "<b>王芳"));
        for (var i = 0; i < 2; i++)
        {
            await TryAsync(good);
            Assert.Contains("有效，由 k1 签名", page.Find(".good").TextContent, StringComparison.Ordinal);
            Assert.Equal(["10086", "<b>王芳"], page.FindAll(".good dd").Take(2).Select(value => value.TextContent));
        }

        async Task TryAsync(string token)
        {
            await page.InvokeAsync(() => page.Find("textarea").ChangeAsync(new ChangeEventArgs { Value = token }));
            await page.InvokeAsync(() => page.Find("textarea").Closest("form")!.SubmitAsync());
            page.WaitForElement("[role=status].good, [role=status].bad");
        }
    }
}
