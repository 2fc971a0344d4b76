using Bunit;
using Live800.Portal.Features.Agents;
using Live800.Portal.Features.Companies;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components.Authorization;

namespace Live800.Portal.Tests.Features.Agents;

/// <summary>One agent as an administrator sees him, over the real desks and files.</summary>
public sealed class AgentPageTests : AdministratorPageTest<AgentPage>
{
    protected override void ShareMore()
    {
        Share<FaceDesk>();
        Share<SessionDesk>();
        Share<OnlineTimes>();
    }

    [Fact]
    public async Task Somebody_elses_agent_is_not_there()
    {
        var (_, foreign) = await Box.AnotherCompanyAsync();
        var page = Render<AgentPage>(ps => ps.Add(one => one.Id, foreign.AgentId.Value).AddCascadingValue(SignIn()));
        page.WaitForAssertion(() => Assert.Contains("没有这位客服", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task A_face_is_saved_in_both_languages_and_an_agent_is_signed_out_after_a_question()
    {
        var id = await Box.AgentAsync("chenzy");
        var chen = await Box.SignInAsync("chenzy");
        var page = Render<AgentPage>(ps => ps.Add(one => one.Id, id.Value).AddCascadingValue(SignIn()));
        page.WaitForElement("#face-name-en");
        await page.InvokeAsync(() => page.Find("#face-name-en").Input("Steven Chen"));
        await page.InvokeAsync(() => page.Find("#face-title-en").Input("<b>Presales</b>"));
        Assert.Contains("Steven Chen", page.Find(".seen").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("form.face-form").Submit());
        page.WaitForAssertion(() => Assert.Contains("已保存", page.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        Assert.Equal("Steven Chen", (await Box.ReadAgentAsync(id)).Face.NameIn(english: true));
        Assert.Empty(page.FindAll(".seen b"));

        await page.InvokeAsync(() => page.FindAll("button").First(button => button.TextContent.Trim() == "全部退出…").Click());
        Assert.Contains("不扣应答", page.Find(".sure").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.FindAll("button").First(button => button.TextContent.Trim() == "全部退出").Click());
        page.WaitForAssertion(() => Assert.Contains("已退出 chenzy 的全部登录", page.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        Assert.Null(await Box.Portal.Get<SignInDesk>().RecallAsync(id.Value, chen.SessionId));
        Assert.Contains("现在没有在任何地方登录", page.Markup, StringComparison.Ordinal);
    }

    private Task<AuthenticationState> SignIn() => Task.FromResult(new AuthenticationState(Box.Administrator.ToPrincipal("test")));
}
