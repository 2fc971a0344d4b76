using Bunit;
using Live800.Domain.Companies;
using Live800.Portal.Features.BeforeChat;
using Live800.Portal.Features.Widget;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Live800.Portal.Tests.Features.BeforeChat;

/// <summary>The page as an administrator sees it, over the real desk and files.</summary>
public sealed class BeforeChatPageTests : AdministratorPageTest<BeforeChatPage>
{
    protected override void ShareMore()
    {
        Share<BeforeChatDesk>();
        Share<WidgetFrame>();
    }

    [Fact]
    public async Task Nothing_is_asked_until_it_is_chosen_and_the_page_says_what_every_choice_means()
    {
        var page = Open();
        page.WaitForElement(".sides");
        Assert.Equal(9, page.FindAll("input[type=radio]").Count);
        Assert.Equal(3, page.FindAll("input[type=radio][value=NotAsked][checked]").Count);
        Assert.Contains("现在什么都不问", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"before\"", Preview(page), StringComparison.Ordinal);

        await ChooseAsync(page, "ask-Name", FieldNeed.Optional);
        Assert.Contains("每位访客只问一次，可以留空。", page.Markup, StringComparison.Ordinal);
        await ChooseAsync(page, "ask-Phone", FieldNeed.Required);
        Assert.Contains("问得越多，开始对话的访客越少。", page.Markup, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("#ask-words").InputAsync(new ChangeEventArgs { Value = "请留下 <b>联系方式" }));
        var preview = Preview(page);
        Assert.Contains("请留下 &lt;b&gt;联系方式", preview, StringComparison.Ordinal);
        Assert.Contains("<label for=\"before-name\">称呼 <small>选填</small>", preview, StringComparison.Ordinal);
        Assert.Contains("<label for=\"before-phone\">电话 <small>必填</small>", preview, StringComparison.Ordinal);
        Assert.DoesNotContain("before-email", preview, StringComparison.Ordinal);
        Assert.Equal(PreChatFields.Nothing, await StoredAsync());

        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("已保存。", page.Markup, StringComparison.Ordinal));
        Assert.Equal(new PreChatFields { Name = FieldNeed.Optional, Phone = FieldNeed.Required, Words = "请留下 <b>联系方式" }, await StoredAsync());
        await page.InvokeAsync(() => page.Find("#ask-words-en").InputAsync(new ChangeEventArgs { Value = "Tell us" }));
        Assert.DoesNotContain("已保存。", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_of_two_administrators_is_told_what_changed_and_the_two_choices_become_one()
    {
        var page = Open();
        page.WaitForElement(".sides");
        await ChooseAsync(page, "ask-Email", FieldNeed.Required);
        var theirs = new PreChatFields { Name = FieldNeed.Required };
        Assert.False((await Box.Portal.Get<BeforeChatDesk>().SaveAsync(Box.Administrator, theirs, PreChatFields.Nothing)).IsRefused);
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("同事刚刚保存了这一页", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal(theirs, await StoredAsync());
        Assert.Contains("称呼 不问 → 必填", System.Text.RegularExpressions.Regex.Replace(page.Find("[role=alert] li").TextContent, @"\s+", " "), StringComparison.Ordinal);
        foreach (var field in new[] { "ask-Email", "ask-Name" }) Assert.NotNull(page.Find($"input[name={field}][value=Required]").GetAttribute("checked"));

        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("已保存。", page.Markup, StringComparison.Ordinal));
        Assert.Equal(new PreChatFields { Name = FieldNeed.Required, Email = FieldNeed.Required }, await StoredAsync());
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    private async Task<PreChatFields> StoredAsync() => (await Box.Portal.Get<BeforeChatDesk>().OfAsync(Box.Company.Id)).Asked;

    private static Task ChooseAsync(IRenderedComponent<CascadingValue<Task<AuthenticationState>>> page, string name, FieldNeed need) =>
        page.InvokeAsync(() => page.Find($"input[name={name}][value={need}]").ChangeAsync(new ChangeEventArgs { Value = "on" }));

    private static string Preview(IRenderedComponent<CascadingValue<Task<AuthenticationState>>> page) => page.Find("iframe").GetAttribute("srcdoc")!;
}
