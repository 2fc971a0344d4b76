using Bunit;
using Live800.Portal.Features.Agents;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Packages;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Companies;

/// <summary>The page as an administrator sees it, over the real roster and files.</summary>
public sealed class AgentsPageTests : AdministratorPageTest<AgentsPage>
{
    protected override void ShareMore()
    {
        Share<AgentRoster>();
        Share<StoreBoard>();
        Share<InviteDesk>();
        Share<OnlineTimes>();
        Share<SessionDesk>();
    }

    [Fact]
    public async Task Inviting_shows_the_links_once_and_the_invitations_can_be_withdrawn_and_sent_again()
    {
        var page = Open();
        page.WaitForElement("table.agents");
        await PressAsync(page, "邀请");
        await page.InvokeAsync(() => page.Find("#invite-guests").Change("陈志远\na@b"));
        await page.InvokeAsync(() => page.Find("form.invite").Submit());
        page.WaitForAssertion(() => Assert.Contains("第 2 行：", page.Find("form.invite [role=alert]").TextContent, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.Find("#invite-guests").Change("陈志远\nli@example.com"));
        await page.InvokeAsync(() => page.Find("form.invite").Submit());
        page.WaitForElement("#fresh-1", TimeSpan.FromSeconds(10));
        Assert.Contains("/join/", page.Find("#fresh-0").GetAttribute("value"), StringComparison.Ordinal);
        Assert.Equal(2, page.FindAll("table.invitations tbody tr").Count);
        await page.InvokeAsync(() => page.FindAll("button").First(button => button.GetAttribute("aria-label") == "li@example.com：撤销").Click());
        page.WaitForAssertion(() => Assert.Single(page.FindAll("table.invitations tbody tr")));
        Assert.Empty(page.FindAll("#fresh-0"));
        await page.InvokeAsync(() => page.FindAll("button").First(button => button.GetAttribute("aria-label") == "陈志远：重发").Click());
        page.WaitForAssertion(() => Assert.Contains("/join/", page.Find("#fresh-0").GetAttribute("value"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_limit_is_shown_and_explains_itself()
    {
        var page = Open();
        page.WaitForAssertion(() => Assert.Contains("1 / 10", page.Markup, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.Find("button[aria-expanded]").Click());
        page.WaitForAssertion(() => Assert.Contains("试用期内按包月计算：2 个席位的 5 倍，10 个帐号。", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task At_the_limit_the_button_is_disabled_and_the_reason_stands_beside_it_with_its_numbers()
    {
        for (var i = 2; i <= 10; i++) _ = await Box.AgentAsync("agent" + i);
        var page = Open();
        page.WaitForAssertion(() => Assert.Contains("已启用 10 / 10 个帐号，达到上限", page.Find("#limit-reached").TextContent, StringComparison.Ordinal));
        var create = page.FindAll("button").Single(button => button.TextContent == "创建客服");
        Assert.True(create.HasAttribute("disabled"));
        Assert.Equal("limit-reached", create.GetAttribute("aria-describedby"));

        _ = await Box.Portal.Get<PackageDesk>().GrantClicksAsync(Box.Company.Id, 10, "test");
        Box.Machine.Advance(TimeSpan.FromDays(8));
        Box.Portal.Get<PackageDesk>().Tell(Box.Company.Id);
        Box.Machine.Advance(TimeSpan.FromSeconds(2));
        page.WaitForAssertion(() => Assert.Contains("10 / 不限", page.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Creating_an_agent_by_link_shows_the_link_once()
    {
        var page = Open();
        page.WaitForElement("table.agents");
        await page.InvokeAsync(() => page.FindAll("button").Single(button => button.TextContent == "创建客服").Click());
        await page.InvokeAsync(() => page.Find("#new-name").Change("LINXIAO"));
        await page.InvokeAsync(() => page.Find("#new-display").Change("陈志远"));
        await page.InvokeAsync(() => page.Find("form.create").Submit());
        page.WaitForAssertion(() => Assert.Contains("本公司已有这个客服ID", page.Markup, StringComparison.Ordinal));

        await page.InvokeAsync(() => page.Find("#new-name").Change("chenzy"));
        await page.InvokeAsync(() => page.Find("form.create").Submit());
        var link = page.WaitForElement("#reset-link", TimeSpan.FromSeconds(10)).GetAttribute("value");
        Assert.Contains("/reset?account=", link, StringComparison.Ordinal);
        Assert.Contains($"公司ID {Box.Company.Code}，客服ID chenzy", page.Markup, StringComparison.Ordinal);
        Assert.Contains("未设密码", page.Markup, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.FindAll("button").Single(button => button.TextContent == "关闭").Click());
        page.WaitForAssertion(() => Assert.DoesNotContain("/reset?account=", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void The_last_administrator_has_no_button_that_would_be_refused()
    {
        var page = Open();
        page.WaitForElement("table.agents");
        Assert.Contains("唯一的管理员", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("td.acts button"), button => button.TextContent.Contains("停用", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_is_text_whatever_it_looks_like()
    {
        _ = await Box.Roster.IntroduceAsync(Box.Administrator, "<img src=x onerror=alert(1)>", null);
        var page = Open();
        page.WaitForElement("table.agents");
        Assert.Empty(page.FindAll("img"));
        Assert.Contains("&lt;img", page.Markup, StringComparison.Ordinal);
    }
}
