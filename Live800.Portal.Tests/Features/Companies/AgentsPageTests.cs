using Bunit;
using Live800.Portal.Components.Shared;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Packages;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace Live800.Portal.Tests.Features.Companies;

/// <summary>The page as an administrator sees it, over the real roster and files.</summary>
public sealed class AgentsPageTests : BunitContext, IAsyncLifetime
{
    private AccountBox _box = null!;

    public async Task InitializeAsync()
    {
        _box = await AccountBox.OpenAsync();
        JSInterop.Mode = JSRuntimeMode.Loose;
        _ = Services.AddMudServices().AddTexts().AddLogging();
        _ = Services.AddSingleton(_box.Roster).AddSingleton(_box.Portal.Get<PortalEvents>()).AddSingleton(_box.Portal.Get<TimeProvider>()).AddSingleton(_box.Portal.Get<StoreBoard>());
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _box.DisposeAsync();
    }

    [Fact]
    public void The_limit_is_shown_and_explains_itself()
    {
        var page = Open();
        page.WaitForAssertion(() => Assert.Contains("1 / 10", page.Markup, StringComparison.Ordinal));
        page.Find("button[aria-expanded]").Click();
        page.WaitForAssertion(() => Assert.Contains("试用期内按包月计算：2 个席位的 5 倍，10 个帐号。", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task At_the_limit_the_button_is_disabled_and_the_reason_stands_beside_it_with_its_numbers()
    {
        for (var i = 2; i <= 10; i++) _ = await _box.AgentAsync("agent" + i);
        var page = Open();
        page.WaitForAssertion(() => Assert.Contains("已启用 10 / 10 个帐号，达到上限", page.Find("#limit-reached").TextContent, StringComparison.Ordinal));
        var create = page.FindAll("button").Single(button => button.TextContent == "创建客服");
        Assert.True(create.HasAttribute("disabled"));
        Assert.Equal("limit-reached", create.GetAttribute("aria-describedby"));

        _ = await _box.Portal.Get<PackageDesk>().GrantClicksAsync(_box.Company.Id, 10, "test");
        _box.Machine.Advance(TimeSpan.FromDays(8));
        _box.Portal.Get<PackageDesk>().Tell(_box.Company.Id);
        _box.Machine.Advance(TimeSpan.FromSeconds(2));
        page.WaitForAssertion(() => Assert.Contains("10 / 不限", page.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Creating_an_agent_by_link_shows_the_link_once()
    {
        var page = Open();
        page.WaitForElement("table.agents");
        page.FindAll("button").Single(button => button.TextContent == "创建客服").Click();
        page.Find("#new-name").Change("LINXIAO");
        page.Find("#new-display").Change("陈志远");
        page.Find("form.create").Submit();
        page.WaitForAssertion(() => Assert.Contains("本公司已有这个客服ID", page.Markup, StringComparison.Ordinal));

        page.Find("#new-name").Change("chenzy");
        page.Find("form.create").Submit();
        var link = page.WaitForElement("#reset-link", TimeSpan.FromSeconds(10)).GetAttribute("value");
        Assert.Contains("/reset?account=", link, StringComparison.Ordinal);
        Assert.Contains($"公司ID {_box.Company.Code}，客服ID chenzy", page.Markup, StringComparison.Ordinal);
        Assert.Contains("未设密码", page.Markup, StringComparison.Ordinal);
        page.FindAll("button").Single(button => button.TextContent == "关闭").Click();
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
        _ = await _box.Roster.IntroduceAsync(_box.Administrator, "<img src=x onerror=alert(1)>", null);
        var page = Open();
        page.WaitForElement("table.agents");
        Assert.Empty(page.FindAll("img"));
        Assert.Contains("&lt;img", page.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<CascadingValue<Task<AuthenticationState>>> Open() => Render<CascadingValue<Task<AuthenticationState>>>(cascade => cascade
        .Add(value => value.Value, Task.FromResult(new AuthenticationState(_box.Administrator.ToPrincipal("test"))))
        .AddChildContent<MudPopoverProvider>()
        .AddChildContent<AgentsPage>());
}
