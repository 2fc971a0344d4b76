using Bunit;
using Live800.Portal.Features.Security;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Live800.Portal.Tests.Features.Security;

/// <summary>The page as an administrator sees it, over the real desk and files.</summary>
public sealed class SecurityPageTests : AdministratorPageTest<SecurityPage>
{
    protected override void ShareMore() => Share<SecurityDesk>();

    [Fact]
    public async Task Who_has_none_is_led_to_his_own_before_he_asks_others()
    {
        _ = await Box.AgentAsync("chenzy");
        var page = Open();
        Assert.Contains("2 个启用的帐号中，0 个已开启", page.Find(".page").TextContent, StringComparison.Ordinal);
        Assert.True(page.FindAll("button").First(button => button.TextContent == "保存").HasAttribute("disabled"));
        await SaveAsync(page, 2);
        page.WaitForAssertion(() => Assert.Contains("请先为自己开启两步登录", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal("two-step?returnUrl=%2Fcompany%2Fsecurity", page.Find("[role=alert] a").GetAttribute("href"));
    }

    [Fact]
    public async Task The_rule_is_saved_and_a_lost_step_is_reset_after_a_question()
    {
        _ = await Box.AgentAsync("chenzy");
        foreach (var who in new[] { Box.Administrator, await Box.SignInAsync("chenzy") })
        {
            var shown = (await Box.Portal.Get<TwoStepDesk>().BeginAsync(who, AccountBox.Password)).Value;
            Assert.False((await Box.Portal.Get<TwoStepDesk>().TurnOnAsync(who, shown.InHand, new Authenticator(shown.Key).CodeAt(Box.Machine.GetUtcNow()))).IsRefused);
        }

        var page = Open();
        await SaveAsync(page, 1);
        page.WaitForAssertion(() => Assert.Contains("已保存。", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(TwoStepRule.Soon, (await Box.Portal.Get<SecurityDesk>().ReadAsync(Box.Company.Id)).RuleAt(Box.Portal.Now));

        // None for himself, one for the colleague.
        var reset = Assert.Single(page.FindAll("tbody button"));
        Assert.Equal("chenzy：重置…", reset.GetAttribute("aria-label"));
        await PressAsync(page, "重置…");
        Assert.Contains("先确认是本人丢了手机", page.Find(".sure").TextContent, StringComparison.Ordinal);
        await PressAsync(page, "重置");
        page.WaitForAssertion(() => Assert.Contains("已重置 chenzy 的两步登录", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("tbody button"));
    }

    [Fact]
    public async Task The_length_of_passwords_is_saved_and_what_is_no_length_is_refused_where_it_is_typed()
    {
        var page = Open();
        foreach (var bad in new[] { "", "9", "65", "12.5", "-12", "abc" })
        {
            await LengthAsync(page, bad);
            page.WaitForAssertion(() => Assert.Contains("10 到 64", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        }

        Assert.Equal(10, (await Box.Portal.Get<SecurityDesk>().ReadAsync(Box.Company.Id)).ShortestPassword);
        await LengthAsync(page, "16");
        page.WaitForAssertion(() => Assert.Contains("已保存。", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(("16", true), (page.Find("#shortest").GetAttribute("value"), page.Find("form.length button").HasAttribute("disabled")));
        Assert.Equal(16, (await Box.Portal.Get<SecurityDesk>().ReadAsync(Box.Company.Id)).ShortestPassword);
    }

    private static async Task LengthAsync(IRenderedComponent<CascadingValue<Task<AuthenticationState>>> page, string typed)
    {
        await page.InvokeAsync(() => page.Find("#shortest").Input(typed));
        await page.InvokeAsync(() => page.Find("form.length").Submit());
    }

    private static async Task SaveAsync(IRenderedComponent<CascadingValue<Task<AuthenticationState>>> page, int rule)
    {
        await page.InvokeAsync(() => page.FindAll("input[type=radio]")[rule].Change("on"));
        await page.InvokeAsync(() => page.Find("form").Submit());
    }
}
